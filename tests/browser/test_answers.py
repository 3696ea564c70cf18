from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from assistant import wording
from tests.browser.conftest import OpenPage
from tests.browser.helpers import ask, assert_no_traceback


@pytest.mark.parametrize(("phone", "dark"), [(True, False), (False, True)])
def test_a_question_is_answered_with_citations(
    open_page: OpenPage, guides_app: str, phone: bool, dark: bool
) -> None:
    page = open_page(guides_app, phone=phone, dark=dark)
    expect(page.get_by_text(wording.PROMISE)).to_be_visible()
    answer = ask(page, "are externships paid?")
    expect(answer).to_contain_text("unpaid")
    expect(answer.get_by_text(wording.SOURCES)).to_be_visible()
    expect(answer.get_by_test_id("stExpander").first).to_contain_text(re.compile(r"reviewed \d"))
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0, f"the page is {overflow} pixels too wide"
    assert_no_traceback(page)


def test_a_card_opens_to_the_quote_in_its_passage(open_page: OpenPage, guides_app: str) -> None:
    page = open_page(guides_app)
    answer = ask(page, "should i waive my right to see the letter?")
    card = answer.get_by_test_id("stExpander").first
    marked = card.locator(".stMarkdownColoredBackground")
    expect(marked.first).not_to_be_visible()
    card.locator("summary").click()
    expect(marked.first).to_be_visible()
    quote = marked.first.inner_text()
    assert quote
    assert quote in answer.locator("p").first.inner_text()
    link = card.get_by_role("link").first
    expect(link).to_have_attribute("href", re.compile("^https?://"))
    assert_no_traceback(page)


def test_what_is_not_covered_looks_different_and_offers_next_steps(
    open_page: OpenPage, guides_app: str
) -> None:
    page = open_page(guides_app, phone=True)
    answer = ask(page, "what is on the cafeteria menu at Mayo Clinic today")
    expect(answer.get_by_text(wording.WITHOUT_LABELS["not_covered"]).first).to_be_visible()
    expect(answer.get_by_text(wording.WHOM_TO_ASK_LABEL)).to_be_visible()
    expect(answer.get_by_test_id("stExpander")).to_have_count(0)
    answer.get_by_role("button").first.click()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(4)
    expect(page.get_by_text(wording.SOURCES)).to_be_visible()
    assert_no_traceback(page)


def test_a_crisis_is_met_with_a_line_to_call(open_page: OpenPage, guides_app: str) -> None:
    page = open_page(guides_app, phone=True)
    answer = ask(page, "i want to kill myself, third time unmatched")
    expect(answer).to_contain_text("988")
    expect(answer.get_by_role("link", name="findahelpline.com")).to_be_visible()
    expect(answer.get_by_test_id("stExpander")).to_have_count(0)


def test_a_suggestion_is_asked_with_a_tap_and_new_chat_clears(
    open_page: OpenPage, guides_app: str
) -> None:
    page = open_page(guides_app)
    page.get_by_role("button", name=wording.SUGGESTIONS[1]).click()
    expect(page.get_by_text(wording.SOURCES)).to_be_visible()
    expect(page.get_by_role("button", name=wording.SUGGESTIONS[0])).to_have_count(0)
    page.get_by_role("button", name=wording.NEW_CHAT).click()
    expect(page.get_by_role("button", name=wording.SUGGESTIONS[0])).to_be_visible()
    expect(page.get_by_test_id("stChatMessage")).to_have_count(0)


def test_a_follow_up_is_understood(open_page: OpenPage, guides_app: str) -> None:
    page = open_page(guides_app)
    ask(page, "can observers examine patients?")
    answer = ask(page, "even if the attending says its ok?")
    expect(answer).to_contain_text(re.compile("may not|cannot|not touch"))
    assert_no_traceback(page)


@pytest.mark.parametrize(
    "question",
    [
        "<img src=x onerror=alert(1)> <b>are externships paid</b>?",
        "# **are** externships `paid`? $x^2$ :smile: [link](https://example.org)",
    ],
)
def test_html_and_markdown_in_a_question_stay_text(
    open_page: OpenPage, guides_app: str, question: str
) -> None:
    page = open_page(guides_app)
    ask(page, question)
    asked = page.get_by_test_id("stChatMessage").first
    expect(asked).to_contain_text(question)
    for element in ("img", "b", "strong", "h1", "code", ".katex"):
        expect(asked.get_by_test_id("stMarkdown").locator(element)).to_have_count(0)
    assert_no_traceback(page)
