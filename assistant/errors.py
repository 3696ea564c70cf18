"""Every error that the assistant raises on purpose.

    AssistantError                 something a person can mend; its text says what and how
    ├── SettingsError              an environment variable has a wrong name or value
    ├── CorpusError                guides cannot be read or do not pass their checks
    ├── ModelError                 the embedding model is missing, altered or unusable
    ├── GenerationError            what can be wrong with an index generation
    │   ├── NoGeneration           nothing has been published yet
    │   ├── GenerationMismatch     the generation was built with another model or format
    │   ├── GenerationDamaged      a file is missing, or a probe failed
    │   └── IngestRunning          another ingest holds the lock
    └── InputError                 a question file or an argument cannot be used

Each message is written for the person who meets it and ends with what to do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.corpus.findings import Finding

__all__ = [
    "AssistantError",
    "CorpusError",
    "GenerationDamaged",
    "GenerationError",
    "GenerationMismatch",
    "IngestRunning",
    "InputError",
    "ModelError",
    "NoGeneration",
    "SettingsError",
]


class AssistantError(Exception):
    """Base of all errors whose text may be shown to a person as it is."""


class SettingsError(AssistantError):
    """Seen by whoever starts the program: a setting is unknown or out of bounds."""


class CorpusError(AssistantError):
    """Seen by staff: the guides were refused. Nothing was published.

    `findings` holds one row for each fault, with file, line and remedy.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        count = sum(finding.severity == "error" for finding in self.findings)
        faults = "1 fault" if count == 1 else f"{count} faults"
        rows = "\n".join(str(finding) for finding in self.findings)
        super().__init__(f"The guides were not published: {faults} to mend first.\n{rows}")


class ModelError(AssistantError):
    """Seen by operators: the embedding model cannot be used."""


class GenerationError(AssistantError):
    """Seen by staff and operators: a generation cannot be served or published."""


class NoGeneration(GenerationError):
    """Nothing has been published in this data folder."""


class GenerationMismatch(GenerationError):
    """The live generation does not fit the running settings."""


class GenerationDamaged(GenerationError):
    """A generation is incomplete or failed a probe."""


class IngestRunning(GenerationError):
    """Another ingest is at work on the same data folder."""


class InputError(AssistantError):
    """Seen by whoever runs a command: a given file or value cannot be used."""
