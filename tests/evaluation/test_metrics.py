"""The measures agree with other implementations and with sums done by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import ndcg_score

from assistant.evaluation.metrics import (
    hit,
    mcnemar,
    ndcg,
    paired_difference,
    reciprocal_rank,
    wilson,
)


@given(st.permutations("abcdefghijkl"), st.sets(st.sampled_from("abcdefghijkl"), min_size=1))
def test_ndcg_agrees_with_scikit_learn(ranked, relevant):
    gains = [[float(item in relevant) for item in ranked]]
    scores = [[float(-n) for n in range(len(ranked))]]
    assert ndcg(ranked, relevant, 10) == pytest.approx(ndcg_score(gains, scores, k=10))


def test_a_hit_and_its_rank():
    assert hit(["x", "a"], {"a"}, 2)
    assert not hit(["x", "a"], {"a"}, 1)
    assert reciprocal_rank(["x", "y", "a", "b"], {"a", "b"}) == pytest.approx(1 / 3)
    assert reciprocal_rank(["x"], {"a"}) == 0


def test_the_wilson_interval_of_a_textbook_case():
    low, high = wilson(8, 10)
    assert (round(low, 3), round(high, 3)) == (0.490, 0.943)
    assert wilson(0, 0) == (0.0, 1.0)


def test_mcnemar_counts_only_the_questions_that_changed():
    same = [True] * 50
    assert mcnemar(same, same) == 1.0
    lost_six = [False] * 6 + [True] * 44
    assert mcnemar(same, lost_six) == pytest.approx(2 * 0.5**6)


def test_a_paired_difference_has_its_sign_and_is_sure_of_a_constant_gain():
    before = np.linspace(0, 1, 30)
    gain, p = paired_difference(before, before + 0.1)
    assert gain == pytest.approx(0.1)
    assert p < 0.01
    assert paired_difference(before, before) == (0.0, 1.0)
