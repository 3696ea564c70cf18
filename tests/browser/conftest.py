"""A real Streamlit server on loopback, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from assistant.settings import PROJECT, Settings

expect.set_options(timeout=90_000)  # the model loads while the first question waits

StartApp = Callable[[Path], str]
OpenPage = Callable[..., Page]

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
_CHROMIUM = shutil.which("chromium")
_FLAGS = (
    "--no-sandbox --headless --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if _CHROMIUM is None:
        pytest.fail(
            "Chromium is not installed. Try `sudo apt-get install chromium`, "
            'or leave these tests out with `-m "not browser"`.'
        )
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS.split())
        yield started
        started.close()


@pytest.fixture(scope="session")
def start_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StartApp]:
    """Serve the chat over a data folder, and give its address. Ends with the tests."""
    running: list[subprocess.Popen[bytes]] = []

    def start(data_dir: Path) -> str:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "streamlit", "run", "app.py"]
        command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
        with (tmp_path_factory.mktemp("server") / "log.txt").open("wb") as log:
            running.append(
                subprocess.Popen(
                    command,
                    cwd=PROJECT,
                    env={**os.environ, "ASSISTANT_DATA_DIR": str(data_dir)},
                    stdout=log,
                    stderr=subprocess.STDOUT,
                )
            )
        address = f"http://127.0.0.1:{port}"
        _wait_until_healthy(address, running[-1])
        return address

    yield start
    for process in running:
        process.terminate()
    for process in running:
        process.wait(timeout=20)


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended at once"
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail("the server was not healthy within 60 seconds")


@pytest.fixture(scope="session")
def guides_app(start_app: StartApp, guides: Settings) -> str:
    """The chat over the project's own guides."""
    return start_app(guides.data_dir)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open an address; `phone=True` for a phone's width, `dark=True` for the dark theme."""
    contexts: list[BrowserContext] = []

    def open_(address: str, *, phone: bool = False, dark: bool = False) -> Page:
        contexts.append(
            browser.new_context(
                viewport=PHONE if phone else DESKTOP,
                color_scheme="dark" if dark else "light",
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(60_000)
        page.goto(address)
        page.get_by_role("textbox").wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
