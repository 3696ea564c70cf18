"""Each line of a `*.jsonl` export is a document; a faulty line is named and the rest is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.corpus.reader import Corpus, read_corpus
from assistant.index.embeddings import Embedder

ReadExport = Callable[..., Corpus]


@pytest.fixture
def read(tmp_path: Path, embedder: Embedder) -> ReadExport:
    def run(*lines: object) -> Corpus:
        folder = tmp_path / "exports"
        folder.mkdir(exist_ok=True)
        written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
        (folder / "all.jsonl").write_text("\n".join(written), encoding="utf-8", newline="")
        return read_corpus(folder, embedder.count_tokens, 220)

    return run


def fault(corpus: Corpus) -> tuple[str, int, str]:
    (finding,) = corpus.findings
    assert finding.severity == "error"
    return finding.file, finding.line, finding.message


def test_a_beir_record_is_read_and_its_other_fields_ignored(read: ReadExport) -> None:
    corpus = read({"_id": "doc7", "title": "Fees", "text": "A fee. Ask.", "metadata": {"a": 1}})
    (document,) = corpus.documents
    assert (document.id, document.title, document.kind) == ("doc7", "Fees", "record")
    assert document.text == "A fee. Ask."
    assert document.path == "all.jsonl:1"
    (passage,) = corpus.passages
    assert passage.id == "doc7#text"
    assert [each.text for each in passage.statements] == ["A fee.", "Ask."]
    assert corpus.findings == ()


def test_url_and_review_date_are_kept(read: ReadExport) -> None:
    url = "https://example.org/A b".replace(" ", "%20")
    record = {"id": "a", "text": "Ask.", "url": url, "reviewed": "2026-03-14"}
    (document,) = read(record).documents
    assert document.url == url
    assert document.reviewed is not None
    assert document.reviewed.isoformat() == "2026-03-14"


def test_integer_ids_become_text(read: ReadExport) -> None:
    corpus = read({"_id": 7, "text": "Seven."}, {"id": 8, "text": "Eight."})
    assert [each.id for each in corpus.documents] == ["7", "8"]


def test_blank_lines_are_passed_over_and_still_counted(read: ReadExport) -> None:
    corpus = read("", {"_id": "a", "text": "One."}, "  \t", "", {"_id": "b", "text": "Two."}, "")
    assert [each.path for each in corpus.documents] == ["all.jsonl:2", "all.jsonl:5"]
    assert corpus.findings == ()


def test_a_byte_order_mark_and_windows_line_endings_change_nothing(read: ReadExport) -> None:
    record = json.dumps({"_id": "a", "text": "One."})
    corpus = read("\ufeff" + record + "\r", record.replace('"a"', '"b"') + "\r", "")
    assert [each.id for each in corpus.documents] == ["a", "b"]
    assert corpus.findings == ()


@pytest.mark.parametrize(
    "line",
    [
        '{"_id": "b", "text": "cut',
        "b,text",
        '{"_id": "b"} {"_id": "c"}',
        '{"_id": "b", "text": "half a sign \\ud800"}',
        '{"_id": ' + "1" * 5000 + ', "text": "x"}',
        "[" * 100_000,
    ],
    ids=["cut", "csv", "two on a line", "half a surrogate", "huge number", "deeply nested"],
)
def test_a_malformed_line_is_named_and_the_others_are_read(read: ReadExport, line: str) -> None:
    corpus = read({"_id": "a", "text": "One."}, line, {"_id": "z", "text": "Two."})
    file, number, message = fault(corpus)
    assert (file, number) == ("all.jsonl", 2)
    assert message.startswith("The line is not JSON: ")
    assert "line 1" not in message
    assert [each.id for each in corpus.documents] == ["a", "z"]


@pytest.mark.parametrize(
    ("record", "field"),
    [
        ({"text": "No id."}, "_id"),
        ({"_id": "", "text": "x"}, "_id"),
        ({"_id": None, "text": "x"}, "_id"),
        ({"_id": "a"}, "text"),
        ({"_id": "a", "text": ["x"]}, "text"),
        ({"_id": "a", "text": "x", "url": "example"}, "url"),
        ({"_id": "a", "text": "x", "reviewed": "soon"}, "reviewed"),
        (["a", "x"], "record"),
    ],
)
def test_a_record_that_cannot_be_used_is_named(
    read: ReadExport, record: object, field: str
) -> None:
    corpus = read({"_id": "ok", "text": "One."}, record)
    assert fault(corpus)[:2] == ("all.jsonl", 2)
    assert fault(corpus)[2].startswith(f"The record cannot be used: {field}: ")
    assert [each.id for each in corpus.documents] == ["ok"]


@pytest.mark.parametrize("text", ["", " \n ", "…"])
def test_a_record_without_any_words_is_an_error(read: ReadExport, text: str) -> None:
    corpus = read({"_id": "ok", "text": "One."}, {"_id": "n", "text": text, "title": ""})
    assert fault(corpus) == ("all.jsonl", 2, "The record n has no text.")
    assert [each.id for each in corpus.documents] == ["ok"]


def test_a_record_with_a_title_only_is_quoted_from_its_title(read: ReadExport) -> None:
    corpus = read({"_id": "t", "title": "Fees rose.", "text": " "})
    assert [each.text for each in corpus.documents] == ["Fees rose."]
    assert [each.text for p in corpus.passages for each in p.statements] == ["Fees rose."]


def test_a_record_without_a_title_is_named_by_its_id(read: ReadExport) -> None:
    corpus = read({"_id": "t", "text": "Ask."})
    assert corpus.documents[0].title == "t"
    assert corpus.passages[0].headings == ()
    assert corpus.passages[0].questions == ()


def test_an_id_that_is_taken_is_an_error_on_the_second_line(read: ReadExport) -> None:
    corpus = read({"_id": "1", "text": "One."}, {"_id": 1, "text": "Two."})
    file, line, message = fault(corpus)
    assert (file, line) == ("all.jsonl", 2)
    assert "all.jsonl:1" in message
    assert [each.text for each in corpus.documents] == ["One."]


def test_no_sentence_reaches_over_a_blank_line(read: ReadExport) -> None:
    corpus = read({"_id": "a", "text": "A heading\n\nA sentence over\ntwo lines.\n\n\nLast"})
    (passage,) = corpus.passages
    assert [each.text for each in passage.statements] == [
        "A heading",
        "A sentence over two lines.",
        "Last",
    ]


def test_markdown_in_an_export_is_plain_text(read: ReadExport) -> None:
    corpus = read({"_id": "a", "text": "# 1 *and* [^x] stay."})
    (statement,) = corpus.passages[0].statements
    assert statement.text == "# 1 *and* [^x] stay."
    assert statement.footnotes == ()
    assert corpus.findings == ()
