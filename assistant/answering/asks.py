"""What a message asks, part by part: which section answers it, and whether any does.

The whole message finds sections best, for its circumstances say what is meant
(docs/decisions/0012-facets-and-parts.md has the measurement); so a part only chooses among them,
and is judged on its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.intents import IntentModel
from assistant.answering.judge import Fit, probability, signals
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.index.vectors import Vectors
from assistant.retrieval.facets import facets_of
from assistant.retrieval.hybrid import CANDIDATES, Ranking, search
from assistant.retrieval.parts import compared
from assistant.retrieval.understanding import Query, points_back

__all__ = ["Ask", "asks_of", "compared_asks", "missing_facts"]

_NOT_HELD = 0.25
"""Of 50 parts of covered questions in the tuning half the least likely was at 0.59; seven parts
made up for the purpose, on beds, weather, elections and the like, were at 0.17 or less."""
_SURE = 0.9
"""Of the five near misses with several parts in the tuning half, two were answered in part at 0.65
and one at 0.9."""
_SECTIONS = 12
_LEADING = 4
_SHORT = 12
"""Content words of a question that says nothing of its asker by the way."""
_NEAR = 0.9
"""Share of the first section's score within which another is a rival."""
_RIVAL = 0.85
_EACH = 2
"""Sections quoted for each hospital that is compared."""
_PERSONAL = ("visa", "status", "citizenship")


@dataclass(frozen=True)
class Ask:
    """One part of a message: its words, its vector by the first model, the section that answers.

    `confidence` is the judge's probability that the guides answer it.
    """

    text: str
    vector: Vectors
    section_id: str
    confidence: float

    @property
    def sure(self) -> bool:
        """Whether the guides hold it, even if the message as a whole seems not to be covered.

        "How many weeks do they allow?" says too little by itself.
        """
        return self.confidence >= _SURE and not points_back(self.text)

    @property
    def not_held(self) -> bool:
        """Whether the guides surely do not hold it; between the two, the whole message decides."""
        return self.confidence < _NOT_HELD


def asks_of(
    generation: Generation,
    embedder: Embedder,
    intents: IntentModel,
    query: Query,
    ranking: Ranking,
    fit: Fit,
    depth: int,
) -> tuple[Ask, ...]:
    """Judge each part of a message that has several; empty where it has one.

    Args:
        ranking: what the whole message found.
        fit: the judge's.
        depth: candidates taken from each of the searches.

    """
    if len(query.parts) < 2:
        return ()
    leading = list(ranking.sections.items())[:_SECTIONS]
    whole = {section: parts[0].score for section, parts in leading}
    asks = []
    for text, vectors in zip(query.parts, embedder.encode_query(query.parts), strict=True):
        part = replace(query, text=text, search_text=text)
        found_alone = search(generation, part, vectors, depth=depth, top=CANDIDATES)
        measured = signals(generation, part, found_alone, intents(vectors))
        scores = dict(whole)
        for found in found_alone.fitting:
            section = found.passage.section_id
            if section in whole:
                scores[section] = max(scores[section], whole[section] + found.score)
        best = max(scores, key=lambda section: scores[section], default="")
        asks.append(Ask(text, vectors.primary, best, probability(measured, fit)))
    return tuple(asks)


def compared_asks(query: Query, vector: Vectors, ranking: Ranking) -> tuple[Ask, ...]:
    """An ask for each thing that a message compares; empty where it compares nothing.

    Hospitals that it names are compared by the sections about each, other things by the sections
    that are headed for one of them, unless the first is headed for several.

    Args:
        vector: the whole message's, by the first model.

    """
    leading = [
        section
        for section, parts in ranking.sections.items()
        if parts[0].score >= _RIVAL * ranking.fitting[0].score
    ]
    about: list[list[str]] = []
    if len(query.places) > 1:
        for documents in query.places:
            of_place = [s for s in ranking.sections if s.partition("#")[0] in documents]
            about.append(of_place[:_EACH])
    else:
        headed = {
            section: set(words(ranking.sections[section][0].passage.section)) for section in leading
        }
        things = compared(query.search_text)
        if sum(thing in headed[section] for section in leading[:1] for thing in things) < 2:
            about = [[s for s in leading if thing in headed[s]][:1] for thing in things]
    sections = list(dict.fromkeys(section for found in about for section in found))
    if sum(map(bool, about)) < 2 or len(sections) < 2:
        return ()
    return tuple(Ask(query.search_text, vector, section, 1.0) for section in sections)


def missing_facts(query: Query, ranking: Ranking) -> tuple[str, ...]:
    """The facts about the asker on which the answer turns and which the question leaves open.

    They are missing where the section found first is headed for one kind of person, another about
    as near for a different kind, and the asker said nothing of themselves, in a short question:
    whoever tells a story has said who they are.
    """
    if any(query.facets[facet] for facet in _PERSONAL) or len(words(query.text)) > _SHORT:
        return ()
    heads = _heads(ranking)
    if not heads or not heads[0] or not any(h and not h & heads[0] for h in heads[1:]):
        return ()
    named = {facet for head in heads for facet, _ in head}
    return tuple(facet for facet in _PERSONAL if facet in named)


def _heads(ranking: Ranking) -> Sequence[frozenset[tuple[str, str]]]:
    """For each of the leading sections, the kinds of person that its heading names."""
    leading = [parts[0] for parts in ranking.sections.values()][:_LEADING]
    heads = []
    for found in leading:
        if found.score >= _NEAR * leading[0].score:
            facets = facets_of(found.passage.section)
            heads.append(frozenset((f, value) for f in _PERSONAL for value in facets[f]))
    return heads
