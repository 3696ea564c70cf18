"""What each step of an answer found, kept so that staff can see which step lost it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from assistant.answering.answer import Answer
from assistant.answering.asks import Ask
from assistant.answering.extractive import Chosen
from assistant.answering.intents import Intents
from assistant.answering.judge import Signals
from assistant.retrieval.hybrid import Ranked
from assistant.retrieval.understanding import Query

__all__ = ["Clock", "Trace"]


@dataclass(frozen=True)
class Trace:
    """An answer, and how it came about. Steps that were not reached are empty or None."""

    answer: Answer
    query: Query | None = None
    intents: Intents | None = None
    passages: tuple[Ranked, ...] = ()
    signals: Signals | None = None
    asks: tuple[Ask, ...] = ()
    chosen: tuple[Chosen, ...] = ()


class Clock:
    """Milliseconds spent in each step."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._spent: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Iterator[None]:
        """Measure what is done inside."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self._spent[step] = (time.perf_counter() - start) * 1000

    def done(self) -> dict[str, float]:
        """All steps so far, and the total."""
        return {**self._spent, "total": (time.perf_counter() - self._start) * 1000}
