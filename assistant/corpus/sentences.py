"""Sentence spans and plain text of Markdown prose.

Boundaries come from sentencex (rules for many languages, with offsets); this module keeps
footnote marks out of its way and gives each sentence the footnotes that follow it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import sentencex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.corpus.documents import Statement

__all__ = ["FOOTNOTE", "plain_text", "sentence_statements"]

FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
_SPACE = re.compile(r"\s+")
_COMPOUND_US = re.compile(r"-U\.S\.")  # "non-U.S. graduates": sentencex would end a sentence there
_INLINE = MarkdownIt("commonmark")


def plain_text(markdown: str) -> str:
    """How a reader sees inline Markdown: no emphasis, link targets or footnote marks."""
    without = FOOTNOTE.sub("", markdown)
    tokens = _INLINE.parseInline(without)
    words = "".join(_words(tokens[0].children or [])) if tokens else ""
    return _SPACE.sub(" ", words).strip()


def _words(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            yield " "
        elif token.type == "image":
            yield from _words(token.children or [])
        elif token.type in {"text", "text_special", "code_inline"}:
            yield token.content


def sentence_statements(
    text: str, start: int, end: int, *, markdown: bool = True
) -> list[Statement]:
    """The sentences of `text[start:end]`, in order, each with its span in `text`.

    With `markdown`, footnote marks are left out of the spans where they follow the full stop,
    and each sentence carries the keys of the marks in it and directly behind it.
    What holds neither letter nor digit is no sentence.
    """
    piece = text[start:end]
    masked = FOOTNOTE.sub(lambda mark: " " * len(mark.group()), piece) if markdown else piece
    statements = []
    for left, right in _boundaries(masked):
        words = masked[left:right]
        first = left + len(words) - len(words.lstrip())
        last = left + len(words.rstrip())
        raw = piece[first:last]
        shown = plain_text(raw) if markdown else _SPACE.sub(" ", raw)
        if not any(sign.isalnum() for sign in shown):
            continue
        keys = tuple(dict.fromkeys(FOOTNOTE.findall(piece[left:right]))) if markdown else ()
        statements.append(Statement(start + first, start + last, shown, "sentence", keys))
    return statements


def _boundaries(text: str) -> list[tuple[int, int]]:
    """Sentence bounds that tile `text`. A single line break alone ends no sentence."""
    flat = _COMPOUND_US.sub("-UxSx", text.replace("\n", " "))
    bounds = sentencex.get_sentence_boundaries("en", flat)
    cuts = [bound["start_index"] for bound in bounds] + [len(text)]
    return list(pairwise(cuts)) if bounds else []
