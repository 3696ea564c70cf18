"""Sections become passages: short enough for the model, cut only between statements.

Written here and not taken from a splitting library because every statement must keep its
offsets in the file; docs/decisions/0002-own-splitter.md has the comparison.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from assistant.corpus.documents import Passage, Statement
from assistant.corpus.markdown import Group, Section, merge

__all__ = ["VERSION", "CountTokens", "split_section"]

CountTokens = Callable[[Sequence[str]], list[int]]
"""Gives the length of each text in tokens of the embedding model."""

VERSION = 1
"""Goes up when the same text would be cut differently; then everything is cut again."""


def split_section(
    document_id: str, section: Section, count_tokens: CountTokens, limit: int
) -> list[Passage]:
    """Cut one section into passages of at most `limit` tokens, heading path included.

    Parts are of similar length. A statement longer than the limit becomes a passage of its own.
    """
    room = max(limit - count_tokens([" > ".join(section.headings)])[0], limit // 2)
    statements = _fit_lists(section.groups, count_tokens, room)
    lengths = count_tokens([statement.text for statement in statements])
    parts = _pack(statements, lengths, room)
    questions = tuple(dict.fromkeys((*_as_question(section), *section.also_asked)))
    return [
        Passage(
            id=f"{document_id}#{section.anchor}" + (f".{number}" if number > 1 else ""),
            document_id=document_id,
            headings=section.headings,
            statements=tuple(part),
            questions=questions if number == 1 else (),
        )
        for number, part in enumerate(parts, start=1)
    ]


def _as_question(section: Section) -> list[str]:
    """The heading as another way in; a short heading says too little without the title.

    It asks nothing where the section lists other ways of asking, as a term of the glossary does.
    """
    if not section.headings:
        return []
    heading = section.headings[-1]
    if len(section.headings) > 1 and len(heading.split()) < 3:
        return [] if section.also_asked else [f"{section.headings[0]}: {heading}"]
    return [heading]


def _fit_lists(groups: Sequence[Group], count: CountTokens, room: int) -> list[Statement]:
    """Merge each group into one statement, or into several where a list is too long."""
    statements = []
    for group in groups:
        if len(group) == 1:
            statements.append(group[0])
            continue
        lengths = count([f"- {statement.text}" for statement in group])
        statements += [merge(tuple(part)) for part in _pack(group, lengths, room)]
    return statements


def _pack(
    statements: Sequence[Statement], lengths: Sequence[int], room: int
) -> list[list[Statement]]:
    """Divide statements, in order, into parts of at most `room` tokens and similar length."""
    total = sum(lengths)
    target = min(room, math.ceil(total / max(1, math.ceil(total / room))) + max(lengths) // 2)
    parts: list[list[Statement]] = []
    used = 0
    for statement, length in zip(statements, lengths, strict=True):
        if not parts or used + length > target:
            parts.append([])
            used = 0
        parts[-1].append(statement)
        used += length
    return parts
