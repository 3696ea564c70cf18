"""The glossary is read as terms, and its passages answer what the terms mean."""

from __future__ import annotations

from assistant.corpus.glossary import Term
from tests.corpus.helpers import only

LOR = (
    "## LoR\n\nStands for: letter of recommendation\nAlso called: LOR; reference letter\n\n"
    "LoR means a letter in which a doctor judges an applicant.\n\n"
)
ATTENDING = "## Attending\n\nAn attending is a fully trained doctor who leads a team.\n"


def test_each_heading_is_a_term(write_guide, read):
    write_guide("glossary.md", LOR + ATTENDING, title="Glossary")
    corpus = read()
    assert corpus.findings == ()
    assert corpus.glossary == (
        Term(
            "LoR", "letter of recommendation", ("LOR", "reference letter"),
            "LoR means a letter in which a doctor judges an applicant.",
        ),
        Term("Attending", "Attending", (), "An attending is a fully trained doctor who leads a team."),
    )  # fmt: skip
    assert [each.kind for each in corpus.documents] == ["glossary"]


def test_readers_see_the_meaning_and_not_the_lines_above_it(write_guide, read):
    write_guide("glossary.md", LOR, title="Glossary")
    (passage,) = read().passages
    assert [each.text for each in passage.statements] == [
        "LoR means a letter in which a doctor judges an applicant."
    ]
    assert passage.questions == (
        "What does LoR mean?",
        "What does letter of recommendation mean?",
    )


def test_one_name_for_two_terms_is_an_error(write_guide, read):
    second = "## Letter\n\nAlso called: lor\n\nA letter is a sheet of paper with words.\n"
    path = write_guide("glossary.md", LOR + second, title="Glossary")
    finding = only(read())
    assert finding.severity == "error"
    assert "“lor” is a name of both LoR and Letter" in finding.message
    assert path.read_text(encoding="utf-8").splitlines()[finding.line - 1] == "## Letter"


def test_two_expansions_are_an_error(write_guide, read):
    body = "## PC\n\nStands for: programme coordinator; personal computer\n\nPC means one of two.\n"
    write_guide("glossary.md", body, title="Glossary")
    assert "stands for 2 things" in only(read()).message


def test_a_term_without_a_meaning_is_an_error(write_guide, read):
    write_guide("glossary.md", LOR + "## PC\n\nStands for: programme coordinator\n", title="G")
    assert "no text below it" in only(read()).message
