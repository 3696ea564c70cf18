"""Real parts for every test: the bundled model, real folders, a real index.

Each test has its own home, working folder and environment, and no network but loopback.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from pytest_socket import socket_allow_hosts

from assistant.answering.assistant import Assistant
from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.settings import PREFIX, PROJECT, Settings

WriteGuide = Callable[..., Path]

SOURCE = {
    "title": "AMA, Finding an observership FAQs",
    "url": "https://ama-assn.org/finding-observership-faqs",
    "kind": "official",
    "as_of": 2026,
}


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test its own home and folder, a clean environment, and only loopback."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for name in list(os.environ):
        if name.startswith(PREFIX):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.chdir(tmp_path)
    socket_allow_hosts(["127.0.0.1", "localhost", "::1"], allow_unix_socket=True)


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The bundled model, loaded once."""
    return Embedder.load(Settings.load())


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings with an empty corpus folder and a data folder that does not exist yet."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return Settings.load(corpus_dir=corpus, data_dir=tmp_path / "data")


@pytest.fixture
def write_guide(settings: Settings) -> WriteGuide:
    """Write a guide into the corpus folder: `write_guide("articles/visas.md", body, title=…)`.

    The front matter is complete; keyword arguments replace fields, None leaves one out.
    """

    def write(name: str, body: str, **fields: object) -> Path:
        matter = {
            "title": "Visas for observers",
            "summary": "Which visa fits an observership.",
            "topics": ["visas"],
            "audience": ["graduate"],
            "reviewed": "2026-11-22",
            "review_every": 90,
            "sources": {"ama": SOURCE} if "[^ama]" in body else {},
            **fields,
        }
        kept = {key: value for key, value in matter.items() if value is not None}
        text = yaml.safe_dump(kept, sort_keys=False).replace("'2026-11-22'", "2026-11-22")
        path = settings.corpus_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{text}---\n\n{body}", encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="session")
def guides(tmp_path_factory: pytest.TempPathFactory, embedder: Embedder) -> Settings:
    """Settings whose data folder holds the project's own guides, ingested once. Do not change."""
    settings = Settings.load(
        corpus_dir=PROJECT / "corpus", data_dir=tmp_path_factory.mktemp("guides")
    )
    ingest(settings, embedder)
    return settings


@pytest.fixture(scope="session")
def assistant(guides: Settings, embedder: Embedder) -> Assistant:
    """The assistant over the project's own guides. Do not change its data folder."""
    return Assistant(guides, embedder)
