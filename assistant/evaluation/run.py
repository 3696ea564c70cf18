"""Asks golden questions and judges each answer against what its question expects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from assistant.answering.assistant import Assistant
from assistant.evaluation.golden import ABSTAINED, GoldenQuestion
from assistant.evaluation.metrics import hit, ndcg, reciprocal_rank

__all__ = ["Judged", "allowed", "judge", "run"]

_DEPTH = 10


@dataclass(frozen=True)
class Judged:
    """How one golden question went.

    `right` is whether the outcome is one that the question allows; the ranking's measures are
    None where no section answers, and `phrases` and `on_point` where nothing was to be answered
    or nothing was. `on_point` says that every sentence stands in a section known to answer.
    """

    id: str
    kind: str
    language: str
    expect: str
    covered: str
    outcome: str
    right: bool
    hit_1: bool | None
    hit_5: bool | None
    hit_10: bool | None
    ndcg_10: float | None
    reciprocal_rank: float | None
    phrases: bool | None
    on_point: bool | None
    cites: bool | None
    words: int
    ms: float
    confidence: float

    def as_dict(self) -> dict[str, Any]:
        """Plain values that make it again."""
        return asdict(self)


def run(
    assistant: Assistant,
    questions: Iterable[GoldenQuestion],
    on_progress: Callable[[], object] = lambda: None,
) -> list[Judged]:
    """Ask each question and judge the answer."""
    judged = []
    for question in questions:
        judged.append(judge(assistant, question))
        on_progress()
    return judged


def judge(assistant: Assistant, question: GoldenQuestion) -> Judged:
    """Ask one question and judge what came of it."""
    trace = assistant.trace(question.question, question.turns)
    answer = trace.answer
    relevant = set(question.passages)
    found = dict.fromkeys(ranked.passage.section_id for ranked in trace.passages)
    sections = list(found)
    answering = question.covered == "full" and answer.outcome in {"answered", "partial"}
    cited = [passage.section_id for passage in answer.passages]
    return Judged(
        id=question.id,
        kind=question.kind,
        language=question.language,
        expect=question.expect,
        covered=question.covered,
        outcome=answer.outcome,
        right=answer.outcome in allowed(question),
        hit_1=hit(sections, relevant, 1) if relevant else None,
        hit_5=hit(sections, relevant, 5) if relevant else None,
        hit_10=hit(sections, relevant, _DEPTH) if relevant else None,
        ndcg_10=ndcg(sections, relevant, _DEPTH) if relevant else None,
        reciprocal_rank=reciprocal_rank(sections, relevant) if relevant else None,
        phrases=not question.missing(answer.text) if answering else None,
        on_point=set(cited) <= relevant if answering else None,
        cites=bool(set(cited) & relevant) if answering else None,
        words=len(answer.text.split()),
        ms=answer.timings_ms["total"],
        confidence=answer.confidence,
    )


def allowed(question: GoldenQuestion) -> frozenset[str]:
    """The outcomes that are right for a question.

    What the guides hold in full is to be answered; in part, also to be answered in part. What
    is not to be answered may be called not covered or out of scope, and where the guides hold
    the rule but not the detail, the rule may be given as a part. A request to refuse, and a
    crisis, allow one outcome only.
    """
    if question.expect == "answered":
        return frozenset({"answered"} if question.covered == "full" else {"answered", "partial"})
    if question.expect in ABSTAINED:
        return ABSTAINED | ({"partial"} if question.covered == "partial" else set())
    return frozenset({question.expect})
