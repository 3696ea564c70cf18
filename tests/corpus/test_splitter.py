"""Sections are cut between statements, within the limit, and lists stay whole where they fit."""

from __future__ import annotations

import pytest

from assistant.corpus.documents import Passage
from assistant.corpus.markdown import Section, parse_guide
from assistant.corpus.splitter import split_section
from assistant.index.embeddings import Embedder

TITLE = "Visas for observers"
SENTENCE = "An observer on a visitor visa watches rounds and touches no patient."


def section(body: str) -> Section:
    (only,) = parse_guide(body, 0, TITLE, "visas.md").sections
    return only


def split(body: str, embedder: Embedder, limit: int) -> list[Passage]:
    return split_section("visas", section(body), embedder.count_tokens, limit)


def test_a_short_section_is_one_passage(embedder: Embedder) -> None:
    (only,) = split("## Is it paid?\n\nNo. Never.\n", embedder, 220)
    assert only.id == "visas#is-it-paid"
    assert [each.text for each in only.statements] == ["No.", "Never."]
    assert only.headings == (TITLE, "Is it paid?")


def test_a_long_section_is_cut_into_parts_of_similar_length(embedder: Embedder) -> None:
    parts = split("## Is it paid?\n\n" + f"{SENTENCE} " * 20, embedder, 100)
    lengths = embedder.count_tokens([each.embedded for each in parts])
    assert len(parts) > 2
    assert max(lengths) <= 100
    assert min(lengths) > max(lengths) / 2


def test_parts_are_numbered_and_share_their_section(embedder: Embedder) -> None:
    parts = split("## Is it paid?\n\n" + f"{SENTENCE} " * 12, embedder, 100)
    expected = ["visas#is-it-paid", *(f"visas#is-it-paid.{n}" for n in range(2, len(parts) + 1))]
    assert [each.id for each in parts] == expected
    assert {each.section_id for each in parts} == {"visas#is-it-paid"}


def test_only_the_first_part_carries_the_questions(embedder: Embedder) -> None:
    body = "## Is it paid?\n\nAlso asked: any salary; Is it paid?\n\n" + f"{SENTENCE} " * 12
    first, *others = split(body, embedder, 100)
    assert first.questions == ("Is it paid?", "any salary")
    assert others
    assert all(each.questions == () for each in others)


def test_a_short_heading_is_asked_with_the_title(embedder: Embedder) -> None:
    (only,) = split("## Fees\n\nNone.\n", embedder, 220)
    assert only.questions == ("Visas for observers: Fees",)


def test_a_list_that_fits_is_one_statement(embedder: Embedder) -> None:
    (only,) = split("Bring these:\n\n- a CV\n- a letter\n- a card\n", embedder, 220)
    (papers,) = only.statements
    assert papers.kind == "list"
    assert papers.text == "Bring these:\n- a CV\n- a letter\n- a card"


def test_a_list_that_is_too_long_is_cut_between_items(embedder: Embedder) -> None:
    items = [f"document number {n} of the hospital's list" for n in range(40)]
    parts = split("Bring these:\n\n" + "".join(f"- {each}\n" for each in items), embedder, 64)
    shown = "\n".join(each.text for part in parts for each in part.statements)
    assert len(parts) > 1
    assert shown == "\n".join(["Bring these:", *(f"- {each}" for each in items)])


@pytest.mark.parametrize("limit", [32, 64, 220])
def test_a_list_of_many_short_items_stays_within_the_limit(embedder: Embedder, limit: int) -> None:
    body = "Bring these:\n\n" + "- x\n" * 150
    parts = split(body, embedder, limit)
    assert max(embedder.count_tokens([each.embedded for each in parts])) <= limit


def test_a_statement_over_the_limit_stands_alone_and_whole(embedder: Embedder) -> None:
    long = "Observers " + "watch and watch and " * 40 + "go home."
    parts = split(f"{SENTENCE} {long} {SENTENCE}", embedder, 64)
    assert [[each.text for each in part.statements] for part in parts] == [
        [SENTENCE],
        [long],
        [SENTENCE],
    ]


def test_a_heading_over_the_limit_leaves_room_for_text(embedder: Embedder) -> None:
    body = "## " + "long heading " * 60 + "\n\n" + f"{SENTENCE} " * 8
    parts = split(body, embedder, 64)
    assert 1 < len(parts) <= 8
    assert sum(len(each.statements) for each in parts) == 8


def test_a_section_without_headings_asks_nothing(embedder: Embedder) -> None:
    bare = Section((), "text", 1, section(SENTENCE).groups)
    (only,) = split_section("record", bare, embedder.count_tokens, 220)
    assert only.questions == ()
    assert only.id == "record#text"
