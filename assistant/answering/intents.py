"""How near a question is to examples of questions that are not answered from the guides.

The examples stand in intents.yaml. This module measures; the guard and the judge decide.
"""

from __future__ import annotations

import importlib.resources
from dataclasses import dataclass

import yaml

from assistant.index.embeddings import Embedder, Vectors

__all__ = ["IntentExamples", "Nearness"]


@dataclass(frozen=True)
class Nearness:
    """The cosine with the nearest example of each kind."""

    crisis: float
    refused: float
    not_held: float
    outside: float
    harmless: float


class IntentExamples:
    """The examples as vectors, made once when the assistant starts."""

    def __init__(self, embedder: Embedder) -> None:
        file = importlib.resources.files("assistant.answering") / "intents.yaml"
        examples: dict[str, list[str]] = yaml.safe_load(file.read_text(encoding="utf-8"))
        self._vectors: dict[str, Vectors] = {
            kind: embedder.encode_questions(questions) for kind, questions in examples.items()
        }

    def nearness(self, question: Vectors) -> Nearness:
        """Compare a question's vector, of shape (dimension,), with all examples."""
        return Nearness(
            **{kind: float((vectors @ question).max()) for kind, vectors in self._vectors.items()}
        )
