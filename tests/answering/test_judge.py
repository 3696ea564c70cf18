"""How sure it is that the guides answer a question."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.intents import Intents
from assistant.answering.judge import (
    BOTH_MODELS,
    ONE_MODEL,
    THRESHOLD,
    Signals,
    probability,
    signals,
)
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.retrieval.hybrid import search
from assistant.retrieval.understanding import understand

share = st.floats(0, 1)
margin = st.floats(-2, 2)
flag = st.sampled_from((0.0, 1.0))
any_signals = st.builds(Signals, share, share, share, margin, margin, share, flag, flag, flag)
any_fit = st.sampled_from((BOTH_MODELS, ONE_MODEL))


def intents(**margins: float) -> Intents:
    return Intents(
        **{"crisis": -1.0, "refused": -1.0, "not_held": -1.0, "outside": -1.0, **margins}
    )


@given(any_signals, any_fit)
@settings(deadline=None)
def test_a_probability_lies_between_nought_and_one(measured, fit):
    assert 0 < probability(measured, fit) < 1


@given(any_signals, share, any_fit)
@settings(deadline=None)
def test_what_speaks_for_an_answer_raises_it_and_what_speaks_against_lowers_it(
    measured, other, fit
):
    for name in ("passage", "asked", "covered"):
        low, high = sorted((getattr(measured, name), other))
        weaker = probability(replace(measured, **{name: low}), fit)
        assert weaker <= probability(replace(measured, **{name: high}), fit)
    for name in ("not_held", "outside", "perishable", "unknown"):
        low, high = sorted((getattr(measured, name), other))
        stronger = probability(replace(measured, **{name: low}), fit)
        assert stronger >= probability(replace(measured, **{name: high}), fit)


def test_a_clear_match_is_answered_and_a_clear_miss_is_not():
    hit = Signals(0.9, 0.97, 0.0, -1.5, -1.5, 1.0, 0.0, 0.0, 0.0)
    miss = Signals(0.4, 0.4, 0.0, 0.8, -0.5, 0.0, 1.0, 0.0, 0.0)
    for fit in (BOTH_MODELS, ONE_MODEL):
        assert probability(hit, fit) > 0.9 > THRESHOLD
        assert probability(miss, fit) < 0.1 < THRESHOLD


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
    (vectors,) = embedder.encode_query([text])
    query = understand(text)
    return signals(generation, query, search(generation, query, vectors, depth=10), near)


def test_signals_of_a_question_that_the_guides_ask_themselves(generation, embedder):
    found = measure(
        generation, embedder, "Which visa fits an observership?",
        intents(not_held=0.1, outside=0.3, crisis=0.9),
    )  # fmt: skip
    assert found.asked == pytest.approx(1, abs=1e-2)
    assert 0.8 < found.passage < 1
    assert found.covered == pytest.approx(1)
    assert (found.not_held, found.outside) == (0.1, 0.3)
    assert found.foreign == 0


def test_words_that_the_guides_do_not_hold_lower_what_is_covered(generation, embedder):
    half = measure(generation, embedder, "visa parking", intents())
    none = measure(generation, embedder, "cafeteria parking", intents())
    assert 0 < half.covered < 0.5, "an unknown word weighs more than a known one"
    assert none.covered == 0


@pytest.mark.parametrize(
    ("text", "perishable"),
    [
        ("what is the phone number of the office", 1),
        ("did ECFMG say anything today", 1),
        ("Did my application to the hospital arrive?", 1),
        ("what is the status of my application", 1),
        ("may I phone the coordinator", 0),
        ("is my school accepted", 0),
        ("how do I write an e-mail to a doctor", 0),
    ],
)
def test_contact_details_and_the_news_of_a_day_are_perishable(
    generation, embedder, text, perishable
):
    assert measure(generation, embedder, text, intents()).perishable == perishable


def test_a_question_without_content_words_has_signals_too(generation, embedder):
    found = measure(generation, embedder, "what is that?", intents())
    assert found.covered == 0.0
    assert probability(found, BOTH_MODELS) < THRESHOLD


def test_words_of_another_language_are_not_compared(generation, embedder):
    found = measure(generation, embedder, "¿Qué visa necesito para una observership?", intents())
    assert (found.foreign, found.covered) == (1.0, 0.0)
    assert found.asked > 0.85


def test_without_the_second_model_the_first_is_asked(settings, write_guide):
    alone = Embedder.load(settings.model_copy(update={"multilingual": False}))
    write_guide("faqs/visas.md", "## Which visa fits?\n\nA visitor visa generally fits.\n")
    ingest(settings, alone)
    store = Store(settings.data_dir)
    opened = Generation(store.folder(store.live_id()))
    found = measure(opened, alone, "Which visa fits?", intents())
    opened.close()
    assert found.asked == pytest.approx(1, abs=1e-3)
    assert found.passage < 0.95
