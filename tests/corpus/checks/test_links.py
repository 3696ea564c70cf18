"""A link inside the corpus leads to a guide and a section that exist."""

from __future__ import annotations

import pytest

from tests.corpus.checks.helpers import guide

OTHER = guide("A visitor visa fits.", heading="Which visa fits?")


@pytest.mark.parametrize(
    ("target", "wrong"),
    [
        ("nowhere.md", "leads to no guide"),
        ("../faqs/visas.md", "leads to no guide"),
        ("visas.md#which-ticket", "has no section"),
        ("#which-ticket", "has no section"),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error(write_guide, check, target, wrong):
    write_guide("articles/visas.md", OTHER, title="Visas")
    path = write_guide("articles/a.md", guide(f"Read [the guide]({target}) first."), title="A")
    found = check(wrong)
    assert found.places == [("articles/a.md", "error")]
    assert found.line_of(path, target)


@pytest.mark.parametrize(
    "target",
    ["visas.md", "visas.md#which-visa-fits", "../articles/visas.md", "#what-does-an-observership-cost",
     "https://example.org/nowhere.md", "mailto:office@example.org"],
)  # fmt: skip
def test_links_that_lead_somewhere_are_fine(write_guide, check, target):
    write_guide("articles/visas.md", OTHER, title="Visas")
    write_guide("articles/a.md", guide(f"Read [the guide]({target}) first."), title="A")
    assert check("leads to no").findings == []
    assert check("has no section").findings == []
