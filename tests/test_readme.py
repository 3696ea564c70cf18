"""The README's commands run as they stand there, and its table of settings is true."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from assistant.settings import PREFIX, PROJECT, Settings

README = (PROJECT / "README.md").read_text(encoding="utf-8")
COMMANDS = [
    line
    for block in re.findall(r"```console\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
]
QUICK = [command for command in COMMANDS if command.startswith(".venv/bin/python")]


def test_the_readme_shows_every_way_to_start() -> None:
    assert {"make run", "make test", "make check"} <= set(COMMANDS)
    assert len(QUICK) == len(COMMANDS) - 3, "a command that this test does not run"


@pytest.mark.slow
@pytest.mark.parametrize("command", QUICK)
def test_a_command_of_the_readme_works(command: str, guides: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(guides.data_dir, data)
    words = shlex.split(command)
    done = subprocess.run(
        [sys.executable, *words[1:]],
        cwd=PROJECT,
        env={**os.environ, f"{PREFIX}DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(("target", "does"), [("test", "pytest"), ("check", "mypy")])
def test_make_knows_what_the_readme_names(target: str, does: str) -> None:
    planned = subprocess.run(
        ["make", "--dry-run", "--always-make", target],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert does in planned.stdout
    assert "streamlit" not in planned.stdout


@pytest.mark.slow
def test_make_run_serves_the_chat(guides: Settings, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(guides.data_dir, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=PROJECT,
        env={**os.environ, f"{PREFIX}DATA_DIR": str(data)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert _healthy(f"http://127.0.0.1:{port}/_stcore/health", process)
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)


def _healthy(url: str, process: subprocess.Popen[bytes]) -> bool:
    deadline = time.monotonic() + 300  # a first run makes the virtual environment
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.5)
    return False


def test_the_table_of_settings_is_complete_and_true() -> None:
    rows = dict(re.findall(r"^\| `(ASSISTANT_\w+)` \| (.*?) \|", README, re.MULTILINE))
    fields = Settings.model_fields
    assert set(rows) == {PREFIX + name.upper() for name in fields}
    for name, field in fields.items():
        default = field.default
        shown = default.relative_to(PROJECT) if isinstance(default, Path) else default
        assert rows[PREFIX + name.upper()] == f"`{shown}`"
        assert field.description
        assert field.description in README


def test_the_readme_names_files_that_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        if not target.startswith("http"):
            assert (PROJECT / target).exists(), target
