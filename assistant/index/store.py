"""The data folder: generations, and the pointer to the live one.

    data/
      generations/20261122T153012Z-1f2e3d4c/   complete and never changed
      generations/.building-…/                 unfinished; swept away by the next ingest
      generations/.deleted-…/                  half deleted; the same
      LIVE                                     the name of the live generation
      ingest.lock

A generation is published by replacing LIVE with one atomic rename, after everything that it
points to is on disk. This module moves whole generations; it does not look inside them.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import GenerationError, IngestRunning, NoGeneration

__all__ = ["Store"]

_BUILDING = ".building-"
_DELETED = ".deleted-"


class Store:
    """One data folder. Reading never creates or changes anything."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self._generations = data_dir / "generations"
        self._pointer = data_dir / "LIVE"

    def live_id(self) -> str:
        """The name of the live generation.

        Raises:
            NoGeneration: nothing was published here.

        """
        try:
            return self._pointer.read_text(encoding="utf-8").strip()
        except (FileNotFoundError, NotADirectoryError):
            raise NoGeneration(
                f"There is no index in {self.data_dir} yet. Run `python ingest.py` first"
                + (" (with the same --data)." if self.data_dir.exists() else ".")
            ) from None

    def folder(self, generation_id: str) -> Path:
        """Where a published generation stands."""
        return self._generations / generation_id

    def ids(self) -> list[str]:
        """All published generations, oldest first."""
        if not self._generations.is_dir():
            return []
        return sorted(
            path.name for path in self._generations.iterdir() if not path.name.startswith(".")
        )

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the ingest lock. The system frees it when the process ends, however it ends.

        Raises:
            IngestRunning: another process holds it.
            GenerationError: the data folder cannot be written.

        """
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.data_dir / "ingest.lock", timeout=0)
            lock.acquire()
        except Timeout:
            raise IngestRunning(
                "Another ingest is running on this data folder. Wait until it has finished."
            ) from None
        except OSError as error:
            raise GenerationError(
                f"The data folder {self.data_dir} cannot be written: {error.strerror}. "
                "Name another with --data, or correct its permissions."
            ) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    @contextmanager
    def building(self, fingerprint: str) -> Iterator[tuple[str, Path]]:
        """A new generation's name and an empty folder to build it in.

        The folder is deleted at the end, unless `publish` has moved it.
        """
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        generation_id = f"{moment}-{fingerprint[:8]}"
        folder = self._generations / f"{_BUILDING}{generation_id}"
        folder.mkdir()
        try:
            yield generation_id, folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def publish(self, generation_id: str, built: Path, keep: int) -> None:
        """Make a built folder the live generation, and delete all but the newest `keep`.

        What is newer than the live generation was rolled back from, or an interrupted ingest
        never pointed to it: it goes first, so that no rollback leads to it.
        """
        _sync_tree(built)
        if self._pointer.exists():
            for name in self.ids():
                if name > self.live_id():
                    self._delete(name)
        built.rename(self.folder(generation_id))
        _sync(self._generations)
        self.point_to(generation_id)
        self._prune(keep)

    def point_to(self, generation_id: str) -> None:
        """Make a published generation the live one."""
        if not self.folder(generation_id).is_dir():
            raise GenerationError(f"There is no generation {generation_id} in {self.data_dir}.")
        new = self.data_dir / f".LIVE-{secrets.token_hex(4)}"
        new.write_text(generation_id + "\n", encoding="utf-8")
        _sync(new)
        new.replace(self._pointer)
        _sync(self.data_dir)

    def previous_id(self) -> str:
        """The newest generation that is older than the live one.

        Raises:
            NoGeneration: there is none to go back to.

        """
        live = self.live_id()
        older = [name for name in self.ids() if name < live]
        if not older:
            raise NoGeneration(
                "There is no older generation to go back to. Restore the guides from your "
                "version control and run `python ingest.py`."
            )
        return older[-1]

    def _prune(self, keep: int) -> None:
        live = self.live_id()  # not the newest by name when the clock was set back
        for name in self.ids()[:-keep]:
            if name != live:
                self._delete(name)

    def _delete(self, name: str) -> None:
        # Renamed first: killed halfway, it must not look like a generation to go back to.
        doomed = self.folder(name).rename(self._generations / f"{_DELETED}{name}")
        shutil.rmtree(doomed, ignore_errors=True)

    def _sweep(self) -> None:
        """Delete what an interrupted ingest left behind. Only under the lock."""
        for prefix in (_BUILDING, _DELETED):
            for path in self._generations.glob(f"{prefix}*"):
                shutil.rmtree(path, ignore_errors=True)
        for path in self.data_dir.glob(".LIVE-*"):
            path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_tree(folder: Path) -> None:
    """Put every file and folder below on disk, so that the rename cannot outrun them."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)
