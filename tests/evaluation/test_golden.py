"""The golden questions, and the half that each belongs to."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from assistant.errors import InputError
from assistant.evaluation.golden import GoldenQuestion, load_golden
from assistant.retrieval.understanding import Turn
from assistant.settings import PROJECT

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


def test_what_is_covered_names_sections_of_files_that_exist():
    files = {path.stem for path in (PROJECT / "corpus").rglob("*.md")}
    for question in load_golden(GOLDEN):
        assert question.covered == "none" or question.passages, question.id
        for passage in question.passages:
            document, mark, anchor = passage.partition("#")
            assert document in files, question.id
            assert mark, question.id
            assert anchor, question.id


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
        entry(question="Else?", kind="plain2", expect="crisis", topic="y", covered="full")
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
