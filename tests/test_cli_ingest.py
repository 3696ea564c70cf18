"""`ingest.py`: what it prints, what it changes, and how it ends."""

from __future__ import annotations

import json
import sys

import pytest
from click.testing import Result
from typer.testing import CliRunner

from assistant.cli import app, ingest_app, run
from assistant.errors import CorpusError, NoGeneration, SettingsError
from assistant.index.store import Store

VISAS = "## Which visa fits an observership?\n\nA visitor visa fits an observership.\n"
COSTS = "## What does an observership cost?\n\nA host charges a fee of $500 a month (2024).\n"


@pytest.fixture
def folders(settings, write_guide) -> list[str]:
    """Arguments that name a corpus folder with one guide, and an empty data folder."""
    write_guide("faqs/visas.md", VISAS, title="Visas")
    return ["--corpus", str(settings.corpus_dir), "--data", str(settings.data_dir)]


def publish(*arguments: object) -> Result:
    return CliRunner().invoke(ingest_app, [str(argument) for argument in arguments])


def test_the_life_of_an_index(folders, write_guide, tmp_path):
    first = publish(*folders)
    assert first.exit_code == 0
    assert "Published: generation" in first.stdout
    assert "Nothing to do" in publish(*folders).stdout

    write_guide("faqs/costs.md", COSTS, title="Costs")
    assert "has changes that are not live" in publish(*folders, "--status").stdout
    report = json.loads(publish(*folders, "--json").stdout)
    assert report["outcome"] == "published"
    assert report["embedded"] == {"passages_new": 1, "passages_reused": 1, "questions_new": 1}
    status = json.loads(publish(*folders, "--status", "--json").stdout)
    assert status["up_to_date"] is True
    assert status["live"]["id"] == report["generation"] == status["generations"][-1]

    back = publish(*folders, "--rollback")
    assert back.stdout == f"Rolled back: generation {status['generations'][0]} is live.\n"
    again = publish(*folders, "--rollback")
    assert again.exit_code == 1
    assert isinstance(again.exception, NoGeneration)

    (tmp_path / "corpus" / "faqs" / "visas.md").unlink()
    assert "No longer in the guides: visas." in publish(*folders).stdout


@pytest.mark.parametrize(("flag", "outcome"), [("--check", "checked"), ("--dry-run", "dry_run")])
def test_check_and_dry_run_publish_nothing(folders, tmp_path, flag, outcome):
    report = json.loads(publish(*folders, flag, "--json").stdout)
    assert report["outcome"] == outcome
    assert report["generation"] is None
    assert report["counts"]["passages"] == 1
    assert Store(tmp_path / "data").ids() == []
    status = publish(*folders, "--status")
    assert status.exit_code == 1
    assert isinstance(status.exception, NoGeneration)


@pytest.mark.parametrize("flag", [[], ["--check"], ["--dry-run"]])
def test_refused_guides_end_with_one_and_their_reasons(folders, tmp_path, flag):
    path = tmp_path / "corpus" / "faqs" / "visas.md"
    path.write_text(path.read_text(encoding="utf-8").replace("title: Visas\n", ""), "utf-8")
    result = publish(*folders, *flag)
    assert result.exit_code == 1
    assert isinstance(result.exception, CorpusError)
    assert "faqs/visas.md" in str(result.exception)
    assert "title is missing" in str(result.exception)
    as_json = publish(*folders, *flag, "--json")
    assert as_json.exit_code == 1
    report = json.loads(as_json.stdout)
    assert report["outcome"] == "refused"
    assert report["findings"][0]["file"] == "faqs/visas.md"
    assert report["findings"][0]["remedy"]
    assert Store(tmp_path / "data").ids() == []


def test_two_actions_at_once_are_wrong_usage(folders, tmp_path):
    for flags in (["--check", "--dry-run"], ["--status", "--rollback"], ["--unknown"]):
        assert publish(*folders, *flags).exit_code == 2
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("command", [ingest_app, app])
def test_an_unknown_variable_stops_every_command(monkeypatch, command):
    monkeypatch.setenv("ASSISTANT_DATADIR", "/x")
    result = CliRunner().invoke(
        command, ["--status"] if command is ingest_app else ["ask", "visa?"]
    )
    assert result.exit_code == 1
    assert isinstance(result.exception, SettingsError)
    assert "ASSISTANT_DATADIR" in str(result.exception)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--status", "--data", "nowhere"], 1, "There is no index in nowhere yet."),
        (["--check", "--status"], 2, "Usage"),
        (["--help"], 0, ""),
    ],
)
def test_a_fault_is_one_plain_message_and_no_traceback(
    monkeypatch, capsys, arguments, status, said
):
    monkeypatch.setattr(sys, "argv", ["ingest.py", *arguments])
    with pytest.raises(SystemExit) as ended:
        run(ingest_app)
    printed = capsys.readouterr().err
    assert ended.value.code == status
    assert printed.startswith(said) or said in printed
    assert "Traceback" not in printed
    assert bool(printed) == bool(status)
