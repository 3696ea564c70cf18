"""Which files of a corpus folder are read, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.corpus.files import corpus_fingerprint
from assistant.corpus.reader import read_corpus
from assistant.index.embeddings import Embedder
from tests.conftest import WriteGuide
from tests.corpus.helpers import Read, ids, only, place


@pytest.mark.parametrize("name", [None, "notes.docx", "README.md", "golden/a.md"])
def test_a_folder_without_guides_is_an_error(read: Read, folder: Path, name: str | None) -> None:
    if name:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    corpus = read()
    (error,) = corpus.errors
    assert error.message == "There are no guides in this folder."
    assert error.file == str(folder)


def test_a_missing_folder_is_an_error(folder: Path, embedder: Embedder) -> None:
    corpus = read_corpus(folder / "gone", embedder.count_tokens, 220)
    assert "does not exist" in only(corpus).message
    assert "--corpus" in only(corpus).remedy


def test_other_kinds_of_files_are_named_and_not_read(
    read: Read, write_guide: WriteGuide, folder: Path
) -> None:
    write_guide("a.md", "Ask.")
    (folder / "fees.xlsx").write_bytes(b"\xff\x00")
    corpus = read()
    assert place(corpus) == ("fees.xlsx", 0, "warning")
    assert ids(corpus) == ["a"]


def test_golden_questions_readmes_and_hidden_files_are_not_read(
    read: Read, write_guide: WriteGuide
) -> None:
    write_guide("articles/a.md", "Ask.")
    for name in ("golden/b.md", "README.md", "faqs/README.md", ".drafts/c.md", "faqs/.d.md"):
        write_guide(name, "Not a guide.")
    write_guide("articles/golden.md", "Ask.")
    corpus = read()
    assert ids(corpus) == ["a", "golden"]
    assert corpus.findings == ()


def test_a_file_that_cannot_be_opened_is_an_error(
    read: Read, write_guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    shut = write_guide("a.md", "Ask.")
    write_guide("b.md", "Ask.")
    opened = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        if path == shut:
            raise PermissionError(13, "Permission denied")
        return opened(path)

    # Taking the permission away does not stop root, who runs tests in containers.
    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    corpus = read()
    assert place(corpus) == ("a.md", 0, "error")
    assert "Permission denied" in only(corpus).message
    assert ids(corpus) == ["b"]


def test_the_fingerprint_follows_names_and_content_of_guides_only(
    read: Read, write_guide: WriteGuide, folder: Path
) -> None:
    path = write_guide("a.md", "Ask.")
    first = read().fingerprint
    write_guide("golden/q.md", "x")
    (folder / "README.md").write_text("x")
    assert read().fingerprint == first == corpus_fingerprint(folder)
    path.rename(folder / "b.md")
    renamed = read().fingerprint
    write_guide("b.md", "Ask!")
    assert len({first, renamed, read().fingerprint}) == 3
    assert read().fingerprint == corpus_fingerprint(folder)
