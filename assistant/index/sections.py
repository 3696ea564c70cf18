"""Sections as points: where the questions that a section answers lie, seen as the corpus sees them.

The differences between questions of one section are differences of wording; a space in which they
are small compares what is asked. It is found by within-class covariance normalisation (Hatch,
Kajarekar and Stolcke 2006, Interspeech), here with Tikhonov smoothing, from the questions that the
guides list; a section is the mean of its questions and of its passages there. The model is the
second one where there is one, for it holds the questions of every language, or else the first.

sections.npz    the space and the points, in float16
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.corpus.documents import Passage
from assistant.index.vectors import CorpusVectors, Vectors, unit

__all__ = ["SectionSpace"]

_FILE = "sections.npz"
_SMOOTHING = 1.0
"""Times the mean eigenvalue. From 0.1 to 3 the golden questions were found alike."""
_PASSAGE = 3.0
"""What a section's passage counts in its point, a question counting 1."""
_SPARE = 4
"""Questions beyond one a section, for each dimension, below which the space is not known."""


class SectionSpace:
    """The space, and each section's point in it. Safe to share between threads."""

    def __init__(
        self, mean: Vectors, axes: Vectors, points: Vectors, rows: npt.NDArray[np.int32]
    ) -> None:
        """Take what a fit found.

        Args:
            mean: of shape (dimension,).
            axes: the linear map into the space, of shape (dimension, dimension).
            points: of shape (sections, dimension), of length 1.
            rows: each passage's section, of shape (passages,).

        """
        self._mean, self._axes, self._points, self._rows = mean, axes, points, rows

    @classmethod
    def fit(cls, passages: Sequence[Passage], vectors: CorpusVectors) -> SectionSpace | None:
        """Find the space; None where the guides list too few questions to know it."""
        second = vectors.multilingual_passages is not None
        numbers: dict[str, int] = {}
        rows = np.array(
            [numbers.setdefault(each.section_id, len(numbers)) for each in passages], np.int32
        )
        owners = np.array(
            [
                numbers[each.section_id]
                for each in passages
                for _ in (each.all_questions if second else each.english_questions)
            ],
            np.int32,
        )
        whole = vectors.multilingual_passages if second else vectors.passages
        asked = vectors.multilingual_questions if second else vectors.questions
        if whole is None or asked is None:
            return None
        size, dimension = len(numbers), whole.shape[1]
        if len(owners) - len(set(owners.tolist())) < _SPARE * dimension:
            return None
        mean = asked.mean(axis=0)
        axes = _normalising(asked, owners, size)
        points = _sums(unit((asked - mean) @ axes), owners, size)
        points += _PASSAGE * _sums(unit((whole - mean) @ axes), rows, size)
        return cls(mean, axes, unit(points.astype(np.float32)), rows)

    def similarities(self, question: Vectors) -> npt.NDArray[np.float32]:
        """The cosine of every passage's section with a question, of shape (passages,).

        Args:
            question: the vector of the model that the space was made with, of shape (dimension,).

        """
        placed = unit(np.asarray((question - self._mean) @ self._axes, np.float32))
        return np.asarray((self._points @ placed)[self._rows], np.float32)

    def write(self, folder: Path) -> None:
        """Write the file that `read` reads."""
        mean, axes, points = (
            part.astype(np.float16) for part in (self._mean, self._axes, self._points)
        )
        np.savez(folder / _FILE, mean=mean, axes=axes, points=points, rows=self._rows)

    @classmethod
    def read(cls, folder: Path, size: int) -> SectionSpace | None:
        """Read the file of a generation; None where it has none.

        Raises:
            OSError, KeyError: it cannot be read.
            ValueError: it does not fit `size` passages.

        """
        if not (folder / _FILE).exists():
            return None
        with np.load(folder / _FILE) as file:
            mean, axes, points = (file[n].astype(np.float32) for n in ("mean", "axes", "points"))
            rows = file["rows"]
        if len(rows) != size or (size and rows.max() >= len(points)):
            raise ValueError("the sections' points do not fit the passages")
        return cls(mean, axes, unit(points), rows)


def _normalising(questions: Vectors, owners: npt.NDArray[np.int32], size: int) -> Vectors:
    """The map under which the scatter of questions around their section's mean is round."""
    counts = np.maximum(np.bincount(owners, minlength=size), 1)
    centred = questions.astype(np.float64)
    centred -= (_sums(centred, owners, size) / counts[:, None])[owners]
    values, directions = np.linalg.eigh(centred.T @ centred / len(centred))
    scale = np.sqrt(values.mean() / (values + _SMOOTHING * values.mean()))
    return np.asarray(directions * scale @ directions.T, np.float32)


def _sums(
    vectors: npt.NDArray[np.floating[Any]], owners: npt.NDArray[np.int32], size: int
) -> npt.NDArray[np.float64]:
    """The sum of each section's vectors, of shape (size, dimension)."""
    sums = np.zeros((size, vectors.shape[1]))
    np.add.at(sums, owners, vectors)
    return sums
