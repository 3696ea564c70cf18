"""An answer out of the guides' own sentences, chosen and ordered; nothing is rewritten.

First the direct answer: up to three sentences of the best passage. Then up to five sentences of
other passages that add something. Where the answering section holds a conflict between sources,
both sides are always shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.corpus.documents import Statement
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.retrieval.hybrid import Ranked, Ranking

__all__ = ["Chosen", "compose"]

MAX_LEAD = 3
MAX_FURTHER = 5
_PER_PASSAGE = 2
"""Further sentences taken from one passage, so that one guide does not fill the answer."""

# Set by reading the answers to the tuning half of the golden questions.
_LOOKED_AT = 12
_HEADING_ANSWERS = 0.6
_OPENING_SHARE = 0.7
"""A section is opened with its first sentence where the question is this near to its heading,
or where that sentence is at least this relevant beside the best one."""
_FAR_MORE, _NEAR_TOP = 1.3, 0.85
"""Another passage answers where its best sentence is this many times as relevant and its score
this near to the first. On the tuning half it moved 5 of 125 leads, 4 of them to a right section."""
_LEAD_SHARE = 0.75
_FURTHER_SHARE = 0.85
"""A further sentence's relevance, as a share of the lead's best."""
_PASSAGE_SHARE, _PASSAGE_SHARE_CLEAR, _CLEAR = 0.8, 0.9, 0.7
"""Its passage's score as a share of the lead's: more is asked of it where the question is this
near to the lead's own. On the tuning half that drops a tenth of the further sentences and no
answer's right section."""
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
    position: int
    relevance: float
    words: frozenset[str]

    def repeats(self, others: Iterable[_Candidate]) -> bool:
        return any(
            len(self.words & other.words) >= _REPEATS * min(len(self.words), len(other.words))
            for other in others
            if self.words and other.words
        )


def compose(generation: Generation, text: str, ranking: Ranking) -> list[Chosen]:
    """Choose the statements of an answer, leads first; empty if nothing can be quoted.

    Args:
        text: the question as it was searched for.

    """
    asked = {word: generation.lexicon.idf(word) for word in words(text)}
    candidates = [
        candidate
        for found in ranking.passages[:_LOOKED_AT]
        for candidate in _candidates(generation, asked, ranking, found)
    ]
    if not candidates:
        return []
    leads = _leads(_answering(candidates))
    further = _further(leads, candidates)
    return [Chosen(c.found, c.statement, "lead") for c in leads] + [
        Chosen(c.found, c.statement, "further") for c in further
    ]


def _candidates(
    generation: Generation, asked: dict[str, float], ranking: Ranking, found: Ranked
) -> list[_Candidate]:
    """The passage's statements that can stand alone, in order, with their relevance."""
    similarities = generation.statement_vectors(found.row) @ ranking.vector
    total = sum(asked.values()) or 1.0
    candidates = []
    for position, statement in enumerate(found.passage.statements):
        if statement.text.endswith((":", "?")):  # a lead-in or a question says nothing alone
            continue
        held = frozenset(words(statement.text))
        lexical = sum(weight for word, weight in asked.items() if word in held) / total
        relevance = float(similarities[position]) + _LEXICAL * lexical
        candidates.append(_Candidate(found, statement, position, relevance, held))
    return candidates


def _answering(candidates: list[_Candidate]) -> list[_Candidate]:
    """The candidates of the passage that answers.

    That is the first, unless a sentence of another is far more relevant than any of its own.
    """
    top = candidates[0].found
    own = [c for c in candidates if c.found.row == top.row]
    near = [c for c in candidates if c.found.score >= _NEAR_TOP * top.score]
    rival = max(near, key=lambda c: c.relevance)
    if rival.relevance < _FAR_MORE * max(c.relevance for c in own):
        return own
    return [c for c in candidates if c.found.row == rival.found.row]


def _leads(candidates: list[_Candidate]) -> list[_Candidate]:
    """The direct answer: the section's opening where its heading fits, else the best sentence."""
    best = max(candidates, key=lambda c: c.relevance)
    opening = candidates[0]
    fits_heading = opening.found.question >= _HEADING_ANSWERS
    relevant = opening.relevance >= _OPENING_SHARE * best.relevance
    first_part = opening.found.passage.id == opening.found.passage.section_id
    leads = [opening if first_part and (fits_heading or relevant) else best]
    for candidate in sorted(candidates, key=lambda c: -c.relevance):
        fits = candidate.relevance >= _LEAD_SHARE * best.relevance
        if len(leads) < MAX_LEAD and fits and not candidate.repeats(leads):
            leads.append(candidate)
    return [leads[0], *sorted(leads[1:], key=lambda c: c.position)]


def _further(leads: list[_Candidate], candidates: list[_Candidate]) -> list[_Candidate]:
    """What else adds to the answer: conflicts of the answering section, then other passages."""
    lead = leads[0].found
    strongest = max(c.relevance for c in leads)
    share = _PASSAGE_SHARE_CLEAR if lead.question >= _CLEAR else _PASSAGE_SHARE
    section = lead.passage.section_id
    chosen = [
        c for c in candidates
        if c.statement.kind == "conflict" and c.found.passage.section_id == section and c not in leads
    ]  # fmt: skip
    taken: dict[str, int] = {}
    others = [c for c in candidates if c.found.passage.section_id != section]
    for candidate in sorted(others, key=lambda c: -c.relevance * c.found.score):
        home = candidate.found.passage.section_id
        if (
            len(chosen) < MAX_FURTHER
            and taken.get(home, 0) < _PER_PASSAGE
            and candidate.found.score >= share * lead.score
            and candidate.relevance >= _FURTHER_SHARE * strongest
            and not candidate.repeats([*leads, *chosen])
        ):
            chosen.append(candidate)
            taken[home] = taken.get(home, 0) + 1
    return chosen[:MAX_FURTHER]
