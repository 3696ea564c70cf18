"""What a test asks of a corpus that was read."""

from __future__ import annotations

from collections.abc import Callable

from assistant.corpus.findings import Finding
from assistant.corpus.reader import Corpus

__all__ = ["Read", "ids", "only", "place"]

Read = Callable[[], Corpus]


def only(corpus: Corpus) -> Finding:
    (finding,) = corpus.findings
    return finding


def place(corpus: Corpus) -> tuple[str, int, str]:
    finding = only(corpus)
    return finding.file, finding.line, finding.severity


def ids(corpus: Corpus) -> list[str]:
    return [each.id for each in corpus.documents]
