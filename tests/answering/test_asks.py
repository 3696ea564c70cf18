"""Several questions in one message, and questions whose answer turns on who asks."""

from __future__ import annotations

import pytest

from assistant import wording
from assistant.answering.assistant import Assistant
from assistant.index.ingest import ingest
from assistant.retrieval.understanding import Turn

GUIDE = """## Are externships paid?

Most externships in the U.S. are unpaid, so plan your own money for rent and food.

## Which vaccines do hosts ask for?

Hosts ask for proof against measles, hepatitis B and influenza before the first day.

## May I do hands-on work as a student?

A student may do supervised hands-on work in an elective that counts for the degree.

## May I do hands-on work as a graduate?

A graduate should only watch, because hands-on work needs a licence or a training permit.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory, embedder):
    from assistant.settings import Settings

    home = tmp_path_factory.mktemp("asks")
    (home / "corpus" / "faqs").mkdir(parents=True)
    matter = (
        "---\ntitle: Short answers\nsummary: Short answers.\ntopics: [usce]\n"
        "audience: [graduate]\nreviewed: 2026-11-22\nreview_every: 90\nsources: {}\n---\n"
    )
    (home / "corpus" / "faqs" / "short.md").write_text(matter + GUIDE, encoding="utf-8")
    settings = Settings.load(corpus_dir=home / "corpus", data_dir=home / "data")
    ingest(settings, embedder)
    return Assistant(settings, embedder)


def test_two_questions_are_answered_in_their_order(assistant):
    answer = assistant.ask("Which vaccines do hosts ask for? And are externships paid?")
    assert answer.outcome == "answered"
    leads = [sentence.text for sentence in answer.sentences if sentence.role == "lead"]
    assert "measles" in leads[0]
    assert "unpaid" in leads[1]


def test_what_the_guides_do_not_hold_is_named(assistant):
    answer = assistant.ask("Are externships paid? And what is the capital of Peru?")
    assert answer.outcome == "partial"
    assert "unpaid" in answer.sentences[0].text
    assert "capital of Peru" in answer.message
    assert "paid" not in answer.message
    assert answer.text.endswith(answer.message)
    assert answer.as_dict()["outcome"] == "partial"


def test_where_the_answer_turns_on_who_asks_each_case_is_shown_and_the_fact_asked_for(assistant):
    answer = assistant.ask("may I do hands-on work")
    assert answer.outcome == "clarify"
    assert answer.message == wording.TURNS_ON.format(facts=wording.FACTS["status"])
    said = " ".join(sentence.text for sentence in answer.sentences)
    assert "A student may" in said
    assert "A graduate should only watch" in said
    assert answer.text.startswith(answer.message)


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("I am a student, may I do hands-on work", "A student may", "A graduate should"),
        ("I graduated in 2020, may I do hands-on work", "A graduate should", "A student may"),
    ],
)
def test_once_the_fact_is_told_only_its_case_is_given(assistant, question, right, wrong):
    answer = assistant.ask(question)
    assert answer.outcome == "answered"
    assert right in answer.text
    assert wrong not in answer.text


def test_the_fact_may_come_in_the_next_message(assistant):
    history = [
        Turn("user", "may I do hands-on work"),
        Turn("assistant", "Are you a student or a graduate?"),
    ]
    answer = assistant.ask("I am a student", history)
    assert answer.outcome == "answered"
    assert "A student may" in answer.text


def test_the_trace_shows_each_part_and_its_section(assistant):
    trace = assistant.trace("Which vaccines do hosts ask for? And what is the capital of Peru?")
    held, missing = trace.asks
    assert held.section_id == "short#which-vaccines-do-hosts-ask-for"
    assert held.sure
    assert not held.not_held
    assert missing.not_held
    assert assistant.trace("are externships paid?").asks == ()
