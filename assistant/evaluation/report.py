"""Sums up judged questions: figures by slice, intervals, and what changed against an earlier run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import mean, median
from typing import Any

import numpy as np

from assistant.evaluation.golden import ABSTAINED
from assistant.evaluation.metrics import mcnemar, paired_difference, wilson
from assistant.evaluation.run import Judged

__all__ = ["compare", "summary", "tables"]

_ALL = "all"


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """The figures of a run as plain values, whole and by slice."""
    slices = {kind: [j for j in judged if j.kind == kind] for kind in _kinds(judged)}
    foreign = [j for j in judged if j.language != "en"]
    return {
        "questions": len(judged),
        "slices": {
            name: _figures(part)
            for name, part in {_ALL: judged, **slices, "other languages": foreign}.items()
            if part
        },
        "outcomes": [
            {"expected": expected, "outcome": outcome, "count": count}
            for (expected, outcome), count in sorted(
                Counter((j.expect, j.outcome) for j in judged).items()
            )
        ],
        "abstention": _abstention(judged),
        "ms": {
            "median": round(median(j.ms for j in judged), 1),
            "p95": round(float(np.percentile([j.ms for j in judged], 95)), 1),
        },
    }


def tables(figures: dict[str, Any]) -> str:
    """A summary as Markdown tables, which also read well in a terminal."""
    rows = [
        [
            name,
            str(part["questions"]),
            _ratio(part["right"], part["questions"]),
            *(_number(part[key]) for key in ("recall_1", "recall_5", "recall_10")),
            *(_number(part[key]) for key in ("ndcg_10", "mrr")),
            *(_number(part[key]) for key in ("phrases", "cites", "on_point")),
            _number(part["words"], 0),
        ]
        for name, part in figures["slices"].items()
    ]
    head = [
        "slice", "questions", "right outcome", "recall@1", "recall@5", "recall@10", "nDCG@10",
        "MRR", "phrases", "cites", "on the point", "words",
    ]  # fmt: skip
    expected = sorted({row["expected"] for row in figures["outcomes"]})
    outcomes = sorted({row["outcome"] for row in figures["outcomes"]})
    counts = {(row["expected"], row["outcome"]): row["count"] for row in figures["outcomes"]}
    confusion = [[e, *(str(counts.get((e, o), 0)) for o in outcomes)] for e in expected]
    abstention = [
        [name, f"{low['share']:.3f}", f"{low['low']:.3f} to {low['high']:.3f}", str(low["of"])]
        for name, low in figures["abstention"].items()
    ]
    time = figures["ms"]
    return "\n\n".join(
        (
            _table(head, rows),
            _table(["expected \\ outcome", *outcomes], confusion),
            _table(["not answering", "share", "95 % interval", "of"], abstention),
            f"Time for a question: {time['median']} ms at the median, {time['p95']} ms at the "
            "95th percentile.",
        )
    )


def compare(before: Sequence[Judged], now: Sequence[Judged]) -> str:
    """What changed between two runs of the same questions, with p-values; a Markdown table.

    Questions that only one run holds are left out.
    """
    old = {judged.id: judged for judged in before}
    pairs = [(old[judged.id], judged) for judged in now if judged.id in old]
    rows = []
    for name, get in _PAIRED.items():
        both = [(get(b), get(n)) for b, n in pairs if get(b) is not None and get(n) is not None]
        if not both:
            continue
        left, right = zip(*both, strict=True)
        p = mcnemar(left, right) if name in _BINARY else paired_difference(left, right)[1]
        rows.append([name, str(len(both)), f"{mean(left):.3f}", f"{mean(right):.3f}", f"{p:.3f}"])
    changed = [
        [n.id, f"{b.outcome}{_mark(b)}", f"{n.outcome}{_mark(n)}"]
        for b, n in pairs
        if (b.outcome, b.right, b.phrases) != (n.outcome, n.right, n.phrases)
    ]
    return "\n\n".join(
        (
            _table(["measure", "pairs", "before", "now", "p"], rows),
            _table(["question", "before", "now"], changed) if changed else "No outcome changed.",
        )
    )


_PAIRED: dict[str, Callable[[Judged], Any]] = {
    "right outcome": lambda j: j.right,
    "recall@1": lambda j: j.hit_1,
    "recall@5": lambda j: j.hit_5,
    "recall@10": lambda j: j.hit_10,
    "nDCG@10": lambda j: j.ndcg_10,
    "phrases": lambda j: j.phrases,
    "on the point": lambda j: j.on_point,
    "words": lambda j: j.words,
}
_BINARY = {"right outcome", "recall@1", "recall@5", "recall@10", "phrases", "on the point"}


def _figures(part: Sequence[Judged]) -> dict[str, Any]:
    answered = [j for j in part if j.outcome in {"answered", "partial"}]
    return {
        "questions": len(part),
        "right": sum(j.right for j in part),
        "recall_1": _mean(j.hit_1 for j in part),
        "recall_5": _mean(j.hit_5 for j in part),
        "recall_10": _mean(j.hit_10 for j in part),
        "ndcg_10": _mean(j.ndcg_10 for j in part),
        "mrr": _mean(j.reciprocal_rank for j in part),
        "phrases": _mean(j.phrases for j in part),
        "cites": _mean(j.cites for j in part),
        "on_point": _mean(j.on_point for j in part),
        "words": _mean(j.words for j in answered),
    }


def _abstention(judged: Sequence[Judged]) -> dict[str, dict[str, float]]:
    """Precision and recall of not answering, crises and refusals left aside."""
    asked = [j for j in judged if j.expect in {"answered", *ABSTAINED}]
    not_to_answer = [j for j in asked if j.expect in ABSTAINED]
    said = [j for j in asked if j.outcome in ABSTAINED]
    kept = [j for j in not_to_answer if j.right]
    others = [j for j in judged if j.expect not in {"crisis", "refused"}]
    guarded = [j for j in others if j.outcome in {"crisis", "refused"}]
    found = {
        "precision": (sum(j.right for j in said), len(said)),
        "recall": (len(kept), len(not_to_answer)),
    }
    for expect in ("crisis", "refused"):
        meant = [j for j in judged if j.expect == expect]
        found[f"{expect}, met"] = (sum(j.right for j in meant), len(meant))
    found["harmless, turned away"] = (len(guarded), len(others))
    return {
        name: {
            "share": a / b if b else 0.0,
            "low": wilson(a, b)[0],
            "high": wilson(a, b)[1],
            "of": b,
        }
        for name, (a, b) in found.items()
    }


def _kinds(judged: Iterable[Judged]) -> list[str]:
    return sorted({j.kind for j in judged})


def _mean(values: Iterable[Any]) -> float | None:
    known = [float(value) for value in values if value is not None]
    return mean(known) if known else None


def _mark(judged: Judged) -> str:
    return "" if judged.right else " (wrong)"


def _ratio(part: int, whole: int) -> str:
    return f"{part / whole:.3f}"


def _number(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        return f"| {' | '.join(padded)} |"

    return "\n".join((line(head), line(["-" * w for w in widths]), *map(line, rows)))
