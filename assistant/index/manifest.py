"""What a generation was built from and with, as it stands in its manifest.json."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import GenerationDamaged, GenerationMismatch
from assistant.index.vectors import ModelCard

__all__ = ["DISTANCE", "FORMAT", "Manifest"]

FORMAT = 3
"""Goes up when the layout of a generation changes."""

DISTANCE = "cosine"
_FILE = "manifest.json"

_CONTENT = (
    "corpus_fingerprint", "model", "multilingual", "splitter", "judged_by", "distance", "format",
)  # fmt: skip
"""What two generations agree in that answer every question alike."""


@dataclass(frozen=True)
class Manifest:
    """What a generation was built from and with.

    `judge` is the judge's fit to the golden questions (`assistant.answering.judge.Fit` as plain
    values), None where they were too few to fit one; `judged_by` names what it was fitted to beside
    them (`assistant.evaluation.probe.revision`).
    """

    id: str
    created: str
    corpus_fingerprint: str
    model: ModelCard
    splitter: Mapping[str, int]
    counts: Mapping[str, int]
    embedded: Mapping[str, int]
    multilingual: ModelCard | None = None
    judge: Mapping[str, Any] | None = None
    judged_by: str = ""
    distance: str = DISTANCE
    format: int = FORMAT

    def same_content(self, other: Manifest) -> bool:
        """Whether both answer every question alike."""
        return all(getattr(self, name) == getattr(other, name) for name in _CONTENT)

    def write(self, folder: Path) -> None:
        """Write the manifest that `read` reads."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False)
        (folder / _FILE).write_text(f"{text}\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a generation's manifest.

        Raises:
            GenerationDamaged: it is missing or is no manifest.
            GenerationMismatch: it has another format.

        """
        try:
            values = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            if values["format"] != FORMAT:
                raise GenerationMismatch(
                    f"The index was written in format {values['format']}; this version reads "
                    f"format {FORMAT}. Run `python ingest.py`."
                )
            values["model"] = ModelCard(**values["model"])
            if values["multilingual"]:
                values["multilingual"] = ModelCard(**values["multilingual"])
            return cls(**values)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise GenerationDamaged(
                f"The generation {folder.name} has no readable manifest ({error}). "
                "Run `python ingest.py`, or `python ingest.py --rollback`."
            ) from error
