"""What the guides' words and names tell of a reader's words: the spelling, and the places named."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from assistant.index.generation import Generation
from assistant.retrieval.places import Places
from assistant.retrieval.spelling import Speller

__all__ = ["Vocabulary", "vocabulary_of"]


@dataclass(frozen=True)
class Vocabulary:
    """The speller and the places of one generation."""

    speller: Speller
    places: Places


@lru_cache(maxsize=2)  # the live generation, and the one before it while its leases last
def vocabulary_of(generation: Generation) -> Vocabulary:
    """The vocabulary of a generation; made at the first call, in tenths of a second."""
    texts = ("\n".join((p.embedded, *p.questions)) for p in generation.passages)
    return Vocabulary(Speller(texts), Places(generation.documents.values()))
