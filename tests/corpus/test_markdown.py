"""Headings, lists, tables and callouts of a guide become sections of quotable statements."""

from __future__ import annotations

import pytest

from assistant.corpus.documents import Statement
from assistant.corpus.markdown import MarkdownGuide, Section, merge, parse_guide

TITLE = "Visas for observers"


def parse(body: str) -> MarkdownGuide:
    return parse_guide(body, 0, TITLE, "visas.md")


def section(body: str) -> Section:
    (only,) = parse(body).sections
    return only


def statements(body: str) -> list[Statement]:
    return [each for group in section(body).groups for each in group]


def quotes(body: str) -> list[str]:
    return [body[each.start : each.end] for each in statements(body)]


def test_text_stands_under_its_heading_path_and_not_under_a_sibling() -> None:
    guide = parse("Intro.\n\n# A\n\nOne.\n\n### B\n\nTwo.\n\n## C\n\nThree.\n\n# D\n\nFour.\n")
    assert [each.headings for each in guide.sections] == [
        (TITLE,),
        (TITLE, "A"),
        (TITLE, "A", "B"),
        (TITLE, "A", "C"),
        (TITLE, "D"),
    ]
    assert [each.line for each in guide.sections] == [1, 3, 7, 11, 15]


def test_a_heading_without_text_makes_no_section() -> None:
    assert [each.anchor for each in parse("# Empty\n\n## Full\n\nText.\n").sections] == ["full"]


def test_anchors_are_words_of_the_heading() -> None:
    guide = parse(
        "## **Is** the B-1 visa_enough?[^ama]\n\nYes.\n\n## ???\n\nNo.\n\n## 何\n\nHai.\n"
    )
    assert [each.anchor for each in guide.sections] == ["is-the-b-1-visa-enough", "section", "何"]


def test_no_two_sections_share_an_anchor() -> None:
    names = ["Fees", "Fees", "Fees 2", "Fees", "Fees-2", "Overview"]
    guide = parse("Intro.\n\n" + "".join(f"## {name}\n\nText.\n\n" for name in names))
    anchors = [each.anchor for each in guide.sections]
    assert len(set(anchors)) == len(names) + 1
    assert anchors[:3] == ["overview", "fees", "fees-2"]


def test_also_asked_is_read_but_never_quoted() -> None:
    body = "## Is it paid?\n\nAlso asked: any salary; stipend for observers?; \nNo pay.\n\nAsk.\n"
    assert section(body).also_asked == ("any salary", "stipend for observers?")
    assert quotes(body) == ["No pay.", "Ask."]


def test_a_question_without_an_answer_is_an_error_on_its_line() -> None:
    guide = parse("Intro.\n\n## Paid?\n\nAlso asked: salary\n\n## Next?\n\nYes.\n")
    (finding,) = guide.findings
    assert (finding.line, finding.severity) == (3, "error")
    assert "no text below" in finding.message


def test_a_list_belongs_to_its_lead_in() -> None:
    body = "Read. Bring these:\n\n- a CV\n- a letter[^ama]\n  on paper.[^aamc]\n\nThat is all.\n"
    first, papers, last = section(body).groups
    assert [each.text for each in papers] == ["Bring these:", "a CV", "a letter on paper."]
    assert papers[2].footnotes == ("ama", "aamc")
    assert body[papers[2].start : papers[2].end] == "a letter[^ama]\n  on paper."
    assert [len(first), len(last)] == [1, 1]


def test_a_list_without_a_lead_in_takes_no_sentence_with_it() -> None:
    body = "Bring papers.\n\n1. a CV\n2) a letter\n"
    assert [each.text for each in section(body).groups[0]] == ["Bring papers."]
    assert "a CV" in quotes(body)


def test_empty_list_items_are_nothing_to_quote() -> None:
    assert quotes("-\n- a CV\n- \n-\n  a letter\n") == ["a CV", "a letter"]


def test_nested_items_are_quoted_with_their_item() -> None:
    assert [each.text for each in statements("- papers\n  - a CV\n  - a letter\n- fees\n")] == [
        "papers; a CV; a letter",
        "fees",
    ]


def test_a_merged_list_spans_all_of_it_and_keeps_all_footnotes() -> None:
    body = "Bring:[^x]\n\n- a CV[^a]\n- a letter[^x]\n"
    (group,) = section(body).groups
    whole = merge(group)
    assert whole.text == "Bring:\n- a CV\n- a letter"
    assert whole.kind == "list"
    assert whole.footnotes == ("x", "a")
    assert body[whole.start : whole.end] == "Bring:[^x]\n\n- a CV[^a]\n- a letter"


def test_each_table_row_names_its_columns() -> None:
    body = "| Visa | Allows |\n|---|---|\n| B-1 | watching.[^ama] |\n| F-1 | |\n| | |\n"
    rows = statements(body)
    assert [each.text for each in rows] == ["Visa: B-1; Allows: watching.", "Visa: F-1."]
    assert [each.kind for each in rows] == ["row", "row"]
    assert [each.footnotes for each in rows] == [("ama",), ()]
    assert quotes(body) == ["| B-1 | watching.[^ama] |", "| F-1 | |"]


def test_a_conflict_is_one_statement_with_both_sides_and_all_sources() -> None:
    body = "> [!CONFLICT]\n> The AMA says no.[^ama]\n> A seller says yes.[^s1][^s2]\n"
    (both,) = statements(body)
    assert both.kind == "conflict"
    assert both.text == "The AMA says no. A seller says yes."
    assert both.footnotes == ("ama", "s1", "s2")
    assert quotes(body) == ["> The AMA says no.[^ama]\n> A seller says yes."]


@pytest.mark.parametrize("kind", ["NOTE", "WARNING"])
def test_other_callouts_are_no_conflict_and_lose_their_mark(kind: str) -> None:
    body = f"> [!{kind}] Ask first.\n> Then pay.\n"
    (only,) = statements(body)
    assert only.kind == "sentence"
    assert quotes(body) == ["Ask first.\n> Then pay."]


def test_code_is_quoted_as_it_stands() -> None:
    (only,) = statements("```\nx = *1*\n```\n")
    assert only.text == "x = *1*"


def test_html_is_an_error_on_its_line_but_comments_are_silent() -> None:
    guide = parse("Text.\n\n<!-- note\nto staff -->\n\n<div>Hidden</div>\n")
    (finding,) = guide.findings
    assert (finding.file, finding.line) == ("visas.md", 6)
    assert [group[0].text for group in guide.sections[0].groups] == ["Text."]


def test_a_footnote_definition_is_an_error_on_its_line() -> None:
    (finding,) = parse("Text.[^ama]\n\nMore.\n[^ama]: the AMA page\n").findings
    assert finding.line == 4
    assert "`sources`" in finding.remedy


def test_offsets_and_lines_count_from_the_start_of_the_file() -> None:
    text = "---\nid: Häß\n---\n\n## Paid?\n\nNo.\n"
    guide = parse_guide(text, text.index("\n## "), TITLE, "visas.md")
    (only,) = guide.sections
    assert only.line == 5
    assert text[only.groups[0][0].start : only.groups[0][0].end] == "No."
