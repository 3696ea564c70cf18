"""Abbreviations that guides use and the glossary does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.corpus.checks.view import Guides
from assistant.corpus.documents import Document
from assistant.corpus.findings import Finding

__all__ = ["check_terms"]

_ABBREVIATION = re.compile(
    r"(?<![\w.@-])(?:[A-Z]{2,}|[A-Z]+[a-z]?[A-Z]+|[A-Z]+-\d[A-Z]?)(?:s|es)?(?![\w@])"
)
_EVERYDAY = {
    "US", "OK", "AM", "PM", "ID", "TV", "PDF", "FAQ", "FAQS", "ET", "CONFLICT", "AND", "NOT",
}  # fmt: skip
_ROMAN = re.compile(r"[IVX]+$")


def check_terms(guides: Guides) -> Iterator[Finding]:
    """One finding for each abbreviation that stands in a guide and not in the glossary.

    Without a glossary nothing is checked.
    """
    terms = guides.corpus.glossary
    if not terms:
        return
    known = {
        word.upper()
        for term in terms
        for name in (term.name, term.expansion, *term.synonyms)
        for word in (name, *re.split(r"[\s,/()]+", name))
    }
    used: dict[str, tuple[Document, int, set[str]]] = {}
    for section, statement in guides.statements:
        for match in _ABBREVIATION.finditer(statement.text.replace("U.S.", "US")):
            word = re.sub(r"(?<=[A-Z])e?s$", "", match.group()).upper()
            if word in known or word in _EVERYDAY or _ROMAN.match(word):
                continue
            place = used.setdefault(word, (section.document, statement.start, set()))
            place[2].add(section.document.id)
    for word, (document, start, holders) in used.items():
        others = f" and {len(holders) - 1} other guides" if len(holders) > 1 else ""
        yield guides.finding(
            document, start,
            f"The abbreviation {word} is used here{others}, and the glossary does not explain it.",
            "Add it to glossary.md, or write the words in full.",
        )  # fmt: skip
