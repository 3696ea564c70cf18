"""Do the guides answer this question? A calibrated probability, from what the search found.

A logistic model over a few signals. Every ingest fits it to the tuning half of the corpus' golden
questions and stores it with the generation (assistant.evaluation.probe); a corpus with too
few of them is judged by the models below. docs/evaluation.md has its figures on the other half.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.answering.intents import Intents
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranked, Ranking
from assistant.retrieval.spelling import is_english
from assistant.retrieval.understanding import Query

__all__ = [
    "BOTH_MODELS",
    "ONE_MODEL",
    "THRESHOLD",
    "VALUES",
    "Fit",
    "Signals",
    "fit_for",
    "is_listed",
    "probability",
    "signals",
    "unknown_names",
]

THRESHOLD = 0.7
"""An answer beside the point costs more than twice what an answer withheld does. In
cross-validation on the tuning half (371 questions, AUROC 0.974) this answers 93 % of what the guides
cover in full and 13 % of what is not to be answered; 0.6 would answer 96 % and 16 %."""

_PERISHABLE = re.compile(
    r"\b(?:phone|cell|mobile|telephone|whatsapp|fax|room)\s*(?:numbers?|no\.?)\b"
    r"|\b(?:his|her|their|whose)\s+(?:e-?mail|phone|cell|number|contact)\b"
    r"|\be-?mail\s+(?:address\s+)?of\b|\bcontact\s+details\s+of\b"
    r"|\b(?:did|has|have|is|was)\s+my\s+(?:\w+\s+)?(?:application|papers?|documents?|e-?mail|payment)\b"
    r".{0,40}\b(?:arrived?|received?|reach(?:ed)?|accepted|approved|processed)\b"
    r"|\bstatus\s+of\s+my\s+application\b"
    r"|\b(?:today|yesterday|tonight|last\s+night|this\s+(?:morning|afternoon|evening))\b",
    re.IGNORECASE,
)
_NAME = re.compile(r"\b[A-Z][\w-]{2,}")
_SHORT = 12
"""Content words of a question in which an unknown name is what it asks about, not a circumstance."""
_LOOKED_AT = 10
_COVERING = 3
_BY_LANGUAGE = ("passage", "asked", "section", "not_held", "outside")
"""The signals that lie elsewhere in other languages than English, and have two weights each."""
_PENALTY = 1.0
"""Inverse strength of the regularisation, of signals scaled to a variance of 1."""
_LEAST_EXAMPLES = 40
"""Questions of either kind, answered or not, below which a corpus' own fit would be chance."""


@dataclass(frozen=True)
class Signals:
    """What speaks for and against an answer, from the passages that fit the question's facets.

    `passage` and `asked` are the best cosines with a passage and with a question of the guides,
    by the second model where there is one, and `section` the nearness of the best section;
    `not_held` and `outside` are the intent model's margins; `covered` is the share of the
    question's words (by idf) that stand in the best passages, 0 in another language than English;
    `perishable` is 1 where it asks for what no guide can hold: a person's contact details, or the
    news of a day, or of the asker's own papers; `unknown` is 1 where a short question holds a name that no guide does; `foreign`
    is 1 in another language.
    """

    passage: float
    asked: float
    section: float
    not_held: float
    outside: float
    covered: float
    perishable: float
    unknown: float
    foreign: float

    def values(self) -> dict[str, float]:
        """By name; those of `_BY_LANGUAGE` again as `foreign passage` and so on, 0 in English."""
        plain = asdict(self)
        return plain | {f"foreign {name}": plain[name] * self.foreign for name in _BY_LANGUAGE}


VALUES = {*(field.name for field in fields(Signals)), *(f"foreign {n}" for n in _BY_LANGUAGE)}
"""The names of all that a fit may weigh."""


@dataclass(frozen=True)
class Fit:
    """A logistic model of the signals' values: a weight for each by its name, and the intercept."""

    weights: Mapping[str, float]
    intercept: float

    @classmethod
    def of(cls, measured: Sequence[Signals], answered: Sequence[bool]) -> Fit | None:
        """Fit to questions whose outcome is known; None where they are too few."""
        labels = np.asarray(answered, bool)
        if min(labels.sum(), (~labels).sum()) < _LEAST_EXAMPLES:
            return None
        values = np.array([list(each.values().values()) for each in measured])
        scaler = StandardScaler().fit(values)
        model = LogisticRegression(C=_PENALTY, max_iter=5000).fit(scaler.transform(values), labels)
        weights = model.coef_[0] / scaler.scale_
        intercept = model.intercept_[0] - weights @ scaler.mean_
        names = measured[0].values()
        named = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
        return cls(named, round(float(intercept), 4))


BOTH_MODELS = Fit(
    {"passage": 3.3521, "asked": 2.7129, "not_held": -3.4311, "outside": -1.9778,
     "covered": 3.1694, "perishable": -2.0944, "unknown": -2.7177, "foreign": 1.8611},
    -11.6111,
)  # fmt: skip
ONE_MODEL = Fit(
    {"passage": 3.0318, "asked": 1.9684, "not_held": -2.4035, "outside": -0.4724,
     "covered": 2.2385, "perishable": -1.3784, "unknown": -3.046},
    -6.3,
)  # fmt: skip
"""For a corpus without golden questions of its own, fitted to those of this one. They leave the
section out, which small corpora do not know."""


def fit_for(generation: Generation, *, both: bool) -> Fit:
    """The model to judge a generation's answers with: its own, or else the one for its kind.

    Args:
        both: whether the second embedding model takes part. A generation's own fit holds for the
            models that it was made with.

    """
    stored = generation.manifest.judge
    if (
        stored
        and both == bool(generation.manifest.multilingual)
        and stored["weights"].keys() == VALUES
    ):
        return Fit(stored["weights"], stored["intercept"])
    return BOTH_MODELS if both else ONE_MODEL


def is_listed(query: Query, ranking: Ranking) -> bool:
    """Whether the question is word for word one that the guides list for a section found."""
    asked = query.text.casefold()
    return any(
        asked == question.casefold()
        for found in ranking.fitting[:_LOOKED_AT]
        for question in found.passage.all_questions
    )


def signals(generation: Generation, query: Query, ranking: Ranking, intents: Intents) -> Signals:
    """Measure the signals for a question and what was found for it."""
    found = ranking.fitting[:_LOOKED_AT]
    second = ranking.by_both
    foreign = query.language != "en"
    return Signals(
        passage=_best([each.multilingual if second else each.dense for each in found]),
        asked=_best([each.multilingual_question if second else each.question for each in found]),
        section=_best([each.section for each in found]),
        not_held=intents.not_held,
        outside=intents.outside,
        covered=0.0 if foreign else _covered(generation, query, found[:_COVERING]),
        perishable=float(bool(_PERISHABLE.search(query.search_text))),
        unknown=float(not foreign and bool(unknown_names(generation, query))),
        foreign=float(foreign),
    )


def unknown_names(generation: Generation, query: Query) -> tuple[str, ...]:
    """The names in a short question that no guide holds: "Yale", "Melbourne"."""
    if len(words(query.text)) > _SHORT:
        return ()
    return tuple(
        name
        for name in dict.fromkeys(_NAME.findall(query.text))
        if not is_english(name) and not any(map(generation.lexicon.holds, words(name)))
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
    values = measured.values()
    logit = fit.intercept + sum(weight * values[name] for name, weight in fit.weights.items())
    return 0.5 * (1 + math.tanh(logit / 2))  # the logistic function, without overflow


def _best(cosines: list[float]) -> float:
    """The highest, NaN left aside; 0 where there is none."""
    return float(np.nanmax([*cosines, 0.0]))
