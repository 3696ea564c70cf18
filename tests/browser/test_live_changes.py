from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from assistant import wording
from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.settings import Settings
from tests.browser.conftest import OpenPage, StartApp
from tests.browser.helpers import ask, assert_no_traceback
from tests.conftest import WriteGuide

_LETTERS = (
    "## How many letters of recommendation can I send?\n\nERAS takes {count} letters (2026).\n"
)
_PAID = "## Are externships paid?\n\nMost externships are unpaid, so plan your costs.\n"
_QUESTION = "how many letters of recommendation can i send?"


def test_a_question_asked_before_the_model_is_loaded_waits_with_a_friendly_line(
    open_page: OpenPage, start_app: StartApp, settings: Settings, embedder: Embedder,
    write_guide: WriteGuide,
) -> None:  # fmt: skip
    write_guide("articles/paid.md", _PAID)
    ingest(settings, embedder)
    page = open_page(start_app(settings.data_dir))
    expect(page.get_by_text(wording.PROMISE)).to_be_visible()
    page.get_by_role("button", name=wording.SUGGESTIONS[0]).click()
    expect(page.get_by_text(wording.LOADING)).to_be_visible()
    expect(page.get_by_text(wording.SOURCES)).to_be_visible()
    expect(page.get_by_text(wording.LOADING)).to_have_count(0)
    assert_no_traceback(page)


def test_a_change_of_the_guides_is_live_in_the_open_page(
    open_page: OpenPage, start_app: StartApp, settings: Settings, embedder: Embedder,
    write_guide: WriteGuide,
) -> None:  # fmt: skip
    path = write_guide("articles/letters.md", _LETTERS.format(count="four"))
    write_guide("articles/paid.md", _PAID)
    ingest(settings, embedder)
    page = open_page(start_app(settings.data_dir))
    expect(ask(page, _QUESTION)).to_contain_text("four letters")

    write_guide("articles/letters.md", _LETTERS.format(count="seven"))
    report = ingest(settings, embedder)
    assert report.embedded["passages_new"] == 1
    answer = ask(page, _QUESTION)
    expect(answer).to_contain_text("seven letters")
    expect(answer).not_to_contain_text("four letters")

    path.unlink()
    ingest(settings, embedder)
    answer = ask(page, _QUESTION)
    expect(answer).not_to_contain_text("ERAS takes")
    assert_no_traceback(page)


def test_without_an_index_the_page_says_so_in_one_sentence(
    open_page: OpenPage, start_app: StartApp, tmp_path: Path
) -> None:
    page: Page = open_page(start_app(tmp_path / "nothing"))
    page.get_by_role("button", name=wording.SUGGESTIONS[0]).click()
    expect(page.get_by_text(wording.NOT_READY)).to_be_visible()
    expect(page.get_by_text(re.compile("ingest"))).to_have_count(0)
    assert_no_traceback(page)
