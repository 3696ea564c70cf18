"""Golden questions are asked, judged and summed up."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

from assistant.answering.assistant import Assistant
from assistant.cli import app
from assistant.evaluation.golden import GoldenQuestion
from assistant.evaluation.report import compare, summary, tables
from assistant.evaluation.run import Judged, allowed, run
from assistant.index.ingest import ingest

PAY = "## Are externships paid?\n\nMost externships are unpaid, so plan your own money.\n"
SECTION = "pay#are-externships-paid"


def golden(**fields: object) -> GoldenQuestion:
    values: dict[str, object] = {
        "id": "a-1", "question": "Are externships paid?", "kind": "plain", "expect": "answered",
        "topic": "costs", "covered": "full", "passages": [SECTION], "phrases": ["unpaid"],
    }  # fmt: skip
    return GoldenQuestion.model_validate({**values, **fields})


@pytest.fixture
def small(settings, write_guide, embedder):
    write_guide("faqs/pay.md", PAY, title="Pay")
    ingest(settings, embedder)
    return Assistant(settings, embedder)


def test_a_right_answer_is_judged_right_in_every_way(small):
    (judged,) = run(small, [golden()])
    assert judged.outcome == "answered"
    assert judged.right
    assert judged.hit_1
    assert judged.ndcg_10 == judged.reciprocal_rank == 1
    assert judged.phrases
    assert judged.on_point
    assert judged.ms > 0


def test_a_lost_phrase_another_section_and_a_wrong_outcome_are_seen(small):
    phrase, section, outcome = run(
        small,
        [
            golden(phrases=["well paid"]),
            golden(passages=["pay#another"]),
            golden(expect="not_covered", covered="none", passages=[], phrases=[]),
        ],
    )
    assert (phrase.right, phrase.phrases) == (True, False)
    assert (section.hit_10, section.on_point, section.cites) == (False, False, False)
    assert not outcome.right
    assert outcome.hit_1 is None
    assert outcome.phrases is None


@pytest.mark.parametrize(
    ("expect", "covered", "right", "wrong"),
    [
        ("answered", "full", "answered", "partial"),
        ("answered", "partial", "partial", "not_covered"),
        ("not_covered", "none", "out_of_scope", "partial"),
        ("not_covered", "partial", "partial", "answered"),
        ("out_of_scope", "none", "not_covered", "answered"),
        ("refused", "none", "refused", "not_covered"),
        ("crisis", "none", "crisis", "answered"),
    ],
)
def test_which_outcomes_are_right(expect, covered, right, wrong):
    named = {} if covered != "none" else {"passages": [], "phrases": []}
    found = allowed(golden(expect=expect, covered=covered, **named))
    assert right in found
    assert wrong not in found


def result(**fields: object) -> Judged:
    whole = Judged(
        "a-1", "plain", "en", "answered", "full", "answered", True, True, True, True, 1.0, 1.0,
        True, True, True, 50, 20.0, 0.9,
    )  # fmt: skip
    return replace(whole, **fields)


def test_a_summary_counts_by_slice_and_gives_intervals():
    figures = summary(
        [
            result(),
            result(id="a-2", kind="misspelt", hit_5=False, outcome="not_covered", right=False),
            result(id="n-1", kind="near_miss", expect="not_covered", outcome="not_covered"),
            result(id="n-2", kind="near_miss", expect="not_covered", right=False),
        ]
    )
    assert figures["slices"]["misspelt"]["recall_5"] == 0
    assert figures["slices"]["all"]["right"] == 2
    assert figures["abstention"]["precision"]["share"] == 0.5
    assert figures["abstention"]["recall"]["share"] == 0.5
    assert figures["abstention"]["recall"]["low"] < 0.5 < figures["abstention"]["recall"]["high"]
    printed = tables(figures)
    assert "| near_miss" in printed
    assert "other languages" not in printed, "there is no such question"


def test_a_comparison_names_the_questions_that_changed():
    before = [result(id=f"a-{n}") for n in range(3)]
    now = [*before[:2], result(id="a-2", outcome="not_covered", right=False)]
    printed = compare(before, now)
    assert "| a-2 " in printed
    assert "not_covered (wrong)" in printed
    assert "| a-1 " not in printed
    assert "No outcome changed." in compare(before, before)


def test_the_command_prints_tables_json_and_a_comparison(
    settings, write_guide, embedder, monkeypatch, tmp_path
):
    write_guide("faqs/pay.md", PAY, title="Pay")
    (settings.corpus_dir / "golden").mkdir()
    entries = [f'- {{id: q-{n}, question: "Are externships paid? {n}", kind: plain, '
               f"expect: answered, topic: costs, covered: full, passages: [{SECTION}], "
               f'phrases: ["unpaid"]}}' for n in range(8)]  # fmt: skip
    text = "questions:\n" + "\n".join(entries) + "\n"
    (settings.corpus_dir / "golden" / "g.yaml").write_text(text, encoding="utf-8")
    ingest(settings, embedder)
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("ASSISTANT_DATA_DIR", str(settings.data_dir))
    runner = CliRunner()
    found = runner.invoke(app, ["evaluate", "--json"])
    assert found.exit_code == 0, found.output
    values = json.loads(found.stdout)
    assert values["questions"] == len(values["judged"]) > 0
    earlier = tmp_path / "earlier.json"
    earlier.write_text(found.stdout, encoding="utf-8")
    compared = runner.invoke(app, ["evaluate", "--compare", str(earlier)])
    assert "No outcome changed." in compared.stdout
    assert runner.invoke(app, ["evaluate", "--half", "all"]).exit_code == 2
    for wrong in ("[]", "{}", '{"judged": [{}]}'):
        earlier.write_text(wrong, encoding="utf-8")
        fault = runner.invoke(app, ["evaluate", "--compare", str(earlier)]).exception
        assert "earlier.json: not what" in str(fault)
