"""Asks the golden questions of a generation before it goes live.

Do they still find their sections? And where does the judge's border lie in these guides?
"""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answering.intents import IntentModel
from assistant.answering.judge import VALUES, Fit, Signals, signals
from assistant.errors import GenerationDamaged
from assistant.evaluation.golden import ABSTAINED, GoldenQuestion, load_golden
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.retrieval import hybrid
from assistant.retrieval.hybrid import CANDIDATES, search
from assistant.retrieval.understanding import understand
from assistant.retrieval.vocabulary import vocabulary_of

__all__ = ["LEAST_FOUND", "Asked", "ask_golden", "check_found", "fit_judge", "revision"]

LEAST_FOUND = 0.7
"""With the bundled models 0.96 of 577 questions do, in 20 seconds (November 2026)."""
_AMONG = 10
_NAMED = 3


@dataclass(frozen=True)
class Asked:
    """A golden question, the sections found for it, best first, and the judge's signals."""

    question: GoldenQuestion
    sections: tuple[str, ...]
    signals: Signals
    language: str


def ask_golden(generation: Generation, embedder: Embedder, folder: Path, depth: int) -> list[Asked]:
    """Search for the golden questions that the guides cover, and for those not to be answered.

    The former are those that they cover in full; the latter are of the tuning half alone.

    Args:
        generation: the generation to be published.
        embedder: the model that it was made with.
        folder: the folder of golden questions; it need not exist.
        depth: how many candidates each ranking of the search gives.

    Raises:
        InputError: a file of golden questions cannot be read.

    """
    questions = [
        each
        for each in load_golden(folder)
        if each.covered == "full" or (each.half == "tune" and each.expect in ABSTAINED)
    ]
    if not questions:
        return []
    vocabulary = vocabulary_of(generation)
    measure = IntentModel.load(embedder)
    queries = [understand(each.question, each.turns, vocabulary) for each in questions]
    alone = [understand(each.question, (), vocabulary).search_text for each in questions]
    texts = list(dict.fromkeys([*(query.search_text for query in queries), *alone]))
    vectors = dict(zip(texts, embedder.encode_query(texts), strict=True))
    asked = []
    for question, query, text in zip(questions, queries, alone, strict=True):
        ranking = search(generation, query, vectors[query.search_text], depth=depth, top=CANDIDATES)
        sections = dict.fromkeys(found.passage.section_id for found in ranking.passages[:_AMONG])
        measured = signals(generation, query, ranking, measure(vectors[text]))
        asked.append(Asked(question, tuple(sections), measured, query.language))
    return asked


@cache
def revision() -> str:
    """What tells apart fits that are not alike: the kinds of message, the search and the signals."""
    kinds = importlib.resources.files("assistant.answering") / "intents.npz"
    rest = repr((sorted(VALUES), hybrid.ENGLISH, hybrid.OTHER_LANGUAGE, hybrid.ONE_MODEL))
    return hashlib.sha256(kinds.read_bytes() + rest.encode()).hexdigest()


def check_found(asked: Sequence[Asked], folder: Path) -> None:
    """See that the questions that the guides cover find them.

    Raises:
        GenerationDamaged: fewer than `LEAST_FOUND` of them have one of their sections among the
            first ten passages.

    """
    covered = [each for each in asked if each.question.covered == "full"]
    lost = [e.question.id for e in covered if not set(e.sections) & set(e.question.passages)]
    share = 1 - len(lost) / max(len(covered), 1)
    if share < LEAST_FOUND:
        raise GenerationDamaged(
            f"Only {share:.0%} of the {len(covered)} golden questions that the guides cover find "
            f"their section (at least {LEAST_FOUND:.0%} must): {', '.join(lost[:_NAMED])} and "
            "others do not. Nothing was published. Was a guide removed, or were headings changed? "
            f"Then correct `passages` in {folder}."
        )


def fit_judge(asked: Sequence[Asked], *, foreign: bool) -> Fit | None:
    """The judge, fitted to the tuning half; None where it has too few questions.

    A near miss whose general rule the guides hold is not to be answered as if it were covered.

    Args:
        foreign: whether questions in other languages can be answered, too.

    """
    tuning = [
        each
        for each in asked
        if each.question.half == "tune" and (foreign or each.language == "en")
    ]
    return Fit.of(
        [each.signals for each in tuning], [each.question.covered == "full" for each in tuning]
    )
