"""Lexical search: which words count, what scores, and that an index reads back."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.index.lexical import Lexicon, words

TEXTS = [
    "A B-1 visa lets a graduate observe.",
    "An F-1 visa lets a student take a clinical elective.",
    "A letter of recommendation comes from a U.S. physician.",
]


@pytest.mark.parametrize("written", ["B1", "b1", "B-1", "b 1", "B 1"])
def test_a_visa_class_is_one_word_however_it_is_written(written: str) -> None:
    assert words(f"the {written} visa") == ["b1", "visa"]


@pytest.mark.parametrize("written", ["U.S.", "u.s.a.", "USA", "United States", "America"])
def test_the_country_is_one_word_however_it_is_written(written: str) -> None:
    (country,) = set(words(f"in the {written}"))
    assert country == words("U.S.")[0]
    assert country not in words("tell us")


def test_forms_of_a_word_are_one_and_question_words_count_nothing() -> None:
    assert words("observing observed observes") == ["observ"] * 3
    assert words("What do I have to do, please?") == []
    assert "not" not in words("visa")


def test_an_apostrophe_splits_no_word() -> None:
    assert words("the hospital’s fee") == words("the hospital's fee")
    assert "s" not in words("the hospital’s fee")


def test_coverage_is_the_share_of_what_the_question_weighs() -> None:
    lexicon = Lexicon.build(TEXTS)
    alone = np.arange(3)
    assert lexicon.coverage("graduate observe", alone).tolist() == pytest.approx([1, 0, 0])
    (visa, elective, letter) = lexicon.coverage("visa elective", alone)
    assert 0 < visa < 0.5 < elective == 1 > letter == 0
    assert lexicon.coverage("visa visa visa", alone)[0] == 1, "repetition counts nothing"
    assert 0 < lexicon.coverage("visa cafeteria", alone)[0] < 0.5, "an unknown word counts"
    assert lexicon.coverage("what do I", alone).tolist() == [0, 0, 0]


def test_a_text_is_covered_by_the_words_of_its_head_too() -> None:
    lexicon = Lexicon.build(TEXTS)
    assert lexicon.coverage("graduate elective", np.array([0, 0, 2])).tolist()[1] == pytest.approx(
        1
    )


def test_the_text_with_the_words_scores_highest() -> None:
    lexicon = Lexicon.build(TEXTS)
    scores = lexicon.scores("Can I observe with a B1?")
    assert scores.shape == (3,)
    assert scores.dtype == np.float32
    assert scores.argmax() == 0
    assert scores[2] == 0


@pytest.mark.parametrize("question", ["", "what is", "zebra", "!?", "   "])
def test_a_question_without_known_words_scores_nothing(question: str) -> None:
    assert not Lexicon.build(TEXTS).scores(question).any()


def test_an_unknown_word_does_not_change_the_scores() -> None:
    lexicon = Lexicon.build(TEXTS)
    assert np.array_equal(lexicon.scores("visa"), lexicon.scores("visa zebra"))


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    lexicon = Lexicon.build(TEXTS)
    assert lexicon.idf("zebra") > lexicon.idf("letter") > lexicon.idf("visa") > 0
    assert lexicon.idf("visa") == pytest.approx(np.log1p(1.5 / 2.5))


def test_an_index_reads_back_as_it_was_written(tmp_path: Path) -> None:
    written = Lexicon.build(TEXTS)
    written.save(tmp_path / "bm25")
    read = Lexicon.load(tmp_path / "bm25", 3)
    assert np.array_equal(written.scores("visa letter"), read.scores("visa letter"))
    assert read.idf("visa") == written.idf("visa")
    assert read.idf("letter") != read.idf("visa")


def test_an_index_of_another_number_of_texts_is_refused(tmp_path: Path) -> None:
    Lexicon.build(TEXTS).save(tmp_path / "bm25")
    with pytest.raises(ValueError, match="3 texts, not 2"):
        Lexicon.load(tmp_path / "bm25", 2)


def test_texts_without_words_can_be_indexed(tmp_path: Path) -> None:
    Lexicon.build(["?", "what is", ""]).save(tmp_path / "bm25")
    assert not Lexicon.load(tmp_path / "bm25", 3).scores("visa what ?").any()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text(max_size=40), min_size=1, max_size=5), st.text(max_size=40))
def test_any_texts_and_question_give_a_finite_score_for_each(
    texts: list[str], question: str
) -> None:
    scores = Lexicon.build(texts).scores(question)
    assert scores.shape == (len(texts),)
    assert np.isfinite(scores).all()
    assert (scores >= 0).all()
    asked = set(words(question))
    for text, score in zip(texts, scores, strict=True):
        assert (score > 0) == bool(asked & set(words(text)))
