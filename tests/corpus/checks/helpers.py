"""Findings as a test looks at them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from assistant.corpus.findings import Finding

__all__ = ["Check", "Found", "guide"]


@dataclass(frozen=True)
class Found:
    findings: list[Finding]

    @property
    def places(self) -> list[tuple[str, str]]:
        """(file, severity) of each."""
        return [(each.file, each.severity) for each in self.findings]

    def line_of(self, path, text: str) -> bool:
        """Whether the only finding stands on the line that holds `text`."""
        (finding,) = self.findings
        return text in path.read_text(encoding="utf-8").splitlines()[finding.line - 1]


Check = Callable[..., Found]


def guide(*sentences: str, heading: str = "What does an observership cost?") -> str:
    """A body of one section, a sentence a line."""
    return f"## {heading}\n\n" + "\n".join(sentences) + "\n"
