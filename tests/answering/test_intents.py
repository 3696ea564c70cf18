"""What kind of message it is, by the fitted model."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.answering.intents import KINDS, IntentModel, Intents, examples, model_name
from assistant.index.embeddings import Embedder
from assistant.settings import Settings


@pytest.fixture(scope="module")
def alone() -> Embedder:
    """The first embedding model without the second."""
    return Embedder.load(Settings.load(multilingual=False))


def kinds_of(model: IntentModel, embedder: Embedder, text: str) -> dict[str, float]:
    (vectors,) = embedder.encode_query([text])
    return vars(model(vectors))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I do not want to be alive any longer", "crisis"),
        ("mañana ya no estaré y nadie lo notará", "crisis"),
        ("please write me a false certificate for my observership", "refused"),
        ("give me a recipe for soup", "outside"),
        ("what is the mobile number of the coordinator there", "not_held"),
    ],
)
def test_a_message_is_inside_the_border_of_its_kind_alone(embedder, text, kind):
    found = kinds_of(IntentModel.load(embedder), embedder, text)
    assert max(found, key=found.get) == kind
    assert found[kind] > -0.4
    assert all(margin < found[kind] for name, margin in found.items() if name != kind)


@pytest.mark.parametrize(
    "text",
    [
        "How long is an observership at a big hospital?",
        "¿Cuánto cuesta una rotación en Estados Unidos?",
        "this exam is killing me, when should I take it?",
    ],
)
def test_an_ordinary_question_is_no_crisis_no_deceit_and_not_outside_the_subject(embedder, text):
    found = kinds_of(IntentModel.load(embedder), embedder, text)
    assert all(found[kind] < -0.5 for kind in ("crisis", "refused", "outside")), found


def test_there_is_a_model_for_the_first_embedding_model_alone(alone, embedder):
    assert model_name(alone) != model_name(embedder)
    found = kinds_of(IntentModel.load(alone), alone, "I want to die")
    assert max(found, key=found.get) == "crisis"


def test_another_embedding_model_gets_a_model_of_its_own(alone):
    texts = {kind: each[:12] for kind, each in examples().items()}
    model = IntentModel.fit({kind: alone.encode_query(each) for kind, each in texts.items()})
    found = kinds_of(model, alone, texts["crisis"][0])
    assert found["crisis"] > 0
    assert set(found) == set(KINDS)


def test_what_is_stored_gives_the_same_margins(alone):
    few = {kind: alone.encode_query(each[:30]) for kind, each in examples().items()}
    model = IntentModel.fit(few)
    stored = model.stored()
    again = IntentModel(
        stored["support"].astype(np.float32) * stored["scale"], stored["dual"], stored["bias"]
    )
    for text in ("I am lost", "are externships paid", "sell me a letter"):
        (vectors,) = alone.encode_query([text])
        assert vars(again(vectors)) == pytest.approx(vars(model(vectors)), abs=0.03)


def test_the_mean_of_two_measurements_lies_between_them():
    one = Intents(crisis=1.0, refused=-1.0, not_held=0.0, outside=0.5)
    other = Intents(crisis=0.0, refused=-2.0, not_held=0.0, outside=0.5)
    assert one.mean(other) == Intents(crisis=0.5, refused=-1.5, not_held=0.0, outside=0.5)
