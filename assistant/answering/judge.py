"""Do the guides answer this question? A calibrated probability, from what the search found.

A logistic model over five signals, fitted on the tuning half of the golden questions by
`python benchmarks/abstention.py --fit`; docs/measurements.md has its figures on the other half.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass

import numpy as np

from assistant.answering.intents import Nearness
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranking

__all__ = ["COEFFICIENTS", "INTERCEPT", "THRESHOLD", "Signals", "probability", "signals"]

COEFFICIENTS = (4.17, 4.98, -7.24, 3.22, 4.75)
INTERCEPT = -5.17
THRESHOLD = 0.5

_LOOKED_AT = 10
_COVERING = 3
_MANY_WORDS = 12


@dataclass(frozen=True)
class Signals:
    """What speaks for and against an answer.

    `passage` and `asked` are the best cosines with a passage and with a question of the guides,
    `unanswerable` the best with an example of a question that they do not hold, `covered` the
    share of the question's words (by idf) that stand in the best passages, and `length` the
    number of its content words (12 at most, over 12): long questions have lower cosines.
    """

    passage: float
    asked: float
    unanswerable: float
    covered: float
    length: float


def signals(generation: Generation, text: str, ranking: Ranking, near: Nearness) -> Signals:
    """Measure the signals for a question's search text and what was found for it."""
    found = ranking.passages[:_LOOKED_AT]
    asked = dict.fromkeys(words(text))
    weight = {word: generation.lexicon.idf(word) for word in asked}
    held: set[str] = set()
    for each in found[:_COVERING]:
        held.update(generation.content_words(each.row))
    total = sum(weight.values())
    return Signals(
        passage=float(np.nanmax([each.dense for each in found] + [0.0])),
        asked=float(np.nanmax([each.question for each in found] + [0.0])),
        unanswerable=max(near.not_held, near.outside),
        covered=sum(w for word, w in weight.items() if word in held) / total if total else 0.0,
        length=min(len(asked), _MANY_WORDS) / _MANY_WORDS,
    )


def probability(measured: Signals) -> float:
    """The probability that the guides answer the question, between 0 and 1."""
    logit = INTERCEPT + sum(
        coefficient * value
        for coefficient, value in zip(COEFFICIENTS, astuple(measured), strict=True)
    )
    return 1 / (1 + math.exp(-logit))
