"""The corpus folder of a test, and a reader of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.reader import read_corpus
from assistant.index.embeddings import Embedder
from assistant.settings import Settings
from tests.corpus.helpers import Read


@pytest.fixture
def folder(settings: Settings) -> Path:
    return settings.corpus_dir


@pytest.fixture
def read(folder: Path, embedder: Embedder) -> Read:
    return lambda: read_corpus(folder, embedder.count_tokens, 220)
