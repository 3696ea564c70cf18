"""The promises of an answer stand in its types: what breaks them cannot be made."""

from __future__ import annotations

import dataclasses
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answering.answer import Answer, AnswerSentence, Citation
from assistant.corpus.documents import Document, Passage, Source, Statement

TEXT = "---\ntitle: x\n---\n\nAn observer watches.[^ama] The board decides.\n"
SOURCE = Source("ama", "AMA, FAQ", "https://ama-assn.org", "official", "2026")
WITHOUT = ["clarify", "not_covered", "out_of_scope", "refused", "crisis"]


def citation(**changes: object) -> Citation:
    start = TEXT.index("An observer")
    values = {
        "n": 1, "passage_id": "visas#a", "document_id": "visas", "title": "Visas",
        "section": "A", "url": None, "quote": "An observer watches.", "start": start,
        "end": start + 20, "reviewed": "2026-11-22", "sources": (SOURCE,), "document_text": TEXT,
    }  # fmt: skip
    return Citation(**{**values, **changes})


def answer(outcome: str, **fields: object) -> Answer:
    return Answer(id="1", question="?", outcome=outcome, **fields)


def answered(*sentences: AnswerSentence, citations: tuple[Citation, ...] = ()) -> Answer:
    return answer("answered", sentences=sentences, citations=citations)


def test_a_citation_made_of_a_statement_slices_out_of_its_document():
    start = TEXT.index("An observer")
    statement = Statement(start, start + 20, "An observer watches.", footnotes=("ama",))
    document = Document("visas", "Visas", TEXT, "article", "visas.md", sources={"ama": SOURCE})
    passage = Passage("visas#a", "visas", ("Visas", "A"), (statement,))
    made = Citation.of(3, document, passage, statement)
    assert TEXT[made.start : made.end] == made.quote == "An observer watches."
    assert (made.n, made.section, made.reviewed) == (3, "A", None)
    assert made.sources == (SOURCE,)


@pytest.mark.parametrize(
    "changes",
    [
        {"quote": "An observer may treat."},
        {"start": 0},
        {"end": 10_000, "quote": "An observer watches"},
        {"quote": "", "start": 5, "end": 5},
        {"document_text": ""},
        {"document_text": TEXT.replace("watches", "treats")},
    ],
)
def test_a_citation_whose_quote_does_not_slice_cannot_be_made(changes):
    with pytest.raises(ValueError, match="does not stand at"):
        citation(**changes)


@given(text=st.text(max_size=30), quote=st.text(max_size=4), start=st.integers(0, 30))
@settings(deadline=None)
def test_a_citation_exists_just_where_its_quote_stands(text, quote, start):
    end = start + len(quote)
    stands = bool(quote) and text[start:end] == quote
    try:
        made = citation(document_text=text, quote=quote, start=start, end=end)
    except ValueError:
        assert not stands
    else:
        assert stands
        assert text[made.start : made.end] == made.quote


def test_a_citation_does_not_carry_the_whole_document():
    assert "document_text" not in citation().as_dict()
    assert "The board decides." not in json.dumps(citation().as_dict())


@pytest.mark.parametrize("outcome", ["answered", "partial"])
def test_an_answer_without_citations_cannot_be_answered(outcome):
    said = AnswerSentence("An observer watches.", ())
    for sentences in ((), (said,)):
        with pytest.raises(ValueError, match="needs a citation"):
            answer(outcome, sentences=sentences)
        with pytest.raises(ValueError, match="needs a citation"):
            answer(outcome, sentences=sentences, citations=(citation(),))


def test_one_sentence_without_evidence_is_enough_to_reject_an_answer():
    cited, bare = AnswerSentence("An observer watches.", (1,)), AnswerSentence("Trust me.", ())
    assert answered(cited, citations=(citation(),)).text == "An observer watches."
    with pytest.raises(ValueError, match="needs a citation"):
        answered(cited, bare, citations=(citation(),))


def test_a_sentence_cannot_name_a_citation_that_is_not_there():
    with pytest.raises(ValueError, match="needs a citation"):
        answered(AnswerSentence("An observer watches.", (1, 2)), citations=(citation(),))


@pytest.mark.parametrize("outcome", WITHOUT)
def test_an_answer_that_is_none_carries_a_message_and_nothing_else(outcome):
    said = AnswerSentence("An observer watches.", (1,))
    assert answer(outcome, message="Ask the host.").text == "Ask the host."
    with pytest.raises(ValueError, match="needs a citation"):
        answer(outcome, message="Ask the host.", sentences=(said,))
    if outcome != "clarify":
        with pytest.raises(ValueError, match=f"{outcome} has no citations"):
            answer(outcome, message="Ask the host.", sentences=(said,), citations=(citation(),))
    with pytest.raises(ValueError, match="wrong message"):
        answer(outcome)


def test_asking_back_may_come_with_what_the_guides_say_of_each_case():
    said = AnswerSentence("A student may.", (1,), "further")
    made = answer("clarify", message="Who asks?", sentences=(said,), citations=(citation(),))
    assert made.text == "Who asks?\n\nA student may."
    assert answer("clarify", message="Who asks?").text == "Who asks?"
    with pytest.raises(ValueError, match="wrong message"):
        answer("clarify", sentences=(said,), citations=(citation(),))


def test_a_part_that_is_not_covered_is_named_after_what_is():
    said = AnswerSentence("An observer watches.", (1,))
    made = answer("partial", message="Not the beds.", sentences=(said,), citations=(citation(),))
    assert made.text == "An observer watches.\n\nNot the beds."
    with pytest.raises(ValueError, match="wrong message"):
        answer("partial", sentences=(said,), citations=(citation(),))
    with pytest.raises(ValueError, match="wrong message"):
        answer("answered", message="Besides.", sentences=(said,), citations=(citation(),))


def test_an_answer_cannot_be_changed_afterwards():
    made = answer("not_covered", message="Ask the host.")
    with pytest.raises(dataclasses.FrozenInstanceError):
        made.outcome = "answered"
    with pytest.raises(ValueError, match="needs a citation"):
        dataclasses.replace(made, outcome="answered")


def test_the_text_is_the_lead_and_then_each_further_sentence_on_its_own():
    made = answered(
        AnswerSentence("One.", (1,)),
        AnswerSentence("Two.", (1,)),
        AnswerSentence("Three.", (1,), "further"),
        citations=(citation(),),
    )
    assert made.text == "One. Two.\n\nThree."


def test_as_json_an_answer_has_the_promised_fields():
    made = answered(AnswerSentence("An observer watches.", (1,)), citations=(citation(),))
    values = json.loads(json.dumps(made.as_dict()))
    assert {
        "id", "question", "outcome", "text", "sentences", "citations", "confidence",
        "understood_as", "language", "model", "generation", "timings_ms",
    } <= values.keys()  # fmt: skip
    assert values["sentences"][0]["citations"] == [1]
    cited = values["citations"][0]
    assert TEXT[cited["start"] : cited["end"]] == cited["quote"]
    assert cited["sources"][0]["url"] == "https://ama-assn.org"
    assert cited["sources"][0]["as_of"] == "2026"
