"""Sections as points in a space that the listed questions decide."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.corpus.documents import Passage, Statement
from assistant.index.sections import SectionSpace
from assistant.index.vectors import CorpusVectors, unit

DIMENSION, SECTIONS, ASKED = 8, 12, 9


def passages(asked: int) -> list[Passage]:
    return [
        Passage(
            f"guide#s{n}", "guide", ("Guide", f"s{n}"), (Statement(0, 1, "A."),),
            tuple(f"question {n} {m}?" for m in range(asked)),
        )
        for n in range(SECTIONS)
    ]  # fmt: skip


def worded(asked: int, rng: np.random.Generator) -> tuple[np.ndarray, CorpusVectors]:
    """Sections that differ in two dimensions a little, questions that differ in the rest a lot."""
    angles = np.linspace(0, 2 * np.pi, SECTIONS, endpoint=False)
    topics = np.zeros((SECTIONS, DIMENSION))
    topics[:, 0], topics[:, 1] = np.cos(angles), np.sin(angles)

    def said(times: int) -> np.ndarray:
        wording = rng.normal(0, 0.5, (SECTIONS * times, DIMENSION))
        wording[:, :2] *= 0.05
        return unit((np.repeat(topics, times, axis=0) + wording).astype(np.float32))

    vectors = CorpusVectors(said(1), [said(1)[:1]] * SECTIONS, said(asked))
    return said(1), vectors


def test_a_section_is_found_by_what_its_questions_share():
    fresh, vectors = worded(ASKED, np.random.default_rng(1))
    space = SectionSpace.fit(passages(ASKED), vectors)
    assert space is not None
    by_space = [np.argmax(space.similarities(each)) for each in fresh]
    by_cosine = [np.argmax(vectors.passages @ each) for each in fresh]
    right = np.arange(SECTIONS)
    assert np.mean(by_space == right) > 1.5 * np.mean(by_cosine == right)


def test_what_is_written_is_read(tmp_path):
    fresh, vectors = worded(ASKED, np.random.default_rng(2))
    space = SectionSpace.fit(passages(ASKED), vectors)
    assert space is not None
    space.write(tmp_path)
    read = SectionSpace.read(tmp_path, SECTIONS)
    assert read is not None
    for each in fresh:
        assert read.similarities(each) == pytest.approx(space.similarities(each), abs=0.01)


def test_too_few_questions_give_no_space(tmp_path):
    _, vectors = worded(1, np.random.default_rng(3))
    assert SectionSpace.fit(passages(1), vectors) is None
    assert SectionSpace.read(tmp_path, SECTIONS) is None


def test_a_file_for_other_passages_is_refused(tmp_path):
    _, vectors = worded(ASKED, np.random.default_rng(4))
    space = SectionSpace.fit(passages(ASKED), vectors)
    assert space is not None
    space.write(tmp_path)
    with pytest.raises(ValueError, match="do not fit"):
        SectionSpace.read(tmp_path, SECTIONS + 1)


def test_parts_of_one_section_are_equally_near():
    _, vectors = worded(ASKED, np.random.default_rng(5))
    parts = passages(ASKED)
    parts[1] = Passage(
        "guide#s0.2", "guide", ("Guide", "s0"), (Statement(0, 1, "A."),), parts[1].questions
    )
    space = SectionSpace.fit(parts, vectors)
    assert space is not None
    found = space.similarities(vectors.questions[0])
    assert found[0] == found[1] != found[2]
