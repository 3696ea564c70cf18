"""What every embedding model gives: arrays of unit vectors, and a card that tells models apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["CorpusVectors", "ModelCard", "QuestionVectors", "Vectors", "unit"]

Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class ModelCard:
    """What must agree between a generation and the model that searches it."""

    name: str
    sha256: str
    dimension: int


@dataclass(frozen=True)
class QuestionVectors:
    """One question, of shape (dimension,) by the first model and, where there is one, the second."""

    primary: Vectors
    multilingual: Vectors | None = None


@dataclass(frozen=True)
class CorpusVectors:
    """The vectors of a corpus: all that a generation stores.

    `passages` is of shape (passages, dimension), `questions` (questions, dimension), `statements`
    holds for each passage an array (its statements, dimension). `multilingual_passages` and
    `multilingual_questions` are the second model's; both are None where there is none.
    """

    passages: Vectors
    statements: Sequence[Vectors]
    questions: Vectors
    multilingual_passages: Vectors | None = None
    multilingual_questions: Vectors | None = None


def unit(vectors: Vectors) -> Vectors:
    """The vectors, scaled to length 1 along the last axis."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
