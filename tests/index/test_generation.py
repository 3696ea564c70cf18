"""A generation on disk: it reads back what was written, and searches it."""

import json
from dataclasses import replace
from pathlib import Path

import chromadb
import numpy as np
import pytest
from chromadb.config import Settings as ChromaSettings

from assistant.errors import GenerationMismatch
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation, open_chroma
from assistant.settings import PROJECT


def test_what_was_written_is_read_back(built: Path) -> None:
    generation = Generation(built)
    counts = generation.manifest.counts
    (document,) = generation.documents.values()
    assert generation.id == built.name
    assert document.text == (PROJECT / "corpus" / "faqs" / "faq-whom-to-ask.md").read_text("utf-8")
    assert len(generation.passages) == counts["passages"] > 5
    for row, passage in enumerate(generation.passages):
        vectors = generation.statement_vectors(row)
        assert vectors.shape == (len(passage.statements), 384)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-2)
    generation.close()


def test_a_passage_is_nearest_to_its_own_words(built: Path, embedder: Embedder) -> None:
    generation = Generation(built)
    passage = generation.passages[3]
    rows, similarities = generation.nearest_passages(
        embedder.encode_questions([passage.embedded])[0], 5
    )
    assert rows[0] == 3
    assert similarities[0] == pytest.approx(1, abs=1e-3)
    assert list(similarities) == sorted(similarities, reverse=True)
    assert len(set(rows)) == 5
    generation.close()


def test_a_question_finds_its_section_and_each_passage_once(
    built: Path, embedder: Embedder
) -> None:
    generation = Generation(built)
    row = next(n for n, passage in enumerate(generation.passages) if len(passage.questions) > 1)
    for question in generation.passages[row].questions:
        rows, similarities = generation.nearest_questions(
            embedder.encode_questions([question])[0], 30
        )
        assert rows[0] == row
        assert similarities[0] == pytest.approx(1, abs=1e-3)
        assert len(set(rows)) == len(rows)
    generation.close()


def test_more_than_there_is_can_be_asked_for(built: Path, embedder: Embedder) -> None:
    generation = Generation(built)
    rows, _ = generation.nearest_passages(embedder.encode_questions(["letter"])[0], 1000)
    assert sorted(rows) == list(range(len(generation.passages)))
    generation.close()


def test_chroma_is_set_to_cosine_and_sends_no_telemetry(built: Path) -> None:
    client = open_chroma(built)
    for name in ("passages", "questions"):
        collection = client.get_collection(name, embedding_function=None)
        assert collection.configuration_json["hnsw"]["space"] == "cosine"
    assert client.get_settings().anonymized_telemetry is False
    assert ChromaSettings().anonymized_telemetry is True  # Chroma's own default
    client.close()
    assert json.loads((built / "manifest.json").read_text("utf-8"))["distance"] == "cosine"


def test_another_format_names_the_command_that_mends_it(copy: Path) -> None:
    path = copy / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "format": 99}), "utf-8")
    with pytest.raises(GenerationMismatch, match="format 99; this version reads format 3"):
        Generation(copy)


def test_another_model_is_refused_and_the_same_is_not(built: Path, embedder: Embedder) -> None:
    generation = Generation(built)
    generation.check_model(embedder.card)
    other = replace(embedder.card, name="other-model", sha256="f" * 64)
    with pytest.raises(GenerationMismatch, match="other-model") as caught:
        generation.check_model(other)
    assert "Run `python ingest.py`" in str(caught.value)
    generation.close()


def test_a_search_that_finds_another_text_first_is_named(built: Path, embedder: Embedder) -> None:
    generation = Generation(built)
    whole, _ = embedder.encode_passages(generation.passages)
    asked = [question for passage in generation.passages for question in passage.questions]
    questions = embedder.encode_questions(asked)
    assert generation.not_found_first(whole, questions) == []
    wrong = whole.copy()
    wrong[2] = embedder.encode_questions(["A recipe for bread"])[0]
    assert generation.not_found_first(wrong, questions) == [generation.passages[2].id]
    assert generation.not_found_first(whole, questions[:-1]) == [
        f"({len(asked)} of {len(asked) - 1} questions)"
    ]
    generation.close()


def test_one_that_is_open_twice_stays_open_when_one_is_closed(
    built: Path, embedder: Embedder
) -> None:
    first, second = Generation(built), Generation(built)
    second.close()
    rows, _ = first.nearest_passages(embedder.encode_questions(["letter"])[0], 3)
    assert len(rows) == 3
    first.close()


def test_chromas_own_default_would_be_another_distance(tmp_path: Path) -> None:
    client = chromadb.PersistentClient(
        path=str(tmp_path / "plain"), settings=ChromaSettings(anonymized_telemetry=False)
    )
    plain = client.create_collection("plain", embedding_function=None)
    assert plain.configuration_json["hnsw"]["space"] != "cosine"
    client.close()
