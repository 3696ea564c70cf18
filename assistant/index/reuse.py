"""Vectors by content: taken from the live generation where it holds them, embedded where not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tqdm import tqdm

from assistant.corpus.documents import Passage
from assistant.index.embeddings import Embedder, Vectors
from assistant.index.generation import Generation

__all__ = ["VectorCache"]


class VectorCache:
    """The vectors of one ingest. Each content is embedded at most once."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self._passages: dict[str, Vectors] = {}
        self._statements: dict[str, Vectors] = {}
        self._questions: dict[str, Vectors] = {}

    def take_from(self, live: Generation | None) -> frozenset[str]:
        """Know the vectors of a generation, if it was made with the same model.

        Returns:
            The questions whose vectors it holds.

        """
        if not live or live.manifest.model != self.embedder.card:
            return frozenset()
        known = live.vectors()
        self._passages = known["passages"]
        self._statements = known["statements"]
        self._questions = {**self._questions, **known["questions"]}
        return frozenset(known["questions"])

    def passages(self, passages: Sequence[Passage]) -> tuple[Vectors, list[Vectors], int]:
        """Vectors of passages.

        Returns:
            An array of shape (passages, dimension), for each passage one of shape (its
            statements, dimension), and how many passages were not known before.

        """
        prints = [passage.fingerprint for passage in passages]
        fresh = {
            print_: passage
            for print_, passage in zip(prints, passages, strict=True)
            if print_ not in self._passages
        }
        new = sum(print_ in fresh for print_ in prints)
        with tqdm(total=len(fresh), desc="Embedding passages", unit="", disable=None) as bar:
            whole, statements = self.embedder.encode_passages(list(fresh.values()), bar.update)
        self._passages.update(zip(fresh, whole, strict=True))
        self._statements.update(zip(fresh, statements, strict=True))
        return (
            np.stack([self._passages[print_] for print_ in prints]),
            [self._statements[print_] for print_ in prints],
            new,
        )

    def questions(self, questions: Sequence[str]) -> Vectors:
        """Vectors of shape (questions, dimension)."""
        new = [each for each in dict.fromkeys(questions) if each not in self._questions]
        self._questions.update(zip(new, self.embedder.encode_questions(new), strict=True))
        if not questions:
            return np.empty((0, self.embedder.card.dimension), np.float32)
        return np.stack([self._questions[each] for each in questions])
