"""The command line: what it prints, what it writes, and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import InputError, NoGeneration
from assistant.index.ingest import ingest
from assistant.settings import Settings

GUIDE = """---
title: {title}
summary: What readers ask about it.
topics: [visas]
audience: [graduate]
reviewed: 2026-11-22
review_every: 90
---

## {question}

{answer}
"""
VISAS = ("Visas", "Which visa fits an observership?", "A visitor visa fits an observership.")
COSTS = ("Costs", "What does an observership cost?", "A host charges a fee of $500 a month (2024).")
MENU = "What is on the cafeteria menu today?"


def write(folder: Path, name: str, guide: tuple[str, str, str]) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    title, question, answer = guide
    path.write_text(GUIDE.format(title=title, question=question, answer=answer), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def published(tmp_path_factory, embedder) -> Path:
    """A data folder with two small guides. Do not change."""
    folder = tmp_path_factory.mktemp("published")
    write(folder / "corpus", "faqs/visas.md", VISAS)
    write(folder / "corpus", "faqs/costs.md", COSTS)
    ingest(Settings.load(corpus_dir=folder / "corpus", data_dir=folder / "data"), embedder)
    return folder / "data"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def lines(path: Path, *records: object) -> Path:
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def test_ask_prints_an_answer_and_where_it_stands(published):
    said = call("ask", VISAS[1], "--data", published)
    assert said.exit_code == 0
    assert said.stdout.startswith(f"{VISAS[2]} [1]\n")
    assert f"[1] Visas › {VISAS[1]}, reviewed 2026-11-22" in said.stdout
    assert "{" not in said.stdout


def test_explain_shows_what_each_step_found(published):
    found = call("ask", "which visa fits an observership?", "--explain", "--data", published)
    assert found.exit_code == 0, found.output
    for step in (
        "Understood (en): which visa",
        "Kind ",
        "Found ",
        "Judged ",
        "Outcome: answered",
    ):
        assert step in found.stdout
    assert "  quoted    A visitor visa fits an observership." in found.stdout
    assert "visas#which-visa-fits-an-observership" in found.stdout


def test_explain_says_so_where_nothing_was_searched(published):
    found = call("ask", "I want to kill myself", "--explain", "--data", published)
    assert "before anything was searched" in found.stdout
    assert "988" in found.stdout


def test_explain_is_for_one_answer_to_read(published):
    assert call("ask", "visa?", "--explain", "--json", "--data", published).exit_code == 2


def test_ask_json_prints_one_answer_with_its_history_understood(published, tmp_path):
    history = tmp_path / "history.json"
    history.write_text(json.dumps([{"role": "user", "content": VISAS[1]}]), encoding="utf-8")
    said = call("ask", "and the cost?", "--history", history, "--json", "--data", published)
    assert said.exit_code == 0
    answer = json.loads(said.stdout)
    assert answer["question"] == "and the cost?"
    assert answer["understood_as"] == f"{VISAS[1]} and the cost?"
    assert answer["outcome"] == "answered"
    assert answer["citations"][0]["quote"] in {VISAS[2], COSTS[2]}


def test_ask_batch_writes_an_answer_a_line_and_reads_history_and_text(published, tmp_path):
    batch = lines(
        tmp_path / "batch.jsonl",
        {"id": "q1", "question": VISAS[1]},
        {"id": 2, "text": MENU},
        {
            "id": "q3",
            "question": "how much is it?",
            "history": [{"role": "user", "content": COSTS[1]}],
        },
        {"id": "q4", "question": "broken \ud800 visa for an observership"},
        {"id": "q5", "question": ""},
    )
    said = call("ask", "--batch", batch, "--data", published)
    assert said.exit_code == 0
    answers = [json.loads(line) for line in said.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["q1", "2", "q3", "q4", "q5"]
    assert answers[0]["text"].startswith(VISAS[2])
    assert answers[1]["outcome"] != "answered"
    assert answers[1]["citations"] == []
    assert answers[2]["understood_as"] == f"{COSTS[1]} how much is it?"
    assert answers[4]["outcome"] == "clarify"


@pytest.mark.parametrize("command", [["ask"], ["search", "--run", "out.trec"]])
@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("{not json", "not JSON"),
        ('{"id": "x"}', '"question"'),
        ('{"question": "visa?"}', '"id"'),
        ('["visa?"]', '"question"'),
        ('{"id": 1, "question": 5}', '"question"'),
        ('{"id": 1, "question": "x", "history": [{"role": "system", "content": "y"}]}', "history"),
        ('{"id": 1, "question": "x", "history": 5}', "history"),
    ],
)
def test_a_malformed_line_of_a_batch_is_named_before_anything_is_answered(
    published, tmp_path, command, bad, said
):
    batch = tmp_path / "batch.jsonl"
    batch.write_text(f'{{"id": 1, "question": "visa?"}}\n\n{bad}\n', encoding="utf-8")
    result = call(*command, "--batch", batch, "--data", published)
    assert result.exit_code == 1
    assert isinstance(result.exception, InputError)
    assert f"{batch}, line 3: " in str(result.exception)
    assert said in str(result.exception)
    assert result.stdout == ""
    assert not Path("out.trec").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "not UTF-8"), (b"{", "not JSON"), (b"5", "list"), (None, "cannot be read")],
)
def test_a_history_file_that_cannot_be_used_is_said_to_be(published, tmp_path, content, said):
    path = tmp_path / "history.json"
    if content is not None:
        path.write_bytes(content)
    result = call("ask", "visa?", "--history", path, "--data", published)
    assert isinstance(result.exception, InputError)
    assert said in str(result.exception)


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask"],
        ["ask", "visa?", "--batch", "b.jsonl"],
        ["ask", "--batch", "b.jsonl", "--history", "h.json"],
        ["search"],
        ["search", "visa?", "--run", "r"],
        ["search", "--batch", "b.jsonl"],
        ["search", "visa?", "--top", "0"],
        ["evaluatee"],
    ],
)
def test_wrong_usage_ends_with_two(arguments):
    result = call(*arguments)
    assert result.exit_code == 2
    assert "Usage" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["ask", "search"])
def test_without_an_index_it_says_what_to_run(tmp_path, command):
    result = call(command, "visa?", "--data", tmp_path / "nothing")
    assert result.exit_code == 1
    assert isinstance(result.exception, NoGeneration)
    assert "python ingest.py" in str(result.exception)
    assert not (tmp_path / "nothing").exists()


def test_search_lists_passages_best_first(published):
    said = call("search", "visa for an observership", "--top", 1, "--data", published)
    assert said.exit_code == 0
    assert said.stdout.startswith("1. ")
    assert "visas#which-visa-fits-an-observership" in said.stdout
    assert "costs#" not in said.stdout
    rows = json.loads(call("search", "monthly fee", "--json", "--data", published).stdout)
    assert [row["rank"] for row in rows] == [1, 2]
    assert rows[0]["text"] == COSTS[2]
    assert rows[0]["score"] > rows[1]["score"]


def test_search_batch_writes_a_trec_run_of_documents(published, tmp_path):
    batch = lines(
        tmp_path / "batch.jsonl",
        {"id": "q1", "question": "visa?"},
        {"id": "q2", "text": "what is the fee"},
    )
    out = tmp_path / "run.trec"
    said = call("search", "--batch", batch, "--run", out, "--data", published)
    assert said.exit_code == 0
    assert "2 questions" in said.stdout
    rows = [line.split(" ") for line in out.read_text(encoding="utf-8").splitlines()]
    assert {len(row) for row in rows} == {6}
    for query, first in (("q1", "visas"), ("q2", "costs")):
        own = [row for row in rows if row[0] == query]
        assert [row[2] for row in own] == [first, *({"visas", "costs"} - {first})]
        assert [row[3] for row in own] == ["1", "2"]
        scores = [float(row[4]) for row in own]
        assert scores == sorted(scores, reverse=True)
        assert {row[1] for row in own} == {"Q0"}
    assert not [row for row in rows if "#" in row[2]], "documents, not passages"


def test_an_id_with_blanks_cannot_stand_in_a_trec_run(published, tmp_path):
    batch = lines(tmp_path / "batch.jsonl", {"id": "q 1", "question": "visa?"})
    result = call("search", "--batch", batch, "--run", "r.trec", "--data", published)
    assert isinstance(result.exception, InputError)
    assert "'q 1' has blanks" in str(result.exception)
    assert not Path("r.trec").exists()


def test_a_run_that_cannot_be_written_is_said_to_be(published, tmp_path):
    batch = lines(tmp_path / "batch.jsonl", {"id": "q1", "question": "visa?"})
    out = tmp_path / "no" / "run.trec"
    result = call("search", "--batch", batch, "--run", out, "--data", published)
    assert isinstance(result.exception, InputError)
    assert f"{out} cannot be written" in str(result.exception)


def test_a_data_folder_moved_elsewhere_is_served_there(published, tmp_path):
    moved = shutil.copytree(published, tmp_path / "moved")
    assert "visas#" in call("search", "visa?", "--data", moved).stdout
