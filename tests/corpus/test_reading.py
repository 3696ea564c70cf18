"""A folder is read whole: every fault is found, with its file, its line and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import SOURCE, WriteGuide
from tests.corpus.helpers import Read, ids, only, place


def test_the_id_is_the_file_s_name_unless_the_front_matter_gives_one(
    read: Read, write_guide: WriteGuide
) -> None:
    write_guide("articles/visas.md", "Ask.")
    write_guide("faqs/old-name.md", "Ask.", id="new-name")
    corpus = read()
    assert ids(corpus) == ["visas", "new-name"]
    assert [each.id for each in corpus.passages] == ["visas#overview", "new-name#overview"]
    assert corpus.findings == ()


def test_the_folder_decides_the_kind(read: Read, write_guide: WriteGuide) -> None:
    write_guide("articles/a.md", "Ask.")
    write_guide("faqs/b.md", "Ask.")
    write_guide("faqs.md", "Ask.")
    page = "https://example.org/p"
    fields = {"kind": "observership", "host": "Clinic", "url": page, "as_of": 2026}
    write_guide("programmes/d.md", "Ask.", **fields)
    found = {each.id: each.kind for each in read().documents}
    assert found == {"a": "article", "b": "faq", "faqs": "article", "d": "programme"}


def test_what_staff_wrote_is_kept_with_the_document(read: Read, write_guide: WriteGuide) -> None:
    write_guide("articles/visas.md", "Ask.[^ama]", topics=["visas", "costs"])
    (document,) = read().documents
    assert (document.title, document.path) == ("Visas for observers", "articles/visas.md")
    assert document.topics == ("visas", "costs")
    assert document.reviewed is not None
    assert document.reviewed.isoformat() == "2026-11-22"
    assert (document.sources["ama"].url, document.sources["ama"].as_of) == (SOURCE["url"], "2026")


def test_two_guides_with_one_id_are_an_error_and_the_first_stays(
    read: Read, write_guide: WriteGuide
) -> None:
    write_guide("articles/visas.md", "First.")
    write_guide("faqs/visas.md", "Second.")
    corpus = read()
    assert ids(corpus) == ["visas"]
    assert place(corpus) == ("faqs/visas.md", 1, "error")
    assert "already taken by articles/visas.md" in only(corpus).message
    assert [each.text for p in corpus.passages for each in p.statements] == ["First."]


def test_bytes_that_are_not_utf_8_are_named_with_their_line(
    read: Read, write_guide: WriteGuide
) -> None:
    path = write_guide("articles/visas.md", "Line.\n\nFees.")
    lines = path.read_bytes().count(b"\n", 0, path.read_bytes().index(b"Fees")) + 1
    path.write_bytes(path.read_bytes().replace(b"Fees", b"F\xe9es"))
    write_guide("articles/other.md", "Ask.")
    corpus = read()
    assert place(corpus) == ("articles/visas.md", lines, "error")
    assert "0xe9" in only(corpus).message
    assert ids(corpus) == ["other"]


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_a_byte_order_mark_and_other_line_endings_change_nothing(
    read: Read, write_guide: WriteGuide, ending: str
) -> None:
    path = write_guide("articles/visas.md", "## Paid?\n\nNo.\nNever.[^ama]\n\n- a\n- b\n")
    before = read()
    text = path.read_text(encoding="utf-8").replace("\n", ending)
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    after = read()
    assert after.findings == ()
    assert after.passages == before.passages
    assert after.documents == before.documents
    assert after.fingerprint != before.fingerprint


def test_a_guide_without_front_matter_is_an_error(read: Read, folder: Path) -> None:
    (folder / "a.md").write_text("# Visas\n\nAsk.\n")
    assert place(read()) == ("a.md", 1, "error")


def test_all_faults_of_all_files_are_found_at_once(read: Read, write_guide: WriteGuide) -> None:
    path = write_guide("a.md", "Ask.", title=None, colour="red")
    write_guide("b.md", "Ask.\n\nRule.[^lost]")
    corpus = read()
    assert [(each.file, each.message) for each in corpus.errors] == [
        ("a.md", "The field title is missing."),
        ("a.md", "The field colour is not known here."),
        ("b.md", "The footnote [^lost] has no source."),
    ]
    assert corpus.errors[1].line == path.read_text().splitlines().index("colour: red") + 1


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("title: ", "title: a: ", 2, "The front matter is not YAML"),
        ("topics:", "title: B\ntopics:", 4, "The field title stands twice."),
        ("reviewed: 2026-11-22", "reviewed: 2026-02-30", 8, "impossible value"),
    ],
)
def test_faults_of_front_matter_are_put_on_their_line(
    read: Read, write_guide: WriteGuide, old: str, new: str, line: int, message: str
) -> None:
    path = write_guide("a.md", "Ask.")
    path.write_text(path.read_text().replace(old, new, 1))
    corpus = read()
    assert place(corpus) == ("a.md", line, "error")
    assert message in only(corpus).message
    assert corpus.documents == ()


def test_an_unknown_footnote_is_put_on_its_line(read: Read, write_guide: WriteGuide) -> None:
    path = write_guide("a.md", "Rule.[^ama]\n\nRule.[^amaa]\n")
    line = path.read_text()[: path.read_text().index("[^amaa]")].count("\n") + 1
    corpus = read()
    assert place(corpus) == ("a.md", line, "error")
    assert "[^amaa]" in only(corpus).message


def test_a_source_that_is_never_used_is_a_warning_on_its_line(
    read: Read, write_guide: WriteGuide
) -> None:
    sources = {key: dict(SOURCE) for key in ("new-ama", "ama", "title")}
    path = write_guide("a.md", "Rule.[^new-ama][^title]", sources=sources)
    lines = path.read_text().splitlines()
    corpus = read()
    assert place(corpus) == ("a.md", lines.index("  ama:") + 1, "warning")
    assert corpus.errors == ()
    assert ids(corpus) == ["a"]


def test_a_guide_without_text_is_an_error(read: Read, write_guide: WriteGuide) -> None:
    write_guide("a.md", "\n<!-- to be written -->\n")
    corpus = read()
    assert place(corpus) == ("a.md", 0, "error")
    assert "no text" in only(corpus).message
