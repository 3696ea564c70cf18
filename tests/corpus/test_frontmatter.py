"""Front matter becomes typed values, or findings that name the field and the line."""

from __future__ import annotations

import pytest

from assistant.corpus.findings import Finding
from assistant.corpus.frontmatter import (
    GuideMatter,
    MatterFaults,
    ProgrammeMatter,
    field_lines,
    parse_matter,
    split_matter,
)

GUIDE = """title: Visas
summary: Which visa fits.
topics: [visas]
audience: [graduate]
reviewed: 2026-11-22
review_every: 90
sources:
  ama:
    title: "AMA: observerships"
    url: https://ama-assn.org/Observer?a=1
    kind: official
    as_of: 2026
"""
PROGRAMME = f"""{GUIDE}kind: observership
host: Cleveland Clinic
url: https://example.org/programme
as_of: 2024
"""


def parse(text: str) -> GuideMatter:
    return parse_matter(text, GuideMatter, "visas.md")


def faults(text: str, model: type[GuideMatter] = GuideMatter) -> list[Finding]:
    with pytest.raises(MatterFaults) as caught:
        parse_matter(text, model, "visas.md")
    assert all(each.file == "visas.md" for each in caught.value.findings)
    assert all(each.severity == "error" for each in caught.value.findings)
    return caught.value.findings


def fault(text: str, model: type[GuideMatter] = GuideMatter) -> tuple[int, str]:
    (only,) = faults(text, model)
    return only.line, only.message


def test_a_complete_guide_is_read() -> None:
    matter = parse(GUIDE)
    assert (matter.title, matter.topics, matter.review_every) == ("Visas", ("visas",), 90)
    assert matter.reviewed.isoformat() == "2026-11-22"
    assert matter.id is None


def test_a_source_keeps_its_address_as_written() -> None:
    source = parse(GUIDE).source_map()["ama"]
    assert source.key == "ama"
    assert source.url == "https://ama-assn.org/Observer?a=1"
    assert source.kind == "official"


@pytest.mark.parametrize("as_of", ["2026", "2026-03", "2026-03-14", "undated", "'2026'"])
def test_the_date_of_a_source_is_kept_as_text(as_of: str) -> None:
    source = parse(GUIDE.replace("as_of: 2026", f"as_of: {as_of}")).source_map()["ama"]
    assert source.as_of == as_of.strip("'")


@pytest.mark.parametrize("as_of", ["last year", "26", "2026-13", "2026-3", "2026-1-1", "null"])
def test_another_date_of_a_source_is_refused_on_its_line(as_of: str) -> None:
    line, message = fault(GUIDE.replace("as_of: 2026", f"as_of: {as_of}"))
    assert line == 13
    assert "sources.ama.as_of" in message
    assert "undated" in message


def test_a_missing_field_is_named() -> None:
    line, message = fault(GUIDE.replace("summary: Which visa fits.\n", ""))
    assert (line, message) == (1, "The field summary is missing.")


def test_a_missing_field_of_a_source_is_put_on_the_source_s_line() -> None:
    line, message = fault(GUIDE.replace("    kind: official\n", ""))
    assert (line, message) == (9, "The field sources.ama.kind is missing.")


def test_an_unknown_field_is_put_on_its_own_line() -> None:
    line, message = fault(GUIDE.replace("review_every:", "reviewevery: 3\nreview_every:"))
    assert (line, message) == (7, "The field reviewevery is not known here.")


def test_a_field_that_stands_twice_is_put_on_the_second_line() -> None:
    assert fault(GUIDE + "title: Other\n") == (14, "The field title stands twice.")


def test_a_source_that_stands_twice_is_named_with_its_path() -> None:
    again = GUIDE + GUIDE[GUIDE.index("  ama:") :]
    assert (14, "The field sources.ama stands twice.") in [
        (each.line, each.message) for each in faults(again)
    ]


def test_every_fault_is_reported_at_once() -> None:
    text = GUIDE.replace("[graduate]", "[nurse]").replace("every: 90", "every: 0") + "title: B\n"
    assert sorted(each.line for each in faults(text)) == [5, 7, 14]


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ("title: Visas", "title: ' '", 2, "title"),
        ("topics: [visas]", "topics: []", 4, "topics"),
        ("topics: [visas]", "topics:\n  - visas\n  - Not A Slug", 6, "topics.1"),
        ("reviewed: 2026-11-22", "reviewed: soon", 6, "reviewed"),
        ("https://ama-assn.org/Observer?a=1", "ama-assn.org", 11, "sources.ama.url"),
        ("kind: official", "kind: rumour", 12, "sources.ama.kind"),
        ("  ama:", "  AMA page:", 9, "sources.AMA page"),
    ],
)
def test_an_unusable_value_is_put_on_its_line(old: str, new: str, line: int, field: str) -> None:
    found, message = fault(GUIDE.replace(old, new))
    assert found == line
    assert message.startswith(f"The field {field} cannot be used: ")
    assert "Value error" not in message


def test_text_that_is_not_yaml_is_put_on_its_line() -> None:
    line, message = fault(GUIDE.replace("title: Visas", "title: Visas: a guide"))
    assert line == 2
    assert message.startswith("The front matter is not YAML: mapping values")


def test_an_impossible_date_is_put_on_its_line() -> None:
    line, message = fault(GUIDE.replace("2026-11-22", "2026-13-45"))
    assert line == 6
    assert "month must be in 1..12" in message


@pytest.mark.parametrize("text", ["", "# only a comment\n", "just words\n", "- a\n- b\n"])
def test_front_matter_without_fields_is_refused(text: str) -> None:
    assert fault(text) == (1, "The front matter has no fields.")


def test_a_programme_is_read_with_its_own_fields() -> None:
    text = PROGRAMME + "fee_usd: [100, 500]\nlength_weeks: 4\nstate: OH\nrequirements: [CV]\n"
    matter = parse_matter(text, ProgrammeMatter, "a.md")
    assert (matter.fee_usd, matter.length_weeks, matter.state) == ((100, 500), 4, "OH")
    assert matter.hands_on is None


def test_a_programme_without_a_page_is_refused() -> None:
    text = PROGRAMME.replace("url: https://example.org/programme\n", "")
    assert fault(text, ProgrammeMatter)[1] == "The field url is missing."


def test_an_article_may_not_have_a_programme_s_fields() -> None:
    assert [each.message for each in faults(PROGRAMME)] == [
        f"The field {name} is not known here." for name in ("kind", "host", "as_of")
    ]


def test_field_lines_count_from_the_fence() -> None:
    lines = field_lines(GUIDE)
    assert lines["title",] == 2
    assert lines["sources", "ama"] == 9
    assert lines["sources", "ama", "title"] == 10
    assert field_lines("") == {}


@pytest.mark.parametrize("text", ["---\na: 1\n---\nBody", "---  \na: 1\n--- \nBody"])
def test_the_body_starts_behind_the_second_fence(text: str) -> None:
    parts = split_matter(text)
    assert parts is not None
    assert parts[0] == "a: 1\n"
    assert text[parts[1] :] == "Body"


@pytest.mark.parametrize("text", ["", "Body", "\n---\na: 1\n---\n", "---\na: 1\n", "--- a\n---\n"])
def test_text_without_two_fences_has_no_front_matter(text: str) -> None:
    assert split_matter(text) is None
