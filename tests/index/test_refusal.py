"""What stops a publication: the live generation then stays byte for byte."""

import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.corpus.documents import Document, Passage
from assistant.errors import CorpusError, GenerationDamaged
from assistant.index import ingest as steps
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest, rollback
from assistant.index.manifest import Manifest
from assistant.index.store import Store
from assistant.index.vectors import CorpusVectors
from assistant.index.writing import write_generation
from assistant.settings import Settings
from tests.conftest import WriteGuide

VISA = "## Which visa is used?\n\nGraduates usually enter with a B-1 visa.\n"
FEE = "## What does it cost?\n\nMany programmes ask for 500 USD a week.\n"


def bytes_below(folder: Path) -> dict[str, bytes]:
    """Every file."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def content_below(folder: Path) -> dict[str, object]:
    """Every file; of Chroma the rows, as it notes in a table of locks that it was opened."""
    content: dict[str, object] = {
        name: content for name, content in bytes_below(folder).items() if "/chroma/" not in name
    }
    for path in folder.rglob("chroma.sqlite3"):
        with closing(sqlite3.connect(path)) as connection:
            rows = [line for line in connection.iterdump() if "acquire_write" not in line]
        content[path.relative_to(folder).as_posix()] = rows
    return content


@pytest.fixture
def published(settings: Settings, write_guide: WriteGuide, embedder: Embedder) -> Settings:
    write_guide("articles/visas.md", VISA)
    ingest(settings, embedder)
    return settings


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("articles/fees.md", b"no front matter", "front matter"),
        ("articles/fees.md", b"---\ntitle: \xff\n---\n", "not UTF-8"),
        ("export.jsonl", b'{"_id": "a", "text": "A."}\n{"_id": ', "not JSON"),
        ("export.jsonl", b'{"_id": "visas", "text": "A."}\n', "already taken"),
    ],
)
def test_a_broken_file_stops_the_publication(
    published: Settings, embedder: Embedder, name: str, content: bytes, why: str
) -> None:
    before = bytes_below(published.data_dir)
    (published.corpus_dir / name).write_bytes(content)
    with pytest.raises(CorpusError, match=why) as caught:
        ingest(published, embedder)
    assert name in str(caught.value)
    assert bytes_below(published.data_dir) == before
    (published.corpus_dir / name).unlink()
    assert ingest(published, embedder).outcome == "unchanged"


@pytest.mark.parametrize("missing", [False, True])
def test_an_empty_or_missing_corpus_folder_deletes_nothing(
    published: Settings, embedder: Embedder, missing: bool
) -> None:
    before = bytes_below(published.data_dir)
    shutil.rmtree(published.corpus_dir)
    if not missing:
        published.corpus_dir.mkdir()
    with pytest.raises(CorpusError):
        ingest(published, embedder)
    assert bytes_below(published.data_dir) == before


def test_the_same_text_in_two_documents_passes_the_probe(
    published: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/twin.md", VISA)
    report = ingest(published, embedder)
    assert report.outcome == "published"
    assert report.counts["passages"] == 2
    assert report.embedded == {"passages_new": 0, "passages_reused": 2, "questions_new": 0}


def test_vectors_that_find_another_passage_stop_the_publication(
    published: Settings,
    write_guide: WriteGuide,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write_wrong_vectors(
        folder: Path,
        manifest: Manifest,
        documents: Sequence[Document],
        passages: Sequence[Passage],
        vectors: CorpusVectors,
    ) -> None:
        wrong = np.concatenate([vectors.passages[:-1], -vectors.passages[-1:]])
        write_generation(folder, manifest, documents, passages, replace(vectors, passages=wrong))

    before = content_below(published.data_dir)
    write_guide("articles/fees.md", FEE)
    # Chroma does not lose vectors on demand: the real writer is handed a wrong one.
    monkeypatch.setattr(steps, "write_generation", write_wrong_vectors)
    with pytest.raises(GenerationDamaged, match="Nothing was published") as caught:
        ingest(published, embedder)
    assert "1 of 2 passages" in str(caught.value)
    assert "visas#" in str(caught.value)
    assert "fees#" not in str(caught.value)
    assert content_below(published.data_dir) == before


def test_passages_that_read_back_differently_stop_the_publication(
    published: Settings,
    write_guide: WriteGuide,
    embedder: Embedder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def write_other_heading(
        folder: Path, manifest: Manifest, documents: Any, passages: Sequence[Passage], vectors: Any
    ) -> None:
        changed = [replace(passages[0], headings=("Other",)), *passages[1:]]
        write_generation(folder, manifest, documents, changed, vectors)

    before = content_below(published.data_dir)
    write_guide("articles/fees.md", FEE)
    # A disk that alters what it keeps cannot be had in a test.
    monkeypatch.setattr(steps, "write_generation", write_other_heading)
    with pytest.raises(GenerationDamaged, match="differ from those written"):
        ingest(published, embedder)
    assert content_below(published.data_dir) == before


def test_a_damaged_live_generation_is_built_anew(published: Settings, embedder: Embedder) -> None:
    store = Store(published.data_dir)
    damaged = store.live_id()
    (store.folder(damaged) / "passages.jsonl").write_bytes(b"")
    report = ingest(published, embedder)
    assert report.outcome == "published"
    assert report.embedded["passages_new"] == 1
    assert store.live_id() != damaged
    Generation(store.folder(store.live_id())).close()


def test_a_rollback_to_a_damaged_generation_is_refused(
    published: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    store = Store(published.data_dir)
    older = store.live_id()
    write_guide("articles/fees.md", FEE)
    live = ingest(published, embedder).generation
    (store.folder(older) / "statements.npy").write_bytes(b"")
    with pytest.raises(GenerationDamaged, match=older):
        rollback(published)
    assert store.live_id() == live


def test_another_model_embeds_everything_anew(published: Settings, embedder: Embedder) -> None:
    other = Embedder(embedder._model, replace(embedder.card, name="other"), 8)
    report = ingest(published, other)
    assert report.outcome == "published"
    assert report.embedded == {"passages_new": 1, "passages_reused": 0, "questions_new": 1}
