"""A small published generation, shared by the tests of what reads it."""

import shutil
from pathlib import Path

import pytest

from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.settings import PROJECT, Settings


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Path:
    """A generation of one of the project's own guides. Do not change."""
    place = tmp_path_factory.mktemp("built")
    (place / "corpus" / "faqs").mkdir(parents=True)
    shutil.copy(PROJECT / "corpus" / "faqs" / "faq-whom-to-ask.md", place / "corpus" / "faqs")
    settings = Settings.load(corpus_dir=place / "corpus", data_dir=place / "data")
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    return store.folder(store.live_id())


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return shutil.copytree(built, tmp_path / built.name)
