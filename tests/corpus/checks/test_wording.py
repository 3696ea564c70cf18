"""Sentences that stand alone, sections of the right length, and text that is easy to read."""

from __future__ import annotations

import pytest

from assistant.corpus.checks.wording import reading_grade
from assistant.corpus.documents import Statement
from tests.corpus.checks.helpers import guide

PLAIN = "An observer may watch a doctor at work and ask about it later in the day."
HARD = (
    "Institutional administrative requirements necessitate comprehensive documentation of "
    "immunological susceptibility, professional indemnification and immigration authorisation "
    "preceding commencement of observational participation in interdisciplinary activities."
)


@pytest.mark.parametrize(
    "opening", ["It is", "They are", "However, it is", "This is", "Also, it is"]
)
def test_a_sentence_that_leans_on_another_is_found(write_guide, check, opening):
    path = write_guide("articles/a.md", guide(PLAIN, f"{opening} free at some hosts."))
    found = check("cannot be quoted alone")
    assert found.places == [("articles/a.md", "warning")]
    assert found.line_of(path, opening)
    assert "A sentence opens" in found.findings[0].message


def test_a_passage_that_opens_so_is_called_a_passage(write_guide, check):
    write_guide("articles/a.md", guide("It is free at some hosts.", PLAIN))
    assert "A passage opens with “It”" in check("cannot be quoted").findings[0].message


@pytest.mark.parametrize(
    "opening",
    [
        "There is a fee",
        "These guides name no fee",
        "Italian doctors pay a fee",
        "Soon a fee is due",
        "Thesis work is",
    ],
)
def test_a_sentence_that_names_its_subject_is_fine(write_guide, check, opening):
    write_guide("articles/a.md", guide(f"{opening} at some hosts."))
    assert check("cannot be quoted alone").findings == []


@pytest.mark.parametrize(
    ("name", "times", "wrong"),
    [
        ("articles/a.md", 3, "too short"), ("articles/a.md", 4, ""), ("articles/a.md", 11, ""),
        ("articles/a.md", 12, "too long"), ("faqs/a.md", 2, "too short"), ("faqs/a.md", 3, ""),
        ("faqs/a.md", 6, ""), ("faqs/a.md", 7, "too long"),
    ],
)  # fmt: skip
def test_sections_have_the_length_that_their_kind_asks_for(write_guide, check, name, times, wrong):
    write_guide(name, guide(*[PLAIN] * times))
    found = check("The section")
    assert [wrong in each.message for each in found.findings] == ([True] if wrong else [])


@pytest.mark.parametrize(("asked", "fine"), [(1, False), (2, True), (5, True), (6, False)])
def test_an_faq_entry_is_asked_in_two_to_five_other_ways(write_guide, check, asked, fine):
    line = "Also asked: " + "; ".join(f"way {number}" for number in range(asked))
    write_guide("faqs/a.md", f"## What may I do?\n\n{line}\n\n" + "\n".join([PLAIN] * 4))
    found = check("other ways of asking")
    assert (found.findings == []) is fine
    assert all(str(asked) in each.message for each in found.findings)


def test_a_hard_section_is_found_and_a_plain_one_is_not(write_guide, check):
    path = write_guide("articles/a.md", guide(*[HARD] * 3, heading="Hard"), title="A")
    write_guide("articles/b.md", guide(*[PLAIN] * 5, heading="Plain"), title="B")
    found = check("reads at grade")
    assert found.places == [("articles/a.md", "warning")]
    assert found.line_of(path, "Institutional")


def test_the_median_of_the_corpus_is_checked(write_guide, check):
    write_guide("articles/b.md", guide(*[PLAIN] * 5), title="B")
    assert check("Half of the").findings == []
    write_guide("articles/a.md", guide(*[HARD] * 3), title="A")
    write_guide("articles/c.md", guide(*[HARD] * 3), title="C")
    assert check("Half of the").places == [("corpus", "warning")]


def test_full_stops_inside_a_sentence_do_not_make_it_easier():
    plain = [Statement(0, 1, f"{PLAIN} {PLAIN}".replace("day.", "day in the US"))]
    dotted = [Statement(0, 1, plain[0].text.replace("US", "U.S."))]
    assert reading_grade(plain) == reading_grade(dotted)


def test_a_few_words_and_tables_have_no_grade():
    assert reading_grade([Statement(0, 1, "An observer watches.")]) is None
    assert reading_grade([Statement(0, 1, " ".join([PLAIN] * 4), "row")]) is None
