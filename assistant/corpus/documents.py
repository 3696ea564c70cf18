"""The values that reading a corpus yields: documents, statements and passages.

All offsets count characters in `Document.text`, which is the file exactly as it was read
(or the `text` of an export's record), so that anyone can check a quote with the file alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, Literal

__all__ = ["Document", "DocumentKind", "Passage", "Source", "Statement", "StatementKind"]

DocumentKind = Literal["article", "faq", "programme", "glossary", "record"]
StatementKind = Literal["sentence", "list", "row", "conflict"]


@dataclass(frozen=True)
class Source:
    """A page that a guide rests on. `as_of` is a year, a month, a day or `undated`."""

    key: str
    title: str
    url: str
    kind: Literal["official", "secondary"]
    as_of: str


@dataclass(frozen=True)
class Document:
    """One guide, FAQ file, programme file or record of an export.

    `names` are what readers call the host of a programme.
    """

    id: str
    title: str
    text: str
    kind: DocumentKind
    path: str
    summary: str = ""
    topics: tuple[str, ...] = ()
    url: str | None = None
    reviewed: date | None = None
    review_every: int | None = None
    names: tuple[str, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values that `from_dict` reads back."""
        values = asdict(self)
        values["reviewed"] = self.reviewed.isoformat() if self.reviewed else None
        values["sources"] = [asdict(source) for source in self.sources.values()]
        return values

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Document:
        """The inverse of `as_dict`."""
        given = dict(values)
        given["topics"] = tuple(given["topics"])
        given["names"] = tuple(given.get("names", ()))  # not in earlier generations
        given["reviewed"] = date.fromisoformat(given["reviewed"]) if given["reviewed"] else None
        given["sources"] = {source["key"]: Source(**source) for source in given["sources"]}
        return cls(**given)


@dataclass(frozen=True)
class Statement:
    """The smallest thing that may be quoted.

    A sentence, a whole list with its lead-in, a table row, or a conflict block with both sides.

    `start` and `end` bound it in the document's text; `text` is how a reader sees it, without
    Markdown and footnote marks; `footnotes` are the keys of the sources it rests on.
    """

    start: int
    end: int
    text: str
    kind: StatementKind = "sentence"
    footnotes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(
                f"a statement spans at least one character, not {self.start}:{self.end}"
            )
        if not self.text.strip():
            raise ValueError("a statement has words")


@dataclass(frozen=True)
class Passage:
    """A self-contained piece of a document: the unit that is embedded, found and cited.

    `questions` are other ways in: the heading and the lines `Also asked:`; `further` are the
    corpus' further questions in English, `translations` those in other languages, each with its
    language. Only a section's first passage has them.
    """

    id: str
    document_id: str
    headings: tuple[str, ...]
    statements: tuple[Statement, ...]
    questions: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        if not self.statements:
            raise ValueError(f"passage {self.id} has nothing to quote")
        if not self.id.startswith(f"{self.document_id}#"):
            raise ValueError(f"passage {self.id} does not belong to document {self.document_id}")

    @property
    def all_questions(self) -> tuple[str, ...]:
        """The questions in every language."""
        return (*self.english_questions, *(text for _, text in self.translations))

    @property
    def english_questions(self) -> tuple[str, ...]:
        """The guides' own questions, then the further ones."""
        return (*self.questions, *self.further)

    @property
    def section_id(self) -> str:
        """The id of the section's first passage: all parts of one section share it."""
        anchor = self.id.removeprefix(f"{self.document_id}#")
        return f"{self.document_id}#{anchor.partition('.')[0]}"

    @property
    def section(self) -> str:
        """The heading path as a reader sees it, without the document's title; may be empty."""
        return " › ".join(self.headings[1:])

    @property
    def start(self) -> int:
        """Where the passage's first statement starts."""
        return self.statements[0].start

    @property
    def end(self) -> int:
        """Where the passage's last statement ends."""
        return self.statements[-1].end

    @property
    def embedded(self) -> str:
        """The text that the model reads: heading path, then the statements, a line each."""
        return "\n".join((self.heading_line, *(statement.text for statement in self.statements)))

    @property
    def heading_line(self) -> str:
        """The heading path on one line, as the model and BM25 read it."""
        return " > ".join(self.headings)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Each statement's span inside `embedded`."""
        spans = []
        at = len(self.heading_line) + 1
        for statement in self.statements:
            spans.append((at, at + len(statement.text)))
            at += len(statement.text) + 1
        return spans

    @property
    def fingerprint(self) -> str:
        """SHA-256 of all that decides the passage's vectors."""
        return hashlib.sha256(json.dumps([self.embedded, self.spans]).encode()).hexdigest()

    def as_dict(self) -> dict[str, Any]:
        """Plain values that `from_dict` reads back."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Passage:
        """The inverse of `as_dict`."""
        statements = tuple(
            Statement(**{**statement, "footnotes": tuple(statement["footnotes"])})
            for statement in values["statements"]
        )
        return cls(
            id=values["id"],
            document_id=values["document_id"],
            headings=tuple(values["headings"]),
            statements=statements,
            questions=tuple(values["questions"]),
            further=tuple(values["further"]),
            translations=tuple((language, text) for language, text in values["translations"]),
        )
