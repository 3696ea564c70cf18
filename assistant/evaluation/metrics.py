"""The measures of a ranking, and the statistics that say how sure a figure is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from scipy.stats import binomtest, permutation_test

__all__ = ["hit", "mcnemar", "ndcg", "paired_difference", "reciprocal_rank", "wilson"]

_RESAMPLES = 9_999


def hit(ranked: Sequence[str], relevant: Collection[str], depth: int) -> bool:
    """Whether a relevant item is among the first `depth`."""
    return any(item in relevant for item in ranked[:depth])


def reciprocal_rank(ranked: Sequence[str], relevant: Collection[str]) -> float:
    """1 over the rank of the first relevant item; 0 where there is none."""
    return next((1 / rank for rank, item in enumerate(ranked, 1) if item in relevant), 0.0)


def ndcg(ranked: Sequence[str], relevant: Collection[str], depth: int) -> float:
    """Normalised discounted cumulative gain with binary gains (Järvelin and Kekäläinen 2002).

    Args:
        ranked: items, each once, best first.
        relevant: at least one item.

    """
    gain = sum(1 / np.log2(rank + 1) for rank, i in enumerate(ranked[:depth], 1) if i in relevant)
    ideal = sum(1 / np.log2(rank + 1) for rank in range(1, min(depth, len(relevant)) + 1))
    return float(gain / ideal)


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); (0, 1) without trials."""
    if not trials:
        return 0.0, 1.0
    interval = binomtest(successes, trials).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def mcnemar(before: Sequence[bool], now: Sequence[bool]) -> float:
    """The exact two-sided p-value that two systems are right equally often (McNemar 1947).

    Args:
        before, now: whether each was right, on the same questions in the same order.

    """
    gained = sum(not b and n for b, n in zip(before, now, strict=True))
    lost = sum(b and not n for b, n in zip(before, now, strict=True))
    return float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0


def paired_difference(before: Sequence[float], now: Sequence[float]) -> tuple[float, float]:
    """The mean gain of `now` over `before`, and its p-value by sign-flipping permutations."""
    differences = np.asarray(now, float) - np.asarray(before, float)
    if not differences.any():
        return 0.0, 1.0
    tested = permutation_test(
        (differences,),
        lambda sample, axis: sample.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=_RESAMPLES,
        rng=np.random.default_rng(0),
    )
    return float(differences.mean()), float(tested.pvalue)
