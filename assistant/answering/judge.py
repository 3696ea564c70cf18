"""Do the guides answer this question? A calibrated probability, from what the search found.

A logistic model over a few signals, fitted on the tuning half of the golden questions by
`python -m benchmarks.judge`; docs/evaluation.md has its figures on the other half.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from assistant.answering.intents import Intents
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranked, Ranking
from assistant.retrieval.understanding import Query

__all__ = ["BOTH_MODELS", "ONE_MODEL", "THRESHOLD", "Fit", "Signals", "probability", "signals"]


@dataclass(frozen=True)
class Fit:
    """A logistic model of the signals, in their order."""

    coefficients: tuple[float, ...]
    intercept: float


BOTH_MODELS = Fit((4.3, 3.05, -3.49, -1.79, 2.59, -1.97, 1.58), -12.2)
ONE_MODEL = Fit((2.9, 2.49, -2.55, -0.46, 2.72, -1.27, 0.0), -6.93)
"""Fitted without the questions in other languages, which it cannot answer."""
THRESHOLD = 0.65
"""In cross-validation on the tuning half (370 questions, AUROC 0.95) this answers 93 % of what the
guides cover in full and 18 % of what is not to be answered; 0.5 would answer 95 % and 26 %, 0.7
91 % and 15 %. With one model it is 90 % and 19 %."""

_PERISHABLE = re.compile(
    r"\b(?:phone|cell|mobile|telephone|whatsapp|fax|room)\s*(?:numbers?|no\.?)\b"
    r"|\b(?:his|her|their|whose)\s+(?:e-?mail|phone|cell|number|contact)\b"
    r"|\be-?mail\s+(?:address\s+)?of\b|\bcontact\s+details\s+of\b"
    r"|\b(?:today|yesterday|tonight|last\s+night|this\s+(?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_LOOKED_AT = 10
_COVERING = 3


@dataclass(frozen=True)
class Signals:
    """What speaks for and against an answer.

    `passage` and `asked` are the best cosines with a passage and with a question of the guides,
    by the second model where there is one; `not_held` and `outside` are the intent model's
    margins; `covered` is the share of the question's words (by idf) that stand in the best
    passages, 0 in another language than English; `perishable` is 1 where it asks for what no
    guide can hold: a person's contact details, or the news of a day; `foreign` is 1 in another
    language.
    """

    passage: float
    asked: float
    not_held: float
    outside: float
    covered: float
    perishable: float
    foreign: float


def signals(generation: Generation, query: Query, ranking: Ranking, intents: Intents) -> Signals:
    """Measure the signals for a question and what was found for it."""
    found = ranking.passages[:_LOOKED_AT]
    second = ranking.by_both
    foreign = query.language != "en"
    return Signals(
        passage=_best([each.multilingual if second else each.dense for each in found]),
        asked=_best([each.multilingual_question if second else each.question for each in found]),
        not_held=intents.not_held,
        outside=intents.outside,
        covered=0.0 if foreign else _covered(generation, query, found[:_COVERING]),
        perishable=float(bool(_PERISHABLE.search(query.search_text))),
        foreign=float(foreign),
    )


def _covered(generation: Generation, query: Query, found: Sequence[Ranked]) -> float:
    held: set[str] = set()
    for each in found:
        held.update(generation.content_words(each.row))
    weight = {word: generation.lexicon.idf(word) for word in words(query.search_text)}
    total = sum(weight.values())
    return sum(w for word, w in weight.items() if word in held) / total if total else 0.0


def probability(measured: Signals, fit: Fit) -> float:
    """The probability that the guides answer the question, between 0 and 1."""
    logit = fit.intercept + sum(
        coefficient * value
        for coefficient, value in zip(fit.coefficients, astuple(measured), strict=True)
    )
    return 0.5 * (1 + math.tanh(logit / 2))  # the logistic function, without overflow


def _best(cosines: list[float]) -> float:
    """The highest, NaN left aside; 0 where there is none."""
    return float(np.nanmax([*cosines, 0.0]))
