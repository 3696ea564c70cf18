"""Reviews that are due, dates that lie ahead, and pages that are described in two ways."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import SOURCE
from tests.corpus.checks.helpers import guide

BODY = guide("A host charges a fee.[^ama]")


def test_a_guide_past_its_review_is_found(write_guide, check):
    path = write_guide("articles/a.md", BODY, reviewed="2026-11-22", review_every=90)
    assert check("review was due", date(2027, 2, 20)).findings == []
    found = check("review was due", date(2027, 2, 21))
    assert found.places == [("articles/a.md", "warning")]
    assert found.line_of(path, "reviewed:")
    assert "on 2027-02-20, 1 days ago" in found.findings[0].message


def test_a_review_in_the_future_is_an_error(write_guide, check):
    write_guide("articles/a.md", BODY)
    assert check("review of", date(2026, 11, 21)).places == [("articles/a.md", "error")]
    assert check("review of", date(2026, 11, 22)).findings == []


@pytest.mark.parametrize(
    ("as_of", "ahead"),
    [("2027", True), ("2026-12", True), ("2026-11-25", True),
     ("2026", False), ("2026-11", False), ("2026-11-24", False), ("undated", False)],
)  # fmt: skip
def test_a_source_dated_in_the_future_is_an_error(write_guide, check, as_of, ahead):
    path = write_guide("articles/a.md", BODY, sources={"ama": {**SOURCE, "as_of": as_of}})
    found = check("lies in the future")
    assert bool(found.findings) is ahead
    if ahead:
        assert found.places == [("articles/a.md", "error")]
        assert found.line_of(path, "ama:")


@pytest.mark.parametrize("change", [{"as_of": 2024}, {"kind": "secondary"}])
def test_one_page_described_in_two_ways_is_found(write_guide, check, change):
    write_guide("articles/a.md", BODY, title="A")
    write_guide("articles/b.md", BODY, title="B", sources={"ama": {**SOURCE, **change}})
    assert check(SOURCE["url"]).places == [("articles/b.md", "warning")]
    write_guide("articles/b.md", BODY, title="B")
    assert check(SOURCE["url"]).findings == []
