"""A reader's words become a query that can stand alone."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.documents import Document
from assistant.retrieval.places import Places
from assistant.retrieval.spelling import Speller
from assistant.retrieval.understanding import Turn, clean, understand
from assistant.retrieval.vocabulary import Vocabulary

ASKED = Turn("user", "Which visa fits an observership?")
TOLD = Turn("assistant", "A visitor visa, says the law firm's handbook.")


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=200)
def test_cleaned_text_holds_no_control_or_formatting_characters_and_no_spare_blanks(text):
    cleaned = clean(text)
    assert not {"Cc", "Cf", "Cs", "Co", "Cn"} & {unicodedata.category(c) for c in cleaned}
    assert cleaned == " ".join(cleaned.split())


@given(st.text("abcXYZ ?.,'", max_size=80))
@settings(deadline=None)
def test_plain_words_pass_cleaning_unchanged(text):
    assert clean(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("are\u202e they\u202c paid", "are they paid"),
        ("are\x00they", "are they"),
        ("ｖｉｓａ", "visa"),
        ("two\u2028lines", "two lines"),
        ("soft\u00adhyphen\ufeff", "softhyphen"),
    ],
)
def test_invisible_and_wide_characters_are_read_as_plain_ones(written, read):
    assert clean(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("h1b or J 1?", "H-1B or J-1?"),
        ("b1/b2", "B-1/B-2"),
        ("f-1", "F-1"),
    ],
)
def test_visa_classes_are_spelt_as_in_the_guides(written, read):
    assert understand(written).search_text == read


@pytest.mark.parametrize("word", ["b12 vitamin", "ab1", "j15", "x1"])
def test_other_letters_with_digits_are_not_taken_for_visas(word):
    assert understand(word).search_text == word


def test_short_forms_are_spelt_out_and_the_readers_own_word_stays():
    found = understand("is usce or a lor needed").search_text
    assert found == ("is usce (US clinical experience) or a lor (letter of recommendation) needed")


def test_im_is_the_specialty_only_where_it_does_not_mean_i_am():
    assert "internal medicine" in understand("obs in IM please").search_text
    assert "internal medicine" not in understand("im a graduate from India").search_text


def test_short_forms_inside_words_are_left_alone():
    assert understand("fmgx impde").search_text == "fmgx impde"


@pytest.mark.parametrize(
    "follow_up", ["and what does it cost?", "how long is that?", "for graduates?", "why?"]
)
def test_a_question_that_leans_on_the_one_before_is_searched_with_it(follow_up):
    query = understand(follow_up, [ASKED, TOLD])
    assert query.follows_up
    assert query.text == follow_up
    assert query.search_text == f"{ASKED.content} {follow_up}"


def test_a_question_that_stands_alone_is_searched_alone():
    query = understand(
        "Where do hospitals publish vaccination requirements for visiting physicians?",
        [ASKED, TOLD],
    )
    assert not query.follows_up
    assert ASKED.content not in query.search_text


GRIFFIN = Document("griffin", "Griffin", "", "programme", "griffin.md", names=("Griffin",))
TUFTS = Document("tufts", "Tufts", "", "programme", "tufts.md", names=("Tufts",))
KNOWN = Vocabulary(Speller([]), Places([GRIFFIN, TUFTS]))


def test_a_follow_up_is_about_the_one_hospital_that_the_answer_named():
    told = Turn("assistant", "Griffin Hospital takes certified graduates.")
    query = understand("when do they start?", [ASKED, told], KNOWN)
    assert query.search_text == f"Griffin {ASKED.content} when do they start?"
    assert query.places == (frozenset({"griffin"}),)


@pytest.mark.parametrize(
    ("told", "asked"),
    [
        ("Griffin and Tufts both take graduates.", "when do they start?"),
        ("Griffin Hospital takes graduates.", "and at Tufts?"),
    ],
)
def test_it_is_not_where_the_answer_named_two_or_the_reader_names_another(told, asked):
    query = understand(asked, [ASKED, Turn("assistant", told)], KNOWN)
    assert "Griffin" not in query.search_text


def test_the_rest_of_what_the_assistant_said_is_never_searched():
    assert TOLD.content not in understand("and it?", [ASKED, TOLD]).search_text
    assert not understand("and it?", [TOLD]).follows_up


def test_only_the_last_question_is_carried_on():
    earlier = Turn("user", "Do I need malpractice cover?")
    query = understand("and it?", [earlier, TOLD, ASKED, TOLD])
    assert query.search_text == f"{ASKED.content} and it?"


def test_blank_messages_before_count_as_none():
    assert not understand("and it?", [Turn("user", " \n ")]).follows_up


def test_a_long_question_before_cannot_push_the_new_one_out_of_sight():
    query = understand("and it?", [Turn("user", "visa " * 2000)])
    assert query.search_text.endswith("and it?")
    assert len(query.search_text) < 1000


def test_the_speller_corrects_what_is_searched_and_not_what_was_asked():
    query = understand("an obsrvership", (), Vocabulary(Speller(["observership"]), Places([])))
    assert query.search_text == "an observership"
    assert query.text == "an obsrvership"
