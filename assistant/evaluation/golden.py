"""Golden questions: what readers ask, and what a right answer would be.

Half of them is for tuning and half for reporting. The half is decided by the id alone, so a
question can never move from one to the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from assistant.errors import InputError
from assistant.retrieval.understanding import Turn

__all__ = ["ABSTAINED", "GoldenQuestion", "Half", "Kind", "load_golden"]

Half = Literal["tune", "report"]
Kind = Literal[
    "plain", "paraphrase", "misspelt", "followup", "comparison", "situation", "false_premise",
    "multilingual", "lookalike", "near_miss", "outside", "refusal", "crisis",
]  # fmt: skip


ABSTAINED = frozenset({"not_covered", "out_of_scope"})
"""What is said of a question that is not to be answered."""

_Phrase = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_DASH = re.compile("[\u2010-\u2015]")


class _Message(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    role: Literal["user", "assistant"]
    content: str


class GoldenQuestion(BaseModel):
    """One question with its expectation.

    `key_facts` say what a right answer is, in words. `covered` says whether the guides hold it
    today, and `passages` in which sections (ids of their first passage), best first. `phrases`
    are words or figures that a right answer holds; alternatives are divided by `|`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    question: str
    kind: Kind
    expect: Literal["answered", "not_covered", "out_of_scope", "refused", "crisis"]
    topic: str
    history: tuple[_Message, ...] = ()
    key_facts: tuple[str, ...] = ()
    covered: Literal["full", "partial", "none"] = "none"
    passages: tuple[str, ...] = ()
    phrases: tuple[_Phrase, ...] = ()
    language: str = Field("en", pattern=r"^[a-z]{2,3}$")

    @model_validator(mode="after")
    def _labelled(self) -> GoldenQuestion:
        if self.covered != "none" and not self.passages:
            raise ValueError("a covered question names its passages")
        if self.covered == "full" and not self.phrases:
            raise ValueError("a question that is covered in full names phrases of the answer")
        if self.covered == "full" and self.expect != "answered":
            raise ValueError(f"a question that is covered in full is not {self.expect}")
        return self

    @property
    def half(self) -> Half:
        """`tune` or `report`, by the parity of the id's SHA-256."""
        return "tune" if hashlib.sha256(self.id.encode()).digest()[0] % 2 == 0 else "report"

    def missing(self, text: str) -> tuple[str, ...]:
        """The phrases that a text does not hold. Case and kinds of dashes and blanks do not count."""
        plain = _plain(text)
        return tuple(
            phrase
            for phrase in self.phrases
            if not any(
                re.search(rf"(?<!\w){re.escape(_plain(each))}(?!\w)", plain)
                for each in phrase.split("|")
            )
        )

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The conversation before the question."""
        return tuple(Turn(message.role, message.content) for message in self.history)


def _plain(text: str) -> str:
    return " ".join(_DASH.sub("-", text).casefold().split())


def load_golden(folder: Path, half: Half | None = None) -> list[GoldenQuestion]:
    """Read every `*.yaml` below `folder`; of one half only, if it is named.

    Raises:
        InputError: a file cannot be read, or an id stands twice.

    """
    found: dict[str, GoldenQuestion] = {}
    for path in sorted(folder.glob("*.yaml")):
        for question in _read(path):
            if question.id in found:
                raise InputError(f"{path}: the id {question.id} stands twice. Rename one of them.")
            found[question.id] = question
    return [question for question in found.values() if half in (None, question.half)]


def _read(path: Path) -> Iterator[GoldenQuestion]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["questions"]
        for entry in entries:
            yield GoldenQuestion.model_validate(entry)
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError) as error:
        raise InputError(f"{path}: not a list of golden questions ({error}).") from error
    except ValidationError as error:
        raise InputError(f"{path}: {error}") from error
