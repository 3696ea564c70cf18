"""Markdown with offsets: a guide's text becomes sections of quotable statements.

Blocks are found by markdown-it (CommonMark with tables), which gives line numbers; the spans
are cut out of the text itself, so a statement's span always slices out of the file. How long
a passage may be is the splitter's concern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count, pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.corpus.documents import Statement
from assistant.corpus.findings import Finding
from assistant.corpus.sentences import FOOTNOTE, plain_text, sentence_statements

__all__ = ["Group", "MarkdownGuide", "Section", "merge", "parse_guide"]

Group = tuple[Statement, ...]
"""Statements that belong together: a lead-in with its list items, or a single statement."""

_LABEL = re.compile(r"(also asked|stands for|also called):", re.IGNORECASE)
_CALLOUT = re.compile(r"\[!(\w+)\]\s*")
_CALLOUT_MARKER = re.compile(r">[ \t]?\[!\w+\][ \t]*(?:\n\s*)?")
_DEFINITION = re.compile(r"^\[\^[^\]\s]+\]:", re.MULTILINE)
_QUOTE_MARK = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_COMMENTS = re.compile(r"\s*(<!--.*?-->\s*)+", re.DOTALL)
_ITEM_MARK = re.compile(r"(?:[-*+]|\d{1,9}[.)])(?:\s+|\Z)")
_LAST_MARKS = re.compile(rf"(?:\s*{FOOTNOTE.pattern})+\s*\Z")


@dataclass(frozen=True)
class Section:
    """What stands under one heading, without its subsections.

    `labels` holds the lines that readers never see, by their name in small letters: `also asked`
    in any guide, `stands for` and `also called` in the glossary.
    """

    headings: tuple[str, ...]
    anchor: str
    line: int
    groups: tuple[Group, ...]
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def also_asked(self) -> tuple[str, ...]:
        """Other ways of asking what the heading asks."""
        return self.labels.get("also asked", ())


@dataclass(frozen=True)
class MarkdownGuide:
    """The sections of one file, and what was found wrong on the way."""

    sections: tuple[Section, ...]
    findings: tuple[Finding, ...]


def parse_guide(text: str, body_start: int, title: str, file: str) -> MarkdownGuide:
    """Cut the Markdown in `text[body_start:]` into sections under `title`.

    Offsets and line numbers are those of the whole `text`.
    """
    return _Parser(text, body_start, title, file).parse()


class _Parser:
    def __init__(self, text: str, body_start: int, title: str, file: str) -> None:
        self.text = text
        self.title = title
        self.file = file
        self.findings: list[Finding] = []
        self.line_starts = [0, *(match.end() for match in re.finditer("\n", text)), len(text) + 1]
        blank = re.sub(r"[^\n]", " ", text[:body_start])
        self.tokens = MarkdownIt("commonmark").enable("table").parse(blank + text[body_start:])
        self.anchors: set[str] = set()

    def parse(self) -> MarkdownGuide:
        sections: list[Section] = []
        path: list[tuple[int, str]] = []
        line, blocks = 1, list[list[Token]]()
        headings: tuple[str, ...] = (self.title,)

        def close() -> None:
            section = self._section(headings, line, blocks)
            if section.groups:
                sections.append(section)
            elif len(headings) > 1 and section.labels:
                self._fault(
                    line, "The heading has no text below it.", "Write its answer, or delete it."
                )

        for block in self._blocks():
            opening = block[0]
            if opening.type != "heading_open":
                blocks.append(block)
                continue
            close()
            level = int(opening.tag[1])
            path = [(depth, name) for depth, name in path if depth < level]
            path.append((level, plain_text(block[1].content) or "Untitled"))
            line = self._lines(opening)[0] + 1
            headings, blocks = (self.title, *(name for _, name in path)), []
        close()
        return MarkdownGuide(tuple(sections), tuple(self.findings))

    def _blocks(self) -> Iterator[list[Token]]:
        """The top-level blocks, each as the run of tokens from its opening to its closing."""
        run: list[Token] = []
        for token in self.tokens:
            run.append(token)
            if token.level == 0 and token.nesting <= 0:
                yield run
                run = []

    def _section(self, headings: tuple[str, ...], line: int, blocks: list[list[Token]]) -> Section:
        labels: dict[str, tuple[str, ...]] = {}
        groups: list[Group] = []
        for block in blocks:
            start, end = self._span(block[0])
            kind = block[0].type
            if kind == "paragraph_open":
                while match := _LABEL.match(self.text, start):
                    stop = self.text.find("\n", start, end)
                    stop = end if stop < 0 else stop
                    parts = (part.strip() for part in self.text[match.end() : stop].split(";"))
                    name = match[1].lower()
                    labels[name] = (*labels.get(name, ()), *filter(None, parts))
                    start = min(stop + 1, end)
                self._refuse_definitions(start, end)
                groups += [(each,) for each in sentence_statements(self.text, start, end)]
            elif kind in {"bullet_list_open", "ordered_list_open"}:
                items = tuple(self._items(block))
                leads = bool(groups) and groups[-1][-1].text.endswith(":") and len(groups[-1]) == 1
                lead_in = groups.pop() if leads else ()
                if items:
                    groups.append((*lead_in, *items))
            elif kind == "table_open":
                groups += [(row,) for row in self._rows(block)]
            elif kind == "blockquote_open":
                groups += [(quote,) for quote in self._quote(start, end)]
            elif kind in {"fence", "code_block"}:
                groups += [(code,) for code in self._whole(start, end, block[0].content)]
            elif kind == "html_block" and not _COMMENTS.fullmatch(block[0].content):
                self._fault(
                    self._lines(block[0])[0] + 1,
                    "HTML is not read in guides.",
                    "Write it as Markdown.",
                )
        return Section(headings, self._anchor(headings), line, tuple(groups), labels)

    def _items(self, block: list[Token]) -> Iterator[Statement]:
        for token in block:
            if token.type == "list_item_open" and token.level == 1:
                start, end = self._span(token)
                mark = _ITEM_MARK.match(self.text[start:end])
                yield from self._whole(start + mark.end() if mark else start, end, None)

    def _rows(self, block: list[Token]) -> Iterator[Statement]:
        header: list[str] = []
        for opening, following in pairwise(_row_starts(block)):
            cells = [t for t in block[opening:following] if t.type == "inline"]
            shown = [plain_text(cell.content) for cell in cells]
            if not header:
                header = shown
                continue
            start, end = self._span(block[opening])
            raw = self.text[start:end]
            named = zip(header, shown, strict=False)
            text = "; ".join(
                f"{name}: {cell.rstrip('.')}" if name else cell.rstrip(".")
                for name, cell in named
                if cell
            )
            if text:
                yield Statement(start, end, text + ".", "row", _keys(raw))

    def _quote(self, start: int, end: int) -> Iterator[Statement]:
        raw = self.text[start:end]
        inner = _QUOTE_MARK.sub("", raw)
        callout = _CALLOUT.match(inner)
        shown = plain_text(inner[callout.end() :] if callout else inner)
        if not shown:
            return
        marker = _CALLOUT_MARKER.match(raw)
        start += marker.end() if marker else 0
        end = start + len(_LAST_MARKS.sub("", self.text[start:end]).rstrip())
        conflict = callout is not None and callout.group(1).upper() == "CONFLICT"
        yield Statement(start, end, shown, "conflict" if conflict else "sentence", _keys(raw))

    def _whole(self, start: int, end: int, shown: str | None) -> Iterator[Statement]:
        """One statement for `text[start:end]`, its footnotes left out of the end."""
        raw = self.text[start:end]
        keys = _keys(raw)
        trimmed = _LAST_MARKS.sub("", raw).rstrip()
        words = (
            plain_text(re.sub(r"\n\s*(?:[-*+]|\d+[.)])\s+", "; ", trimmed))
            if shown is None
            else shown.strip()
        )
        if words and trimmed:
            yield Statement(start, start + len(trimmed), words, "sentence", keys)

    def _refuse_definitions(self, start: int, end: int) -> None:
        match = _DEFINITION.search(self.text, start, end)
        if match:
            self._fault(
                self.text.count("\n", 0, match.start()) + 1,
                "A footnote is defined in the text.",
                "Describe the source under `sources` in the front matter instead.",
            )

    def _anchor(self, headings: tuple[str, ...]) -> str:
        words = re.sub(r"[^\w\s-]", "", headings[-1].lower()) if len(headings) > 1 else "overview"
        anchor = re.sub(r"[\s_]+", "-", words).strip("-") or "section"
        numbered = chain([anchor], (f"{anchor}-{number}" for number in count(2)))
        free = next(each for each in numbered if each not in self.anchors)
        self.anchors.add(free)
        return free

    def _lines(self, token: Token) -> tuple[int, int]:
        if token.map is None:
            raise ValueError(f"the block {token.type} has no line numbers")
        return token.map[0], token.map[1]

    def _span(self, token: Token) -> tuple[int, int]:
        """The block's span in the text, without the white space around it."""
        first, last = self._lines(token)
        start, end = self.line_starts[first], min(self.line_starts[last] - 1, len(self.text))
        raw = self.text[start:end]
        return start + len(raw) - len(raw.lstrip()), start + len(raw.rstrip())

    def _fault(self, line: int, message: str, remedy: str) -> None:
        self.findings.append(Finding(self.file, line, "error", message, remedy))


def _row_starts(block: list[Token]) -> list[int]:
    return [n for n, token in enumerate(block) if token.type == "tr_open"] + [len(block)]


def _keys(raw: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(FOOTNOTE.findall(raw)))


def merge(group: Group) -> Statement:
    """One quotable statement for statements that belong together (a lead-in and its items)."""
    if len(group) == 1:
        return group[0]
    has_lead_in = group[0].text.endswith(":")
    lines = [
        statement.text if number == 0 and has_lead_in else f"- {statement.text}"
        for number, statement in enumerate(group)
    ]
    keys = tuple(dict.fromkeys(key for statement in group for key in statement.footnotes))
    return replace(group[0], end=group[-1].end, text="\n".join(lines), kind="list", footnotes=keys)
