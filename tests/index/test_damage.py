"""A damaged generation is refused, and the message says what mends it."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assistant.corpus.documents import Passage, Statement
from assistant.errors import GenerationDamaged
from assistant.index.generation import Generation, open_chroma
from assistant.index.vectors import CorpusVectors
from assistant.index.writing import write_generation

REMEDY = "Run `python ingest.py`, or `python ingest.py --rollback`."


def delete(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut_in_half(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def fill_with_zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def drop_last_line(path: Path) -> None:
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))


@pytest.mark.parametrize("harm", [delete, empty, cut_in_half, fill_with_zeros])
@pytest.mark.parametrize(
    "part",
    [
        "documents.jsonl",
        "passages.jsonl",
        "statements.npy",
        "bm25/indices.csc.index.npy",
        "bm25/vocab.index.json",
        "chroma/chroma.sqlite3",
    ],
)
def test_a_damaged_part_is_refused_with_the_remedy(
    copy: Path, part: str, harm: Callable[[Path], None]
) -> None:
    harm(copy / part)
    with pytest.raises(GenerationDamaged, match="cannot be opened") as caught:
        Generation(copy)
    assert copy.name in str(caught.value)
    assert str(caught.value).endswith(REMEDY)


@pytest.mark.parametrize("harm", [delete, empty, cut_in_half, fill_with_zeros])
def test_a_damaged_manifest_is_refused_with_the_remedy(
    copy: Path, harm: Callable[[Path], None]
) -> None:
    harm(copy / "manifest.json")
    with pytest.raises(GenerationDamaged, match="no readable manifest") as caught:
        Generation(copy)
    assert str(caught.value).endswith(REMEDY)


@pytest.mark.parametrize("part", ["documents.jsonl", "passages.jsonl"])
def test_a_part_that_lost_whole_lines_is_refused(copy: Path, part: str) -> None:
    drop_last_line(copy / part)
    with pytest.raises(GenerationDamaged) as caught:
        Generation(copy)
    assert str(caught.value).endswith(REMEDY)


def test_statements_that_do_not_fit_the_passages_are_refused(copy: Path) -> None:
    vectors = np.load(copy / "statements.npy")
    np.save(copy / "statements.npy", vectors[:-1])
    with pytest.raises(GenerationDamaged, match=f"{len(vectors) - 1} of {len(vectors)} statements"):
        Generation(copy)


@pytest.mark.parametrize("name", ["passages", "questions"])
def test_a_vector_that_chroma_lost_is_noticed(copy: Path, name: str) -> None:
    client = open_chroma(copy)
    collection = client.get_collection(name, embedding_function=None)
    collection.delete(ids=collection.get(limit=1)["ids"])
    client.close()
    with pytest.raises(GenerationDamaged, match=f"Chroma holds .* {name}"):
        Generation(copy)


def test_vectors_of_chroma_that_cannot_be_read_are_noticed(copy: Path) -> None:
    generation = Generation(copy)
    (document,) = generation.documents.values()
    statement = Statement(0, 1, "A")
    passages = [Passage(f"{document.id}#{n}", document.id, (), (statement,)) for n in range(1100)]
    counts = {"documents": 1, "passages": 1100, "statements": 1100, "questions": 0}
    vectors = np.random.default_rng(1).normal(size=(1100, 384)).astype(np.float32)
    large = copy.with_name("large")  # Chroma writes graph files from 1,000 vectors on
    large.mkdir()
    write_generation(
        large,
        replace(generation.manifest, counts=counts, multilingual=None),
        [document],
        passages,
        CorpusVectors(vectors, list(vectors[:, None]), np.empty((0, 384), np.float32)),
    )
    generation.close()
    Generation(large).close()
    (graph,) = (path.parent for path in large.glob("chroma/*/index_metadata.pickle"))
    (graph / "data_level0.bin").unlink()
    with pytest.raises(GenerationDamaged) as caught:
        Generation(large)
    assert str(caught.value).endswith(REMEDY)


def test_a_missing_part_is_not_made_anew(copy: Path) -> None:
    shutil.rmtree(copy / "chroma")
    with pytest.raises(GenerationDamaged, match="chroma"):
        Generation(copy)
    assert not (copy / "chroma").exists()
