"""Lexical search: BM25 over passages, with bm25s (Lù 2024, arXiv:2407.03618).

Stands beside Chroma, whose local edition has no text search. Words are stemmed (Snowball
English); visa classes are one word however they are written (B1, b-1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import numpy.typing as npt
import Stemmer
from bm25s.stopwords import STOPWORDS_EN

__all__ = ["Lexicon", "words"]

_JOINED = re.compile(r"\b([a-z])[-\s]?(\d{1,3}[a-z]?)\b")
_US = re.compile(r"\bu\.\s?s\.(?:\s?a\.)?|\busa\b|\bamerican?\b|\bunited states\b")
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(STOPWORDS_EN) | frozenset(
    [
        "i",
        "my",
        "me",
        "you",
        "your",
        "we",
        "our",
        "am",
        "do",
        "does",
        "did",
        "can",
        "could",
        "would",
        "should",
        "what",
        "which",
        "who",
        "how",
        "when",
        "where",
        "why",
        "have",
        "has",
        "had",
        "im",
        "u",
        "r",
        "ur",
        "pls",
        "please",
        "from",
        "about",
        "get",
        "so",
        "any",
        "also",
        "just",
    ]
)
_stemmer = Stemmer.Stemmer("english")


def words(text: str) -> list[str]:
    """The stemmed content words of a text, in order, with repetitions."""
    lowered = _US.sub(" unitedstates ", text.lower().replace("’", "'").replace("'", ""))
    joined = _JOINED.sub(r"\1\2", lowered)
    return [
        str(stem)
        for stem in _stemmer.stemWords(
            [word for word in _WORD.findall(joined) if word not in _STOP]
        )
    ]


class Lexicon:
    """A BM25 index of the passages (Lucene's variant), in the order they were given."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        self._index = index
        self._size = size

    @classmethod
    def build(cls, texts: Sequence[str]) -> Lexicon:
        """Index the texts."""
        index = bm25s.BM25(method="lucene")
        # A word that no question holds keeps an index of empty texts from having no vocabulary.
        tokens = [words(text) or [""] for text in texts]
        index.index(tokens, show_progress=False)
        return cls(index, len(texts))

    def save(self, folder: Path) -> None:
        """Write the index; `load` reads it back."""
        self._index.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path, size: int) -> Lexicon:
        """Read what `save` wrote, for `size` texts; ValueError where it was for another number."""
        index = bm25s.BM25.load(folder)
        if index.scores["num_docs"] != size:
            raise ValueError(f"bm25 holds {index.scores['num_docs']} texts, not {size}")
        return cls(index, size)

    def scores(self, question: str) -> npt.NDArray[np.float32]:
        """The BM25 score of every text, of shape (size,). Unknown words count nothing."""
        known = [word for word in words(question) if word in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, np.float32)
        return np.asarray(self._index.get_scores(known), np.float32)

    def coverage(self, question: str, heads: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        """The share of a question's words, by idf, that each text holds, of shape (size,).

        Unlike BM25's score it can be compared between questions, and a word often repeated counts
        once.

        Args:
            question: any text; words that no text holds count, too.
            heads: for each text another (or itself) whose words count as its own, of shape (size,).

        """
        asked = set(words(question))
        total = sum(map(self.idf, asked))
        covered = np.zeros(self._size, np.float32)
        for word in asked:
            holding = np.zeros(self._size, bool)
            holding[self._holding(word)] = True
            covered[holding | holding[heads]] += self.idf(word)
        return covered / total if total else covered

    def idf(self, word: str) -> float:
        """How much a stemmed word tells: ln(1 + (N - df + 0.5) / (df + 0.5))."""
        return float(np.log1p((self._size - self._df(word) + 0.5) / (self._df(word) + 0.5)))

    def holds(self, word: str) -> bool:
        """Whether a stemmed word stands in any text."""
        return self._df(word) > 0

    def _df(self, word: str) -> int:
        return len(self._holding(word))

    def _holding(self, word: str) -> npt.NDArray[np.integer[Any]]:
        """The texts that hold a stemmed word."""
        token = self._index.vocab_dict.get(word)
        if token is None:
            return np.empty(0, np.int64)
        pointers = self._index.scores["indptr"]
        return np.asarray(self._index.scores["indices"][pointers[token] : pointers[token + 1]])
