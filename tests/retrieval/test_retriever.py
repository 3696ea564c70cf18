"""The search as a LangChain retriever."""

from __future__ import annotations

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import RunnableLambda

from assistant.errors import NoGeneration
from assistant.index.ingest import ingest
from assistant.index.live import LiveIndex
from assistant.index.store import Store
from assistant.retrieval.retriever import GuideRetriever

BODY = """## Which visa fits an observership?

A visitor visa generally fits an observership.[^ama]

## What does an observership cost?

A host charges a fee of $500 a month (2024).
"""


@pytest.fixture
def retriever(settings, embedder):
    index = LiveIndex(Store(settings.data_dir), embedder)
    yield GuideRetriever(index=index, embedder=embedder, top=2)
    index.close()


def test_it_is_a_langchain_retriever_that_gives_documents(
    retriever, settings, write_guide, embedder
):
    path = write_guide("articles/visas.md", BODY, title="Visas")
    ingest(settings, embedder)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("which visa for an observership?")
    assert all(isinstance(each, Document) for each in found)
    best = found[0]
    assert best.id == best.metadata["passage_id"] == "visas#which-visa-fits-an-observership"
    assert best.page_content == "A visitor visa generally fits an observership."
    assert "[^ama]" not in best.page_content
    assert best.metadata["document_id"] == "visas"
    assert best.metadata["title"] == "Visas"
    assert best.metadata["section"] == "Which visa fits an observership?"
    assert best.metadata["reviewed"] == "2026-11-22"
    text = path.read_text(encoding="utf-8")
    span = text[best.metadata["start"] : best.metadata["end"]]
    assert span == "A visitor visa generally fits an observership."


def test_it_stands_in_a_chain(retriever, settings, write_guide, embedder):
    write_guide("articles/visas.md", BODY)
    ingest(settings, embedder)
    chain = retriever | RunnableLambda(lambda found: [each.page_content for each in found])
    assert chain.invoke("observership fee?")[0] == "A host charges a fee of $500 a month (2024)."
    first, second = chain.batch(["observership fee?", "which visa?"])
    assert first[0] != second[0]


def test_top_limits_what_is_given(retriever, settings, write_guide, embedder):
    write_guide("articles/visas.md", BODY)
    ingest(settings, embedder)
    one = retriever.model_copy(update={"top": 1})
    assert len(retriever.invoke("observership")) == 2
    assert len(one.invoke("observership")) == 1


def test_a_misspelt_question_finds_the_same_first(retriever, settings, write_guide, embedder):
    write_guide("articles/visas.md", BODY)
    ingest(settings, embedder)
    right = retriever.ranked("what does an observership cost")
    wrong = retriever.ranked("what does an obsrvershp cost")
    assert [each.passage.id for each in wrong] == [each.passage.id for each in right]


def test_a_new_generation_is_found_at_the_next_question(retriever, settings, write_guide, embedder):
    path = write_guide("articles/visas.md", BODY)
    ingest(settings, embedder)
    assert retriever.invoke("visa")
    path.unlink()
    write_guide("articles/letters.md", "## Who writes letters?\n\nA supervisor writes letters.\n")
    ingest(settings, embedder)
    assert {each.metadata["document_id"] for each in retriever.invoke("visa")} == {"letters"}


def test_without_an_index_it_says_so(retriever):
    with pytest.raises(NoGeneration, match="ingest"):
        retriever.invoke("which visa?")
