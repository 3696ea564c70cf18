"""The way of a question: understand, retrieve, guard, judge, compose, answer.

`Assistant` is the whole product without its page. It is a LangChain `Runnable`, so it can stand
in any chain; `assistant.retrieval.retriever.GuideRetriever` is its retriever alone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import astuple, replace
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant import wording
from assistant.answering.answer import Answer, AnswerSentence, Citation, NearestGuide
from assistant.answering.extractive import Chosen, compose
from assistant.answering.guard import guard, names_crisis
from assistant.answering.intents import IntentModel, Intents
from assistant.answering.judge import (
    BOTH_MODELS,
    ONE_MODEL,
    THRESHOLD,
    Signals,
    probability,
    signals,
)
from assistant.answering.trace import Clock, Trace
from assistant.errors import GenerationError, InputError
from assistant.frames import Frame, frame_for
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.index.live import LiveIndex
from assistant.index.store import Store
from assistant.index.vectors import QuestionVectors, Vectors
from assistant.retrieval.hybrid import Ranking, search
from assistant.retrieval.language import detect_language
from assistant.retrieval.retriever import GuideRetriever, speller_for
from assistant.retrieval.understanding import Query, Turn, clean, turns, understand
from assistant.settings import Settings

__all__ = ["Assistant"]

Question = str | Mapping[str, Any]
"""A question, or a mapping of `question` and, if there was one, `history`."""

_LETTER = re.compile(r"[^\W\d_]")
_OUTSIDE = -0.5
"""Of the tuning half, 18 of 20 questions outside the subject and none that the guides answer."""
_OURS = -0.5
"""A short question below this is vague rather than one that no guide can hold."""
_FEW_WORDS = 2
_ASKED = 0.94
"""Of 20 single words tried, names of terms were this near to a question ("OET" 0.96) and vague ones
were not ("visa" 0.91, "letters" 0.93)."""
_NEAREST = 3
_CANDIDATES = 30


class Assistant(Runnable[Question, Answer]):
    """Answers questions from the live generation. Safe to share between threads."""

    def __init__(self, settings: Settings, embedder: Embedder) -> None:
        self.settings = settings
        self.embedder = embedder
        self.index = LiveIndex(Store(settings.data_dir), embedder)
        self._intents = IntentModel.load(embedder)
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
        return self.trace(question, history).answer

    def trace(self, question: str, history: Sequence[Turn] = ()) -> Trace:
        """Answer as `ask` does, and keep what each step found."""
        clock = Clock()
        draft = Answer(
            id=str(uuid.uuid4()),
            question=question.encode(errors="replace").decode(),  # a lone surrogate is not UTF-8
            outcome="clarify",
            message=wording.EMPTY_QUESTION,
            model=self.embedder.card.name,
        )
        text = clean(question)
        if not _LETTER.search(text):
            return Trace(replace(draft, timings_ms=clock.done()))
        if names_crisis(text):  # before all that could fail or take time
            language = detect_language(text[: self.settings.max_question_chars])
            return Trace(replace(self._crisis(draft, language), timings_ms=clock.done()))
        if len(text) > self.settings.max_question_chars:
            message = wording.TOO_LONG.format(
                length=len(text), limit=self.settings.max_question_chars
            )
            return Trace(replace(draft, message=message, timings_ms=clock.done()))
        with self.index.generation() as generation:
            trace = self._trace(draft, text, history, generation, clock)
        return replace(trace, answer=replace(trace.answer, timings_ms=clock.done()))

    def _trace(
        self,
        draft: Answer,
        text: str,
        history: Sequence[Turn],
        generation: Generation,
        clock: Clock,
    ) -> Trace:
        with clock("understand"):
            speller = speller_for(generation)
            query = understand(text, history, speller)
        with clock("embed"):
            vectors, alone = self._vectors(query, understand(text, (), speller))
        with clock("retrieve"):
            ranking = search(
                generation, query, vectors, depth=self.settings.search_depth, top=_CANDIDATES
            )
        with clock("judge"):
            intents = self._intents(alone)
            measured = signals(generation, query, ranking, intents)
            confidence = probability(measured, BOTH_MODELS if ranking.by_both else ONE_MODEL)
        draft = replace(
            draft,
            language=query.language,
            generation=generation.id,
            understood_as=query.search_text,
            confidence=confidence,
        )
        trace = Trace(draft, query, intents, ranking.passages, measured)
        warning = guard(text, intents)
        if warning == "crisis":
            return replace(trace, answer=self._crisis(draft, query.language))
        if warning == "refused":
            message = self._in_their_language(query.language).refused
            refused = self._without_evidence(draft, "refused", message, ranking)
            return replace(trace, answer=refused)
        if self._vague(query, ranking, measured):
            asked_back = replace(draft, outcome="clarify", message=wording.TOO_VAGUE)
            return replace(trace, answer=asked_back)
        chosen: list[Chosen] = []
        if confidence >= THRESHOLD:
            with clock("compose"):
                asked, vector = self._in_english(query, vectors, ranking)
                chosen = compose(generation, asked, vector, ranking)
        if not chosen:
            return replace(trace, answer=self._unanswered(draft, query, ranking, intents))
        sentences, citations = _cite(chosen)
        answer = replace(
            draft,
            outcome="answered",
            message="",
            note=self._in_their_language(query.language).answered,
            sentences=sentences,
            citations=citations,
            passages=tuple({each.found.passage.id: each.found.passage for each in chosen}.values()),
        )
        return replace(trace, answer=answer, chosen=tuple(chosen))

    def _vectors(self, query: Query, alone: Query) -> tuple[QuestionVectors, QuestionVectors]:
        """The vector to search with, and that of the question without its conversation."""
        if query.search_text == alone.search_text:
            (vectors,) = self.embedder.encode_query([query.search_text])
            return vectors, vectors
        both = self.embedder.encode_query([query.search_text, alone.search_text])
        return both[0], both[1]

    @staticmethod
    def _vague(query: Query, ranking: Ranking, measured: Signals) -> bool:
        """Whether it is a single word that no section is about: "visa", but not "OET"."""
        if query.language != "en" or query.follows_up or len(set(words(query.text))) > 1:
            return False
        asks_for_a_term = ranking.passages[:1] and ranking.passages[0].document.kind == "glossary"
        return not asks_for_a_term and measured.asked < _ASKED

    def _in_english(
        self, query: Query, vectors: QuestionVectors, ranking: Ranking
    ) -> tuple[str, Vectors]:
        """The question as the first model understands it, and its vector.

        For a question in another language that is the question of the answering section.
        """
        if query.language == "en" or vectors.multilingual is None:
            return query.search_text, vectors.primary
        text = next((p.passage.questions[0] for p in ranking.passages if p.passage.questions), "")
        return text, self.embedder.encode_questions([text])[0]

    def _unanswered(
        self, draft: Answer, query: Query, ranking: Ranking, intents: Intents
    ) -> Answer:
        """Say that the guides do not hold this, and where to turn."""
        frame = self._in_their_language(query.language)
        if intents.outside >= _OUTSIDE:
            return replace(draft, outcome="out_of_scope", message=frame.out_of_scope)
        short = len(set(words(query.text))) <= _FEW_WORDS
        if query.language == "en" and short and intents.not_held < _OURS:
            return replace(draft, outcome="clarify", message=wording.TOO_VAGUE)
        return self._without_evidence(draft, "not_covered", frame.not_covered, ranking)

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
            message=message,
            nearest=tuple(nearest.values()),
            whom_to_ask=tuple(asked)[:_NEAREST] or wording.WHOM_TO_ASK_ANY,
        )

    @staticmethod
    def _crisis(draft: Answer, language: str) -> Answer:
        message = wording.CRISIS.get(language, wording.CRISIS["en"])
        return replace(draft, outcome="crisis", language=language, message=message, confidence=1.0)

    def _in_their_language(self, language: str) -> Frame:
        """The words around an answer; without the second model they ask for English first."""
        frame = frame_for(language)
        hint = wording.IN_ENGLISH_PLEASE.get(language)
        if self.embedder.multilingual or not hint:
            return frame
        return Frame(*(f"{hint}\n\n{text}" for text in astuple(frame)))


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
