"""Sentences keep their place in the file, and footnote marks go with the sentence before them."""

from __future__ import annotations

import pytest

from assistant.corpus.sentences import plain_text, sentence_statements


def quotes(text: str, *, markdown: bool = True) -> list[str]:
    found = sentence_statements(text, 0, len(text), markdown=markdown)
    return [text[each.start : each.end] for each in found]


def test_a_footnote_behind_the_full_stop_belongs_to_the_sentence_before_it() -> None:
    text = "Observers only watch.[^ama] Students may examine.[^aamc][^law]\nAsk the office."
    found = sentence_statements(text, 0, len(text))
    assert [each.footnotes for each in found] == [("ama",), ("aamc", "law"), ()]
    assert quotes(text) == ["Observers only watch.", "Students may examine.", "Ask the office."]


def test_a_footnote_before_the_full_stop_is_quoted_but_not_shown() -> None:
    text = "Fees rose[^ama] in 2026[^aamc]. Ask."
    first, second = sentence_statements(text, 0, len(text))
    assert text[first.start : first.end] == "Fees rose[^ama] in 2026[^aamc]."
    assert first.text == "Fees rose in 2026."
    assert (first.footnotes, second.footnotes) == (("ama", "aamc"), ())


def test_a_footnote_named_twice_counts_once() -> None:
    (only,) = sentence_statements("Fees[^ama] rose.[^ama]", 0, 22)
    assert only.footnotes == ("ama",)


@pytest.mark.parametrize(
    "text",
    [
        "Rotations for non-U.S. graduates are rare.",
        "Most non-U.S. Students apply early.",
        "Ask Dr. Smith about the letter.",
        "Bring papers, e.g. the vaccination record.",
        "A stay of 3.5 weeks costs $1,250.50 in 2026.",
        "A sentence that is broken\nover two lines stays whole.",
    ],
)
def test_no_sentence_ends_inside(text: str) -> None:
    assert quotes(text) == [text]


def test_sentences_end_at_question_and_exclamation_marks() -> None:
    assert quotes("Who decides? The officer does! Nobody else.") == [
        "Who decides?",
        "The officer does!",
        "Nobody else.",
    ]


def test_offsets_count_characters_not_bytes() -> None:
    text = "Ärzte zahlen 50 €. 日本語です。次の文。 An 😀 counts once. Done."
    assert quotes(text) == [
        "Ärzte zahlen 50 €.",
        "日本語です。",
        "次の文。",
        "An 😀 counts once.",
        "Done.",
    ]


def test_only_the_given_span_is_read_and_offsets_are_those_of_the_whole_text() -> None:
    text = "Left out. Read this. And this. Left out."
    start, end = text.index("Read"), text.rindex(" Left")
    found = sentence_statements(text, start, end)
    assert [each.text for each in found] == ["Read this.", "And this."]
    assert found[0].start == start
    assert found[-1].end == end


def test_white_space_around_a_sentence_is_not_quoted() -> None:
    text = "  \n One.   Two. \t\n"
    assert quotes(text) == ["One.", "Two."]


@pytest.mark.parametrize("text", ["", "  \n\t ", "[^ama]", "![](picture.png)"])
def test_a_text_without_words_has_no_sentences(text: str) -> None:
    assert quotes(text) == []


def test_plain_text_of_an_export_keeps_every_sign() -> None:
    text = "Cost is 2 * 3 * 4 [^x] and _all_ stays."
    (only,) = sentence_statements(text, 0, len(text), markdown=False)
    assert only.text == text
    assert only.footnotes == ()


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("**Bold** and *slanted* and `code`", "Bold and slanted and code"),
        ("See [the page](https://ama-assn.org/x).", "See the page."),
        ("A ![chart](a.png) here", "A chart here"),
        ("AT&amp;T \\*not bold\\*", "AT&T *not bold*"),
        ("one\ntwo  \nthree", "one two three"),
        ("Rule.[^a][^b]", "Rule."),
        ("<b>Tags</b> go", "Tags go"),
        ("", ""),
    ],
)
def test_readers_see_no_markdown(markdown: str, shown: str) -> None:
    assert plain_text(markdown) == shown


@pytest.mark.parametrize("keys", [("a" * 40,), ("first-source", "second-source", "third-source")])
def test_long_and_many_footnotes_stay_with_their_sentence(keys):
    marks = "".join(f"[^{key}]" for key in keys)
    text = f"One fee is due.{marks} Two are not.{marks}\nThree are rare.{marks}"
    found = sentence_statements(text, 0, len(text))
    assert [each.text for each in found] == ["One fee is due.", "Two are not.", "Three are rare."]
    assert all(each.footnotes == keys for each in found)
    assert all(text[each.start : each.end] == each.text for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Doctors train in the U.S.\nHospitals differ.",
        "Read the page at uscis.gov.\nAsk a lawyer.",
        "It opens at 9 a.m. ET on Monday.\nIt closes at 5 p.m.",
        "A visa is needed.[^a]\nWho decides?",
    ],
)
def test_a_sentence_a_line_gives_a_statement_a_line(text):
    found = sentence_statements(text, 0, len(text))
    assert [each.text for each in found] == [line.removesuffix("[^a]") for line in text.split("\n")]


@pytest.mark.parametrize("text", ["Ask Dr.\nSmith today.", "The U.S.\nvisa is\nneeded."])
def test_a_line_break_inside_a_sentence_ends_nothing(text):
    assert len(sentence_statements(text, 0, len(text))) == 1
