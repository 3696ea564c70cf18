"""What a check has to say about a guide: where, what is wrong, what to do."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

__all__ = ["Finding", "Severity"]

Severity = Literal["error", "warning"]


@dataclass(frozen=True, order=True)
class Finding:
    """One row of a check's report. `line` counts from 1; 0 means the whole file."""

    file: str
    line: int
    severity: Severity
    message: str
    remedy: str

    def __post_init__(self) -> None:
        if not (self.message and self.remedy):
            raise ValueError("a finding says what is wrong and what to do")

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{self.severity}: {place}: {self.message} {self.remedy}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values, for `--json`."""
        return asdict(self)
