"""An answer out of the guides' own sentences, chosen and ordered; nothing is rewritten.

First the section that answers, nearly whole, because its sentences were written to be read
together: its opening, which answers the heading, and what is nearest to the question. Then the
openings of the next sections, if they were found nearly as well and say something new. Where
the answering section holds a conflict between sources, both sides are always shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.documents import Statement
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.index.vectors import Vectors
from assistant.retrieval.hybrid import Ranked, Ranking

__all__ = ["Chosen", "compose"]

# Set by the answers to the tuning half of the golden questions; docs/evaluation.md has the rows.
_LEAD_WORDS = 120
"""Words of the answering section that are quoted; a shorter section is quoted whole."""
_FURTHER_SECTIONS = 2
_FURTHER_STATEMENTS = 2
_FURTHER_WORDS = 70
_FURTHER_SHARE = 0.93
"""The score of a further section, as a share of the first's."""
_REPEATS = 0.6
"""Share of the shorter sentence's content words above which two sentences say the same."""
_LEXICAL = 0.3
"""Weight of the share of the question's words (by idf) that a sentence holds."""


@dataclass(frozen=True)
class Chosen:
    """A statement picked for the answer, and the passage it stands in."""

    found: Ranked
    statement: Statement
    role: Literal["lead", "further"]


@dataclass(frozen=True)
class _Candidate:
    found: Ranked
    statement: Statement
    position: tuple[int, int]
    relevance: float
    words: frozenset[str]

    @property
    def length(self) -> int:
        return len(self.statement.text.split())

    def repeats(self, others: Iterable[_Candidate]) -> bool:
        return any(
            len(self.words & other.words) >= _REPEATS * min(len(self.words), len(other.words))
            for other in others
            if self.words and other.words
        )


def compose(generation: Generation, text: str, vector: Vectors, ranking: Ranking) -> list[Chosen]:
    """Choose the statements of an answer, leads first; empty if nothing can be quoted.

    Args:
        text: the question, or where it is in another language the nearest question in English.
        vector: that of `text`, by the first model.

    """
    asked = {word: generation.lexicon.idf(word) for word in words(text)}
    sections: dict[str, list[Ranked]] = {}
    for found in ranking.passages:
        sections.setdefault(found.passage.section_id, []).append(found)
    quotable = [
        candidates
        for parts in sections.values()
        if (candidates := _candidates(generation, asked, vector, parts))
    ]
    if not quotable:
        return []
    leads = _leads(quotable[0])
    further = _further(leads, quotable[1:])
    return [Chosen(c.found, c.statement, "lead") for c in leads] + [
        Chosen(c.found, c.statement, "further") for c in further
    ]


def _candidates(
    generation: Generation, asked: dict[str, float], vector: Vectors, parts: Sequence[Ranked]
) -> list[_Candidate]:
    """The section's statements that can stand alone, in order, with their relevance."""
    total = sum(asked.values()) or 1.0
    candidates = []
    for found in sorted(parts, key=lambda part: part.row):
        similarities = generation.statement_vectors(found.row) @ vector
        for position, statement in enumerate(found.passage.statements):
            if statement.text.endswith((":", "?")):  # a lead-in or a question says nothing alone
                continue
            held = frozenset(words(statement.text))
            lexical = sum(weight for word, weight in asked.items() if word in held) / total
            relevance = float(similarities[position]) + _LEXICAL * lexical
            place = (found.row, position)
            candidates.append(_Candidate(found, statement, place, relevance, held))
    return candidates


def _leads(candidates: list[_Candidate]) -> list[_Candidate]:
    """The answering section: its opening, its conflicts, then the most relevant that fit."""
    chosen = [c for c in candidates if c.statement.kind == "conflict"]
    opening = candidates[0]
    if opening not in chosen and opening.found.passage.id == opening.found.passage.section_id:
        chosen.append(opening)
    left = _LEAD_WORDS - sum(c.length for c in chosen)
    for candidate in sorted(candidates, key=lambda c: -c.relevance):
        if candidate not in chosen and (candidate.length <= left or not chosen):
            chosen.append(candidate)
            left -= candidate.length
    return sorted(chosen, key=lambda c: c.position)


def _further(leads: list[_Candidate], others: list[list[_Candidate]]) -> list[_Candidate]:
    """What the next sections add: their openings, and of each the most relevant sentence."""
    least = _FURTHER_SHARE * leads[0].found.score
    left = _FURTHER_WORDS
    chosen: list[_Candidate] = []
    for candidates in [c for c in others if c[0].found.score >= least][:_FURTHER_SECTIONS]:
        best = sorted(candidates[1:], key=lambda c: -c.relevance)
        for candidate in [candidates[0], *best][:_FURTHER_STATEMENTS]:
            if candidate.length <= left and not candidate.repeats([*leads, *chosen]):
                chosen.append(candidate)
                left -= candidate.length
    return chosen
