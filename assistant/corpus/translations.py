"""How sections are asked for in other languages: `translations/es.yaml` and its like.

Each file maps a section's id to one question in the language that its name says (ISO 639-1).
They help a question in that language to find its section; a section needs none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import yaml

from assistant.corpus.documents import Passage
from assistant.corpus.findings import Finding

__all__ = ["read_translations", "with_translations"]

_LANGUAGE = re.compile(r"[a-z]{2}")
_REMEDY = 'Write lines `section-id: "question"`, as corpus/README.md shows.'


def read_translations(name: str, text: str) -> tuple[dict[str, str], list[Finding]]:
    """The questions of one file by section id, and what is wrong with it."""
    if not _LANGUAGE.fullmatch(Path(name).stem):
        message = f"{Path(name).stem} is no language code."
        return {}, [Finding(name, 0, "error", message, "Name the file es.yaml, ar.yaml …")]
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        return {}, [Finding(name, line, "error", "The file is not valid YAML.", _REMEDY)]
    if not isinstance(found, dict) or not all(
        isinstance(key, str) and isinstance(value, str) and value.strip()
        for key, value in found.items()
    ):
        return {}, [Finding(name, 0, "error", "Not a list of questions by section.", _REMEDY)]
    return {key: " ".join(value.split()) for key, value in found.items()}, []


def with_translations(
    passages: Iterable[Passage], files: Mapping[str, Mapping[str, str]]
) -> tuple[list[Passage], list[Finding]]:
    """The passages with the questions of their sections, on each section's first one.

    Args:
        files: for each file, by its name, the questions by section id.

    """
    asked: dict[str, dict[str, str]] = defaultdict(dict)
    for name, questions in files.items():
        for section, question in questions.items():
            asked[section][Path(name).stem] = question
    placed = [
        replace(passage, translations=tuple(sorted(asked[passage.id].items())))
        if passage.id in asked
        else passage
        for passage in passages
    ]
    known = {passage.id for passage in placed}
    findings = [
        Finding(
            name, 0, "warning", f"There is no section {section}.",
            "Write the id that it has now, or delete the line.",
        )
        for name, questions in files.items()
        for section in questions
        if section not in known
    ]  # fmt: skip
    return placed, findings
