"""The whole way of a question, over the project's own guides and over small ones."""

from __future__ import annotations

import pytest
from langchain_core.runnables import Runnable, RunnableLambda

from assistant import wording
from assistant.answering.answer import Answer
from assistant.answering.assistant import Assistant
from assistant.errors import InputError, NoGeneration
from assistant.frames import FRAMES
from assistant.index.ingest import ingest
from assistant.retrieval.understanding import Turn
from assistant.settings import PROJECT

QUESTIONS = [
    "are externships paid?",
    "Which visa do I need for an observership?",
    "How many letters of recommendation can I send?",
    "what vaccinations do hospitals want",
    "What does the MD Anderson observer programme ask for?",
    "usce b1 visa ok?",
]


def file_text(document_id: str) -> str:
    (path,) = (PROJECT / "corpus").rglob(f"{document_id}.md")
    return path.read_text(encoding="utf-8")


def check_promises(answer: Answer) -> None:
    """What holds for every answer that is given."""
    assert answer.outcome == "answered"
    numbers = [citation.n for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    cited = {n for sentence in answer.sentences for n in sentence.citations}
    assert cited == set(numbers), "nothing is listed that is not used"
    assert not answer.message
    assert "[^" not in answer.text


def test_pay_is_answered_with_the_unpaid_sentence_first(assistant):
    answer = assistant.ask("are externships paid?")
    check_promises(answer)
    first = answer.sentences[0]
    assert "unpaid" in first.text
    assert first.role == "lead"
    assert answer.text.startswith(first.text)
    assert answer.confidence > 0.5
    assert answer.nearest == ()


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_quote_slices_out_of_the_file_it_names(assistant, question):
    answer = assistant.ask(question)
    check_promises(answer)
    for citation in answer.citations:
        text = file_text(citation.document_id)
        assert text[citation.start : citation.end] == citation.quote
        assert citation.passage_id.startswith(f"{citation.document_id}#")
        assert all(source.url.startswith("http") for source in citation.sources)


@pytest.mark.parametrize(
    "question",
    [
        "What is on the cafeteria menu today?",
        "cafeteria menu?",
        "give me a recipe for chicken soup with rice",
    ],
)
def test_what_the_guides_do_not_hold_is_not_answered(assistant, question):
    answer = assistant.ask(question)
    assert answer.outcome in {"not_covered", "out_of_scope"}
    assert answer.citations == answer.sentences == ()
    assert answer.text in {wording.NOT_COVERED, wording.OUT_OF_SCOPE}
    assert answer.confidence < 0.5


def test_a_reader_without_an_answer_is_told_whom_to_ask(assistant):
    answer = assistant.ask("What is on the cafeteria menu today?")
    assert answer.outcome == "not_covered"
    assert answer.whom_to_ask
    assert len(answer.whom_to_ask) == len(set(answer.whom_to_ask)) <= 3
    assert answer.nearest
    assert all(guide.title and guide.section for guide in answer.nearest)


def test_a_question_that_the_guides_list_is_answered_from_its_section(assistant):
    """The buttons "Nearest guides" ask the guides' own headings."""
    for heading in ("Can a graduate join Mayo Clinic?", "can a graduate join mayo clinic?"):
        answer = assistant.ask(heading)
        check_promises(answer)
        assert answer.citations[0].section == "Can a graduate join Mayo Clinic?"


def test_one_vague_word_is_asked_back(assistant):
    answer = assistant.ask("visa")
    assert (answer.outcome, answer.text) == ("clarify", wording.TOO_VAGUE)
    assert answer.citations == ()


def test_a_follow_up_is_understood_from_the_conversation(assistant):
    history = [Turn("user", "What is an observership?"), Turn("assistant", "A stay to watch.")]
    answer = assistant.ask("are they paid?", history)
    check_promises(answer)
    assert answer.question == "are they paid?"
    assert answer.understood_as == "What is an observership? are they paid?"
    assert "unpaid" in answer.sentences[0].text
    assert "observership" not in assistant.ask("are they paid?").understood_as


@pytest.mark.parametrize(
    ("message", "language"),
    [
        ("I failed again and I want to kill myself", "en"),
        ("reprobé otra vez y ya no quiero vivir", "es"),
    ],
)
def test_a_crisis_gets_a_crisis_line_in_its_language_and_no_search_result(
    assistant, message, language
):
    answer = assistant.ask(message)
    assert (answer.outcome, answer.language) == ("crisis", language)
    assert answer.text == wording.CRISIS[language]
    assert "988" in answer.text
    assert answer.citations == answer.nearest == answer.whom_to_ask == ()


def test_a_request_to_forge_a_letter_is_refused(assistant):
    answer = assistant.ask("help me forge a letter of recommendation")
    assert (answer.outcome, answer.text) == ("refused", wording.REFUSED)
    assert answer.citations == answer.sentences == ()


def test_a_question_about_bought_letters_is_not_refused(assistant):
    answer = assistant.ask("is it a crime to pay for a letter?")
    assert answer.outcome != "refused"
    assert wording.REFUSED not in answer.text


def test_what_is_not_answered_is_said_in_the_readers_language(assistant):
    answer = assistant.ask("¿Cuál es el menú de la cafetería del hospital hoy?")
    assert answer.language == "es"
    assert answer.text == FRAMES["es"].not_covered
    assert answer.citations == ()


@pytest.mark.parametrize(
    ("language", "question", "section"),
    [
        ("pt", "Recebo salário durante o observership?", "paid"),
        ("ru", "Платят ли зарплату наблюдателям в больнице США?", "paid"),
        ("fr", "Les externships sont-ils rémunérés aux États-Unis ?", "paid"),
    ],
)
def test_an_answer_in_another_language_is_framed_and_its_quotes_are_english(
    assistant, language, question, section
):
    answer = assistant.ask(question)
    check_promises(answer)
    assert (answer.outcome, answer.language) == ("answered", language)
    assert answer.note == FRAMES[language].answered
    assert "unpaid" in answer.text or "not paid" in answer.text
    assert section in answer.citations[0].passage_id
    assert not answer.message


def test_an_answer_in_english_needs_no_note(assistant):
    assert assistant.ask("are externships paid?").note == ""


def test_an_answer_names_what_made_it(assistant, embedder):
    answer = assistant.ask("are externships paid?")
    assert answer.model == embedder.card.name
    assert answer.generation
    assert {"understand", "embed", "retrieve", "judge", "compose", "total"} <= set(
        answer.timings_ms
    )
    assert answer.id != assistant.ask("are externships paid?").id


def test_it_is_a_langchain_runnable(assistant):
    assert isinstance(assistant, Runnable)
    asked = assistant.invoke("are externships paid?")
    mapped = assistant.invoke({"question": "are externships paid?"})
    assert asked.text == mapped.text == assistant.ask("are externships paid?").text
    history = [{"role": "user", "content": "What is an observership?"}]
    follow_up, menu = assistant.batch(
        [{"question": "are they paid?", "history": history}, "What is on the cafeteria menu?"]
    )
    assert follow_up.understood_as.startswith("What is an observership?")
    assert menu.outcome == "not_covered"
    chain = assistant | RunnableLambda(lambda answer: answer.outcome)
    assert chain.invoke("are externships paid?") == "answered"


@pytest.mark.parametrize("given", [{}, {"question": 5}, ["are externships paid?"], None, 5])
def test_a_runnable_given_no_question_says_so(assistant, given):
    with pytest.raises(InputError, match="question"):
        assistant.invoke(given)


def test_its_retriever_finds_what_it_cites(assistant):
    answer = assistant.ask("are externships paid?")
    found = assistant.retriever(top=12).invoke("are externships paid?")
    assert {c.passage_id for c in answer.citations} <= {d.metadata["passage_id"] for d in found}


@pytest.mark.slow
def test_a_new_generation_is_served_without_a_restart_and_a_deleted_guide_is_gone(
    settings, write_guide, embedder
):
    small = Assistant(settings, embedder)
    with pytest.raises(NoGeneration, match="ingest"):
        small.ask("How much is the observer badge?")
    badge = "## How much is the observer badge?\n\nThe observer badge costs ${}.\n"
    write_guide("articles/badge.md", badge.format(10), title="Badge")
    write_guide("articles/letters.md", "## Who writes letters?\n\nA supervisor writes letters.\n")
    ingest(settings, embedder)
    before = small.ask("How much is the observer badge?")
    assert before.sentences[0].text == "The observer badge costs $10."

    path = write_guide("articles/badge.md", badge.format(25), title="Badge")
    ingest(settings, embedder)
    after = small.ask("How much is the observer badge?")
    assert after.sentences[0].text == "The observer badge costs $25."
    assert "$10" not in after.text
    assert after.generation != before.generation

    path.unlink()
    ingest(settings, embedder)
    for question in ("How much is the observer badge?", "badge", "Who writes letters?", "$25"):
        answer = small.ask(question)
        assert "badge" not in {citation.document_id for citation in answer.citations}
        assert "badge" not in {guide.document_id for guide in answer.nearest}
        assert "$25" not in answer.text
    small.index.close()
