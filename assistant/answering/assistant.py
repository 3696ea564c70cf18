"""The way of a question: understand, retrieve, guard, judge, compose, answer.

`Assistant` is the whole product without its page. It is a LangChain `Runnable`, so it can stand
in any chain; `assistant.retrieval.retriever.GuideRetriever` is its retriever alone.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from assistant import wording
from assistant.answering.answer import Answer, AnswerSentence, Citation
from assistant.answering.asks import Ask, asks_of, compared_asks, missing_facts
from assistant.answering.extractive import Chosen, compose, compose_openings
from assistant.answering.guard import guard, names_crisis
from assistant.answering.intents import IntentModel
from assistant.answering.judge import THRESHOLD, Signals, fit_for, is_listed, probability, signals
from assistant.answering.trace import Clock, Trace
from assistant.answering.without import crisis, frame_in, refused, unanswered
from assistant.errors import GenerationError, InputError
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.lexical import words
from assistant.index.live import LiveIndex
from assistant.index.store import Store
from assistant.index.vectors import QuestionVectors
from assistant.retrieval.hybrid import CANDIDATES, Ranking, search
from assistant.retrieval.language import detect_language
from assistant.retrieval.reranking import Reranker
from assistant.retrieval.retriever import GuideRetriever
from assistant.retrieval.understanding import Query, Turn, clean, turns, understand
from assistant.retrieval.vocabulary import vocabulary_of
from assistant.settings import Settings

__all__ = ["Assistant"]

Question = str | Mapping[str, Any]
"""A question, or a mapping of `question` and, if there was one, `history`."""

_LETTER = re.compile(r"[^\W\d_]")
_ASKED = 0.94
"""Of 20 single words tried, names of terms were this near to a question ("OET" 0.96) and vague ones
were not ("visa" 0.91, "letters" 0.93)."""


class Assistant(Runnable[Question, Answer]):
    """Answers questions from the live generation. Safe to share between threads."""

    def __init__(
        self, settings: Settings, embedder: Embedder, reranker: Reranker | None = None
    ) -> None:
        self.settings = settings
        self.embedder = embedder
        self.reranker = reranker
        self.index = LiveIndex(Store(settings.data_dir), embedder)
        self._intents = IntentModel.load(embedder)
        self._warm_up()

    @classmethod
    def load(cls, settings: Settings) -> Assistant:
        """Load the model and get ready to answer. Takes seconds.

        Raises:
            ModelError: the embedding model, or the reranker if one is named, cannot be used.

        """
        return cls(settings, Embedder.load(settings), Reranker.load(settings))

    def _warm_up(self) -> None:
        """Do once what the first question would otherwise wait for."""
        detect_language("Are externships paid?")
        try:
            with self.index.generation() as generation:
                vocabulary_of(generation).speller.correct("externshp")
        except GenerationError:  # nothing published yet: `ask` will say so
            return

    def retriever(self, top: int = 8) -> GuideRetriever:
        """The search alone, as a LangChain retriever."""
        return GuideRetriever(
            index=self.index,
            embedder=self.embedder,
            reranker=self.reranker,
            depth=self.settings.search_depth,
            top=top,
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
            return Trace(replace(crisis(draft, language), timings_ms=clock.done()))
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
            vocabulary = vocabulary_of(generation)
            query = understand(text, history, vocabulary)
        with clock("embed"):
            vectors, alone = self._vectors(query, understand(text, (), vocabulary))
        with clock("retrieve"):
            ranking = search(
                generation, query, vectors, depth=self.settings.search_depth, top=CANDIDATES
            )
        if self.reranker:
            with clock("rerank"):
                ranking = self.reranker.rerank(query, ranking)
        with clock("judge"):
            intents = self._intents(alone)
            measured = signals(generation, query, ranking, intents)
            fit = fit_for(generation, both=ranking.by_both)
            confidence = 1.0 if is_listed(query, ranking) else probability(measured, fit)
            # A few words that lean on the question before say too little by themselves.
            meant = intents.mean(self._intents(vectors)) if query.follows_up else intents
        draft = replace(
            draft,
            language=query.language,
            generation=generation.id,
            understood_as=query.search_text,
            confidence=confidence,
        )
        trace = Trace(draft, query, intents, ranking.passages, measured)
        frame = frame_in(query.language, multilingual=self.embedder.multilingual is not None)
        warning = guard(text, meant)
        if warning == "crisis":
            return replace(trace, answer=crisis(draft, query.language))
        if warning == "refused":
            return replace(trace, answer=refused(draft, frame, ranking.passages))
        if self._vague(query, ranking, measured):
            asked_back = replace(draft, outcome="clarify", message=wording.TOO_VAGUE)
            return replace(trace, answer=asked_back)
        with clock("judge parts"):
            asks = asks_of(
                generation, self.embedder, self._intents, query, ranking, fit,
                self.settings.search_depth,
            )  # fmt: skip
        trace = replace(trace, asks=asks)
        chosen: list[Chosen] = []
        facts: tuple[str, ...] = ()
        held = tuple(ask for ask in asks if not ask.not_held)
        if confidence >= THRESHOLD or any(ask.sure for ask in held):
            with clock("compose"):
                facts = missing_facts(query, ranking)
                chosen = (
                    compose_openings(ranking)
                    if facts
                    else self._compose(generation, query, vectors, ranking, held)
                )
        if not chosen:
            answer = unanswered(draft, query, intents, frame, ranking.passages)
            return replace(trace, answer=answer)
        answer = replace(draft, note=frame.answered, **_outcome(facts, asks), **_cited(chosen))
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

    def _compose(
        self,
        generation: Generation,
        query: Query,
        vectors: QuestionVectors,
        ranking: Ranking,
        held: Sequence[Ask],
    ) -> list[Chosen]:
        """Choose what is quoted for each part, or else for the whole question."""
        first = next((found.passage.section_id for found in ranking.fitting), "")
        asks = (
            compared_asks(query, vectors.primary, ranking)
            or held
            or (Ask(query.search_text, vectors.primary, first, 1.0),)
        )
        if query.language != "en" and vectors.multilingual is not None:
            asks = tuple(self._in_english(ask, ranking) for ask in asks)
        return compose(generation, asks, ranking)

    def _in_english(self, ask: Ask, ranking: Ranking) -> Ask:
        """The ask as the first model understands it: by the question of its own section."""
        asked = (p for p in (found.passage for found in ranking.fitting) if p.questions)
        text = next((p.questions[0] for p in asked if p.section_id == ask.section_id), "")
        return replace(ask, text=text, vector=self.embedder.encode_questions([text])[0])


def _outcome(facts: Sequence[str], asks: Sequence[Ask]) -> dict[str, Any]:
    """The outcome of an answer that quotes the guides, and what is said besides.

    Args:
        facts: those that the answer turns on and that are missing.
        asks: the parts of the message, if it has several.

    """
    if facts:
        named = wording.listed([wording.FACTS[fact] for fact in facts])
        return {"outcome": "clarify", "message": wording.TURNS_ON.format(facts=named)}
    open_parts = [ask.text for ask in asks if ask.not_held]
    if 0 < len(open_parts) < len(asks):  # else the whole message was answered, no part of it
        quoted = wording.listed([f"“{text.rstrip(' ?.!')}”" for text in open_parts])
        return {"outcome": "partial", "message": wording.PARTS_NOT_COVERED.format(parts=quoted)}
    return {"outcome": "answered", "message": ""}


def _cited(chosen: Sequence[Chosen]) -> dict[str, Any]:
    """The sentences, citations and passages of an answer."""
    numbered = list(enumerate(chosen, start=1))
    return {
        "sentences": tuple(AnswerSentence(e.statement.text, (n,), e.role) for n, e in numbered),
        "citations": tuple(
            Citation.of(n, e.found.document, e.found.passage, e.statement) for n, e in numbered
        ),
        "passages": tuple({e.found.passage.id: e.found.passage for e in chosen}.values()),
    }
