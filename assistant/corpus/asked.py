"""How sections are asked for, beside the lines in the guides: `asked/en.yaml` and its like.

Each file maps a section's id to one question or several, in the language that its name says
(ISO 639-1). They help such questions to find the section; a section needs none.
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

__all__ = ["Questions", "read_asked", "with_asked"]

Questions = Mapping[str, tuple[str, ...]]
"""Questions by section id."""

_ENGLISH = "en"
_LANGUAGE = re.compile(r"[a-z]{2}")
_REMEDY = 'Write lines `section-id: "question"`, or a list of questions, as corpus/README.md shows.'


def read_asked(name: str, text: str) -> tuple[Questions, list[Finding]]:
    """The questions of one file by section id, and what is wrong with it."""
    if not _LANGUAGE.fullmatch(Path(name).stem):
        message = f"{Path(name).stem} is no language code."
        return {}, [Finding(name, 0, "error", message, "Name the file es.yaml, ar.yaml …")]
    try:
        # PyYAML's safe reader in C: 0.1 seconds for the guides' 26,000 questions instead of 1.7.
        found = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 0
        return {}, [Finding(name, line, "error", "The file is not valid YAML.", _REMEDY)]
    if not isinstance(found, dict):
        return {}, [Finding(name, 0, "error", "Not a list of questions by section.", _REMEDY)]
    questions: dict[str, tuple[str, ...]] = {}
    for section, given in found.items():
        several = given if isinstance(given, list) else [given]
        if not isinstance(section, str) or not all(
            isinstance(each, str) and each.strip() for each in several
        ):
            message = f"{section}: not a question, nor a list of them."
            return {}, [Finding(name, 0, "error", message, _REMEDY)]
        questions[section] = tuple(dict.fromkeys(" ".join(each.split()) for each in several))
    return questions, []


def with_asked(
    passages: Iterable[Passage], files: Mapping[str, Questions]
) -> tuple[list[Passage], list[Finding]]:
    """The passages with the questions of their sections, on each section's first one.

    Args:
        files: for each file, by its name, the questions by section id.

    """
    asked: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in sorted(files):
        for section, questions in files[name].items():
            asked[section] += [(Path(name).stem, question) for question in questions]
    placed = [_with(passage, asked.get(passage.id, [])) for passage in passages]
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


def _with(passage: Passage, asked: Iterable[tuple[str, str]]) -> Passage:
    questions = [question for language, question in asked if language == _ENGLISH]
    others = [(language, question) for language, question in asked if language != _ENGLISH]
    return replace(
        passage,
        further=tuple(each for each in questions if each not in passage.questions),
        translations=tuple(others),
    )
