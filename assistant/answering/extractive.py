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

from assistant.answering.asks import Ask
from assistant.corpus.documents import Statement
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranked, Ranking

__all__ = ["Chosen", "compose", "compose_openings"]

# Set by the answers to the tuning half of the golden questions; docs/evaluation.md has the rows.
_LEAD_WORDS = 120
"""Words of the answering section that are quoted; a shorter section is quoted whole."""
_WORDS, _LEAST_WORDS = 170, 60
"""Words of an answer, and of each ask's section at the least where there are several asks."""
_CASES = 4
_FURTHER_SECTIONS = 3
_FURTHER_STATEMENTS = 3
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


def compose(generation: Generation, asks: Sequence[Ask], ranking: Ranking) -> list[Chosen]:
    """Choose the statements of an answer, leads first; empty if nothing can be quoted.

    Each ask is answered from its section, in order; a section that answers two is quoted once.

    Args:
        asks: at least one. Where it is in another language than English, its text and vector are
            those of the nearest question in English.

    """
    first: dict[str, Ask] = {}
    for ask in asks:
        first.setdefault(ask.section_id, ask)
    scored = {
        section: _candidates(generation, first.get(section, asks[0]), parts)
        for section, parts in ranking.sections.items()
    }
    quotable = {section: found for section, found in scored.items() if found}
    answering = [section for section in first if section in quotable] or list(quotable)[:1]
    several = len(answering) > 1
    budget = max(_WORDS // len(answering), _LEAST_WORDS) if several else _LEAD_WORDS
    leads = [chosen for section in answering for chosen in _leads(quotable[section], budget)]
    if not leads:
        return []
    further = _further(leads, [quotable[s] for s in quotable if s not in answering])
    return [Chosen(c.found, c.statement, "lead") for c in leads] + [
        Chosen(c.found, c.statement, "further") for c in further
    ]


def compose_openings(ranking: Ranking) -> list[Chosen]:
    """The openings of the leading sections, each a case of its own."""
    chosen: list[Chosen] = []
    for parts in list(ranking.sections.values())[:_CASES]:
        first = min(parts, key=lambda part: part.row)
        stated = (s for s in first.passage.statements if not s.text.endswith((":", "?")))
        chosen += [Chosen(first, statement, "further") for statement in list(stated)[:1]]
    return chosen


def _candidates(generation: Generation, ask: Ask, parts: Sequence[Ranked]) -> list[_Candidate]:
    """The section's statements that can stand alone, in order, with their relevance."""
    asked = {word: generation.lexicon.idf(word) for word in words(ask.text)}
    total = sum(asked.values()) or 1.0
    candidates = []
    for found in sorted(parts, key=lambda part: part.row):
        similarities = generation.statement_vectors(found.row) @ ask.vector
        for position, statement in enumerate(found.passage.statements):
            if statement.text.endswith((":", "?")):  # a lead-in or a question says nothing alone
                continue
            held = frozenset(words(statement.text))
            lexical = sum(weight for word, weight in asked.items() if word in held) / total
            relevance = float(similarities[position]) + _LEXICAL * lexical
            place = (found.row, position)
            candidates.append(_Candidate(found, statement, place, relevance, held))
    return candidates


def _leads(candidates: list[_Candidate], budget: int) -> list[_Candidate]:
    """The answering section: its opening, its conflicts, then the most relevant that fit."""
    chosen = [c for c in candidates if c.statement.kind == "conflict"]
    opening = candidates[0]
    if opening not in chosen and opening.found.passage.id == opening.found.passage.section_id:
        chosen.append(opening)
    left = budget - sum(c.length for c in chosen)
    for candidate in sorted(candidates, key=lambda c: -c.relevance):
        if candidate not in chosen and (candidate.length <= left or not chosen):
            chosen.append(candidate)
            left -= candidate.length
    return sorted(chosen, key=lambda c: c.position)


def _further(leads: list[_Candidate], others: list[list[_Candidate]]) -> list[_Candidate]:
    """What the next sections add: their openings, and of each the most relevant sentence."""
    least = _FURTHER_SHARE * leads[0].found.score
    left = _WORDS - sum(lead.length for lead in leads)
    chosen: list[_Candidate] = []
    for candidates in [c for c in others if c[0].found.score >= least][:_FURTHER_SECTIONS]:
        best = sorted(candidates[1:], key=lambda c: -c.relevance)
        for candidate in [candidates[0], *best][:_FURTHER_STATEMENTS]:
            if candidate.length <= left and not candidate.repeats([*leads, *chosen]):
                chosen.append(candidate)
                left -= candidate.length
    return chosen
