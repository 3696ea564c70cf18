"""What the assistant gives back, with its promises in the types.

A citation that does not slice out of its document cannot be made, an answer without citations
cannot be `answered` or `partial`, and one that turns a reader away cannot carry citations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import InitVar, asdict, dataclass, field
from typing import Any, Literal

from assistant.corpus.documents import Document, Passage, Source, Statement

__all__ = ["Answer", "AnswerSentence", "Citation", "NearestGuide", "Outcome"]

Outcome = Literal[
    "answered", "partial", "clarify", "not_covered", "out_of_scope", "refused", "crisis"
]
_WITH_CITATIONS = {"answered", "partial"}


@dataclass(frozen=True)
class Citation:
    """Where one sentence of the answer stands.

    `quote` is `document text[start:end]`, checked when the citation is made; `sources` are the
    official and other pages behind it.
    """

    n: int
    passage_id: str
    document_id: str
    title: str
    section: str
    url: str | None
    quote: str
    start: int
    end: int
    reviewed: str | None
    sources: tuple[Source, ...]
    document_text: InitVar[str]

    def __post_init__(self, document_text: str) -> None:
        if not self.quote or document_text[self.start : self.end] != self.quote:
            raise ValueError(
                f"the quote of citation {self.n} does not stand at {self.start}:{self.end} "
                f"of {self.document_id}"
            )

    @classmethod
    def of(cls, n: int, document: Document, passage: Passage, statement: Statement) -> Citation:
        """Cite one statement of a passage."""
        return cls(
            n=n,
            passage_id=passage.id,
            document_id=document.id,
            title=document.title,
            section=passage.section,
            url=document.url,
            quote=document.text[statement.start : statement.end],
            start=statement.start,
            end=statement.end,
            reviewed=document.reviewed.isoformat() if document.reviewed else None,
            sources=tuple(document.sources[key] for key in statement.footnotes),
            document_text=document.text,
        )

    def as_dict(self) -> dict[str, Any]:
        """The citation as it stands in an answer's JSON."""
        return asdict(self)


@dataclass(frozen=True)
class AnswerSentence:
    """One thing said, and the numbers of the citations it rests on."""

    text: str
    citations: tuple[int, ...]
    role: Literal["lead", "further"] = "lead"


@dataclass(frozen=True)
class NearestGuide:
    """A section that is near to a question the guides do not answer."""

    document_id: str
    title: str
    section: str


@dataclass(frozen=True)
class Answer:
    """The whole reply to one question.

    `passages` are the cited ones, to show a quote in its context. `message` is what is said
    without evidence: why there is no answer, and where to turn; which part of the question is not
    covered; or which fact the answer turns on. `note` stands above an answer to
    a question in another language: what the quotes are, in that language.
    """

    id: str
    question: str
    outcome: Outcome
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    message: str = ""
    note: str = ""
    nearest: tuple[NearestGuide, ...] = ()
    whom_to_ask: tuple[str, ...] = ()
    confidence: float = 0.0
    understood_as: str = ""
    language: str = "en"
    model: str = ""
    generation: str | None = None
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {citation.n for citation in self.citations}
        if not all(each.citations and set(each.citations) <= known for each in self.sentences):
            raise ValueError("every sentence of an answer needs a citation")
        if self.outcome in _WITH_CITATIONS and not self.sentences:
            raise ValueError(
                f"an answer that is {self.outcome} has sentences, and each needs a citation"
            )
        # Asking back can come with what the guides say of each case.
        if self.outcome not in {*_WITH_CITATIONS, "clarify"} and (self.sentences or known):
            raise ValueError(f"an answer that is {self.outcome} has no citations")
        if (self.outcome == "answered") == bool(self.message):
            raise ValueError(f"an answer that is {self.outcome} has the wrong message")

    @property
    def text(self) -> str:
        """The answer as plain text: the direct answer, then what else the guides say.

        What the answer turns on stands before it, what the guides do not cover after it.
        """
        leads = " ".join(s.text for s in self.sentences if s.role == "lead")
        further = [s.text for s in self.sentences if s.role == "further"]
        said = [leads, *further]
        said.insert(len(said) if self.outcome == "partial" else 0, self.message)
        return "\n\n".join(filter(None, said))

    def as_dict(self) -> dict[str, Any]:
        """The answer as JSON values."""
        return {
            "id": self.id,
            "question": self.question,
            "outcome": self.outcome,
            "text": self.text,
            "note": self.note,
            "sentences": [
                {"text": s.text, "citations": list(s.citations), "role": s.role}
                for s in self.sentences
            ],
            "citations": [citation.as_dict() for citation in self.citations],
            "nearest": [asdict(guide) for guide in self.nearest],
            "whom_to_ask": list(self.whom_to_ask),
            "confidence": round(self.confidence, 4),
            "understood_as": self.understood_as,
            "language": self.language,
            "model": self.model,
            "generation": self.generation,
            "timings_ms": {name: round(ms, 2) for name, ms in self.timings_ms.items()},
        }
