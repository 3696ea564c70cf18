"""Questions in other languages lead to their sections, and a fault in them is named."""

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
def translate(folder):
    def write(name: str, text: str) -> None:
        (folder / "translations").mkdir(exist_ok=True)
        (folder / "translations" / name).write_text(text, encoding="utf-8")

    return write


@pytest.fixture
def folder(settings, write_guide):
    write_guide("faqs/pay.md", BODY, title="Pay")
    return settings.corpus_dir


def test_a_question_stands_with_the_first_passage_of_its_section(translate, read):
    translate("es.yaml", f'{SECTION}: "¿Puedo llevar mi  cámara?"\n')
    corpus = read()
    assert corpus.findings == ()
    by_id = {passage.id: passage for passage in corpus.passages}
    assert by_id[SECTION].translations == (("es", "¿Puedo llevar mi cámara?"),)
    assert by_id["pay#are-externships-paid"].translations == ()
    assert by_id[SECTION].all_questions[-1] == "¿Puedo llevar mi cámara?"


@pytest.mark.parametrize(
    ("name", "text", "severity", "message"),
    [
        ("es.yaml", 'pay#gone: "¿Y?"\n', "warning", "There is no section pay#gone."),
        ("spanish.yaml", "{}\n", "error", "spanish is no language code."),
        ("es.yaml", "pay: [1\n", "error", "The file is not valid YAML."),
        ("es.yaml", "- x\n", "error", "Not a list of questions by section."),
    ],
)
def test_a_fault_is_named(translate, read, name, text, severity, message):
    translate(name, text)
    (finding,) = read().findings
    assert (finding.file, finding.severity) == (f"translations/{name}", severity)
    assert finding.message == message


def test_a_change_of_a_translation_is_a_change_of_the_corpus(translate, folder, read):
    before = corpus_fingerprint(folder)
    translate("es.yaml", f'{SECTION}: "¿Puedo llevar mi cámara?"\n')
    assert corpus_fingerprint(folder) == read().fingerprint != before


def test_they_reach_the_index_and_the_answer(translate, settings, embedder):
    translate("es.yaml", f'{SECTION}: "¿Puedo hacer fotos con el móvil en la planta?"\n')
    ingest(settings, embedder)
    trace = Assistant(settings, embedder).trace("¿puedo hacer fotos en la planta con mi móvil?")
    assert trace.passages[0].passage.id == SECTION
    assert trace.passages[0].multilingual_question > 0.95
