"""Every setting, read from the environment in one place.

A setting `data_dir` is set by `ASSISTANT_DATA_DIR`. An unknown `ASSISTANT_` variable is an
error, so that a misspelt name is noticed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

__all__ = ["PREFIX", "PROJECT", "Settings"]

PREFIX = "ASSISTANT_"
PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """The running configuration. Frozen: make a changed copy with `model_copy`."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, frozen=True, extra="forbid", env_ignore_empty=True
    )

    corpus_dir: Path = Field(
        PROJECT / "corpus", description="Folder of guides that `ingest.py` reads."
    )
    data_dir: Path = Field(
        PROJECT / "data", description="Folder that holds the published generations."
    )
    embedding_model: str = Field(
        "bundled",
        min_length=1,
        description=(
            "`bundled` (all-MiniLM-L6-v2 out of an installed package), "
            "or any sentence-transformers name or folder."
        ),
    )
    multilingual: bool = Field(
        True,
        description=(
            "Also search with multilingual-e5-small (4 bits), so that questions in other languages "
            "find their answer; only where its package is installed (Linux on x86-64)."
        ),
    )
    reranker: str | None = Field(
        None,
        description=(
            "A cross-encoder on this machine, by folder or name, that orders the passages found; "
            "none by default."
        ),
    )
    embedding_batch: int = Field(
        32, ge=1, le=1024, description="Texts that the model reads at once."
    )
    passage_tokens: int = Field(
        220, ge=32, le=8192, description="A passage's length limit, in tokens of the model."
    )
    keep_generations: int = Field(
        3, ge=1, le=100, description="Generations kept for rollback, the live one included."
    )
    search_depth: int = Field(
        100, ge=10, le=1000, description="Candidates taken from each search before fusion."
    )
    max_question_chars: int = Field(
        2000, ge=100, le=20_000, description="Longest question that is read."
    )

    @classmethod
    def load(cls, **overrides: Any) -> Settings:
        """Read the environment; `overrides` (command-line arguments) win where not None.

        Raises:
            SettingsError: a value is out of bounds, or an `ASSISTANT_` variable is unknown.

        """
        known = {PREFIX + name.upper() for name in cls.model_fields}
        for name in sorted(os.environ):
            if name.upper().startswith(PREFIX) and name.upper() not in known:
                raise SettingsError(
                    f"The environment variable {name} is not a setting of the assistant. "
                    f"Known settings: {', '.join(sorted(known))}."
                )
        given = {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**given)
        except ValidationError as error:
            lines = [
                f"{PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']} (it is {fault['input']!r})"
                for fault in error.errors()
            ]
            raise SettingsError("Please correct these settings. " + "; ".join(lines)) from error
