"""A reader's words become a query: cleaned, expanded, and made to stand alone.

It reads the question and the conversation before it; it searches nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from assistant.errors import InputError
from assistant.index.lexical import words
from assistant.retrieval.facets import Facets, facets_of, with_values_of
from assistant.retrieval.language import detect_language
from assistant.retrieval.parts import parts_of
from assistant.retrieval.places import Places
from assistant.retrieval.spelling import Speller
from assistant.retrieval.vocabulary import Vocabulary

__all__ = ["Query", "Turn", "clean", "points_back", "turns", "understand"]


@dataclass(frozen=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Query:
    """What is searched for.

    `text` is the reader's question, cleaned; `search_text` is the same in the guides' terms,
    together with the question before it where it leans on that one; `parts` is what it asks, in
    order, in the guides' terms; `facets` are those that it names, and those of the question before
    that it leaves open; `language` is that of `text`, an ISO 639-1 code; `defines` says that it may
    ask what a word means; `places` are the documents about each hospital that it names.
    """

    text: str
    search_text: str
    follows_up: bool = False
    language: str = "en"
    parts: tuple[str, ...] = ()
    facets: Facets = field(default_factory=Facets)
    defines: bool = True
    places: tuple[frozenset[str], ...] = ()


_SHORT_FORMS = {
    "usce": "US clinical experience",
    "obs": "observership",
    "lor": "letter of recommendation",
    "lors": "letters of recommendation",
    "yog": "year of graduation",
    "sub-i": "sub-internship",
    "pd": "program director",
    "pds": "program directors",
    "gc": "green card",
    "cv": "CV resume",
    "aways": "away rotations",
    "fmg": "international medical graduate",
    "fmgs": "international medical graduates",
    "im": "internal medicine",
    "fm": "family medicine",
    "peds": "pediatrics",
    "psych": "psychiatry",
    "tele": "tele-rotation online",
    "hsptl": "hospital",
    "shud": "should",
    "plz": "please",
    "ps": "personal statement",
}
_WORD = re.compile(r"[a-z][a-z-]*", re.IGNORECASE)
_VISA = re.compile(r"\b(b|f|h|j|l|m|o)[-\s]?(1b|1|2|3|4)\b", re.IGNORECASE)
_I_AM = re.compile(
    r"\bim\s+(?=(?:an?|the|in|on|not|from|already|so|very|going|afraid|scared)\b)", re.I
)
_GOES_ON = re.compile(
    r"^(?:and|but|so|or|then|also|even|what about|how about|what if|if so|why|why not|same)\b",
    re.IGNORECASE,
)
_POINTS_BACK = re.compile(
    r"\b(?:it|its|that|this|those|these|they|them|there|one|ones|he|she|him|her|his|same|then|"
    r"instead|too|either|both)\b",
    re.IGNORECASE,
)
_POINTS_NOWHERE = re.compile(
    r"\b(?:is|was|will|would|can|could) it (?:\w+ ){1,3}(?:to|if|that|for)\b"
    r"|\bit (?:is|was|takes?|costs?) (?:\w+ ){1,3}(?:to|if|that)\b"
    r"|\b(?:is|are|was|were|will) there\b|\bthere (?:is|are|was|were|will)\b"
    r"|\bthis (?:year|month|week|summer|winter|cycle|season)\b|\bone (?:day|week|month|year|of)\b"
    r"|\b(?:know|say|says|said|true|sure|think|heard|means?|so) that\b",
    re.IGNORECASE,
)
"""Words that only look as if they pointed back: "is it legal to …", "are there …"."""
_DEFINES = re.compile(
    r"\b(?:means?|meaning|stands? for|define|definition|full form|called)\b"
    r"|^(?:what|wat|whats|what's)\b",
    re.IGNORECASE,
)
_A_TERM = 2
"""Content words of a question that may be a term by itself: "OET", "matching letter"."""
_FEW_WORDS = 4
"""A question of at most this many content words, none of them telling, may lean on the last."""
_MANY_WORDS = 12
"""A message of more content words holds what its pronouns stand for."""
_REMEMBERED = 600
"""Characters kept of an earlier question, so that the model, which reads 256 tokens, reaches the new one."""


def clean(text: str) -> str:
    """Compatibility forms unified; control and formatting characters and spare blanks gone."""
    unified = unicodedata.normalize("NFKC", text)
    kept = "".join(
        " " if unicodedata.category(character) in {"Cc", "Zl", "Zp"} else character
        for character in unified
        if unicodedata.category(character) not in {"Cf", "Co", "Cs", "Cn"}
    )
    return " ".join(kept.split())


def turns(history: Sequence[Mapping[str, Any]]) -> tuple[Turn, ...]:
    """Check a conversation given as plain values.

    Raises:
        InputError: it is not a list, or a message is not
            `{"role": "user" or "assistant", "content": text}`.

    """
    if not isinstance(history, Sequence) or isinstance(history, str):
        raise InputError("The history has to be a list of messages, oldest first.")
    checked = []
    for message in history:
        role = message.get("role") if isinstance(message, Mapping) else None
        if role not in ("user", "assistant") or not isinstance(message.get("content"), str):
            raise InputError(
                'Each message of the history needs "role" (user or assistant) and "content" (text).'
            )
        checked.append(Turn(role, message["content"]))
    return tuple(checked)


def understand(
    question: str, history: Sequence[Turn] = (), vocabulary: Vocabulary | None = None
) -> Query:
    """Turn a question into a query.

    A question that leans on the one before (it says "it", "there", "and ...?", or is only a few
    words long) is searched together with that one, which takes over its visa class, exam, state
    or specialty; and with the one that opened the subject, where that leaned on it, too. Where
    none of these names a hospital and the answer before named one, that is what they are about.
    Spelling is repaired in English alone.
    """
    text = clean(question)
    language = detect_language(text)
    speller = vocabulary.speller if vocabulary else None
    in_terms = _in_terms(text, language, speller)
    facets = facets_of(in_terms)
    before = [
        clean(turn.content) for turn in history if turn.role == "user" and turn.content.strip()
    ]
    follows_up = bool(before) and _leans(text)
    if not follows_up:
        parts = tuple(_in_terms(part, language, speller) for part in parts_of(text))
        places = _places(in_terms, vocabulary)
        return Query(text, in_terms, False, language, parts, facets, _defines(text), places)
    subject = _in_terms(_subject(before), language, speller)
    joined = f"{with_values_of(subject, facets)} {in_terms}"
    facets |= facets_of(subject)
    if vocabulary and not vocabulary.places.named(joined):
        joined = f"{_place_answered(history, vocabulary.places)} {joined}".strip()
    places = _places(joined, vocabulary)
    return Query(text, joined, True, language, (joined,), facets, _defines(text), places)


def _defines(text: str) -> bool:
    return bool(_DEFINES.search(text)) or len(set(words(text))) <= _A_TERM


def _places(text: str, vocabulary: Vocabulary | None) -> tuple[frozenset[str], ...]:
    return tuple(vocabulary.places.named(text)) if vocabulary else ()


def _place_answered(history: Sequence[Turn], places: Places) -> str:
    """The name of the one hospital that the last answer was about; empty where there is none."""
    answers = [turn.content for turn in history if turn.role == "assistant"]
    named = list(places.named(clean(answers[-1])).values()) if answers else []
    return named[0] if len(named) == 1 else ""


def _subject(before: Sequence[str]) -> str:
    """What the conversation is about: its last question, after the one that it leans on, if any."""
    last = before[-1][-_REMEMBERED:]
    opening = next((each for each in reversed(before) if not points_back(each)), before[0])
    return last if opening == before[-1] else f"{opening[-_REMEMBERED:]} {last}"


def _leans(text: str) -> bool:
    return points_back(text) or len(words(text)) <= _FEW_WORDS


def points_back(text: str) -> bool:
    """Whether it goes on from what was said, or its pronouns stand for something said before."""
    if _GOES_ON.search(text):
        return True
    pointing = _POINTS_BACK.search(_POINTS_NOWHERE.sub(" ", text))
    return bool(pointing) and len(words(text)) <= _MANY_WORDS


def _in_terms(text: str, language: str, speller: Speller | None) -> str:
    """The text as the guides would write it."""
    expanded = _expand(text)
    return speller.correct(expanded) if speller and language == "en" else expanded


def _expand(text: str) -> str:
    """Spell visa classes as the guides do, and short forms out."""
    spelled = _VISA.sub(lambda m: f"{m[1].upper()}-{m[2].upper()}", text)
    spelled = _I_AM.sub("I am ", spelled)

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        long_form = _SHORT_FORMS.get(word.lower())
        return f"{word} ({long_form})" if long_form else word

    return _WORD.sub(replace, spelled)
