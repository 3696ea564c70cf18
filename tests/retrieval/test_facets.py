"""Readers confuse pairs; a passage about the other one is no answer."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.assistant import Assistant
from assistant.corpus.documents import Document, Passage, Statement
from assistant.index.ingest import ingest
from assistant.retrieval.facets import conflicts, facets_of, with_values_of

GUIDE = Document("g", "Guide", "x" * 200, "article", "g.md")


def passage(heading: str, text: str = "It is so.") -> Passage:
    return Passage("g#s", "g", ("Guide", heading), (Statement(0, len(text), text),))


@pytest.mark.parametrize(
    ("text", "facet", "values"),
    [
        ("may i observe on b1", "visa", {"B-1"}),
        ("tourist visa or J 1?", "visa", {"B-1", "B-2", "J-1"}),
        ("B1/B2 stamp", "visa", {"B-1", "B-2"}),
        ("is ESTA enough", "visa", {"ESTA"}),
        ("my green card came", "visa", {"green card"}),
        ("H1B after residency", "visa", {"H-1B"}),
        ("I am a final year student", "status", {"student"}),
        ("yog 2015", "status", {"graduate"}),
        ("I have a student visa", "visa", {"F-1"}),
        ("failed step 2 ck", "exam", {"Step 2"}),
        ("a rotation in Houston, TX", "state", {"Texas"}),
        ("observership in new york", "state", {"New York"}),
        ("paediatric elective", "specialty", {"pediatrics"}),
        ("hands on externship", "mode", {"hands-on"}),
        ("US citizen, Caribbean school", "citizenship", {"U.S. citizen"}),
        ("match 2027", "year", {"2027"}),
    ],
)
def test_a_facet_is_read_however_it_is_written(text, facet, values):
    assert facets_of(text)[facet] == values


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("what is it to me", "state"),
        ("in or out", "state"),
        ("I have student loans", "status"),
        ("step by step", "exam"),
        ("vitamin b 12", "visa"),
    ],
)
def test_what_only_looks_like_one_is_none(text, facet):
    assert facets_of(text)[facet] == frozenset()


@pytest.mark.parametrize(
    ("question", "other", "right"),
    [
        ("may I observe on B-1", "May I observe on a B-2 visa?", "May I observe on a B-1 visa?"),
        ("may I moonlight on J-1", "May I moonlight on H-1B?", "May I moonlight on J-1?"),
        ("may I moonlight on H1B", "May I moonlight on J-1?", "May I moonlight on H-1B?"),
        ("I graduated, may I do it", "May a student do it?", "May a graduate do it?"),
        ("as a final year student, may I", "May a graduate do it?", "May a student do it?"),
        ("what does an observership cost", "What does an externship cost?", "Observership fees"),
        ("what does an externship cost", "What does an observership cost?", "Externship fees"),
        ("law in Texas", "The law in Ohio", "The law in Texas"),
        ("is OET needed", "When is IELTS needed?", "When is OET needed?"),
        ("attempts at step 1", "How often may I take Step 2?", "How often may I take Step 1?"),
        ("psychiatry place", "Where are surgery places?", "Where are psychiatry places?"),
    ],
)
def test_of_a_confused_pair_only_the_one_that_was_asked_about_fits(question, other, right):
    asked = facets_of(question)
    assert conflicts(asked, passage(other), GUIDE)
    assert not conflicts(asked, passage(right), GUIDE)


def test_general_passages_and_those_that_name_both_stay_welcome():
    asked = facets_of("may I observe on a B-1 visa")
    assert not conflicts(asked, passage("Who may observe?", "A J-1 scholar may."), GUIDE)
    both = passage("May I observe on a B-2 visa?", "B-1 and B-2 visitors may both observe.")
    assert not conflicts(asked, both, GUIDE)
    assert not conflicts(facets_of("may I observe"), passage("On a B-2 visa"), GUIDE)


def test_a_programme_is_about_the_state_that_it_names():
    programme = replace(GUIDE, kind="programme")
    asked = facets_of("observership in Texas")
    there = passage("How do I apply?", "Write to the office in Cleveland, Ohio.")
    assert conflicts(asked, there, programme) == {"state"}
    assert not conflicts(asked, there, GUIDE)


def test_a_follow_up_replaces_what_it_names_anew():
    before = "Can I observe on a B-1/B-2 visa in Texas?"
    assert (
        with_values_of(before, facets_of("and on a J-2?"))
        == "Can I observe on a J-2 visa in Texas?"
    )
    assert (
        with_values_of(before, facets_of("and in Ohio"))
        == "Can I observe on a B-1/B-2 visa in Ohio?"
    )
    assert with_values_of(before, facets_of("how long?")) == before


VISAS = """## May I start residency on an H-1B visa?

An H-1B visa needs Step 3 before the residency starts.

## May I watch on a B-2 visa?

A B-2 tourist may watch for a few days.

## Who decides at the border?

The border officer decides about every visitor.
"""


@pytest.fixture
def assistant(settings, write_guide, embedder):
    write_guide("faqs/visas.md", VISAS, title="Visas")
    ingest(settings, embedder)
    return Assistant(settings, embedder)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("may I start residency on a J-1 visa", None, "h-1b"),
        ("may I start residency on an H-1B visa", "h-1b", "b-2"),
        ("may I watch on a B-1 visa", None, "b-2"),
        ("may I watch on a B-2 visa", "b-2", "h-1b"),
    ],
)
def test_another_visa_class_is_never_quoted(assistant, question, right, wrong):
    cited = {citation.passage_id for citation in assistant.ask(question).citations}
    assert not any(wrong in each for each in cited)
    assert right is None or any(right in each for each in cited)
