"""Further questions, in any language, lead to their sections; a fault in them is named."""

from __future__ import annotations

import pytest

from assistant.answering.assistant import Assistant
from assistant.corpus.files import corpus_fingerprint
from assistant.index.ingest import ingest

BODY = """## Are externships paid?

Most externships are unpaid, so plan your own money.

## May I bring my camera?

Leave your camera at home, because patients have a right to privacy.
"""
SECTION = "pay#may-i-bring-my-camera"


@pytest.fixture
def asked_in(folder):
    def write(name: str, text: str) -> None:
        (folder / "asked").mkdir(exist_ok=True)
        (folder / "asked" / name).write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def folder(settings, write_guide):
    write_guide("faqs/pay.md", BODY, title="Pay")
    return settings.corpus_dir


def test_a_question_stands_with_the_first_passage_of_its_section(asked_in, read):
    asked_in("es.yaml", f'{SECTION}: "¿Puedo llevar mi  cámara?"\n')
    corpus = read()
    assert corpus.findings == ()
    by_id = {passage.id: passage for passage in corpus.passages}
    assert by_id[SECTION].translations == (("es", "¿Puedo llevar mi cámara?"),)
    assert by_id["pay#are-externships-paid"].translations == ()
    assert by_id[SECTION].all_questions[-1] == "¿Puedo llevar mi cámara?"


def test_english_ones_join_the_guides_own_and_a_list_is_kept_in_order(asked_in, read):
    asked_in("en.yaml", f"{SECTION}:\n  - may I film\n  - may I film\n  - pics ok?\n")
    asked_in("ur.yaml", f"{SECTION}: [kya tasveer le sakta hun, photo?]\n")
    by_id = {passage.id: passage for passage in read().passages}
    assert by_id[SECTION].further == ("may I film", "pics ok?")
    assert by_id[SECTION].translations == (("ur", "kya tasveer le sakta hun"), ("ur", "photo?"))


@pytest.mark.parametrize(
    ("name", "text", "severity", "message"),
    [
        ("es.yaml", 'pay#gone: "¿Y?"\n', "warning", "There is no section pay#gone."),
        ("spanish.yaml", "{}\n", "error", "spanish is no language code."),
        ("es.yaml", "pay: [1\n", "error", "The file is not valid YAML."),
        ("es.yaml", "- x\n", "error", "Not a list of questions by section."),
        (
            "en.yaml",
            "pay#gone: [why, 3]\n",
            "error",
            "pay#gone: not a question, nor a list of them.",
        ),
    ],
)
def test_a_fault_is_named(asked_in, read, name, text, severity, message):
    asked_in(name, text)
    (finding,) = read().findings
    assert (finding.file, finding.severity) == (f"asked/{name}", severity)
    assert finding.message == message


def test_a_change_of_a_question_is_a_change_of_the_corpus(asked_in, folder, read):
    before = corpus_fingerprint(folder)
    asked_in("es.yaml", f'{SECTION}: "¿Puedo llevar mi cámara?"\n')
    assert corpus_fingerprint(folder) == read().fingerprint != before


def test_they_reach_the_index_and_the_answer(asked_in, settings, embedder):
    asked_in("es.yaml", f'{SECTION}: "¿Puedo hacer fotos con el móvil en la planta?"\n')
    ingest(settings, embedder)
    trace = Assistant(settings, embedder).trace("¿puedo hacer fotos en la planta con mi móvil?")
    assert trace.passages[0].passage.id == SECTION
    assert trace.passages[0].multilingual_question > 0.95
