"""A cross-encoder reads each question together with each passage found, and orders them anew.

None comes with the project, for none is to be had as a package; `ASSISTANT_RERANKER` names one
that is on this machine. The method: Nogueira and Cho 2019, arXiv:1901.04085.
"""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from assistant.errors import ModelError
from assistant.retrieval.hybrid import Ranking
from assistant.retrieval.understanding import Query
from assistant.settings import Settings

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

__all__ = ["Reranker"]


class Reranker:
    """The cross-encoder. Safe to share between threads."""

    def __init__(self, model: CrossEncoder, batch: int) -> None:
        self._model = model
        self._batch = batch
        self._lock = threading.Lock()  # fast tokenizers may not be entered twice at once

    @classmethod
    def load(cls, settings: Settings) -> Reranker | None:
        """Load the model that the settings name, without the network; None where they name none.

        Raises:
            ModelError: it is not on this machine, or is no cross-encoder with one score.

        """
        name = settings.reranker
        if not name:
            return None
        from safetensors import SafetensorError
        from sentence_transformers import CrossEncoder  # slow to import: seconds

        try:
            model = CrossEncoder(name, device="cpu", local_files_only=True)
        except (OSError, ValueError, KeyError, ImportError, SafetensorError) as error:
            raise ModelError(
                f"The reranker {name} cannot be loaded: {error}. Set ASSISTANT_RERANKER to the "
                "folder or the name of a cross-encoder that is on this machine, or leave it out."
            ) from error
        if model.num_labels != 1:
            raise ModelError(
                f"The reranker {name} gives {model.num_labels} scores for a pair; one that ranks "
                "gives one. Set ASSISTANT_RERANKER to another."
            )
        return cls(model, settings.embedding_batch)

    def rerank(self, query: Query, ranking: Ranking) -> Ranking:
        """The same passages by the cross-encoder's score, those about something else still last."""
        if not ranking.passages:
            return ranking
        pairs = [(query.search_text, found.passage.embedded) for found in ranking.passages]
        with self._lock:
            scores = self._model.predict(
                pairs, batch_size=self._batch, show_progress_bar=False, convert_to_numpy=True
            )
        scored = sorted(
            (replace(f, reranked=float(s)) for f, s in zip(ranking.passages, scores, strict=True)),
            key=lambda found: (bool(found.conflicts), -found.reranked),
        )
        return replace(ranking, passages=tuple(scored))
