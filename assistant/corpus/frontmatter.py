"""What may stand above a guide, and in a record of an export.

Reads YAML front matter into typed values and says on which line a fault stands.
It does not look at the text below.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, TypeVar

import yaml
from pydantic import (
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from assistant.corpus.documents import Source
from assistant.corpus.findings import Finding

__all__ = [
    "ExportRecord",
    "GuideMatter",
    "MatterFaults",
    "ProgrammeMatter",
    "field_lines",
    "parse_matter",
    "split_matter",
]

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
_AS_OF = re.compile(r"^(undated|\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)$")
_URL: TypeAdapter[HttpUrl] = TypeAdapter(HttpUrl)


def _as_of(value: Any) -> str:
    """Accept what YAML makes of `2026`, `2026-03`, `2026-03-14` and `undated`."""
    text = value.isoformat() if isinstance(value, datetime.date) else str(value).strip()
    if not _AS_OF.match(text):
        raise ValueError("write a year (2026), a month (2026-03), a day (2026-03-14) or undated")
    return text


def _web_address(value: Any) -> str:
    """Check a web address and give it back exactly as it was written."""
    _URL.validate_python(value)
    return str(value)


AsOf = Annotated[str, BeforeValidator(_as_of)]
WebAddress = Annotated[str, BeforeValidator(_web_address)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SourceMatter(_Strict):
    """One entry under `sources`."""

    title: Text
    url: WebAddress
    kind: Literal["official", "secondary"]
    as_of: AsOf


class GuideMatter(_Strict):
    """Front matter of an article or an FAQ file."""

    id: Slug | None = None
    title: Text
    summary: Text
    topics: tuple[Slug, ...] = Field(min_length=1)
    audience: tuple[Literal["student", "graduate"], ...] = Field(min_length=1)
    reviewed: datetime.date
    review_every: int = Field(ge=1, le=3650)
    url: WebAddress | None = None
    sources: dict[Slug, SourceMatter] = Field(default_factory=dict)

    def source_map(self) -> dict[str, Source]:
        """The sources by key, as the rest of the project knows them."""
        return {
            key: Source(key, source.title, source.url, source.kind, source.as_of)
            for key, source in self.sources.items()
        }


class ProgrammeMatter(GuideMatter):
    """Front matter of one hospital's, university's or society's programme."""

    kind: Literal["observership", "externship", "elective", "research", "other"]
    host: Text
    names: tuple[Text, ...] = ()
    state: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] | None = None
    accepts_residency_applicants: bool | None = None
    hands_on: bool | None = None
    fee_usd: float | tuple[float, float] | None = None
    length_weeks: float | tuple[float, float] | None = None
    requirements: tuple[Text, ...] = ()
    url: WebAddress
    as_of: AsOf


class ExportRecord(BaseModel):
    """One line of a `*.jsonl` export. Fields that are not named here are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: Text = Field(validation_alias=AliasChoices("_id", "id"))
    title: str = ""
    text: str
    url: WebAddress | None = None
    reviewed: datetime.date | None = None


class MatterFaults(Exception):
    """The front matter cannot be used; `findings` says why, line by line."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("; ".join(map(str, findings)))


class _ImpossibleValue(Exception):
    def __init__(self, line: int, problem: str) -> None:
        self.line = line
        super().__init__(problem)


class _Loader(yaml.CSafeLoader):
    """Says on which line a value is valid YAML but impossible, such as the date 2026-13-45."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep=deep)
        except ValueError as error:
            raise _ImpossibleValue(node.start_mark.line + 2, str(error)) from error


_FENCE = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


def split_matter(text: str) -> tuple[str, int] | None:
    """Return (the YAML between the fences, where the body starts), or None without fences."""
    match = _FENCE.match(text)
    return (match.group(1) or "", match.end()) if match else None


M = TypeVar("M", bound=BaseModel)


def parse_matter(yaml_text: str, model: type[M], file: str) -> M:
    """Check front matter against `model`.

    Raises:
        MatterFaults: with a finding for every fault, each with its line in the file.

    """
    try:
        loader = _Loader(yaml_text)
        node = loader.get_single_node()
        values = loader.construct_document(node) if node else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "it cannot be parsed"
        raise MatterFaults(
            [
                Finding(
                    file,
                    line,
                    "error",
                    f"The front matter is not YAML: {problem}.",
                    "Check the indentation, and put text that holds a colon into quotes.",
                )
            ]
        ) from error
    except _ImpossibleValue as error:
        raise MatterFaults(
            [
                Finding(
                    file,
                    error.line,
                    "error",
                    f"The front matter holds an impossible value: {error}.",
                    "Write dates as 2026-03-14.",
                )
            ]
        ) from error
    if not isinstance(values, dict) or node is None:
        raise MatterFaults(
            [
                Finding(
                    file,
                    1,
                    "error",
                    "The front matter has no fields.",
                    "Start the file as corpus/README.md shows.",
                )
            ]
        )
    lines = dict(_walk(node))
    faults = [
        Finding(
            file, line, "error", f"The field {'.'.join(path)} stands twice.", "Keep one of them."
        )
        for path, line in _repeated_keys(node)
    ]
    try:
        matter = model.model_validate(values)
    except ValidationError as error:
        faults += [_finding(fault, lines, file) for fault in _innermost(error.errors())]
    if faults:
        raise MatterFaults(faults)
    return matter


def field_lines(yaml_text: str) -> dict[tuple[str, ...], int]:
    """The line in the file of every field of front matter that `parse_matter` accepts."""
    node = yaml.compose(yaml_text, Loader=yaml.CSafeLoader)
    return dict(_walk(node)) if node else {}


def _innermost(faults: Sequence[Any]) -> list[Any]:
    """Leave out what is said of a list only because one of its items is at fault."""
    inside = {fault["loc"][:n] for fault in faults for n in range(1, len(fault["loc"]))}
    return [fault for fault in faults if fault["loc"] not in inside]


def _finding(fault: Any, lines: dict[tuple[str, ...], int], file: str) -> Finding:
    path = tuple(str(part) for part in fault["loc"] if part != "[key]")
    line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), 1)
    name = ".".join(path)
    if fault["type"] == "missing":
        return Finding(
            file,
            line,
            "error",
            f"The field {name} is missing.",
            "Add it; corpus/README.md shows how.",
        )
    if fault["type"] == "extra_forbidden":
        return Finding(
            file,
            line,
            "error",
            f"The field {name} is not known here.",
            "Check its spelling against corpus/README.md, or delete it.",
        )
    message = fault["msg"].removeprefix("Value error, ")
    return Finding(
        file,
        line,
        "error",
        f"The field {name} cannot be used: {message}.",
        f"It is {fault['input']!r}; correct it.",
    )


def _walk(node: yaml.Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every key and list item with its path and its line in the file (the fence is line 1)."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield here, key.start_mark.line + 2
            yield from _walk(value, here)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            here = (*path, str(number))
            yield here, value.start_mark.line + 2
            yield from _walk(value, here)


def _repeated_keys(node: yaml.Node) -> Iterator[tuple[tuple[str, ...], int]]:
    seen: set[tuple[str, ...]] = set()
    for path, line in _walk(node):
        if path in seen:
            yield path, line
        seen.add(path)
