"""The guides of a corpus as the checks look at them: whole sections, with their lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.corpus.documents import Document, Passage, Statement
from assistant.corpus.findings import Finding, Severity
from assistant.corpus.reader import Corpus

__all__ = ["GuideSection", "Guides"]


@dataclass(frozen=True)
class GuideSection:
    """One section of a guide with its passages, in order."""

    document: Document
    passages: tuple[Passage, ...]

    @property
    def statements(self) -> Iterator[Statement]:
        """Its statements, in order."""
        return (statement for passage in self.passages for statement in passage.statements)

    @property
    def heading(self) -> str:
        """Its own heading."""
        return self.passages[0].headings[-1]

    @property
    def start(self) -> int:
        """Where it begins in the document's text, below its heading."""
        return self.passages[0].start

    @property
    def words(self) -> int:
        """How many words a reader sees."""
        return sum(len(statement.text.split()) for statement in self.statements)


class Guides:
    """The guides of a corpus. Records of exports are left out: nobody writes them by hand."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.documents: Mapping[str, Document] = {
            document.id: document for document in corpus.documents if document.kind != "record"
        }

    @cached_property
    def sections(self) -> tuple[GuideSection, ...]:
        """Every section, in order."""
        grouped: dict[str, list[Passage]] = {}
        for passage in self.corpus.passages:
            if passage.document_id in self.documents:
                grouped.setdefault(passage.section_id, []).append(passage)
        return tuple(
            GuideSection(self.documents[passages[0].document_id], tuple(passages))
            for passages in grouped.values()
        )

    @cached_property
    def statements(self) -> tuple[tuple[GuideSection, Statement], ...]:
        """Every statement with its section, in order."""
        return tuple(
            (section, statement) for section in self.sections for statement in section.statements
        )

    @cached_property
    def _line_starts(self) -> dict[str, list[int]]:
        return {
            name: [0, *(at + 1 for at, sign in enumerate(document.text) if sign == "\n")]
            for name, document in self.documents.items()
        }

    def line(self, document: Document, offset: int) -> int:
        """The line, counted from 1, on which an offset stands."""
        return bisect_right(self._line_starts[document.id], offset)

    def place(self, document: Document, offset: int) -> str:
        """A place in words, for a finding that names two."""
        return f"{document.path}, line {self.line(document, offset)}"

    def finding(
        self,
        document: Document,
        offset: int,
        message: str,
        remedy: str,
        severity: Severity = "warning",
    ) -> Finding:
        """A finding at an offset of a document."""
        return Finding(document.path, self.line(document, offset), severity, message, remedy)
