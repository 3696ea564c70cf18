"""Hybrid search: dense passages, dense questions, sections, BM25 and coverage, fused into one ranking.

Fusion is a weighted sum ("convex combination", Bruch et al. 2023, arXiv:2210.11934) of the
cosines, of the BM25 score as a share of the question's best, and of the share of the question's
words that a passage holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt

from assistant.corpus.documents import Document, Passage
from assistant.index.generation import Generation, Hits
from assistant.index.vectors import QuestionVectors
from assistant.retrieval.facets import conflicts
from assistant.retrieval.places import elsewhere
from assistant.retrieval.understanding import Query

__all__ = ["CANDIDATES", "Ranked", "Ranking", "best_by_document", "search"]

CANDIDATES = 30
"""Passages that are ranked for an answer."""


# Measured in docs/decisions/0003-fusion.md: ahead of reciprocal rank fusion on all three sets.
@dataclass(frozen=True)
class Weights:
    """What each ranking counts in the sum."""

    passage: float
    question: float
    lexical: float
    covered: float
    section: float
    multilingual_passage: float = 0.0
    multilingual_question: float = 0.0


ONE_MODEL = Weights(1.0, 1.0, 0.3, 0.0, 0.6)
ENGLISH = Weights(1.5, 1.0, 0.4, 0.8, 2.0, 3.0, 3.0)
OTHER_LANGUAGE = Weights(0.0, 0.0, 0.1, 0.0, 2.0, 1.0, 4.0)
_GLOSSARY = 0.9
"""Times the score of a glossary entry where no definition is asked for: an answer should not begin
with one. On the tuning half the ranking is as good with it, and 0.4 % more answers cite well."""


@dataclass(frozen=True)
class Ranked:
    """A passage that was found.

    `score` is the fused score, 1 at most. `dense` and `question` are cosines with the passage
    and with the nearest question of its section, NaN where it is not among those looked at;
    `multilingual` and `multilingual_question` are the second model's, NaN where there is none;
    `conflicts` names the facets by which it is about something else than the question;
    `section` is the nearness of its section, 0 where that is not known; `lexical` is the BM25
    score, `covered` the share of the question's words, by idf, that it holds; `reranked` is the cross-encoder's, NaN where there is none.
    """

    row: int
    passage: Passage
    document: Document
    score: float
    dense: float
    question: float
    lexical: float
    covered: float = 0.0
    section: float = 0.0
    multilingual: float = float("nan")
    multilingual_question: float = float("nan")
    conflicts: frozenset[str] = frozenset()
    reranked: float = float("nan")


@dataclass(frozen=True)
class Ranking:
    """The passages found for one question, best first, and the question's vectors.

    Those about something else by a facet stand behind all others.
    `by_both` says whether the second embedding model took part.
    """

    vectors: QuestionVectors
    passages: tuple[Ranked, ...]
    by_both: bool = False

    @property
    def fitting(self) -> tuple[Ranked, ...]:
        """The passages that are not about something else."""
        return tuple(each for each in self.passages if not each.conflicts)

    @property
    def sections(self) -> dict[str, list[Ranked]]:
        """The fitting passages by their section's id; sections and their passages best first."""
        sections: dict[str, list[Ranked]] = {}
        for found in self.fitting:
            sections.setdefault(found.passage.section_id, []).append(found)
        return sections


def search(
    generation: Generation,
    query: Query,
    vectors: QuestionVectors,
    *,
    depth: int,
    top: int | None = None,
) -> Ranking:
    """Rank the passages of a generation for one question.

    Args:
        vectors: those of the query's `search_text`.
        depth: candidates taken from each of the searches.
        top: how many to return; all candidates where None.

    """
    dense = _row_map(generation.nearest_passages(vectors.primary, depth))
    asked = _row_map(generation.nearest_questions(vectors.primary, depth))
    lexical = generation.lexicon.scores(query.search_text)
    candidates = {*dense, *asked, *_best(lexical, depth)}
    second = second_asked = np.full(len(lexical), np.nan, np.float32)
    weights = ONE_MODEL
    by_both = vectors.multilingual is not None and generation.manifest.multilingual is not None
    if vectors.multilingual is not None and by_both:
        second, second_asked = generation.multilingual_similarities(vectors.multilingual)
        candidates |= {*_best(second, depth), *_best(second_asked, depth)}
        weights = ENGLISH if query.language == "en" else OTHER_LANGUAGE
    near = generation.section_similarities(vectors)
    if near is not None:
        candidates |= {*_best(near, depth)}
    rows = np.array(sorted(candidates), np.int64)
    section_scores = np.zeros(len(rows)) if near is None else near[rows].astype(np.float64)
    dense_scores = _values(dense, rows)
    question_scores = _values(asked, rows)
    lexical_scores = lexical[rows]
    covered = generation.coverage(query.search_text)[rows]

    strongest = float(lexical_scores.max(initial=0.0)) or 1.0
    fused = (
        weights.passage * _floored(dense_scores)
        + weights.question * _floored(question_scores)
        + weights.lexical * lexical_scores / strongest
        + weights.covered * covered
        + weights.section * section_scores
        + weights.multilingual_passage * _floored(second[rows].astype(np.float64))
        + weights.multilingual_question * _floored(second_asked[rows].astype(np.float64))
    ) / sum(astuple(weights))

    if not query.defines:
        fused *= np.where(generation.glossary_rows[rows], _GLOSSARY, 1.0)
    order = np.lexsort((rows, -fused))[:top]
    ranked = [
        Ranked(
            row=int(rows[n]),
            passage=(passage := generation.passages[rows[n]]),
            document=(document := generation.documents[passage.document_id]),
            score=float(fused[n]),
            dense=float(dense_scores[n]),
            question=float(question_scores[n]),
            lexical=float(lexical_scores[n]),
            covered=float(covered[n]),
            section=float(section_scores[n]),
            multilingual=float(second[rows[n]]),
            multilingual_question=float(second_asked[rows[n]]),
            conflicts=_conflicts(query, passage, document),
        )
        for n in order
    ]
    ranked.sort(key=lambda each: bool(each.conflicts))  # stable: in either group the best first
    return Ranking(vectors, tuple(ranked), by_both)


def _conflicts(query: Query, passage: Passage, document: Document) -> frozenset[str]:
    """By what a passage is about something else: facets, or the hospital."""
    place = {"place"} if elsewhere(query.places, document) else frozenset()
    return conflicts(query.facets, passage, document) | place


def best_by_document(ranking: Ranking, top: int) -> list[Ranked]:
    """Each document once, by its best passage, best first."""
    best: dict[str, Ranked] = {}
    for found in ranking.passages:
        best.setdefault(found.document.id, found)
    return list(best.values())[:top]


def _best(scores: npt.NDArray[np.float32], count: int) -> Iterator[int]:
    """The rows of the highest scores."""
    if count < len(scores):
        return map(int, np.argpartition(-scores, count)[:count])
    return iter(range(len(scores)))


def _row_map(hits: Hits) -> dict[int, float]:
    return {int(row): float(value) for row, value in zip(*hits, strict=True)}


def _values(found: dict[int, float], rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.array([found.get(int(row), np.nan) for row in rows])


def _floored(cosines: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Cosines with the gaps filled: what a search did not return is at most its weakest hit."""
    if np.isnan(cosines).all():
        return np.zeros(cosines.shape)
    return np.where(np.isnan(cosines), np.nanmin(cosines), cosines)
