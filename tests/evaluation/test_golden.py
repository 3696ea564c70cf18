"""The golden questions, and the half that each belongs to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
import yaml
from pydantic import ValidationError

from assistant.corpus.reader import read_corpus
from assistant.errors import InputError
from assistant.evaluation.golden import GoldenQuestion, Kind, load_golden
from assistant.index.embeddings import Embedder
from assistant.retrieval.understanding import Turn
from assistant.settings import PROJECT, Settings

GOLDEN = PROJECT / "corpus" / "golden"


def entry(**changes: object) -> dict[str, object]:
    plain = {"id": "a-1", "question": "Paid?", "kind": "plain", "expect": "answered", "topic": "x"}
    return {**plain, **changes}


def write(folder: Path, *entries: object, name: str = "questions.yaml") -> None:
    (folder / name).write_text(yaml.safe_dump({"questions": list(entries)}), encoding="utf-8")


def test_the_projects_own_files_load_whole():
    written = sum(
        len(yaml.safe_load(path.read_text(encoding="utf-8"))["questions"])
        for path in GOLDEN.glob("*.yaml")
    )
    questions = load_golden(GOLDEN)
    assert len(questions) == written > 300
    assert len({question.id for question in questions}) == written
    assert set(Counter(question.expect for question in questions)) == {
        "answered", "not_covered", "out_of_scope", "refused", "crisis",
    }  # fmt: skip


@pytest.fixture(scope="module")
def sections(embedder: Embedder) -> dict[str, str]:
    """The text of every section of the project's own guides, by the id of its first passage."""
    corpus = read_corpus(PROJECT / "corpus", embedder.count_tokens, Settings.load().passage_tokens)
    found: dict[str, str] = {}
    for passage in corpus.passages:
        found[passage.section_id] = f"{found.get(passage.section_id, '')}\n{passage.embedded}"
    return found


def test_every_section_named_exists(sections):
    lost = {
        (question.id, passage)
        for question in load_golden(GOLDEN)
        for passage in question.passages
        if passage not in sections
    }
    assert lost == set()


def test_what_a_right_answer_holds_stands_in_the_sections_named(sections):
    lost = {
        question.id: missing
        for question in load_golden(GOLDEN)
        if question.phrases
        and (missing := question.missing("\n".join(sections[each] for each in question.passages)))
    }
    assert lost == {}


def test_there_are_enough_questions_of_every_kind():
    questions = load_golden(GOLDEN)
    kinds = Counter(question.kind for question in questions)
    assert len(questions) >= 450
    assert set(kinds) == set(get_args(Kind))
    answerable = [each for each in questions if each.expect == "answered"]
    foreign = [each for each in answerable if each.language != "en"]
    assert len(foreign) >= 40
    assert len({each.language for each in foreign}) >= 8
    not_answerable = [each for each in questions if each.expect in {"not_covered", "out_of_scope"}]
    assert len(not_answerable) >= 120
    assert kinds["near_miss"] > len(not_answerable) / 2
    assert all(each.history for each in questions if each.kind == "followup")
    several = [each for each in questions if each.kind == "comparison" and each.covered == "full"]
    assert all(len(each.passages) >= 2 for each in several)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Assign FOUR letters at most.", ()),
        ("Up to 4 letters fit.", ()),
        ("Up to 14 letters fit.", ("four|4",)),
        ("Four people wait 10–12 weeks.", ("letters",)),
    ],
)
def test_phrases_are_looked_for_as_whole_words(text, missing):
    question = GoldenQuestion.model_validate(entry(phrases=["four|4", "letters"]))
    assert question.missing(text) == missing


def test_dashes_and_blanks_do_not_count():
    question = GoldenQuestion.model_validate(entry(phrases=["10-12 weeks", "I-94"]))
    assert question.missing("It takes 10\u201312\n  weeks by the i\u201094.") == ()


def test_the_halves_divide_the_questions_about_evenly():
    whole = load_golden(GOLDEN)
    tune, report = load_golden(GOLDEN, "tune"), load_golden(GOLDEN, "report")
    assert {q.half for q in tune} == {"tune"}
    assert not {q.id for q in tune} & {q.id for q in report}
    assert len(tune) + len(report) == len(whole)
    assert 0.4 <= len(tune) / len(whole) <= 0.6


@pytest.mark.parametrize(
    ("name", "half"),
    [
        ("a-kinds-001", "tune"),
        ("n-programmes-001", "tune"),
        ("r-forgery-001", "report"),
        ("a-kinds-002", "report"),
    ],
)
def test_the_half_of_an_id_never_changes(name, half):
    assert GoldenQuestion.model_validate(entry(id=name)).half == half


def test_the_half_does_not_depend_on_anything_but_the_id():
    one = GoldenQuestion.model_validate(entry())
    other = GoldenQuestion.model_validate(
        entry(question="Else?", kind="crisis", expect="crisis", topic="y", language="es")
    )
    assert one.half == other.half


def test_a_conversation_becomes_turns(tmp_path):
    write(tmp_path, entry(history=[{"role": "user", "content": "Visa?"}]))
    assert load_golden(tmp_path)[0].turns == (Turn("user", "Visa?"),)


def test_an_id_may_not_stand_twice_even_in_two_files(tmp_path):
    write(tmp_path, entry(), name="a.yaml")
    write(tmp_path, entry(question="Else?"), name="b.yaml")
    with pytest.raises(InputError, match=r"b\.yaml: the id a-1 stands twice"):
        load_golden(tmp_path)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"colour": "red"}, "colour"),
        ({"expect": "maybe"}, "expect"),
        ({"covered": "half"}, "covered"),
        ({"kind": "plain2"}, "kind"),
        ({"language": "english"}, "language"),
        ({"covered": "partial"}, "names its passages"),
        ({"covered": "full", "passages": ["a#b"]}, "names phrases"),
        ({"covered": "full", "passages": ["a#b"], "phrases": [" "]}, "phrases"),
        (
            {"covered": "full", "passages": ["a#b"], "phrases": ["x"], "expect": "crisis"},
            "is not crisis",
        ),
        ({"history": [{"role": "system", "content": "x"}]}, "history"),
        ({"history": [{"role": "user", "content": "x", "name": "y"}]}, "name"),
    ],
)
def test_a_field_or_value_that_is_not_known_is_rejected_by_name(tmp_path, changes, named):
    write(tmp_path, entry(**changes))
    with pytest.raises(InputError, match=rf"(?s)questions\.yaml.*{named}"):
        load_golden(tmp_path)


def test_a_missing_field_is_named(tmp_path):
    write(tmp_path, {"id": "a-1"})
    with pytest.raises(InputError, match="question"):
        load_golden(tmp_path)


@pytest.mark.parametrize("text", ["", "- a\n- b\n", "questions:\n  5\n", "questions: [", "x: 1\n"])
def test_a_file_of_another_shape_is_rejected_by_its_name(tmp_path, text):
    (tmp_path / "broken.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"broken\.yaml: not a list of golden questions"):
        load_golden(tmp_path)


def test_a_file_that_is_not_utf8_is_rejected_by_its_name(tmp_path):
    (tmp_path / "latin.yaml").write_bytes("questions: [é]".encode("latin-1"))
    with pytest.raises(InputError, match=r"latin\.yaml"):
        load_golden(tmp_path)


def test_a_question_cannot_be_changed():
    question = GoldenQuestion.model_validate(entry())
    with pytest.raises(ValidationError, match="frozen"):
        question.expect = "crisis"
