"""Misspelt words become words of the guides; nothing else changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.spelling import Speller

GUIDES = ["An observership or externship, and the letter of recommendation.", "ECFMG, USMLE, Visa"]
SPELLER = Speller(GUIDES)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("obsrvership", "observership"),
        ("oberservership", "observership"),
        ("Extrenship", "externship"),
        ("reccomendation", "recommendation"),
        ("ecfgm", "ecfmg"),
    ],
)
def test_a_misspelt_word_becomes_the_word_of_the_guides(written, meant):
    assert SPELLER.correct(f"my {written}, please") == f"my {meant}, please"


@pytest.mark.parametrize("word", ["cafeteria", "latter", "observer", "better", "the", "vista"])
def test_an_english_word_is_never_changed_into_a_near_word_of_the_guides(word):
    assert SPELLER.correct(word) == word


@pytest.mark.parametrize("word", ["zolgensma", "Qwertzuiop", "Lahore"])
def test_an_unknown_subject_stays_unknown(word):
    assert SPELLER.correct(word) == word


@pytest.mark.parametrize("word", ["vsa", "ltr"])
def test_very_short_words_are_not_guessed(word):
    assert SPELLER.correct(word) == word


def test_a_short_word_may_be_one_letter_off_but_not_two():
    assert SPELLER.correct("leter") == "letter"
    assert SPELLER.correct("lefttr") == "lefttr"


def test_a_wrong_first_letter_is_not_guessed():
    assert SPELLER.correct("bxternship") == "bxternship"


def test_without_guides_nothing_is_changed():
    assert Speller([]).correct("obsrvership") == "obsrvership"


@given(st.text(max_size=100))
@settings(deadline=None, max_examples=100)
def test_only_letters_change(text):
    def others(of: str) -> list[str]:
        return re.findall(r"[\W\d_]+", of)

    assert others(SPELLER.correct(text)) == others(text)


@given(st.text(alphabet="abcdefgilorstvx ", max_size=60))
@settings(deadline=None, max_examples=100)
def test_a_changed_word_is_always_a_word_of_the_guides_and_stays_so(text):
    known = set(re.findall(r"[a-z]+", " ".join(GUIDES).lower()))
    corrected = SPELLER.correct(text)
    changed = {new for old, new in zip(text.split(), corrected.split(), strict=True) if old != new}
    assert changed <= known
    assert SPELLER.correct(corrected) == corrected
