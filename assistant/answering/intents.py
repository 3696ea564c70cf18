"""What kind of message this is: one that the guides could answer, or one of four others.

A support vector machine with a Gaussian kernel for each kind (Cortes and Vapnik 1995), on the
message's vectors, fitted to the examples of intents.yaml and to questions of the guides by
`python -m scripts.intents`, which writes intents.npz. This module measures; the guard and the
judge decide.
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass

import numpy as np
import numpy.typing as npt
import yaml
from sklearn.svm import SVC

from assistant.index.embeddings import Embedder
from assistant.index.vectors import QuestionVectors, Vectors

__all__ = ["KINDS", "IntentModel", "Intents", "examples", "model_name"]

KINDS = ("crisis", "refused", "not_held", "outside")
_SCALE = 3.0
"""The second model's vectors are this much longer, because theirs are crowded."""
_PENALTY, _GAMMA = 10.0, 0.3
_STEPS = 127
"""Support vectors are kept in 8 bits."""


@dataclass(frozen=True)
class Intents:
    """For each kind how far the message is on its side of the border: above 0 inside, below outside.

    -1 is where ordinary questions lie, and 1 the examples.
    """

    crisis: float
    refused: float
    not_held: float
    outside: float

    def mean(self, other: Intents) -> Intents:
        """Halfway between two measurements."""
        return Intents(*((a + b) / 2 for a, b in zip(astuple(self), astuple(other), strict=True)))


class IntentModel:
    """The fitted machines, which share their support vectors."""

    def __init__(
        self,
        support: Vectors,
        dual: npt.NDArray[np.float32],
        bias: npt.NDArray[np.float32],
    ) -> None:
        """Take what a fit found.

        Args:
            support: of shape (n, dimensions).
            dual: the weight of each support vector for each kind, of shape (kinds, n).
            bias: of shape (kinds,).

        """
        self._support, self._dual, self._bias = support, dual, bias
        self._squares = np.square(support).sum(axis=1)

    @classmethod
    def load(cls, embedder: Embedder) -> IntentModel:
        """The model that was fitted to these embedding models; fitted now where there is none."""
        file = importlib.resources.files("assistant.answering") / "intents.npz"
        name = model_name(embedder)
        with file.open("rb") as opened, np.load(opened) as stored:
            if f"{name}: support" in stored:
                support = stored[f"{name}: support"].astype(np.float32)
                scale = stored[f"{name}: scale"]
                return cls(support * scale, stored[f"{name}: dual"], stored[f"{name}: bias"])
        return cls.fit({kind: embedder.encode_query(each) for kind, each in examples().items()})

    @classmethod
    def fit(cls, vectors: Mapping[str, Sequence[QuestionVectors]]) -> IntentModel:
        """Fit to the vectors of examples by kind, `harmless` among them."""
        rows = np.stack([_row(each) for kind in vectors for each in vectors[kind]])
        labels = np.array([kind for kind in vectors for _ in vectors[kind]])
        dual = np.zeros((len(KINDS), len(rows)), np.float32)
        bias = np.zeros(len(KINDS), np.float32)
        for n, kind in enumerate(KINDS):
            machine = SVC(C=_PENALTY, gamma=_GAMMA).fit(rows, labels == kind)
            dual[n, machine.support_] = machine.dual_coef_[0]
            bias[n] = machine.intercept_[0]
        used = dual.any(axis=0)
        return cls(rows[used], dual[:, used], bias)

    def stored(self) -> dict[str, npt.NDArray[np.generic]]:
        """The arrays that `load` reads."""
        scale = np.abs(self._support).max() / _STEPS
        support = np.rint(self._support / scale).astype(np.int8)
        return {
            "support": support, "scale": np.float32(scale), "dual": self._dual, "bias": self._bias,
        }  # fmt: skip

    def __call__(self, question: QuestionVectors) -> Intents:
        """Measure one message."""
        row = _row(question)
        distances = self._squares + np.square(row).sum() - 2 * self._support @ row
        margins = self._dual @ np.exp(-_GAMMA * distances) + self._bias
        return Intents(*(float(margin) for margin in margins))


def examples() -> dict[str, list[str]]:
    """The examples of intents.yaml, by kind."""
    file = importlib.resources.files("assistant.answering") / "intents.yaml"
    found: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


def model_name(embedder: Embedder) -> str:
    """What tells apart the embedding models that an intent model was fitted to."""
    cards = [embedder.card, *([embedder.multilingual.card] if embedder.multilingual else [])]
    return " + ".join(f"{card.name} {card.sha256[:12]}" for card in cards)


def _row(question: QuestionVectors) -> Vectors:
    if question.multilingual is None:
        return question.primary
    return np.concatenate((question.primary, _SCALE * question.multilingual))
