"""Hybrid search: dense passages, dense questions and BM25, fused into one ranking.

Fusion is a weighted sum ("convex combination", Bruch et al. 2023, arXiv:2210.11934) of both
cosines and of the BM25 score as a share of the question's best.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from assistant.corpus.documents import Document, Passage
from assistant.index.embeddings import Vectors
from assistant.index.generation import Generation, Hits

__all__ = ["Ranked", "Ranking", "best_by_document", "search"]

# Measured in docs/decisions/0003-fusion.md: ahead of reciprocal rank fusion on all three sets.
WEIGHT_PASSAGE = 1.0
WEIGHT_QUESTION = 1.0
WEIGHT_LEXICAL = 0.3


@dataclass(frozen=True)
class Ranked:
    """A passage that was found.

    `score` is the fused score, 1 at most. `dense` and `question` are cosines with the passage
    and with the nearest question of its section, NaN where it is not among those looked at;
    `lexical` is the BM25 score.
    """

    row: int
    passage: Passage
    document: Document
    score: float
    dense: float
    question: float
    lexical: float


@dataclass(frozen=True)
class Ranking:
    """The passages found for one question, best first, and the question's vector."""

    vector: Vectors
    passages: tuple[Ranked, ...]


def search(
    generation: Generation, text: str, vector: Vectors, *, depth: int, top: int | None = None
) -> Ranking:
    """Rank the passages of a generation for one question.

    Args:
        text: the question, for BM25.
        vector: the same as a vector of shape (dimension,).
        depth: candidates taken from each of the three searches.
        top: how many to return; all candidates where None.

    """
    dense = _row_map(generation.nearest_passages(vector, depth))
    asked = _row_map(generation.nearest_questions(vector, depth))
    lexical = generation.lexicon.scores(text)
    rows = np.union1d(
        np.fromiter({*dense, *asked}, np.int64), np.argsort(-lexical, kind="stable")[:depth]
    ).astype(np.int64)
    dense_scores = _values(dense, rows)
    question_scores = _values(asked, rows)
    lexical_scores = lexical[rows]

    strongest = float(lexical_scores.max(initial=0.0)) or 1.0
    fused = (
        WEIGHT_PASSAGE * _floored(dense_scores)
        + WEIGHT_QUESTION * _floored(question_scores)
        + WEIGHT_LEXICAL * lexical_scores / strongest
    ) / (WEIGHT_PASSAGE + WEIGHT_QUESTION + WEIGHT_LEXICAL)

    order = np.lexsort((rows, -fused))[:top]
    return Ranking(
        vector,
        tuple(
            Ranked(
                row=int(rows[n]),
                passage=(passage := generation.passages[rows[n]]),
                document=generation.documents[passage.document_id],
                score=float(fused[n]),
                dense=float(dense_scores[n]),
                question=float(question_scores[n]),
                lexical=float(lexical_scores[n]),
            )
            for n in order
        ),
    )


def best_by_document(ranking: Ranking, top: int) -> list[Ranked]:
    """Each document once, by its best passage, best first."""
    best: dict[str, Ranked] = {}
    for found in ranking.passages:
        best.setdefault(found.document.id, found)
    return list(best.values())[:top]


def _row_map(hits: Hits) -> dict[int, float]:
    return {int(row): float(value) for row, value in zip(*hits, strict=True)}


def _values(found: dict[int, float], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.array([found.get(int(row), np.nan) for row in rows])


def _floored(cosines: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cosines with the gaps filled: what a search did not return is at most its weakest hit."""
    if np.isnan(cosines).all():
        return np.zeros(cosines.shape)
    return np.where(np.isnan(cosines), np.nanmin(cosines), cosines)
