"""How sure it is that the guides answer a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.intents import Nearness
from assistant.answering.judge import THRESHOLD, Signals, probability, signals
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.retrieval.hybrid import search

share = st.floats(0, 1)
any_signals = st.builds(Signals, share, share, share, share, share, st.sampled_from((0.0, 1.0)))


def nearness(**cosines: float) -> Nearness:
    none = {"crisis": 0.0, "refused": 0.0, "not_held": 0.0, "outside": 0.0, "harmless": 0.0}
    return Nearness(**{**none, **cosines})


@given(any_signals)
@settings(deadline=None)
def test_a_probability_lies_between_nought_and_one(measured):
    assert 0 < probability(measured) < 1


@given(any_signals, share)
@settings(deadline=None)
def test_what_speaks_for_an_answer_raises_it_and_what_speaks_against_lowers_it(measured, other):
    for name in ("passage", "asked", "covered", "length"):
        low, high = sorted((getattr(measured, name), other))
        weaker = probability(replace(measured, **{name: low}))
        assert weaker <= probability(replace(measured, **{name: high}))
    low, high = sorted((measured.unanswerable, other))
    for name in ("unanswerable", "perishable"):
        assert probability(replace(measured, **{name: low})) >= probability(
            replace(measured, **{name: high})
        )


def test_a_clear_match_is_answered_and_a_clear_miss_is_not():
    assert probability(Signals(0.8, 0.95, 0.2, 1.0, 0.4, 0.0)) > 0.9 > THRESHOLD
    assert probability(Signals(0.1, 0.1, 0.8, 0.0, 0.4, 1.0)) < 0.1 < THRESHOLD


@pytest.fixture
def generation(settings, write_guide, embedder):
    write_guide(
        "faqs/visas.md",
        "## Which visa fits an observership?\n\nA visitor visa generally fits an observership.\n",
    )
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    opened = Generation(store.folder(store.live_id()))
    yield opened
    opened.close()


def measure(generation, embedder, text, near):
    vector = embedder.encode_questions([text])[0]
    return signals(generation, text, search(generation, text, vector, depth=10), near)


def test_signals_of_a_question_that_the_guides_ask_themselves(generation, embedder):
    found = measure(
        generation, embedder, "Which visa fits an observership?",
        nearness(not_held=0.1, outside=0.3, crisis=0.9),
    )  # fmt: skip
    assert found.asked == pytest.approx(1, abs=1e-3)
    assert 0.5 < found.passage < 1
    assert found.covered == pytest.approx(1)
    assert found.unanswerable == 0.3
    assert found.length == 3 / 12


def test_words_that_the_guides_do_not_hold_lower_what_is_covered(generation, embedder):
    half = measure(generation, embedder, "visa parking", nearness())
    none = measure(generation, embedder, "cafeteria parking", nearness())
    assert 0 < half.covered < 0.5, "an unknown word weighs more than a known one"
    assert none.covered == 0


@pytest.mark.parametrize(
    ("text", "perishable"),
    [
        ("what is the phone number of the office", 1),
        ("did ECFMG say anything today", 1),
        ("may I phone the coordinator", 0),
        ("how do I write an e-mail to a doctor", 0),
    ],
)
def test_contact_details_and_the_news_of_a_day_are_perishable(
    generation, embedder, text, perishable
):
    assert measure(generation, embedder, text, nearness()).perishable == perishable


def test_a_question_without_content_words_has_signals_too(generation, embedder):
    found = measure(generation, embedder, "what is that?", nearness())
    assert (found.covered, found.length) == (0.0, 0.0)
    assert probability(found) < THRESHOLD


def test_length_stops_counting_at_twelve_words(generation, embedder):
    many = " ".join(f"word{number}" for number in range(40))
    assert measure(generation, embedder, many, nearness()).length == 1
