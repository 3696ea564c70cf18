"""Answers that rest on no evidence: not covered, outside, refused, crisis, and asking back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, replace
from typing import Literal

from assistant import wording
from assistant.answering.answer import Answer, NearestGuide
from assistant.answering.intents import Intents
from assistant.frames import Frame, frame_for
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranked
from assistant.retrieval.understanding import Query

__all__ = ["crisis", "frame_in", "refused", "unanswered"]

_OUTSIDE = -0.5
"""Of the tuning half, 18 of 20 questions outside the subject and none that the guides answer."""
_OURS = -0.5
"""A short question below this is vague rather than one that no guide can hold."""
_FEW_WORDS = 2
_NEAREST = 3


def crisis(draft: Answer, language: str) -> Answer:
    """The person first, in their language."""
    message = wording.CRISIS.get(language, wording.CRISIS["en"])
    return replace(draft, outcome="crisis", language=language, message=message, confidence=1.0)


def refused(draft: Answer, frame: Frame, found: Iterable[Ranked]) -> Answer:
    """Short, with the guides that show the lawful way."""
    return _with_nearest(draft, "refused", frame.refused, found)


def unanswered(
    draft: Answer, query: Query, intents: Intents, frame: Frame, found: Iterable[Ranked]
) -> Answer:
    """Say that the guides do not hold this, and where to turn; or ask back what is meant."""
    if intents.outside >= max(_OUTSIDE, intents.not_held):  # the likelier of the two
        return replace(draft, outcome="out_of_scope", message=frame.out_of_scope)
    short = len(set(words(query.text))) <= _FEW_WORDS
    if query.language == "en" and short and intents.not_held < _OURS:
        return replace(draft, outcome="clarify", message=wording.TOO_VAGUE)
    return _with_nearest(draft, "not_covered", frame.not_covered, found)


def frame_in(language: str, *, multilingual: bool) -> Frame:
    """The words around an answer; without the second model they ask for English first."""
    frame = frame_for(language)
    hint = wording.IN_ENGLISH_PLEASE.get(language)
    if multilingual or not hint:
        return frame
    return Frame(*(f"{hint}\n\n{text}" for text in astuple(frame)))


def _with_nearest(
    draft: Answer,
    outcome: Literal["refused", "not_covered"],
    message: str,
    passages: Iterable[Ranked],
) -> Answer:
    nearest: dict[tuple[str, str], NearestGuide] = {}
    asked: dict[str, None] = {}
    for found in passages:
        key = (found.document.id, found.passage.section)
        if len(nearest) < _NEAREST and key not in nearest:
            nearest[key] = NearestGuide(found.document.id, found.document.title, key[1])
            for topic in found.document.topics:
                asked.update(dict.fromkeys(wording.WHOM_TO_ASK.get(topic, ())))
    return replace(
        draft,
        outcome=outcome,
        message=message,
        nearest=tuple(nearest.values()),
        whom_to_ask=tuple(asked)[:_NEAREST] or wording.WHOM_TO_ASK_ANY,
    )
