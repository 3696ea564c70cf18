"""Do the guides answer this question? A calibrated probability, from what the search found.

A logistic model over six signals, fitted on the tuning half of the golden questions by
`python -m benchmarks.abstention --fit`; docs/measurements.md has its figures on the other half.
"""

from __future__ import annotations

import math
import re
from dataclasses import astuple, dataclass

import numpy as np

from assistant.answering.intents import Nearness
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranking

__all__ = ["COEFFICIENTS", "INTERCEPT", "THRESHOLD", "Signals", "probability", "signals"]

COEFFICIENTS = (4.58, 2.7, -7.65, 2.51, 4.79, -3.79)
INTERCEPT = -3.57
THRESHOLD = 0.7
"""On the tuning half (349 questions) this answers 90 % of what the guides cover in full and 24 %
of what they do not, mostly near misses; 0.6 would answer 96 % and 31 %, 0.8 76 % and 16 %."""

_PERISHABLE = re.compile(
    r"\b(?:phone|cell|mobile|telephone|whatsapp|fax|room)\s*(?:numbers?|no\.?)\b"
    r"|\b(?:his|her|their|whose)\s+(?:e-?mail|phone|cell|number|contact)\b"
    r"|\be-?mail\s+(?:address\s+)?of\b|\bcontact\s+details\s+of\b"
    r"|\b(?:today|yesterday|tonight|last\s+night|this\s+(?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
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
    `perishable` is 1 where it asks for what no guide can hold: a person's contact details, or
    the news of a day.
    """

    passage: float
    asked: float
    unanswerable: float
    covered: float
    length: float
    perishable: float


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
        perishable=float(bool(_PERISHABLE.search(text))),
    )


def probability(measured: Signals) -> float:
    """The probability that the guides answer the question, between 0 and 1."""
    logit = INTERCEPT + sum(
        coefficient * value
        for coefficient, value in zip(COEFFICIENTS, astuple(measured), strict=True)
    )
    return 0.5 * (1 + math.tanh(logit / 2))  # the logistic function, without overflow
