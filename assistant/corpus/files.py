"""Which files of a corpus folder are guides, and the fingerprint of their content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

__all__ = ["READ", "asked_files", "corpus_fingerprint", "digest_line", "guide_files"]

READ = {".md", ".jsonl"}
_ASKED = "asked"
_NOT_GUIDES = {"golden", _ASKED}


def corpus_fingerprint(folder: Path) -> str:
    """The fingerprint that `read_corpus` would give, without reading the guides' content."""
    digest = hashlib.sha256()
    guides = [path for path in guide_files(folder) if path.suffix in READ]
    for path in (*guides, *asked_files(folder)):
        digest.update(digest_line(path.relative_to(folder).as_posix(), path.read_bytes()))
    return digest.hexdigest()


def digest_line(name: str, raw: bytes) -> bytes:
    """What one file adds to the fingerprint: its path and the SHA-256 of its content."""
    return f"{name}\0{hashlib.sha256(raw).hexdigest()}\n".encode()


def asked_files(folder: Path) -> list[Path]:
    """The files of further questions, in the order of their names."""
    return sorted((folder / _ASKED).glob("*.yaml"))


def guide_files(folder: Path) -> Iterator[Path]:
    """Every file that could be a guide: not hidden, not a README, not a golden question."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        if (
            not hidden
            and parts[0] not in _NOT_GUIDES
            and path.name != "README.md"
            and path.is_file()
        ):
            yield path
