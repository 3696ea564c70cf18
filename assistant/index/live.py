"""The live generation, reopened when another has been published.

Every question takes a lease on one generation and keeps it to its end; a superseded generation
is closed when its last lease ends.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.errors import GenerationError
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.store import Store

__all__ = ["LiveIndex"]

log = logging.getLogger(__name__)


@dataclass
class _Open:
    generation: Generation
    leases: int = 0
    superseded: bool = False


class LiveIndex:
    """Follows the pointer of one data folder. Safe to share between threads."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        self._store = store
        self._embedder = embedder
        self._lock = threading.Lock()
        self._open: _Open | None = None
        self._refused: str | None = None

    @contextmanager
    def generation(self) -> Iterator[Generation]:
        """A lease on the generation that is live now.

        Raises:
            GenerationError: there is none that can be served. While an older one is open, that
                one goes on being served and the fault is logged.

        """
        with self._lock:
            held = self._current()
            held.leases += 1
        try:
            yield held.generation
        finally:
            with self._lock:
                held.leases -= 1
                self._close_if_done(held)

    def close(self) -> None:
        """Let go of the open generation."""
        with self._lock:
            if self._open:
                self._open.superseded = True
                self._close_if_done(self._open)
                self._open = None

    def _current(self) -> _Open:
        try:
            live = None
            live = self._store.live_id()
            if self._open and live in {self._open.generation.id, self._refused}:
                return self._open
            generation = Generation(self._store.folder(live))
            try:
                second = self._embedder.multilingual
                generation.check_model(self._embedder.card, second.card if second else None)
            except GenerationError:
                generation.close()
                raise
        except GenerationError as error:
            if not self._open:
                raise
            log.error("The new generation is not served: %s", error)
            self._refused = live
            return self._open
        old, self._open = self._open, _Open(generation)
        if old:
            old.superseded = True
            self._close_if_done(old)
        return self._open

    @staticmethod
    def _close_if_done(held: _Open) -> None:
        if held.superseded and not held.leases:
            held.generation.close()
