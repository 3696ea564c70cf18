"""Every abbreviation in a guide is one that the glossary explains."""

from __future__ import annotations

from tests.corpus.checks.helpers import guide

GLOSSARY = (
    "## LoR\n\nStands for: letter of recommendation\nAlso called: LOR; reference\n\n"
    "LoR means a letter in which a doctor judges an applicant.\n"
)


def test_an_abbreviation_without_an_entry_is_found_once(write_guide, check):
    write_guide("glossary.md", GLOSSARY, title="Glossary")
    path = write_guide("articles/a.md", guide("A SLOE is a form.", "Ask for the SLOE."), title="A")
    write_guide("articles/b.md", guide("Two SLOEs are enough."), title="B")
    found = check("SLOE")
    assert found.places == [("articles/a.md", "warning")]
    assert found.line_of(path, "A SLOE is a form")
    assert "and 1 other guide" in found.findings[0].message


def test_explained_ones_and_everyday_words_are_fine(write_guide, check):
    write_guide("glossary.md", GLOSSARY, title="Glossary")
    write_guide("articles/a.md", guide("Two LORs, one LoR and a PDF from the U.S. are enough."))
    assert check("abbreviation").findings == []


def test_without_a_glossary_nothing_is_asked(write_guide, check):
    write_guide("articles/a.md", guide("A SLOE is a form."))
    assert check("abbreviation").findings == []
