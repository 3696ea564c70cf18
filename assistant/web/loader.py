"""Loads the assistant in the background, so that the page is there before the model is."""

from __future__ import annotations

import logging
import threading

from assistant.answering.assistant import Assistant
from assistant.errors import AssistantError
from assistant.settings import Settings

__all__ = ["Loader"]

log = logging.getLogger(__name__)


class Loader:
    """Starts loading when it is made. One is shared by all sessions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None
        self._fault: AssistantError | None = None
        self._thread = self._start()

    @property
    def ready(self) -> bool:
        """Whether `wait` would return at once."""
        return self._assistant is not None

    def wait(self) -> Assistant:
        """The assistant, as soon as it is loaded. After a fault the next call tries again.

        Raises:
            AssistantError: it cannot be loaded; staff read why in the log.

        """
        with self._lock:
            if self._fault is not None and not self._thread.is_alive():
                self._fault = None
                self._thread = self._start()
            thread = self._thread
        thread.join()
        if self._assistant is None:
            raise self._fault or AssistantError("The assistant was not loaded. See the log.")
        return self._assistant

    def _start(self) -> threading.Thread:
        thread = threading.Thread(target=self._load, name="load-assistant", daemon=True)
        thread.start()
        return thread

    def _load(self) -> None:
        try:
            self._assistant = Assistant.load(Settings.load())
        except AssistantError as error:
            log.error("The assistant cannot be loaded: %s", error)
            self._fault = error
