"""A message is taken apart into what it asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.retrieval.parts import compared, parts_of


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("What does it cost and how do I apply?", ("What does it cost", "how do I apply?")),
        (
            "Which visa do I need? Is the fee refundable?",
            ("Which visa do I need?", "Is the fee refundable?"),
        ),
        (
            "I am from Nepal. I failed Step 1 once. Can I still find a rotation?",
            ("Can I still find a rotation?",),
        ),
        (
            "this exam kills me, can observers leave earlier?",
            ("this exam kills me, can observers leave earlier?",),
        ),
        ("Are externships paid?", ("Are externships paid?",)),
        ("visa costs", ("visa costs",)),
        ("¿Cuánto cuesta la visa? ¿Cuánto tarda la carta?", ("¿Cuánto cuesta la visa?", "¿Cuánto tarda la carta?")),
        ("can I do that, is it ok?", ("can I do that, is it ok?",)),
    ],
)  # fmt: skip
def test_each_question_is_a_part_and_the_circumstances_are_none(message, parts):
    assert parts_of(message) == parts


@given(st.text(max_size=300))
def test_whatever_is_typed_there_is_a_part_and_nothing_is_made_up(message):
    parts = parts_of(message)
    assert 1 <= len(parts) <= 4
    letters = set(message) | set(", ")
    assert all(set(part) <= letters for part in parts)


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("B-1 or B-2, which is better?", {"b1", "b2"}),
        ("inpatient vs outpatient", {"inpati", "outpati"}),
        ("what is the difference between a SLOE and a letter", {"sloe", "letter"}),
        ("externship vs observership vs clerkship", {"externship", "observership", "clerkship"}),
        ("Can I observe in May or June?", set()),
        ("", set()),
    ],
)
def test_the_things_that_a_message_compares(text, things):
    assert set(compared(text)) == things
