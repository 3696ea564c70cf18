"""Two figures about the same thing are found, unless names, years or a conflict block part them."""

from __future__ import annotations

import pytest

from tests.corpus.checks.helpers import guide

FIRST = "The ECFMG application for certification costs $160 in 2026.[^ama]"
SECOND = "The application for ECFMG certification costs $165 in 2026.[^ama]"


def test_two_prices_of_one_thing_are_found_in_two_guides(write_guide, check):
    write_guide("articles/fees.md", guide(FIRST), title="Fees")
    path = write_guide("articles/money.md", guide(SECOND), title="Money")
    found = check("stands against")
    assert found.places == [("articles/money.md", "warning")]
    assert found.line_of(path, "$165")
    assert "160 USD" in found.findings[0].message
    assert "articles/fees.md" in found.findings[0].message


@pytest.mark.parametrize(
    "other",
    [
        "The ECFMG application for certification costs $160 in 2026.[^ama]",
        "The ECFMG application for certification cost $145 in 2021.[^ama]",
        "The NRMP application for certification costs $165 in 2026.[^ama]",
        "The ECFMG application for certification takes 6 weeks in 2026.[^ama]",
        "A late change of the testing region at ECFMG costs $90 in 2026.[^ama]",
    ],
)
def test_the_same_figure_another_year_name_unit_or_subject_is_no_contradiction(
    write_guide, check, other
):
    write_guide("articles/fees.md", guide(FIRST), title="Fees")
    write_guide("articles/money.md", guide(other), title="Money")
    assert check("stands against").findings == []


def test_a_conflict_block_owns_its_figures(write_guide, check):
    block = f"> [!CONFLICT]\n> {FIRST}\n> {SECOND}\n"
    write_guide("articles/fees.md", guide(FIRST) + "\n" + block, title="Fees")
    write_guide("articles/money.md", guide(SECOND), title="Money")
    assert check("stands against").findings == []


def test_the_rows_of_a_table_may_differ(write_guide, check):
    rows = "| Plan | Cost |\n|---|---|\n| Short plan | $330 (2026).[^ama] |\n| Long plan | $930 (2026).[^ama] |"
    write_guide("articles/fees.md", guide("The table gives the cost of plans:", "", rows))
    assert check("stands against").findings == []


def test_another_figure_in_the_sentence_may_tell_two_cases_apart(write_guide, check):
    short = "A plan for 30 programmes in one specialty costs $330 in 2026.[^ama]"
    long = "A plan for 100 programmes in one specialty costs $2,430 in 2026.[^ama]"
    write_guide("articles/fees.md", guide(short), title="Fees")
    write_guide("articles/money.md", guide(long), title="Money")
    assert check("stands against").findings == []
