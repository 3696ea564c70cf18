"""`scripts/claims.py` says what the claims rest on, and which figures no note holds."""

from __future__ import annotations

import csv
import os
import subprocess
import sys

import pytest

from assistant.settings import PREFIX, PROJECT

BODY = (
    "## What does an observership cost?\n\n"
    "A host charged $500 in 2024.[^ama]\nA host charged $900 for 4 weeks in 2025.[^ama]\n"
    "Ask before you pay.\n"
)
NOTE = "- The host charges $500 in 2024. — source: AMA, https://ama-assn.org/finding-observership-faqs\n"


@pytest.fixture
def run(settings, write_guide):
    write_guide("articles/costs.md", BODY)

    def call(*arguments: object) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "scripts.claims", *map(str, arguments)],
            env={**os.environ, f"{PREFIX}CORPUS_DIR": str(settings.corpus_dir)},
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    return call


def test_claims_are_counted_and_listed(run, tmp_path):
    assert "2 claims with a source" in run("--csv", tmp_path / "claims.csv")
    with (tmp_path / "claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["file"], row["kind"], row["undated"]) for row in rows] == [
        ("articles/costs.md", "official", "False")
    ] * 2
    assert "Ask before you pay" not in str(rows)


def test_figures_that_no_note_holds_are_listed(run, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "01.md").write_text(NOTE, encoding="utf-8")
    printed = run("--notes", tmp_path / "notes")
    listed = [line for line in printed.splitlines() if line.startswith("articles/costs.md:")]
    assert [line.split(": ")[1] for line in listed] == [
        "900 USD (nowhere)", "4 week (nowhere)", "2025 date (nowhere)",
    ]  # fmt: skip
    assert "own source        2" in printed
