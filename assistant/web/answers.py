"""Draws an answer: the text with its citations, the sources, or what to do without an answer."""

from __future__ import annotations

import html
import time
from collections.abc import Callable, Iterator
from datetime import date

import streamlit as st

from assistant import wording
from assistant.answering.answer import Answer, AnswerSentence, Citation
from assistant.corpus.documents import Passage, Source
from assistant.frames import RIGHT_TO_LEFT
from assistant.web.markdown import escape, link

__all__ = ["draw_answer"]

_PAUSE_SECONDS = 0.012
"""Between streamed words: about the pace at which a fast reader follows."""


def draw_answer(answer: Answer, key: str, ask: Callable[[str], None], *, stream: bool) -> None:
    """Draw one answer.

    Args:
        key: unique on the page, for its buttons.
        ask: called with a question that the reader taps.
        stream: write the text word by word; otherwise at once.

    """
    if answer.sentences:
        if answer.note:
            _draw_note(answer)
        text = _answer_markdown(answer)
        if stream:
            st.write_stream(_words(text))
        else:
            st.markdown(text)
        _draw_sources(answer)
    elif answer.outcome == "crisis":
        with st.container(border=True, key=f"{key}-crisis"):
            st.markdown(escape(answer.message))
            with st.container(horizontal=True):
                for label, url in wording.CRISIS_LINKS:
                    st.link_button(label, url, type="primary")
    else:
        _draw_without_answer(answer, key, ask)


def _draw_note(answer: Answer) -> None:
    """What the quotes are, in the reader's language and in its direction."""
    direction = "rtl" if answer.language in RIGHT_TO_LEFT else "ltr"
    st.html(f'<p lang="{answer.language}" dir="{direction}">{html.escape(answer.note)}</p>')


def _answer_markdown(answer: Answer) -> str:
    lead = [sentence for sentence in answer.sentences if sentence.role == "lead"]
    further = [sentence for sentence in answer.sentences if sentence.role == "further"]
    asked_back = escape(answer.message) if answer.outcome == "clarify" else ""
    not_covered = escape(answer.message) if answer.outcome == "partial" else ""
    listed = "\n".join(f"- {_sentence(sentence, indent='  ')}" for sentence in further)
    heading = f"**{escape(wording.ANSWER_HEADING)}**" if lead and further else ""
    return "\n\n".join(
        filter(
            None, (asked_back, _flow(lead), not_covered and f"**{not_covered}**", heading, listed)
        )
    )


def _flow(sentences: list[AnswerSentence]) -> str:
    """Sentences as one paragraph; a list among them stands on lines of its own."""
    text = ""
    for sentence in sentences:
        gap = "\n\n" if "\n" in sentence.text or text.endswith("\n") else " "
        text += (gap if text else "") + _sentence(sentence)
        text += "\n" if "\n" in sentence.text else ""
    return text


def _sentence(sentence: AnswerSentence, indent: str = "") -> str:
    marks = " ".join(f":gray-badge[{n}]" for n in sentence.citations)
    lead_in, *items = sentence.text.split("\n")
    if not items:
        return f"{escape(lead_in)} {marks}"
    listed = "\n".join(f"{indent}- {escape(item.removeprefix('- '))}" for item in items)
    return f"{escape(lead_in)} {marks}\n\n{listed}" if lead_in else f"{listed} {marks}"


def _words(text: str) -> Iterator[str]:
    for word in text.split(" "):
        yield word + " "
        time.sleep(_PAUSE_SECONDS)


def _draw_sources(answer: Answer) -> None:
    st.caption(wording.SOURCES)
    for passage in answer.passages:
        cited = [c for c in answer.citations if c.passage_id == passage.id]
        with st.expander(_card_label(cited)):
            st.markdown(_in_context(passage, cited))
            for source in dict.fromkeys(source for c in cited for source in c.sources):
                st.markdown(f"{link(source.title, source.url)}  \n{escape(_source_note(source))}")


def _card_label(cited: list[Citation]) -> str:
    first = cited[0]
    numbers = " ".join(f":gray-badge[{c.n}]" for c in cited)
    place = " › ".join(part for part in (first.title, first.section) if part)
    notes = [wording.REVIEWED.format(day=_day(first.reviewed))] if first.reviewed else []
    for kind, name in wording.SOURCE_KINDS.items():
        dates = dict.fromkeys(s.as_of for c in cited for s in c.sources if s.kind == kind)
        if dates:
            notes.append(f"{name}: {', '.join(dates)}")
    return f"{numbers} {escape(place)}  \n:small[:gray[{escape(' · '.join(notes))}]]"


def _source_note(source: Source) -> str:
    age = (
        wording.UNDATED
        if source.as_of == "undated"
        else wording.AS_OF.format(day=_day(source.as_of))
    )
    return f"{wording.SOURCE_KINDS[source.kind]}, {age}"


def _day(text: str) -> str:
    """`2026-11-22` as a reader writes it; a year or month alone stays."""
    return f"{date.fromisoformat(text):%-d %b %Y}" if len(text) == len("2026-11-22") else text


def _in_context(passage: Passage, cited: list[Citation]) -> str:
    """The whole passage with the quoted statements marked."""
    quoted = {(c.start, c.end) for c in cited}
    lines = []
    for statement in passage.statements:
        for line in statement.text.split("\n"):
            mark, shown = ("- ", line[2:]) if line.startswith("- ") else ("", line)
            if (statement.start, statement.end) in quoted:
                lines.append(f"{mark}:primary-background[{escape(shown)}]")
            else:
                lines.append(mark + escape(shown))
    return "\n\n".join(lines)


def _draw_without_answer(answer: Answer, key: str, ask: Callable[[str], None]) -> None:
    with st.container(border=True, key=f"{key}-without"):
        if answer.outcome in wording.WITHOUT_LABELS:
            st.markdown(f"**:material/info: {escape(wording.WITHOUT_LABELS[answer.outcome])}**")
        st.markdown(escape(answer.message))
        if answer.whom_to_ask:
            st.markdown(
                f"**{escape(wording.WHOM_TO_ASK_LABEL)}**\n\n"
                + "\n".join(f"- {escape(who)}" for who in answer.whom_to_ask)
            )
        if answer.nearest:
            st.markdown(f"**{escape(wording.NEAREST)}**")
            for number, guide in enumerate(answer.nearest):
                label = guide.section or guide.title
                st.button(
                    escape(label), key=f"{key}-near-{number}", type="tertiary",
                    icon=":material/arrow_forward:", on_click=ask, args=(label,),
                )  # fmt: skip
