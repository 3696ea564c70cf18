"""Writes a generation's files; `assistant.index.generation` has their layout and reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import numpy as np
from chromadb.api.client import Client

from assistant.corpus.documents import Document, Passage
from assistant.index.exact import ExactIndex
from assistant.index.generation import open_chroma
from assistant.index.lexical import Lexicon
from assistant.index.manifest import DISTANCE, Manifest
from assistant.index.sections import SectionSpace
from assistant.index.vectors import CorpusVectors, Vectors

__all__ = ["write_generation"]

_GRAPH = {"ef_search": 200, "ef_construction": 200, "max_neighbors": 32}
"""HNSW's breadth of search and building. The search is broader than its depth, so that its 100
nearest are the true ones. With Chroma's own 100 and 16, up to 8 of 4,500 questions of which 330
differ in one name were not found by their own vector; with these, all were."""


def write_generation(
    folder: Path,
    manifest: Manifest,
    documents: Sequence[Document],
    passages: Sequence[Passage],
    vectors: CorpusVectors,
) -> None:
    """Write a whole generation into an empty folder.

    Args:
        vectors: in the order of the passages, and of the questions of one after the other.

    """
    _write_lines(folder / "documents.jsonl", (document.as_dict() for document in documents))
    _write_lines(folder / "passages.jsonl", (passage.as_dict() for passage in passages))
    np.save(folder / "statements.npy", np.concatenate(vectors.statements).astype(np.float16))
    second = vectors.multilingual_passages, vectors.multilingual_questions
    if second[0] is not None and second[1] is not None:
        ExactIndex.write(folder, second[0], second[1])
    if space := SectionSpace.fit(passages, vectors):
        space.write(folder)
    Lexicon.build([_lexical_text(passage) for passage in passages]).save(folder / "bm25")
    client = open_chroma(folder)
    try:
        _fill(
            client,
            "passages",
            [p.id for p in passages],
            [p.fingerprint for p in passages],
            vectors.passages,
        )
        asked = [(f"{p.id}?{n}", q) for p in passages for n, q in enumerate(p.english_questions)]
        _fill(client, "questions", [i for i, _ in asked], [q for _, q in asked], vectors.questions)
    finally:
        client.close()
    manifest.write(folder)


def _lexical_text(passage: Passage) -> str:
    return "\n".join((passage.embedded, *passage.english_questions))


def _fill(client: Client, name: str, ids: list[str], contents: list[str], vectors: Vectors) -> None:
    collection = client.create_collection(
        name,
        configuration=cast("Any", {"hnsw": {"space": DISTANCE, **_GRAPH}}),
        embedding_function=None,
    )
    size = client.get_max_batch_size()
    for at in range(0, len(ids), size):
        collection.add(
            ids=ids[at : at + size],
            embeddings=cast("Any", vectors[at : at + size]),
            metadatas=[{"content": content} for content in contents[at : at + size]],
        )


def _write_lines(path: Path, rows: Iterator[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
