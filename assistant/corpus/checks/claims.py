"""Claims that a reader could check, and whether the guide lets them: footnote, year, kind of source."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bm25s.stopwords import STOPWORDS_EN_PLUS

from assistant.corpus.checks.view import Guides
from assistant.corpus.documents import Source, Statement
from assistant.corpus.figures import figures
from assistant.corpus.findings import Finding

__all__ = ["check_claims"]

_AGEING = {"USD", "AUD", "%"}
_NAME = re.compile(r"\b[A-Z][\w&'’.-]+\w")
_UNDATED = re.compile(r"\b(?:undated|older?|no date|without a date|(?:19|20)\d0s)\b", re.IGNORECASE)
_TOLD = re.compile(
    r"\b(?:says?|said|writes?|wrote|reports?|reported|lists?|listed|calls?|counts?|counted|finds?|"
    r"found|puts?|gives?|advises?|suggests?|names?|quotes?|quoted|quoting|tells?|told|notes?|"
    r"describes?|described|estimates?|according|guides?|blogs?|forum|thread|firms?|lawyers?|"
    r"attorneys?|sellers?|vendors?|sites?|pages?|posts?|summary|summaries|news|account|opinion|"
    r"article|study|copy|copies|copied|repost|reposted|review|handbook|survey|authors?|"
    r"seller's|company's|website|columns?|sources?|texts?|mirror|wiki|magazine|newspapers?|slides?|"
    r"consultan(?:ts?|cy)|headlines?|story|warns?|warned|advised|law office)\b",
    re.IGNORECASE,
)


def check_claims(guides: Guides) -> Iterator[Finding]:
    """Figures without a footnote, money and shares without a year, weak sources not called so."""
    for section, statement in guides.statements:
        sources = [
            section.document.sources[key]
            for key in statement.footnotes
            if key in section.document.sources
        ]
        for message, remedy in _faults(statement, sources):
            yield guides.finding(
                section.document, statement.start, f"{message}: “{_short(statement)}”.",
                remedy,
            )  # fmt: skip


def _faults(statement: Statement, sources: list[Source]) -> Iterator[tuple[str, str]]:
    found = figures(statement.text)
    if not found:
        return
    if not statement.footnotes:
        in_digits = any(
            any(sign.isdigit() for sign in statement.text[each.start : each.end]) for each in found
        )
        if in_digits:
            yield (
                "A figure has no footnote",
                "Cite its source, or word the sentence as advice without the figure.",
            )
        return
    dated = any(each.unit == "date" for each in found) or _UNDATED.search(statement.text)
    if not dated and any(each.unit in _AGEING for each in found):
        yield (
            "An amount of money or a share has no year",
            "Name the year that it holds for, or say that the page is undated.",
        )
    elif sources and all(each.as_of == "undated" for each in sources) and not dated:
        yield (
            "A figure rests on an undated source and does not say so",
            "Add that the page is undated.",
        )
    if (
        sources
        and all(each.kind == "secondary" for each in sources)
        and not _TOLD.search(statement.text)
        and not any(_named(each, statement.text) for each in sources)
    ):
        yield (
            "A figure rests on secondary sources alone and does not say so",
            "Say who tells it, for example “one guide says” or “a seller's page lists”.",
        )


def _named(source: Source, text: str) -> bool:
    """Whether a text names who speaks: a word with a capital out of the source's title."""
    speaker = source.title.partition(",")[0]
    names = {name for name in _NAME.findall(speaker) if name.lower() not in STOPWORDS_EN_PLUS}
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


def _short(statement: Statement, limit: int = 70) -> str:
    line = statement.text.replace("\n", " ")
    return line if len(line) <= limit else line[: line.rfind(" ", 0, limit)] + " …"
