"""Dates: guides whose review is due, dates that lie ahead, and one page described in two ways."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from assistant.corpus.checks.view import Guides
from assistant.corpus.documents import Document, Source
from assistant.corpus.findings import Finding

__all__ = ["check_reviews", "due"]


def due(document: Document) -> date | None:
    """The last day on which a document's review still holds; None where it has no such day."""
    if document.reviewed is None or document.review_every is None:
        return None
    return document.reviewed + timedelta(days=document.review_every)


def check_reviews(guides: Guides, today: date) -> Iterator[Finding]:
    """Documents past their review, dates in the future, sources that disagree about themselves."""
    described: dict[str, tuple[Source, Document]] = {}
    for document in guides.documents.values():
        yield from _review(document, today)
        for source in document.sources.values():
            if source.as_of != "undated" and source.as_of > today.isoformat()[: len(source.as_of)]:
                yield Finding(
                    document.path, _source_line(document, source), "error",
                    f"The source {source.key} is dated {source.as_of}, which lies in the future.",
                    "Write the date that the page speaks for, or undated.",
                )  # fmt: skip
            first, other = described.setdefault(source.url, (source, document))
            if (first.as_of, first.kind) != (source.as_of, source.kind):
                yield Finding(
                    document.path, _source_line(document, source), "warning",
                    f"{source.url} is {source.kind} of {source.as_of} here, but "
                    f"{first.kind} of {first.as_of} in {other.path}.",
                    "Give the page the same kind and date in both.",
                )  # fmt: skip


def _review(document: Document, today: date) -> Iterator[Finding]:
    last = due(document)
    if last is None or document.reviewed is None:
        return
    if document.reviewed > today:
        yield Finding(
            document.path, _line(document, "reviewed:"), "error",
            f"The review of {document.reviewed} lies in the future.",
            "Write the day on which somebody checked the whole file.",
        )  # fmt: skip
    elif last < today:
        yield Finding(
            document.path, _line(document, "reviewed:"), "warning",
            f"The review was due on {last}, {(today - last).days} days ago.",
            "Check every claim against its source, then set `reviewed` to that day.",
        )  # fmt: skip


def _line(document: Document, opening: str) -> int:
    lines = document.text.split("\n")
    return next((n for n, line in enumerate(lines, 1) if line.strip().startswith(opening)), 1)


def _source_line(document: Document, source: Source) -> int:
    return _line(document, f"{source.key}:")
