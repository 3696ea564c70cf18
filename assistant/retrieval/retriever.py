"""The hybrid search as a LangChain retriever, for use in anyone's chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from assistant.index.embeddings import Embedder
from assistant.index.live import LiveIndex
from assistant.retrieval.hybrid import CANDIDATES, Ranked, search
from assistant.retrieval.reranking import Reranker
from assistant.retrieval.understanding import Turn, understand
from assistant.retrieval.vocabulary import vocabulary_of

__all__ = ["GuideRetriever"]


class GuideRetriever(BaseRetriever):
    """Finds passages of the live generation.

    Each LangChain document holds a passage's text; its metadata name the passage, the document,
    the section, the review date, the fused score and the span in the document's text.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    index: LiveIndex
    embedder: Embedder
    reranker: Reranker | None = None
    depth: int = 100
    top: int | None = 8

    def ranked(self, question: str, history: Sequence[Turn] = ()) -> list[Ranked]:
        """The passages as this project's own values, best first."""
        with self.index.generation() as generation:
            query = understand(question, history, vocabulary_of(generation))
            (vectors,) = self.embedder.encode_query([query.search_text])
            wanted = max(self.top or 0, CANDIDATES) if self.reranker and self.top else self.top
            ranking = search(generation, query, vectors, depth=self.depth, top=wanted)
        if self.reranker:
            ranking = self.reranker.rerank(query, ranking)
        return list(ranking.passages[: self.top])

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [
            LangChainDocument(
                id=found.passage.id,
                page_content="\n".join(s.text for s in found.passage.statements),
                metadata=_metadata(found),
            )
            for found in self.ranked(query)
        ]


def _metadata(found: Ranked) -> dict[str, Any]:
    document, passage = found.document, found.passage
    return {
        "passage_id": passage.id,
        "document_id": document.id,
        "title": document.title,
        "section": passage.section,
        "reviewed": document.reviewed.isoformat() if document.reviewed else None,
        "url": document.url,
        "score": found.score,
        "start": passage.start,
        "end": passage.end,
    }
