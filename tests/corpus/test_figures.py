"""Figures are read with their units; names that only look like figures are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.corpus.figures import figures, identifiers


def read(text: str) -> list[tuple[str, str]]:
    return [(each.value, each.unit) for each in figures(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It charged $200 a day up to $1,000 a month.", [("200", "USD"), ("1000", "USD")]),
        ("OET costs AUD $587.", [("587", "AUD")]),
        ("A bond of $5,000 to $15,000.", [("5000", "USD"), ("15000", "USD")]),
        ("A bond of 5,000 to 15,000 dollars.", [("5000", "USD"), ("15000", "USD")]),
        ("67.8% or 58.50 percent matched.", [("67.8", "%"), ("58.5", "%")]),
        ("A stay of 4-12 weeks.", [("4", "week"), ("12", "week")]),
        ("A stay of two to four weeks.", [("2", "week"), ("4", "week")]),
        ("About 20 full weeks.", [("20", "week")]),
        ("A 90-day stay.", [("90", "day")]),
        ("It ends on 16-20 March 2026.", [("2026-03-16", "date"), ("2026-03-20", "date")]),
        ("It opened in June 2026.", [("2026-06", "date")]),
        ("It is due by 31 January.", [("-----01-31", "date")]),
        ("In the 2025-26 season.", [("2025", "date"), ("2026", "date")]),
        ("It listed 3,108 of 4,587 people.", [("3108", ""), ("4587", "people")]),
        ("The pass mark rose from 214 to 218.", [("214", ""), ("218", "")]),
    ],
)
def test_figures_and_their_units(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A B-1/B-2 visitor keeps the I-94 and the DS-160.",
        "Step 1, Step 2 CK and Steps 1-3 come before Pathways 3, 4 and 5.",
        "Call 988, 911 or 1-888-373-7888, or text 233733.",
        "INA 212(a)(6)(C)(i), 8 CFR 214.1(e), 9 FAM 402.2-5(E)(3) and HB 2038.",
        "Write to 988lifeline.org about COVID-19 at any hour, 24/7.",
        "One letter is enough, and four are the limit.",
    ],
)
def test_names_with_digits_and_small_numbers_in_words_are_no_figures(text):
    assert read(text) == []


def test_identifiers_are_what_tells_one_thing_from_another():
    assert identifiers("Observers at MD Anderson hold a B-1 since June 2026.") == {
        "MD", "Anderson", "B-1",
    }  # fmt: skip
    assert identifiers("Patients decide in the U.S.") == {"US"}


@given(st.text(max_size=200))
def test_every_figure_lies_in_the_text(text):
    for each in figures(text):
        assert 0 <= each.start < each.end <= len(text)
        assert any(sign.isalnum() for sign in text[each.start : each.end])
