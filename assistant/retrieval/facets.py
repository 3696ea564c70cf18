"""What a text is about in the ways that decide an answer: visa class, status, state or exam.

A passage about another visa class than the one asked about is not an answer, however similar its
words. A passage that names none is general and stays welcome.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.corpus.documents import Document, Passage

__all__ = ["Facets", "conflicts", "facets_of", "with_values_of"]

Values = frozenset[str]


@dataclass(frozen=True)
class Facets:
    """The values that a text names, by facet; a facet that it does not name is absent."""

    values: Mapping[str, Values] = field(default_factory=dict)

    def __getitem__(self, facet: str) -> Values:
        return self.values.get(facet, frozenset())

    def __or__(self, other: Facets) -> Facets:
        """These facets, and those of the other that this text leaves open."""
        return Facets({**other.values, **self.values})


_VISA = re.compile(r"\b(b|f|h|j|l|m|o)\s?-?\s?(1b|1|2|3|4)\b(?!\s*(?:exams?|ck|cs)\b)", re.I)
_VISITOR = re.compile(
    r"\b(?:visitor|tourist|business|visit)(?:'s)?\s+visas?\b|\bB visas?\b|\bb-?1\s*/?\s*(?:b-?)?2\b",
    re.I,
)
_VISA_NAMES = {
    "ESTA": r"\besta\b|\bvisa[\s-]waiver\b",
    "green card": r"\bgreen[\s-]?cards?\b|\bpermanent residents?\b",
    "F-1": r"\bstudent visas?\b",
    "J-1": r"\bexchange visitors?\b",
}
_STATUS = {
    "student": r"\bstudents?\b(?!\s+(?:visas?|loans?|debt|number|id)\b)|\bms[\s-]?[34]\b"
    r"|\b(?:final|third|fourth|fifth|sixth|last|[3-6](?:rd|th))[\s-]year\b(?!\s+resident)"
    r"|\bstill (?:in (?:medical|med) school|studying)\b"
    r"|\bbefore (?:i )?graduat(?:e|ing|ion)\b|\bnot (?:yet )?graduated\b",
    "graduate": r"\bgraduates?\b|\bgraduated\b|\bafter graduation\b|\byear of graduation\b|\byog\b"
    r"|\balready a doctor\b|\b(?:finished|completed|have|got) my (?:medical )?degree\b",
}
_EXAMS = {
    "Step 1": r"\bstep[\s-]?(?:1|one)\b",
    "Step 2": r"\bstep[\s-]?(?:2|two)\b|\b2\s?ck\b",
    "Step 3": r"\bstep[\s-]?(?:3|three)\b",
    "OET": r"\boet\b",
    "TOEFL": r"\btoefl\b",
    "IELTS": r"\bielts\b",
    "PLAB": r"\bplab\b",
    "MCCQE": r"\bmccqe?\d?\b",
}
_MODE = {
    "observing": r"\bobserverships?\b|\bshadowing\b",
    "hands-on": r"\bhands[\s-]on\b|\bexternships?\b|\belectives?\b|\bsub-?i(?:nternship)?s?\b"
    r"|\bclerkships?\b",
}
_OBSERVING = frozenset({"observing"})
_OBSERVE = re.compile(r"\bobserv", re.IGNORECASE)
"""A passage that speaks of observers or observing is about observerships, too."""
_SPECIALTIES = {
    name: rf"\b(?:{pattern})\b"
    for name, pattern in {
        "anesthesiology": r"ana?esthesi\w*",
        "cardiology": r"cardiolog\w*",
        "dermatology": r"dermatolog\w*",
        "emergency medicine": r"emergency medicine",
        "family medicine": r"family medicine",
        "internal medicine": r"internal medicine",
        "neurology": r"neurolog\w*",
        "neurosurgery": r"neurosurg\w*",
        "obstetrics": r"obstetric\w*|gyna?ecolog\w*|ob[\s/-]?gyn",
        "oncology": r"oncolog\w*",
        "ophthalmology": r"ophthalmolog\w*",
        "orthopedics": r"orthopa?edic\w*",
        "pathology": r"patholog(?:y|ists?)",
        "pediatrics": r"pa?ediatric\w*",
        "psychiatry": r"psychiatr\w*",
        "radiology": r"radiolog\w*",
        "surgery": r"(?:general )?surger(?:y|ies)|surgical",
        "urology": r"urolog\w*",
    }.items()
}
_CITIZENSHIP = {
    "U.S. citizen": r"\b(?:u\.?s\.?|american) citizens?\b",
    "Canadian": r"\bcanadians?\b|\bcitizens? of canada\b",
}
_STATES = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California",
    "CO": "Colorado", "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia",
    "FL": "Florida", "GA": "Georgia", "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois",
    "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky", "LA": "Louisiana",
    "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada",
    "NH": "New Hampshire", "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York",
    "NC": "North Carolina", "ND": "North Dakota", "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon",
    "PA": "Pennsylvania", "PR": "Puerto Rico", "RI": "Rhode Island", "SC": "South Carolina",
    "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
_STATE_CODE = re.compile(rf"(?<=, )(?:{'|'.join(_STATES)})\b")


_NAMED = {
    "visa": _VISA_NAMES,
    "status": _STATUS,
    "exam": _EXAMS,
    "mode": _MODE,
    "citizenship": _CITIZENSHIP,
    "year": {str(year): rf"\b{year}\b" for year in range(2000, 2040)},
    "specialty": _SPECIALTIES,
    "state": {name: rf"\b{name}\b(?!\s+(?:University|Post))" for name in _STATES.values()},
}
_PATTERNS = {
    facet: [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in names.items()]
    for facet, names in _NAMED.items()
}
_DECIDING = ("visa", "status", "exam", "mode", "citizenship", "state", "specialty")
"""The facets by which a passage can be about something else. The year is not among them: what the
guides say of 2026 is the best that they have on 2027."""
_OPEN = ("visa", "exam", "state", "specialty")
"""The facets that "and on a J-2?" may fill anew in the question before it."""


@dataclass(frozen=True)
class _Mention:
    facet: str
    value: str
    start: int
    end: int


def _mentions(text: str) -> Iterator[_Mention]:
    for found in _VISA.finditer(text):
        yield _Mention("visa", f"{found[1]}-{found[2]}".upper(), *found.span())
    for found in _VISITOR.finditer(text):
        yield _Mention("visa", "B-1", *found.span())
        yield _Mention("visa", "B-2", *found.span())
    for found in _STATE_CODE.finditer(text):
        yield _Mention("state", _STATES[found[0]], *found.span())
    for facet, patterns in _PATTERNS.items():
        for value, pattern in patterns:
            for found in pattern.finditer(text):
                yield _Mention(facet, value, *found.span())


@lru_cache(maxsize=8192)
def facets_of(text: str) -> Facets:
    """Read the facets of a text."""
    values: dict[str, set[str]] = {}
    for mention in _mentions(text):
        values.setdefault(mention.facet, set()).add(mention.value)
    return Facets({facet: frozenset(named) for facet, named in values.items()})


def with_values_of(text: str, new: Facets) -> str:
    """The text with its own visa class, exam, state or specialty replaced by the new one.

    "Can I observe on a B-1?" with the facets of "and on a J-2?" is "Can I observe on a J-2?".
    """
    spans: dict[tuple[int, int], str] = {}
    for mention in _mentions(text):
        values = new[mention.facet]
        if mention.facet in _OPEN and len(values) == 1 and mention.value not in values:
            spans[mention.start, mention.end] = min(values)
    done = len(text)
    for (start, end), value in sorted(spans.items(), key=lambda each: (-each[0][1], each[0][0])):
        if end <= done:  # "B-1/B-2" is one name, and holds two
            text, done = text[:start] + value + text[end:], start
    return text


def conflicts(asked: Facets, passage: Passage, document: Document) -> Values:
    """The facets by which a passage is about something else than what was asked.

    A passage is about what its headings name, and one of a programme's file also about the
    state that it names; it is about something else where it does not name what was asked at all.
    """
    if not asked.values:
        return frozenset()
    about = facets_of(passage.heading_line)
    if document.kind == "programme":
        named = facets_of(passage.embedded)
        about |= Facets({"state": named["state"]})
    return frozenset(
        facet
        for facet in _DECIDING
        if asked[facet]
        and about[facet]
        and not asked[facet] & (about[facet] | facets_of(passage.embedded)[facet])
        and not (asked[facet] == _OBSERVING and _OBSERVE.search(passage.embedded))
    )
