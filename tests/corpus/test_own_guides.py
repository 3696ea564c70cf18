"""The project's own guides keep the rules that corpus/README.md gives to staff."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from assistant.corpus.checks.run import check_corpus
from assistant.corpus.documents import Document
from assistant.corpus.reader import Corpus, read_corpus
from assistant.index.embeddings import Embedder
from assistant.settings import PROJECT, Settings

FOLDER = PROJECT / "corpus"


@pytest.fixture(scope="module")
def own(embedder: Embedder) -> Corpus:
    """The guides with all findings, as on the day of their last review."""
    corpus = read_corpus(FOLDER, embedder.count_tokens, Settings.load().passage_tokens)
    last = max(each.reviewed for each in corpus.documents if each.reviewed)
    return check_corpus(corpus, last, embedder.encode_questions)


def headings(document: Document) -> list[str]:
    return re.findall(r"^## (.+)$", document.text, re.MULTILINE)


def faqs(own: Corpus) -> list[Document]:
    return [each for each in own.documents if each.kind == "faq"]


def test_they_are_read_without_errors_or_warnings(own: Corpus) -> None:
    assert [str(each) for each in own.findings] == []


def test_they_cover_the_subject(own: Corpus) -> None:
    kinds = Counter(each.kind for each in own.documents)
    assert kinds["article"] >= 50
    assert sum(len(headings(each)) for each in faqs(own)) >= 300
    assert kinds["programme"] >= 50
    assert len(own.glossary) >= 150
    assert kinds["record"] == 0


def test_every_guide_file_is_a_document(own: Corpus) -> None:
    folders = ("articles", "faqs", "programmes")
    files = {path.stem for folder in folders for path in (FOLDER / folder).glob("*.md")}
    assert {each.id for each in own.documents} == files | {"glossary"}


def test_every_source_has_an_address_and_a_date(own: Corpus) -> None:
    for document in own.documents:
        assert document.sources or document.kind == "glossary", document.id
        for source in document.sources.values():
            assert re.match(r"https?://[^/\s]+\.[a-z]+", source.url), (document.id, source.key)
            assert re.match(r"(\d{4}(-\d\d){0,2}|undated)\Z", source.as_of), source.key


def test_no_source_speaks_for_a_time_after_the_review(own: Corpus) -> None:
    for document in own.documents:
        assert document.reviewed is not None
        for source in document.sources.values():
            if source.as_of != "undated":
                reviewed = document.reviewed.isoformat()[: len(source.as_of)]
                assert source.as_of <= reviewed, (document.id, source.key)


def test_every_faq_entry_says_how_else_it_is_asked(own: Corpus) -> None:
    for document in faqs(own):
        entries = re.split(r"^## ", document.text, flags=re.MULTILINE)[1:]
        for entry in entries:
            question, *lines = entry.splitlines()
            asked = [line for line in lines if line.startswith("Also asked:")]
            assert len(asked) == 1, question
            assert re.search(r"\w", asked[0].removeprefix("Also asked:")), question


def test_every_heading_with_text_is_found_as_a_section(own: Corpus) -> None:
    for document in faqs(own):
        mine = [each for each in own.passages if each.document_id == document.id]
        found = list(dict.fromkeys(each.headings[-1] for each in mine))
        assert found == headings(document)


def test_no_reader_sees_the_line_also_asked(own: Corpus) -> None:
    shown = [each.text for passage in own.passages for each in passage.statements]
    labels = ("also asked:", "stands for:", "also called:")
    assert not [text for text in shown if any(label in text.lower() for label in labels)]


def test_every_conflict_names_two_sides_and_its_sources(own: Corpus) -> None:
    conflicts = [
        each for passage in own.passages for each in passage.statements if each.kind == "conflict"
    ]
    assert conflicts
    for conflict in conflicts:
        assert conflict.footnotes, conflict.text
        assert len(re.findall(r"[.)](?:\s|\Z)", conflict.text)) >= 2, conflict.text
