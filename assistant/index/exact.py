"""The second model's vectors of a generation, searched exactly: every cosine, no graph.

multilingual-passages.npy    a float16 vector for each passage, in their order
multilingual-questions.npy   the same for each of their questions, in every language
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.corpus.documents import Passage
from assistant.index.vectors import Vectors

__all__ = ["ExactIndex", "Similarities"]

Similarities = npt.NDArray[np.float32]


class ExactIndex:
    """The vectors in memory. Safe to share between threads."""

    def __init__(self, folder: Path, passages: Sequence[Passage]) -> None:
        """Read what `write` wrote.

        Raises:
            OSError: a file cannot be read.
            ValueError: the vectors do not fit the passages.

        """
        self._passages = passages
        self._whole = np.load(_path(folder, "passages")).astype(np.float32)
        self._asked = np.load(_path(folder, "questions")).astype(np.float32)
        rows = [row for row, passage in enumerate(passages) for _ in passage.all_questions]
        if (len(self._whole), len(self._asked)) != (len(passages), len(rows)):
            raise ValueError("the second model's vectors do not fit the passages")
        self._asked_rows = np.array(rows, np.int64)
        firsts: dict[str, int] = {}
        for row, passage in enumerate(passages):
            firsts.setdefault(passage.section_id, row)
        self._first_rows = np.array([firsts[each.section_id] for each in passages], np.int64)

    @staticmethod
    def write(folder: Path, passages: Vectors, questions: Vectors) -> None:
        """Write the files."""
        np.save(_path(folder, "passages"), passages.astype(np.float16))
        np.save(_path(folder, "questions"), questions.astype(np.float16))

    def similarities(self, question: Vectors) -> tuple[Similarities, Similarities]:
        """The cosines of every passage, and of its section's nearest question.

        Args:
            question: the second model's vector, of shape (dimension,).

        Returns:
            Two arrays of shape (passages,); the second is 0 where a section has no question.

        """
        nearest = np.zeros(len(self._passages), np.float32)
        np.maximum.at(nearest, self._asked_rows, self._asked @ question)
        return self._whole @ question, nearest[self._first_rows]

    def by_content(self) -> tuple[dict[str, Vectors], dict[str, Vectors]]:
        """The vectors of passages by their fingerprint, and of questions by their text."""
        prints = (passage.fingerprint for passage in self._passages)
        texts = (question for passage in self._passages for question in passage.all_questions)
        return (
            dict(zip(prints, self._whole, strict=True)),
            dict(zip(texts, self._asked, strict=True)),
        )


def _path(folder: Path, of: str) -> Path:
    return folder / f"multilingual-{of}.npy"
