"""Exports: JSONL files with one record to a line, each a short document of plain text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from assistant.corpus.documents import Document
from assistant.corpus.findings import Finding
from assistant.corpus.frontmatter import ExportRecord
from assistant.corpus.markdown import Section
from assistant.corpus.sentences import sentence_statements

__all__ = ["Record", "read_export"]


@dataclass(frozen=True)
class Record:
    """A document with its only section."""

    document: Document
    section: Section


def read_export(text: str, file: str) -> Iterator[Record | Finding]:
    """The records of an export in order, and an error in the place of each that cannot be used."""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = ExportRecord.model_validate_json(line)
        except ValidationError as error:
            yield _fault(error, file, number)
        else:
            yield _read(record, file, number)


def _fault(error: ValidationError, file: str, line: int) -> Finding:
    fault = error.errors()[0]
    if fault["type"] == "json_invalid":
        reason = fault["ctx"]["error"].replace("line 1 ", "")
        message = f"The line is not JSON: {reason}."
        return Finding(file, line, "error", message, "Write one whole record to a line.")
    field = ".".join(map(str, fault["loc"])) or "record"
    return Finding(
        file,
        line,
        "error",
        f"The record cannot be used: {field}: {fault['msg']}.",
        "A record needs _id (or id) and text; title, url, reviewed if known.",
    )


def _read(record: ExportRecord, file: str, line: int) -> Record | Finding:
    text = record.text if record.text.strip() else record.title
    title = " ".join(record.title.split())
    groups = tuple(
        (statement,)
        for start, end in _paragraphs(text)
        for statement in sentence_statements(text, start, end, markdown=False)
    )
    if not groups:
        return Finding(
            file,
            line,
            "error",
            f"The record {record.id} has no text.",
            "Fill in `text`, or delete the line.",
        )
    document = Document(
        id=record.id,
        title=title or record.id,
        text=text,
        kind="record",
        path=f"{file}:{line}",
        url=record.url,
        reviewed=record.reviewed,
    )
    return Record(document, Section((title,) if title else (), "text", line, groups))


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans between blank lines."""
    start = 0
    for piece in text.split("\n\n"):
        yield start, start + len(piece)
        start += len(piece) + 2
