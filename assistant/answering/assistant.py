"""The way of a question: understand, retrieve, guard, judge, compose, answer.

`Assistant` is the whole product without its page. It is a LangChain `Runnable`, so it can stand
in any chain; `assistant.retrieval.retriever.GuideRetriever` is its retriever alone.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant import wording
from assistant.answering.answer import Answer, AnswerSentence, Citation, NearestGuide
from assistant.answering.extractive import Chosen, compose
from assistant.answering.guard import guard, names_crisis
from assistant.answering.intents import IntentExamples, Nearness
from assistant.answering.judge import THRESHOLD, Signals, probability, signals
from assistant.errors import GenerationError, InputError
from assistant.index.embeddings import Embedder, Vectors
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.index.live import LiveIndex
from assistant.index.store import Store
from assistant.retrieval.hybrid import Ranking, search
from assistant.retrieval.language import detect_language
from assistant.retrieval.retriever import GuideRetriever, speller_for
from assistant.retrieval.understanding import Query, Turn, clean, understand
from assistant.settings import Settings

__all__ = ["Assistant", "turns"]

Question = str | Mapping[str, Any]
"""A question, or a mapping of `question` and, if there was one, `history`."""

_LETTER = re.compile(r"[^\W\d_]")
_FAR, _VERY_FAR = 0.4, 0.3
"""A question whose best cosines are below the first, and which is nearer to an example outside the
subject than to one inside it, is outside; below the second always. Of the tuning half of the golden
questions, 9 of 13 outside the subject and none that the guides answer."""
_FEW_WORDS = 2
_NEAREST = 3
_CANDIDATES = 30


class Assistant(Runnable[Question, Answer]):
    """Answers questions from the live generation. Safe to share between threads."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self.settings = settings
        self.embedder = embedder
        self.index = LiveIndex(Store(settings.data_dir), embedder)
        self._examples = IntentExamples(embedder)
        self._warm_up()

    @classmethod
    def load(cls, settings: Settings) -> Assistant:
        """Load the model and get ready to answer. Takes seconds.

        Raises:
            ModelError: the embedding model cannot be used.

        """
        return cls(settings, Embedder.load(settings))

    def _warm_up(self) -> None:
        """Do once what the first question would otherwise wait for."""
        detect_language("Are externships paid?")
        try:
            with self.index.generation() as generation:
                speller_for(generation).correct("externshp")
        except GenerationError:  # nothing published yet: `ask` will say so
            return

    def retriever(self, top: int = 8) -> GuideRetriever:
        """The search alone, as a LangChain retriever."""
        return GuideRetriever(
            index=self.index, embedder=self.embedder, depth=self.settings.search_depth, top=top
        )

    def invoke(
        self, input: Question, config: RunnableConfig | None = None, **kwargs: Any
    ) -> Answer:
        """LangChain's name for `ask`."""
        return self._call_with_config(self._ask_input, input, config)

    def _ask_input(self, given: Question) -> Answer:
        if isinstance(given, str):
            return self.ask(given)
        if not isinstance(given, Mapping) or not isinstance(given.get("question"), str):
            raise InputError("The input needs a `question`, as text.")
        return self.ask(given["question"], turns(given.get("history") or ()))

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question from the guides, or say plainly why not.

        Args:
            history: the conversation before the question, oldest first.

        Raises:
            GenerationError: there is no index that can be served.

        """
        clock = _Clock()
        draft = Answer(
            id=str(uuid.uuid4()),
            question=question.encode(errors="replace").decode(),  # a lone surrogate is not UTF-8
            outcome="clarify",
            message=wording.EMPTY_QUESTION,
            model=self.embedder.card.name,
        )
        text = clean(question)
        if not _LETTER.search(text):
            return replace(draft, timings_ms=clock.done())
        if names_crisis(text):  # before all that could fail or take time
            language = detect_language(text[: self.settings.max_question_chars])
            return replace(self._crisis(draft, language), timings_ms=clock.done())
        if len(text) > self.settings.max_question_chars:
            message = wording.TOO_LONG.format(
                length=len(text), limit=self.settings.max_question_chars
            )
            return replace(draft, message=message, timings_ms=clock.done())
        with self.index.generation() as generation:
            answer = self._answer(draft, text, history, generation, clock)
        return replace(answer, timings_ms=clock.done())

    def _answer(
        self,
        draft: Answer,
        text: str,
        history: Sequence[Turn],
        generation: Generation,
        clock: _Clock,
    ) -> Answer:
        with clock("understand"):
            language = detect_language(text)
            speller = speller_for(generation) if language == "en" else None
            query = understand(text, history, speller)
        with clock("embed"):
            vector, alone = self._vectors(query, understand(text, (), speller))
        with clock("retrieve"):
            ranking = search(
                generation,
                query.search_text,
                vector,
                depth=self.settings.search_depth,
                top=_CANDIDATES,
            )
        with clock("judge"):
            near = self._examples.nearness(alone)
            measured = signals(generation, query.search_text, ranking, near)
            confidence = probability(measured)
        draft = replace(
            draft,
            language=language,
            generation=generation.id,
            understood_as=query.search_text,
            confidence=confidence,
        )
        warning = guard(text, near, 0.0 if query.follows_up else measured.asked)
        if warning == "crisis":
            return self._crisis(draft, language)
        if warning == "refused":
            return self._without_evidence(draft, "refused", wording.REFUSED, ranking)
        if confidence < THRESHOLD:
            return self._unanswered(draft, query, ranking, near, measured)
        with clock("compose"):
            chosen = compose(generation, query.search_text, ranking)
            if not chosen:
                return self._unanswered(draft, query, ranking, near, measured)
            sentences, citations = _cite(chosen)
        return replace(
            draft,
            outcome="answered",
            message="",
            sentences=sentences,
            citations=citations,
            passages=tuple({each.found.passage.id: each.found.passage for each in chosen}.values()),
        )

    def _vectors(self, query: Query, alone: Query) -> tuple[Vectors, Vectors]:
        """The vector to search with, and that of the question without its conversation."""
        if query.search_text == alone.search_text:
            vector = self.embedder.encode_questions([query.search_text])[0]
            return vector, vector
        both = self.embedder.encode_questions([query.search_text, alone.search_text])
        return both[0], both[1]

    def _unanswered(
        self, draft: Answer, query: Query, ranking: Ranking, near: Nearness, measured: Signals
    ) -> Answer:
        """Say that the guides do not hold this, and where to turn."""
        nearest = max(measured.passage, measured.asked)
        if nearest < _VERY_FAR or (nearest < _FAR and near.outside > near.not_held):
            message = self._in_their_language(wording.OUT_OF_SCOPE, draft.language)
            return replace(draft, outcome="out_of_scope", message=message)
        vague = len(set(words(query.text))) <= _FEW_WORDS
        ours = nearest >= measured.unanswerable
        if draft.language == "en" and vague and ours:
            return replace(draft, outcome="clarify", message=wording.TOO_VAGUE)
        return self._without_evidence(draft, "not_covered", wording.NOT_COVERED, ranking)

    def _without_evidence(
        self, draft: Answer, outcome: Any, message: str, ranking: Ranking
    ) -> Answer:
        nearest: dict[tuple[str, str], NearestGuide] = {}
        asked: dict[str, None] = {}
        for found in ranking.passages:
            key = (found.document.id, found.passage.section)
            if len(nearest) < _NEAREST and key not in nearest:
                nearest[key] = NearestGuide(found.document.id, found.document.title, key[1])
                for topic in found.document.topics:
                    asked.update(dict.fromkeys(wording.WHOM_TO_ASK.get(topic, ())))
        return replace(
            draft,
            outcome=outcome,
            message=self._in_their_language(message, draft.language),
            nearest=tuple(nearest.values()),
            whom_to_ask=tuple(asked)[:_NEAREST] or wording.WHOM_TO_ASK_ANY,
        )

    @staticmethod
    def _crisis(draft: Answer, language: str) -> Answer:
        message = wording.CRISIS.get(language, wording.CRISIS["en"])
        return replace(draft, outcome="crisis", language=language, message=message, confidence=1.0)

    @staticmethod
    def _in_their_language(message: str, language: str) -> str:
        hint = wording.IN_ENGLISH_PLEASE.get(language)
        return f"{hint}\n\n{message}" if hint else message


def turns(history: Sequence[Mapping[str, Any]]) -> tuple[Turn, ...]:
    """Check a conversation given as plain values.

    Raises:
        InputError: it is not a list, or a message is not
            `{"role": "user" or "assistant", "content": text}`.

    """
    if not isinstance(history, Sequence) or isinstance(history, str):
        raise InputError("The history has to be a list of messages, oldest first.")
    checked = []
    for message in history:
        role = message.get("role") if isinstance(message, Mapping) else None
        if role not in ("user", "assistant") or not isinstance(message.get("content"), str):
            raise InputError(
                'Each message of the history needs "role" (user or assistant) and "content" (text).'
            )
        checked.append(Turn(role, message["content"]))
    return tuple(checked)


def _cite(chosen: Sequence[Chosen]) -> tuple[tuple[AnswerSentence, ...], tuple[Citation, ...]]:
    citations = tuple(
        Citation.of(n, each.found.document, each.found.passage, each.statement)
        for n, each in enumerate(chosen, start=1)
    )
    sentences = tuple(
        AnswerSentence(each.statement.text, (n,), each.role)
        for n, each in enumerate(chosen, start=1)
    )
    return sentences, citations


class _Clock:
    """Milliseconds spent in each step."""

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._spent: dict[str, float] = {}

    @contextmanager
    def __call__(self, step: str) -> Any:
        start = time.perf_counter()
        try:
            yield
        finally:
            self._spent[step] = (time.perf_counter() - start) * 1000

    def done(self) -> dict[str, float]:
        return {**self._spent, "total": (time.perf_counter() - self._start) * 1000}
