"""A reader must be able to check a figure: footnote, year, and what kind of source it is."""

from __future__ import annotations

import pytest

from tests.conftest import SOURCE
from tests.corpus.checks.helpers import guide

UNDATED = {"sources": {"ama": {**SOURCE, "as_of": "undated"}}}
SELLER = {
    "sources": {"ama": {**SOURCE, "kind": "secondary", "title": "Steps To Residency, a guide"}}
}


@pytest.mark.parametrize(
    "sentence",
    [
        "A host charges $500 a month.",
        "An observer stays 4-12 weeks.",
        "Applications open on 4 June 2025.",
        "Half of all hosts answer within 10 days.",
        "In 2024 58% matched.",
    ],
)
def test_a_figure_without_a_footnote_is_found(write_guide, check, sentence):
    path = write_guide("articles/costs.md", guide(sentence))
    found = check("has no footnote")
    assert found.places == [("articles/costs.md", "warning")]
    assert found.line_of(path, sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "A host charges $500 a month in 2026.[^ama]",
        "A B-1 visitor keeps the I-94 and passes Step 2 CK.",
        "Call 988 at any hour.",
        "A refusal under 214(b) closes the case.",
        "Ask three doctors and wait a week.",
    ],
)
def test_cited_figures_and_names_with_digits_are_fine(write_guide, check, sentence):
    write_guide("articles/costs.md", guide(sentence))
    assert check("has no footnote").findings == []


def test_money_and_shares_need_their_year(write_guide, check):
    path = write_guide("articles/costs.md", guide("A host charges $500.[^ama]"))
    assert check("has no year").line_of(path, "$500")


@pytest.mark.parametrize("when", ["in 2026", "(undated page)", "on an older page"])
def test_a_year_or_the_word_undated_is_enough(write_guide, check, when):
    write_guide("articles/costs.md", guide(f"A host says it charges $500 {when}.[^ama]"))
    assert check("has no year").findings == []


def test_an_undated_source_is_called_undated(write_guide, check):
    path = write_guide("articles/costs.md", guide("A stay lasts 4 weeks.[^ama]"), **UNDATED)
    assert check("rests on an undated source").line_of(path, "4 weeks")
    write_guide("articles/costs.md", guide("A stay lasts 4 weeks (undated page).[^ama]"), **UNDATED)
    assert check("rests on an undated source").findings == []


def test_a_dated_source_need_not_be_called_anything(write_guide, check):
    write_guide("articles/costs.md", guide("A stay lasts 4 weeks.[^ama]"))
    assert check("rests on").findings == []


def test_secondary_sources_alone_are_called_so(write_guide, check):
    path = write_guide("articles/costs.md", guide("A stay lasts 4 weeks (2026).[^ama]"), **SELLER)
    assert check("secondary sources alone").line_of(path, "4 weeks")
    write_guide(
        "articles/costs.md",
        guide("One guide says that a stay lasts 4 weeks (2026).[^ama]"),
        **SELLER,
    )
    assert check("secondary sources alone").findings == []
