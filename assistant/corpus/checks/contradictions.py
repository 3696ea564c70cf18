"""Two sentences about the same thing that give different figures.

Same thing: the same unit, no different names (visa classes, hospitals, examinations), years that
do not rule each other out, and most content words in common by their stems (Snowball).
A conflict block owns its own disagreement and everything that repeats one of its figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import Stemmer
from bm25s.stopwords import STOPWORDS_EN_PLUS

from assistant.corpus.checks.view import Guides, GuideSection
from assistant.corpus.documents import Statement
from assistant.corpus.figures import NUMBER_WORDS, Figure, figures, identifiers
from assistant.corpus.findings import Finding

__all__ = ["check_contradictions"]

_ALIKE = 0.65
_WORD = re.compile(r"[a-z][a-z'’-]+")
_EMPTY = frozenset(STOPWORDS_EN_PLUS) | {
    *NUMBER_WORDS, "undated", "old", "older", "page", "pages", "site", "guide", "guides", "blog",
    "law", "firm", "firms", "seller", "says", "say", "said", "wrote", "lists", "listed", "another",
    "usually", "about", "least",
}  # fmt: skip


@dataclass(frozen=True)
class _Claim:
    section: GuideSection
    statement: Statement
    text: str
    unit: str
    values: frozenset[str]
    others: dict[str, frozenset[str]]
    names: frozenset[str]
    years: frozenset[str]
    stems: frozenset[str]


def check_contradictions(guides: Guides) -> Iterator[Finding]:
    """Pairs of claims with different figures about the same thing, where no conflict block says so."""
    owned: set[tuple[str, str]] = set()
    by_unit: dict[str, list[_Claim]] = defaultdict(list)
    for section, statement in guides.statements:
        if statement.kind == "conflict":
            owned |= {(each.unit, each.value) for each in figures(statement.text)}
            continue
        for claim in _claims(section, statement):
            by_unit[claim.unit].append(claim)
    for unit, claims in by_unit.items():
        for at, second in enumerate(claims):
            for first in claims[:at]:
                if _contradict(first, second) and not any(
                    (unit, value) in owned for value in first.values | second.values
                ):
                    yield guides.finding(
                        second.section.document, second.statement.start,
                        f"“{_values(second)}” stands against “{_values(first)}” in "
                        f"{guides.place(first.section.document, first.statement.start)}, about "
                        f"the same thing: “{first.text[:80]}”.",
                        "Correct one, name what differs, or show both in a CONFLICT block.",
                    )  # fmt: skip


def _claims(section: GuideSection, statement: Statement) -> Iterator[_Claim]:
    for line in statement.text.split("\n"):
        found = figures(line)
        dates = frozenset(each.value[:4] for each in found if each.unit == "date")
        by_unit: dict[str, set[Figure]] = defaultdict(set)
        for figure in found:
            if figure.unit and figure.unit != "date":
                by_unit[figure.unit].add(figure)
        values = {unit: frozenset(each.value for each in found) for unit, found in by_unit.items()}
        names = _names(line)
        for unit, own in values.items():
            others = {other: values[other] for other in values if other != unit}
            yield _Claim(section, statement, line, unit, own, others, names, dates, _stems(line))


def _names(line: str) -> frozenset[str]:
    """Identifiers, and the first word where it is a name: an acronym, or before another capital."""
    names = identifiers(line)
    match = re.match(r"([A-Z][\w'’-]*)(?= [A-Z])", line)
    if match and match[1].lower() not in _EMPTY:
        names |= {match[1]}
    return frozenset(name.removesuffix("'s").removesuffix("’s") for name in names)


def _contradict(first: _Claim, second: _Claim) -> bool:
    if first.statement is second.statement or first.values & second.values:
        return False
    if first.section is second.section and first.statement.kind == second.statement.kind == "row":
        return False  # the rows of a table differ in their first cell
    if not (first.names <= second.names or second.names <= first.names):
        return False
    if any(not values & second.others.get(unit, values) for unit, values in first.others.items()):
        return False  # another figure tells the two cases apart
    if first.years and second.years and not first.years & second.years:
        return False
    union = len(first.stems | second.stems)
    return union > 0 and len(first.stems & second.stems) / union >= _ALIKE


def _values(claim: _Claim) -> str:
    ordered = sorted(claim.values, key=float)
    return f"{' and '.join(ordered)} {claim.unit}"


def _stems(line: str) -> frozenset[str]:
    words = [word for word in _WORD.findall(line.lower()) if word not in _EMPTY]
    return frozenset(_stemmer().stemWords(words))


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
