"""Whatever a guide holds, each statement slices out of it, and splitting loses none."""

from __future__ import annotations

import json
import re
import tempfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.corpus.documents import Statement
from assistant.corpus.markdown import parse_guide
from assistant.corpus.reader import Corpus, read_corpus
from assistant.corpus.sentences import sentence_statements
from assistant.corpus.splitter import split_section
from assistant.index.embeddings import Embedder
from assistant.settings import PROJECT, Settings

MATTER = """---
title: Visas
summary: Which visa fits.
topics: [visas]
audience: [graduate]
reviewed: 2026-11-22
review_every: 90
---
"""
few = settings(deadline=None, max_examples=120)

WORD = st.text("abcdefghij", min_size=1, max_size=7)
SENTENCE = st.builds(
    lambda words, stop: " ".join(words).capitalize() + stop,
    st.lists(WORD, min_size=1, max_size=8),
    st.sampled_from([".", "?", ".[^ama]", " in the U.S.", ":", "", " §5 – 3.5 €.", " 😀日本。"]),
)
LINES = st.lists(SENTENCE, min_size=1, max_size=4)
BLOCK = st.one_of(
    LINES.map("\n".join),
    LINES.map(" ".join),
    SENTENCE.map(lambda text: f"## {text}"),
    LINES.map(lambda lines: "\n".join(f"- {line}" for line in lines)),
    LINES.map(lambda lines: "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))),
    LINES.map(lambda lines: "\n".join(f"> {line}" for line in ["[!CONFLICT]", *lines])),
    LINES.map(lambda rows: "| A | B |\n|---|---|\n" + "\n".join(f"| {row} | x |" for row in rows)),
    LINES.map(lambda lines: "```\n" + "\n".join(lines) + "\n```"),
)
TIDY = st.lists(BLOCK, min_size=1, max_size=12).map("\n\n".join)
SIGNS = st.text("ab1é日😀 \n\t.:;?!#-*+>|[]()^`_~<&\\=\u00a0\u2028\x0c\x00\r", max_size=120)
WILD = st.one_of(SIGNS, st.text(max_size=80), st.lists(st.one_of(BLOCK, SIGNS)).map("\n".join))


def read(name: str, content: str, embedder: Embedder, limit: int = 220) -> Corpus:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, name).write_text(content, encoding="utf-8", newline="")
        return read_corpus(Path(folder), embedder.count_tokens, limit)


def check_spans(corpus: Corpus) -> None:
    documents = {each.id: each for each in corpus.documents}
    ids = [each.id for each in corpus.passages]
    assert len(ids) == len(set(ids))
    for document_id, document in documents.items():
        mine = [each for each in corpus.passages if each.document_id == document_id]
        statements = [each for passage in mine for each in passage.statements]
        for statement in statements:
            quote = document.text[statement.start : statement.end]
            assert quote
            assert quote == quote.strip()
            assert statement.text.strip()
        for one, following in pairwise(statements):
            assert one.end <= following.start


def inside(small: Statement, large: Statement) -> bool:
    return large.start <= small.start and small.end <= large.end and small.text in large.text


@few
@given(body=st.one_of(TIDY, WILD))
def test_every_statement_of_any_guide_slices_out_of_the_file(embedder: Embedder, body: str) -> None:
    check_spans(read("guide.md", MATTER + body, embedder))


@few
@given(text=WILD, title=st.text(max_size=20))
def test_every_statement_of_any_export_slices_out_of_its_text(
    embedder: Embedder, text: str, title: str
) -> None:
    record = {"_id": "a", "title": title, "text": text}
    corpus = read("all.jsonl", json.dumps(record) + "\n", embedder)
    check_spans(corpus)
    assert corpus.documents or corpus.errors


@few
@given(text=WILD)
def test_no_letter_of_plain_text_is_lost(text: str) -> None:
    found = sentence_statements(text, 0, len(text), markdown=False)
    quoted = "".join(text[each.start : each.end] for each in found)
    assert [sign for sign in quoted if sign.isalnum()] == [sign for sign in text if sign.isalnum()]


@few
@given(body=TIDY)
def test_no_word_below_the_headings_of_a_guide_is_lost(body: str) -> None:
    guide = parse_guide(body, 0, "Visas", "visas.md")
    shown = " ".join(s.text for each in guide.sections for group in each.groups for s in group)
    unheaded = re.sub(r"^## .*$|\[\^ama\]|!CONFLICT", "", body, flags=re.MULTILINE)
    words = re.findall(r"[A-Z]?[a-j]{3,}", unheaded)
    at = 0
    for word in words:
        at = shown.find(word, at)
        assert at >= 0, word
        at += len(word)


@few
@given(body=st.one_of(TIDY, WILD), limit=st.sampled_from([32, 48, 220]))
def test_splitting_loses_no_statement_and_keeps_their_order(
    embedder: Embedder, body: str, limit: int
) -> None:
    for section in parse_guide(body.replace("\r", "\n"), 0, "Visas", "visas.md").sections:
        parts = split_section("visas", section, embedder.count_tokens, limit)
        after = [each for part in parts for each in part.statements]
        before = [each for group in section.groups for each in group]
        at = 0
        for statement in before:
            while at < len(after) and not inside(statement, after[at]):
                at += 1
            assert at < len(after), statement
        assert all(any(inside(one, each) for one in before) for each in after)


@few
@given(body=TIDY, limit=st.sampled_from([32, 48, 220]))
def test_no_passage_is_over_the_limit_unless_one_statement_is(
    embedder: Embedder, body: str, limit: int
) -> None:
    for section in parse_guide(body, 0, "Visas", "visas.md").sections:
        (heading,) = embedder.count_tokens([" > ".join(section.headings)])
        allowed = max(limit, heading + limit // 2)  # a long heading still leaves half for text
        parts = split_section("visas", section, embedder.count_tokens, limit)
        lengths = embedder.count_tokens([part.embedded for part in parts])
        for part, length in zip(parts, lengths, strict=True):
            assert length <= allowed or len(part.statements) == 1


@pytest.fixture(scope="module")
def own(embedder: Embedder) -> Corpus:
    limit = Settings.load().passage_tokens
    return read_corpus(PROJECT / "corpus", embedder.count_tokens, limit)


def test_quotes_of_the_own_guides_are_clean(own: Corpus) -> None:
    check_spans(own)
    documents = {each.id: each for each in own.documents}
    for passage in own.passages:
        for statement in passage.statements:
            quote = documents[passage.document_id].text[statement.start : statement.end]
            assert not re.search(r"\[\^[^\]]*\]?\Z", quote), passage.id
            assert not quote.startswith("[!"), passage.id
            assert "[^" not in statement.text, passage.id


def test_no_sentence_of_the_own_guides_starts_in_the_middle(own: Corpus) -> None:
    for passage in own.passages:
        for statement in passage.statements:
            assert not statement.text.startswith("S. "), passage.id
            assert not re.match(r"[a-z,;.)]", statement.text), (passage.id, statement.text)


def test_no_passage_of_the_own_guides_is_over_the_limit(own: Corpus, embedder: Embedder) -> None:
    lengths = embedder.count_tokens([each.embedded for each in own.passages])
    assert max(lengths) <= Settings.load().passage_tokens
