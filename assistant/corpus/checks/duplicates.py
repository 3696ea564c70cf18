"""The same thing said or asked twice, so that one copy would go stale.

Passages are compared by the share of word triples that they have in common (Broder 1997,
resemblance and containment); questions of FAQ entries by the cosine of their vectors.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from assistant.corpus.checks.view import Guides, GuideSection
from assistant.corpus.figures import identifiers
from assistant.corpus.findings import Finding

__all__ = ["Encode", "check_passages", "check_questions"]

Encode = Callable[[Sequence[str]], npt.NDArray[np.float32]]
"""Gives unit vectors of shape (texts, dimension)."""

_SHARED = 0.6
"""On the guides of November 2026, pairs above it repeated whole sentences (all were mended);
pairs between 0.5 and 0.6 shared figures and names, as a short answer and its article must."""
_SAME_QUESTION = 0.93
_SHINGLE = 3
_COMMON = 40
"""A triple in more sections than this is a phrase of the trade and is not compared by."""
_WORD = re.compile(r"\w+")


def check_passages(guides: Guides) -> Iterator[Finding]:
    """Sections that share most of the shorter one's word triples.

    Terms of the glossary are left out: a definition in one sentence stands in its article, too.
    """
    sections = [each for each in guides.sections if each.document.kind != "glossary"]
    shingles = [_shingles(section) for section in sections]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(number)
    shared: Counter[tuple[int, int]] = Counter()
    for numbers in holders.values():
        if 1 < len(numbers) <= _COMMON:
            shared.update(
                (first, second) for at, second in enumerate(numbers) for first in numbers[:at]
            )
    for (first, second), count in sorted(shared.items()):
        share = count / max(1, min(len(shingles[first]), len(shingles[second])))
        if share > _SHARED:
            other, section = sections[first], sections[second]
            yield guides.finding(
                section.document, section.start,
                f"“{section.heading}” says {share:.0%} of what “{other.heading}” says "
                f"({guides.place(other.document, other.start)}).",
                "Keep it in one place, or say what is special here.",
            )  # fmt: skip


def check_questions(guides: Guides, encode: Encode) -> Iterator[Finding]:
    """FAQ entries whose headings ask the same, or that list the same way of asking.

    Headings that name different things (another visa, state or hospital) are not the same.
    """
    entries = [section for section in guides.sections if section.document.kind == "faq"]
    yield from _listed_twice(guides, entries)
    if len(entries) < 2:
        return
    vectors = encode([entry.heading for entry in entries])
    alike = np.triu(vectors @ vectors.T, 1) >= _SAME_QUESTION
    for first, second in np.argwhere(alike):
        other, entry = entries[first], entries[second]
        if identifiers(_lower_first(other.heading)) == identifiers(_lower_first(entry.heading)):
            yield guides.finding(
                entry.document, entry.start,
                f"“{entry.heading}” asks the same as “{other.heading}” "
                f"({guides.place(other.document, other.start)}).",
                "Join the two, or ask what is different.",
            )  # fmt: skip


def _listed_twice(guides: Guides, entries: Sequence[GuideSection]) -> Iterator[Finding]:
    seen: dict[tuple[str, ...], GuideSection] = {}
    for entry in entries:
        for question in entry.passages[0].questions:
            other = seen.setdefault(tuple(_WORD.findall(question.lower())), entry)
            if other is not entry:
                yield guides.finding(
                    entry.document, entry.start,
                    f"“{question}” is asked here and under “{other.heading}” "
                    f"({guides.place(other.document, other.start)}).",
                    "Keep it where it is answered.",
                )  # fmt: skip


def _lower_first(heading: str) -> str:
    return heading[:1].lower() + heading[1:]


def _shingles(section: GuideSection) -> set[tuple[str, ...]]:
    found = set()
    for statement in section.statements:
        words = _WORD.findall(statement.text.lower())
        found |= {tuple(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    return found
