"""Figures in a sentence: amounts of money, shares, durations, counts and dates, with their units.

Names that only look like figures (visa classes, examination steps, forms, sections of a law,
emergency numbers) are identifiers, not figures. What a figure speaks about is left to the caller.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["NUMBER_WORDS", "Figure", "figures", "identifiers"]


@dataclass(frozen=True)
class Figure:
    """One figure. `unit` is `USD`, `%`, `week`, a counted noun, `date`, or empty.

    `value` is in plain digits ("1250.5"); of a date it is ISO, as far as the text gives it.
    """

    value: str
    unit: str
    start: int
    end: int


_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_ONE_TO_TWENTY = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
_TENS = {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "ninety": "90"}
NUMBER_WORDS = {word: str(number) for number, word in enumerate(_ONE_TO_TWENTY, start=1)} | _TENS

_MONTH = "|".join(_MONTHS)
_IDENTIFIER = re.compile(
    r"""(?x)
    \b[A-Z]{1,3}-\d+[A-Z]?(?:/[A-Z]-\d+)*\b              # B-1, B-1/B-2, I-94, DS-160, PGY-1
    | \b(?:Steps?|Pathways?)\ \d(?:\ C[KS])?
      (?:(?:\ ?,|\ and|\ or|\ to|-)+\ ?\d(?:\ C[KS])?)*  # Step 2 CK, Steps 1 and 2, Pathways 3-5
    | \b(?:Title|Tier|Level|Part|Phase)\ [IVX\d]+\b
    | \b(?:HB|SB|H\.R\.|INA|CFR|NYCRR|FAM|RR|MS|Section|section|Act|Proclamation|Policy)\ ?
      \d[\d.§-]*(?<![.-])(?:\([A-Za-z\d]+\))*            # HB 2038, INA 212(e), Public Act 103-0725
    | \b\d+\ (?:CFR|NYCRR|FAM|U\.S\.C\.)\ [\d.-]+\d(?:\([A-Za-z\d]+\))*
    | \b\d{3}\([a-z]\)(?:\(\d+\))?(?:\([A-Z]\))?(?:\([ivx]+\))?  # 214(b), 212(a)(6)(C)(i)
    | \b(?:1-)?8\d\d-\d{3}-\d{4}\b | (?<![\d,.$-])\b(?:988|911|999|112|233733)\b
    | \bCOVID-19\b | \b24/7\b | \b4-day\b
    | \b[\w.-]*\d[\w-]*\.(?:com|org|gov|net)\b           # 988lifeline.org
    | \b[A-Z]{2,}\d+\b | \b[A-Z]\d+\b                    # Q4, HSV1
    """
)
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:(?:-|\ to\ )(?P<last>\d{{1,2}}))?\ )?(?P<month>{_MONTH})\ (?P<year>(?:19|20)\d\d)\b"
    rf"|\b(?P<dayonly>\d{{1,2}})\ (?P<monthonly>{_MONTH})\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?P<year>(?:19|20)\d\d)(?:[-–](?P<to>\d{2,4}))?\b(?![,.]\d|\s?(?:%|percent))"
)
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORD_NUMBER = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_JOIN = r"\s?(?:-|–|to|or|and)\s?"
_QUANTITY = re.compile(
    rf"(?P<money>(?:AUD|US)?\s?\$)?\s?"
    rf"(?P<value>{_NUMBER}|\b(?:{_WORD_NUMBER})\b)"
    rf"(?:(?P<join>{_JOIN})\$?(?P<other>{_NUMBER}|\b(?:{_WORD_NUMBER})\b))?"
    rf"(?P<gap>\s?-?\s?)(?P<unit>%|per\s?cent\b|[A-Za-z]+)?",
    re.IGNORECASE,
)
_TIME = {"minute", "hour", "day", "week", "month", "year"}
_NO_UNIT = {
    "and", "or", "to", "of", "in", "the", "a", "an", "at", "on", "by", "for", "is", "are", "was",
    "were", "from", "with", "if", "as", "than", "but", "may", "must", "can", "per", "when", "into",
    "after", "before", "until", "through", "which", "that", "it", "u",
}  # fmt: skip
_SKIPPED = {"more", "full", "further", "other", "such", "whole", "calendar", "consecutive", "new",
            "foreign", "international", "u", "academic", "extra"}  # fmt: skip


def figures(text: str) -> list[Figure]:
    """Every figure in a text, in order. A range such as "4-12 weeks" gives its two ends.

    A number in words counts where a unit of time, money or a share follows it.
    """
    hidden = _IDENTIFIER.sub(lambda match: "\0" * len(match.group()), text)
    found = list(_dates(hidden))
    for figure in found:
        hidden = hidden[: figure.start] + "\0" * (figure.end - figure.start) + hidden[figure.end :]
    found += _quantities(hidden)
    return sorted(found, key=lambda each: each.start)


def identifiers(text: str) -> frozenset[str]:
    """Names in a text that tell one thing from another: visa classes, forms, acronyms, names.

    A word with a capital counts unless it opens the text.
    """
    names = {match.group() for match in _IDENTIFIER.finditer(text)}
    plain = _DATE.sub(" ", _IDENTIFIER.sub(" ", text).replace("U.S.", "US"))
    for match in re.finditer(r"\b[A-Z][\w'’-]*", plain):
        acronym = len(match.group()) > 1 and match.group().isupper()
        if match.start() or acronym:
            names.add(match.group())
    return frozenset(names)


def _dates(text: str) -> Iterator[Figure]:
    taken: list[tuple[int, int]] = []
    for match in _DATE.finditer(text):
        month = _MONTHS[(match["month"] or match["monthonly"]).lower()]
        day = match["day"] or match["dayonly"]
        taken.append(match.span())
        for each in filter(None, (day, match["last"])) if day else ("",):
            value = f"{match['year'] or '----'}-{month:02}" + (f"-{int(each):02}" if each else "")
            yield Figure(value, "date", *match.span())
    for match in _YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield Figure(match["year"], "date", *match.span())
            if match["to"]:
                last = match["year"][: 4 - len(match["to"])] + match["to"]
                yield Figure(last, "date", *match.span())


def _quantities(text: str) -> Iterator[Figure]:
    for match in _QUANTITY.finditer(text):
        unit = _unit(match, text)
        for value in filter(None, (match["value"], match["other"])):
            in_words = value.lower() in NUMBER_WORDS
            if in_words and unit not in {"USD", "%", *_TIME}:
                continue
            plain = NUMBER_WORDS[value.lower()] if in_words else value.replace(",", "")
            yield Figure(_trim(plain), unit, *match.span())


def _unit(match: re.Match[str], text: str) -> str:
    if match["money"]:
        return "AUD" if "aud" in match["money"].lower() else "USD"
    word = (match["unit"] or "").lower()
    if word == "%" or word.replace(" ", "") == "percent":
        return "%"
    if word in _SKIPPED:  # "more than 20 full weeks": the noun comes after
        following = re.match(r"[\s.-]*(?:s\.\s?)?([A-Za-z]+)", text[match.end() :])
        word = following.group(1).lower() if following else word
    if word in _NO_UNIT or not match["gap"]:
        return ""
    singular = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    return "USD" if singular == "dollar" else singular


def _trim(value: str) -> str:
    return value.rstrip("0").rstrip(".") if "." in value else value.lstrip("0") or "0"
