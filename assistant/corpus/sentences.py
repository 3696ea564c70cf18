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
_TRAILING_MARKS = re.compile(rf"(?:\s|{FOOTNOTE.pattern})+\Z")
_INNER_STOPS = re.compile(r"-U\.S\.|\b[ap]\.m\.(?=\s+(?:ET|on|to|and)\b)")
"""Full stops after which sentencex would end a sentence: "non-U.S. graduates", "9 a.m. ET"."""
_LINE_END = re.compile(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bSt)(?<!Prof)[.!?][)\"”’]?[ \t]*\n\s*(?=[A-Z\d“\"])"
)
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
    marks = list(FOOTNOTE.finditer(piece)) if markdown else []
    statements = []
    for left, right in _boundaries(piece, [mark.span() for mark in marks]):
        words = piece[left:right]
        trailing = _TRAILING_MARKS.search(words) if markdown else None
        first = left + len(words) - len(words.lstrip())
        last = left + (trailing.start() if trailing else len(words.rstrip()))
        raw = piece[first:last]
        shown = plain_text(raw) if markdown else _SPACE.sub(" ", raw)
        if not any(sign.isalnum() for sign in shown):
            continue
        keys = tuple(dict.fromkeys(mark.group(1) for mark in marks if left <= mark.start() < right))
        statements.append(Statement(start + first, start + last, shown, "sentence", keys))
    return statements


def _boundaries(text: str, marks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sentence bounds that tile `text`; marks go to the sentence that they follow.

    The marks are cut out before the text is looked at: a run of blanks in their place would be
    taken for the end of a sentence. A line that ends in a full stop ends a sentence if the next
    begins with a capital; any other single line break ends none.
    """
    kept = [at for at in range(len(text)) if not any(left <= at < right for left, right in marks)]
    bare = "".join(text[at] for at in kept)
    flat = _INNER_STOPS.sub(lambda match: match.group().replace(".", "x"), bare.replace("\n", " "))
    starts = {bound["start_index"] for bound in sentencex.get_sentence_boundaries("en", flat)}
    starts |= {match.end() for match in _LINE_END.finditer(bare)}
    cuts = sorted(kept[start] for start in starts if 0 < start < len(kept))
    return list(pairwise([0, *cuts, len(text)])) if bare.strip() else []
