"""The chat page: questions, answers and what is between them. Knows nothing of how to answer."""

from __future__ import annotations

import logging
from dataclasses import dataclass

import streamlit as st

from assistant import wording
from assistant.answering.answer import Answer
from assistant.errors import AssistantError
from assistant.retrieval.understanding import Turn
from assistant.settings import Settings
from assistant.web.answers import draw_answer
from assistant.web.loader import Loader
from assistant.web.markdown import escape

__all__ = ["page"]

log = logging.getLogger(__name__)


@dataclass
class _Exchange:
    """A question and what came of it: an answer, or a sentence that says why there is none."""

    question: str
    answer: Answer | None = None
    fault: str = ""


@st.cache_resource(show_spinner=False)
def _loader() -> Loader:
    return Loader()


@st.cache_resource(show_spinner=False)
def _max_question_chars() -> int:
    return Settings.load().max_question_chars


def page() -> None:
    """Draw the page and answer what was asked."""
    loader = _loader()
    exchanges: list[_Exchange] = st.session_state.setdefault("exchanges", [])
    typed = st.chat_input(wording.PLACEHOLDER, max_chars=_max_question_chars())
    if typed:
        _ask(typed)

    with st.container(
        horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"
    ):
        st.title(wording.APP_TITLE, anchor=False, width="content")
        if exchanges:
            st.button(wording.NEW_CHAT, icon=":material/edit_square:", on_click=exchanges.clear)
    st.markdown(wording.PROMISE)

    if not exchanges:
        _draw_suggestions()
    for number, exchange in enumerate(exchanges):
        _draw_exchange(loader, exchanges, number, exchange)
    st.caption(wording.FOOTER)


def _ask(question: str) -> None:
    st.session_state["exchanges"].append(_Exchange(question))


def _draw_suggestions() -> None:
    with st.container(key="suggestions", gap="xsmall"):
        for question in wording.SUGGESTIONS:
            st.button(question, on_click=_ask, args=(question,), width="stretch")


def _draw_exchange(
    loader: Loader, exchanges: list[_Exchange], number: int, exchange: _Exchange
) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        st.markdown(escape(exchange.question))
    with st.chat_message("assistant", avatar=":material/menu_book:"):
        fresh = exchange.answer is None and not exchange.fault
        if fresh:
            _answer(loader, exchange, exchanges[:number])
        if exchange.answer:
            draw_answer(exchange.answer, f"answer-{number}", _ask, stream=fresh)
        else:
            st.warning(escape(exchange.fault), icon=":material/cloud_off:")


def _answer(loader: Loader, exchange: _Exchange, before: list[_Exchange]) -> None:
    history = [
        turn
        for earlier in before
        if earlier.answer
        for turn in (Turn("user", earlier.question), Turn("assistant", earlier.answer.text))
    ]
    try:
        if loader.ready:
            assistant = loader.wait()
        else:
            with st.spinner(wording.LOADING):
                assistant = loader.wait()
        exchange.answer = assistant.ask(exchange.question, history)
    except AssistantError as error:
        log.error("A question was not answered: %s", error)
        exchange.fault = wording.NOT_READY
    except Exception:  # any fault: else Streamlit shows readers the traceback, and asks for ever
        log.exception("A question was not answered")
        exchange.fault = wording.FAILED
