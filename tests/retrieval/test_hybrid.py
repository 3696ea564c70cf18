"""Three searches become one ranking."""

from __future__ import annotations

import math
from collections.abc import Iterator

import pytest

from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.retrieval.hybrid import Ranking, best_by_document, search
from assistant.retrieval.understanding import understand

VISAS = """## Which visa fits an observership?

Also asked: may I watch on a tourist visa?

A visitor visa generally fits an observership.

## Who decides at the border?

The border officer decides the entry of every visitor.
"""
COSTS = """## What does an observership cost?

A host charges a fee of $500 a month (2024).

## Which form is called DS-2019?

The sponsor of an exchange visitor issues the form DS-2019.
"""


@pytest.fixture
def generation(settings, write_guide, embedder) -> Iterator[Generation]:
    write_guide("faqs/visas.md", VISAS, title="Visas")
    write_guide("faqs/costs.md", COSTS, title="Costs")
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    opened = Generation(store.folder(store.live_id()))
    yield opened
    opened.close()


def ask(
    generation: Generation, embedder: Embedder, text: str, depth: int = 50, top: int | None = None
) -> Ranking:
    (vectors,) = embedder.encode_query([text])
    return search(generation, understand(text), vectors, depth=depth, top=top)


def test_every_passage_stands_once_and_the_scores_fall(generation, embedder):
    found = ask(generation, embedder, "how much is an observership").passages
    ids = [each.passage.id for each in found]
    assert sorted(ids) == sorted(passage.id for passage in generation.passages)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] <= 1 + 1e-6
    assert all(each.passage.document_id == each.document.id for each in found)


def test_a_question_in_the_guides_own_words_finds_its_section_first(generation, embedder):
    best = ask(generation, embedder, "may I watch on a tourist visa?").passages[0]
    assert best.passage.id == "visas#which-visa-fits-an-observership"
    assert best.question == pytest.approx(1, abs=1e-3)
    assert best.dense < best.question


def test_a_rare_word_is_found_by_bm25(generation, embedder):
    best = ask(generation, embedder, "DS 2019").passages[0]
    assert best.passage.id == "costs#which-form-is-called-ds-2019"
    assert best.lexical > 0


def test_a_question_without_any_word_of_the_guides_is_still_ranked(generation, embedder):
    found = ask(generation, embedder, "zzz qqq").passages
    assert len(found) == len(generation.passages)
    assert {each.lexical for each in found} == {0}
    assert not any(math.isnan(each.score) for each in found)


def test_top_cuts_the_same_ranking_short(generation, embedder):
    whole = ask(generation, embedder, "visa fee").passages
    assert ask(generation, embedder, "visa fee", top=2).passages == whole[:2]


def test_what_the_dense_search_did_not_return_has_no_cosine_and_no_advantage(generation, embedder):
    found = ask(generation, embedder, "DS 2019", depth=1).passages
    assert len(found) < len(generation.passages)
    for each in found:
        assert 0 <= each.score <= 1 + 1e-6
        assert math.isnan(each.dense) or each.dense <= 1 + 1e-6


def test_each_document_stands_once_by_its_best_passage(generation, embedder):
    ranking = ask(generation, embedder, "cost of an observership")
    best = best_by_document(ranking, 10)
    assert [each.document.id for each in best] == ["costs", "visas"]
    assert best[0] == ranking.passages[0]
    assert len(best_by_document(ranking, 1)) == 1
