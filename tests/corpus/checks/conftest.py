"""What the checks say about the guides of a test's corpus folder."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.corpus.checks.run import check_corpus
from assistant.index.embeddings import Embedder
from tests.corpus.checks.helpers import Check, Found
from tests.corpus.helpers import Read

TODAY = date(2026, 11, 24)


@pytest.fixture
def check(read: Read, embedder: Embedder) -> Check:
    """Read the folder, run every check, and keep the findings whose message holds some words."""

    def run(about: str, today: date = TODAY) -> Found:
        findings = check_corpus(read(), today, embedder.encode_questions).findings
        return Found([each for each in findings if about in each.message])

    return run
