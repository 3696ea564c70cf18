"""An answer is made of the guides' own sentences, chosen and ordered."""

from __future__ import annotations

import pytest

from assistant.answering.asks import Ask
from assistant.answering.extractive import Chosen, compose
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.index.vectors import Vectors
from assistant.retrieval.hybrid import Ranking, search
from assistant.retrieval.understanding import understand

PAY = """## Are externships paid?

Most externships in the U.S. are unpaid.
A few outpatient clinics offer a small salary.
Parking is often free of charge.

## May a graduate be paid?

Nobody agrees on pay for graduates.

> [!CONFLICT]
> The AMA says that graduates can only watch without pay (2026).
> A seller says that graduates may be paid in its externships (2019).

## What does a stay cost?

Which costs are there?
These are the costs of an externship:

- a programme fee of $500 (2024)
- liability insurance of $100 (2024)
"""
AGAIN = """## Is there a salary?

Most externships in the U.S. are unpaid.
Unpaid externships leave you to cover rent and food.
"""


def ask_first(text: str, vector: Vectors, ranking: Ranking) -> Ask:
    """The question as one ask of the section found first."""
    return Ask(text, vector, ranking.passages[0].passage.section_id, 1.0)


@pytest.fixture
def asked(settings, write_guide, embedder):
    write_guide("faqs/pay.md", PAY, title="Pay")
    write_guide("articles/money.md", AGAIN, title="Money")
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    generation = Generation(store.folder(store.live_id()))

    def ask(question: str) -> list[Chosen]:
        (vectors,) = embedder.encode_query([question])
        ranking = search(generation, understand(question), vectors, depth=50)
        return compose(generation, [ask_first(question, vectors.primary, ranking)], ranking)

    yield ask
    generation.close()


def texts(chosen: list[Chosen], role: str) -> list[str]:
    return [each.statement.text for each in chosen if each.role == role]


def test_the_sentence_that_answers_the_heading_comes_first(asked):
    chosen = asked("Are externships paid?")
    assert texts(chosen, "lead")[0] == "Most externships in the U.S. are unpaid."
    assert chosen[0].found.passage.id == "pay#are-externships-paid"


def test_leads_stand_in_one_section_and_in_its_order(asked):
    for question in ("Are externships paid?", "what does a stay cost?", "salary"):
        leads = [each for each in asked(question) if each.role == "lead"]
        assert len({each.found.passage.section_id for each in leads}) == 1
        starts = [each.statement.start for each in leads]
        assert starts == sorted(starts)


def test_a_short_section_is_quoted_whole(asked):
    said = texts(asked("Are externships paid?"), "lead")
    assert len(said) == 3
    assert said[-1] == "Parking is often free of charge."


def test_of_a_long_section_the_opening_and_the_nearest_sentences_are_quoted(
    settings, write_guide, embedder
):
    filler = "The weather in this town is usually quite mild during the whole of the year.\n" * 12
    body = f"## What do observers wear?\n\nObservers wear a white coat.\n{filler}"
    write_guide("faqs/coat.md", f"{body}Shoes are closed and clean for every observer.\n")
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    generation = Generation(store.folder(store.live_id()))
    (vectors,) = embedder.encode_query(["which shoes do observers wear"])
    ranking = search(generation, understand("which shoes"), vectors, depth=9)
    said = texts(
        compose(generation, [ask_first("which shoes", vectors.primary, ranking)], ranking), "lead"
    )
    generation.close()
    assert said[0] == "Observers wear a white coat."
    assert said[-1] == "Shoes are closed and clean for every observer."
    assert len(" ".join(said).split()) < 130


def test_what_was_said_is_not_said_again_by_another_guide(asked):
    said = [each.statement.text for each in asked("Are externships paid?")]
    assert said.count("Most externships in the U.S. are unpaid.") == 1


def test_a_conflict_is_always_shown_with_both_sides(asked):
    chosen = asked("May a graduate be paid?")
    conflicts = [each for each in chosen if each.statement.kind == "conflict"]
    assert len(conflicts) == 1
    assert "The AMA says" in conflicts[0].statement.text
    assert "A seller says" in conflicts[0].statement.text


def test_a_conflict_of_another_question_is_not_drawn_in_for_its_own_sake(asked):
    assert not [
        each for each in asked("What does a stay cost?") if each.statement.kind == "conflict"
    ]


def test_a_question_or_a_bare_lead_in_is_never_quoted(asked):
    for question in ("Which costs are there?", "what are the costs of an externship"):
        said = [each.statement.text for each in asked(question)]
        assert said
        assert not [text for text in said if text.endswith((":", "?"))]


def test_a_list_is_quoted_whole_with_its_lead_in(asked):
    said = texts(asked("what does a stay cost?"), "lead")
    fees = [text for text in said if "programme fee" in text]
    assert len(fees) == 1
    assert fees[0].startswith("These are the costs of an externship:")
    assert "liability insurance" in fees[0]


def test_everything_said_is_a_statement_of_the_passage_it_names(asked):
    for question in ("externship pay", "rent and food", "zzz"):
        chosen = asked(question)
        for each in chosen:
            assert each.statement in each.found.passage.statements
            span = each.found.document.text[each.statement.start : each.statement.end]
            assert span.strip()


def test_nothing_is_composed_of_passages_that_only_ask(settings, write_guide, embedder):
    write_guide("articles/open.md", "## Open questions\n\nWho pays for parking?\n")
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    generation = Generation(store.folder(store.live_id()))
    (vectors,) = embedder.encode_query(["parking"])
    ranking = search(generation, understand("parking"), vectors, depth=9)
    assert compose(generation, [ask_first("parking", vectors.primary, ranking)], ranking) == []
    generation.close()
