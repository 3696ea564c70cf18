"""Two hospitals, or two things, side by side; and a hospital that was not asked about."""

from __future__ import annotations

import pytest

from assistant.answering.assistant import Assistant
from assistant.index.ingest import ingest
from assistant.retrieval.understanding import Turn
from assistant.settings import Settings

MATTER = """---
title: "{title}"
summary: What it offers.
topics: [usce]
audience: [graduate]
reviewed: 2026-11-22
review_every: 90
sources: {{}}
"""
PROGRAMME = (
    MATTER
    + """kind: observership
host: {title}
names: [{name}]
url: https://example.org/{name}
as_of: 2025
---

## What does {name} charge observers?

{name} charges observers a fee of ${fee} for four weeks.

## How long may I observe at {name}?

{name} takes observers for {weeks} weeks.
"""
)
FAQ = (
    MATTER
    + """---

## What is a 214(b) refusal?

A 214(b) refusal closes the case, and a new application needs a new fee.

## What is a 221(g) refusal?

A 221(g) refusal is a pause until the officer has more papers.

## How do I open a bank account?

Bring the passport and the letter of the host to the bank.
"""
)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    home = tmp_path_factory.mktemp("compare")
    for folder in ("programmes", "faqs"):
        (home / "corpus" / folder).mkdir(parents=True)
    for title, name, fee, weeks in (
        ("Tufts University", "Tufts", 7500, "four"),
        ("Griffin Hospital", "Griffin", 300, "eight"),
        ("Geisinger", "Geisinger", 900, "six"),
    ):
        text = PROGRAMME.format(title=title, name=name, fee=fee, weeks=weeks)
        (home / "corpus" / "programmes" / f"{name.lower()}.md").write_text(text, "utf-8")
    (home / "corpus" / "faqs" / "visas.md").write_text(FAQ.format(title="Visas"), "utf-8")
    settings = Settings.load(corpus_dir=home / "corpus", data_dir=home / "data")
    ingest(settings, embedder)
    return Assistant(settings, embedder)


def leads(answer):
    return [sentence.text for sentence in answer.sentences if sentence.role == "lead"]


def test_two_hospitals_are_answered_for_one_after_the_other(assistant):
    answer = assistant.ask("Griffin vs Tufts: how long may I observe, and what is the fee?")
    said = leads(answer)
    assert "Griffin" in said[0]
    assert "Tufts" in said[-1]
    told = " ".join(said)
    assert all(fact in told for fact in ("$300", "$7500", "eight weeks", "four weeks"))
    assert "Geisinger" not in answer.text


def test_two_things_are_answered_from_the_section_of_each(assistant):
    answer = assistant.ask("What is the difference between a 221(g) and a 214(b) refusal?")
    said = " ".join(leads(answer))
    assert "closes the case" in said
    assert "is a pause" in said


def test_another_hospitals_page_is_no_answer(assistant):
    trace = assistant.trace("What does Griffin charge observers?")
    assert "$300" in leads(trace.answer)[0]
    elsewhere = [found for found in trace.passages if "place" in found.conflicts]
    assert {found.document.id for found in elsewhere} == {"tufts", "geisinger"}
    assert "7500" not in trace.answer.text


def test_the_next_question_stays_with_the_hospital_that_was_answered(assistant):
    history = [
        Turn("user", "Which place is the cheapest?"),
        Turn("assistant", "Griffin Hospital charges the least."),
    ]
    answer = assistant.ask("and how long may I stay there?", history)
    assert "eight weeks" in leads(answer)[0]
