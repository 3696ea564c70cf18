"""Whether a sentence can be quoted alone, a section has the right length, and is easy to read.

The reading grade is the Flesch-Kincaid grade level (Kincaid et al. 1975), computed by textstat
on the sentences as the guide cuts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from statistics import median

import textstat

from assistant.corpus.checks.view import Guides, GuideSection
from assistant.corpus.documents import DocumentKind, Statement
from assistant.corpus.findings import Finding

__all__ = ["check_wording", "reading_grade"]

_WORDS: dict[DocumentKind, tuple[int, int]] = {
    "article": (60, 180), "faq": (40, 110), "programme": (25, 180), "glossary": (8, 60),
}  # fmt: skip
"""Fewest and most words of a section: enough for an answer with its limits, short enough to read."""
_HARDEST_SECTION = 11.0
_HARDEST_MEDIAN = 9.0
"""Grades that a reader with English as a third language can follow; set by the project's aim."""
_TOO_SHORT_TO_GRADE = 25
"""Words; below that one long name decides the grade."""
_ALSO_ASKED = (2, 5)
_LEANS = re.compile(
    r"(?:This|These(?! guides\b)|Those|It|Its|They|Their|Them|He|His|She|Her|Such|Both|Here|"
    r"However|Also|But|And|Or|So|Then|Therefore|Thus|Hence|Instead|Otherwise|Moreover|"
    r"Furthermore|Additionally|Similarly|Likewise|Nevertheless|Still)\b"
    r"|That (?:is|was|means|would|can|may|must|does|applies|holds)\b"
    r"|There,? (?!is\b|are\b|was\b|were\b)",
)
_INNER_STOP = re.compile(r"[.!?:;](?=\s|$)")


def check_wording(guides: Guides) -> Iterator[Finding]:
    """Sentences that lean on others, sections too long or short, and text too hard to read."""
    grades = []
    for section in guides.sections:
        yield from _leaning(guides, section)
        yield from _length(guides, section)
        grade = reading_grade(section.statements)
        if grade is None:
            continue
        grades.append(grade)
        if grade > _HARDEST_SECTION:
            yield guides.finding(
                section.document, section.start,
                f"The section “{section.heading}” reads at grade {grade:.1f}; "
                f"{_HARDEST_SECTION:g} is the most.",
                "Use shorter sentences and plainer words.",
            )  # fmt: skip
    if grades and median(grades) > _HARDEST_MEDIAN:
        yield Finding(
            "corpus", 0, "warning",
            f"Half of the {len(grades)} sections read above grade {median(grades):.1f}; "
            f"{_HARDEST_MEDIAN:g} is the most.",
            "Use shorter sentences and plainer words, in the hardest sections first.",
        )  # fmt: skip


def reading_grade(statements: Iterable[Statement]) -> float | None:
    """The Flesch-Kincaid grade of prose and lists; tables are left out. None for very short text."""
    lines = [
        line for each in statements if each.kind != "row" for line in each.text.split("\n")
    ]  # fmt: skip
    if sum(len(line.split()) for line in lines) < _TOO_SHORT_TO_GRADE:
        return None
    return float(textstat.flesch_kincaid_grade(" ".join(map(_one_sentence, lines))))


def _one_sentence(line: str) -> str:
    """The line with one full stop, at its end: textstat would end a sentence at “U.S.”."""
    flat = _INNER_STOP.sub(",", line.replace("U.S.", "US").rstrip(".!?:; "))
    return flat.replace(".", "") + "."


def _leaning(guides: Guides, section: GuideSection) -> Iterator[Finding]:
    firsts = {passage.statements[0] for passage in section.passages}
    for statement in section.statements:
        if statement.kind == "row" or not _LEANS.match(statement.text):
            continue
        word = statement.text.split()[0].rstrip(",")
        opens = "A passage opens" if statement in firsts else "A sentence opens"
        yield guides.finding(
            section.document, statement.start,
            f"{opens} with “{word}” and cannot be quoted alone.",
            "Name what it speaks about.",
        )  # fmt: skip


def _length(guides: Guides, section: GuideSection) -> Iterator[Finding]:
    document, start = section.document, section.start
    least, most = _WORDS[document.kind]
    if not least <= section.words <= most:
        wrong = "short" if section.words < least else "long"
        yield guides.finding(
            document, start,
            f"The section “{section.heading}” is too {wrong}: {section.words} words, "
            f"{least} to {most} are right.",
            "Say more, or join it with its neighbour." if wrong == "short"
            else "Cut it, or make two sections of it.",
        )  # fmt: skip
    asked = len(section.passages[0].questions) - 1
    if document.kind == "faq" and not _ALSO_ASKED[0] <= asked <= _ALSO_ASKED[1]:
        yield guides.finding(
            document, start,
            f"“{section.heading}” has {asked} other ways of asking; "
            f"{_ALSO_ASKED[0]} to {_ALSO_ASKED[1]} are right.",
            "List them after `Also asked:`, divided by semicolons.",
        )  # fmt: skip
