"""What a reader does on the page."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

__all__ = ["ask", "assert_no_traceback", "last_answer", "wait_until_drawn"]


def ask(page: Page, question: str) -> Locator:
    """Type a question, send it, and wait until its answer is drawn to the end."""
    answers = page.get_by_test_id("stChatMessage")
    before = answers.count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(answers).to_have_count(before + 2)
    answer = last_answer(page)
    wait_until_drawn(page)
    return answer


def wait_until_drawn(page: Page) -> None:
    """Wait until the page's script has run to its end."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")


def last_answer(page: Page) -> Locator:
    """The newest message of the assistant."""
    return page.get_by_test_id("stChatMessage").last


def assert_no_traceback(page: Page) -> None:
    """Nothing of the machinery is shown."""
    expect(page.get_by_test_id("stException")).to_have_count(0)
    expect(page.get_by_text("Traceback")).to_have_count(0)
