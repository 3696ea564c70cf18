"""Vectors by content: taken from where they are known, embedded where they are not.

Known are those of the live generation, and those that come with a corpus in its file
`.vectors.npz`, so that a first ingest need not wait for 40,000 of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from assistant.corpus.documents import Passage
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.vectors import ModelCard, Vectors, unit

__all__ = ["SHIPPED", "VectorCache", "read_shipped", "write_shipped"]

SHIPPED = ".vectors.npz"
"""In a corpus folder: vectors of its texts, in 8 bits, by SHA-256, for each model: the second one's
of all, the first one's of the questions."""
_STEPS = 127


class VectorCache:
    """The vectors of one ingest. Each content is embedded at most once."""

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self._passages: dict[str, Vectors] = {}
        self._statements: dict[str, Vectors] = {}
        self._questions: dict[str, Vectors] = {}
        self._second: dict[str, Vectors] = {}
        self._shipped: dict[str, Vectors] = {}

    def take_from(self, live: Generation | None) -> frozenset[str]:
        """Know the vectors of a generation, as far as it was made with the same models.

        Returns:
            The questions whose vectors it holds.

        """
        if not live or live.manifest.model != self.embedder.card:
            return frozenset()
        known = live.vectors()
        self._passages = known["passages"]
        self._statements = known["statements"]
        self._questions = {**self._questions, **known["questions"]}
        second = self.embedder.multilingual
        if second and live.manifest.multilingual == second.card:
            self._second.update(known["multilingual_passages"])
            self._second.update((_key(q), v) for q, v in known["multilingual_questions"].items())
        return frozenset(known["questions"])

    def take_shipped(self, corpus: Path) -> None:
        """Know the vectors that come with a corpus folder, as far as they are of these models."""
        self._shipped = read_shipped(corpus / SHIPPED, self.embedder.card)
        if self.embedder.multilingual:
            self._second.update(read_shipped(corpus / SHIPPED, self.embedder.multilingual.card))

    def passages(self, passages: Sequence[Passage]) -> tuple[Vectors, list[Vectors], int]:
        """Vectors of passages.

        Returns:
            An array of shape (passages, dimension), for each passage one of shape (its
            statements, dimension), and how many passages were not known before.

        """
        prints = [passage.fingerprint for passage in passages]
        fresh = {
            print_: passage
            for print_, passage in zip(prints, passages, strict=True)
            if print_ not in self._passages
        }
        new = sum(print_ in fresh for print_ in prints)
        with tqdm(total=len(fresh), desc="Embedding passages", unit="", disable=None) as bar:
            whole, statements = self.embedder.encode_passages(list(fresh.values()), bar.update)
        self._passages.update(zip(fresh, whole, strict=True))
        self._statements.update(zip(fresh, statements, strict=True))
        return (
            np.stack([self._passages[print_] for print_ in prints]),
            [self._statements[print_] for print_ in prints],
            new,
        )

    def questions(self, questions: Sequence[str]) -> Vectors:
        """Vectors of shape (questions, dimension)."""
        new = []
        for each in dict.fromkeys(questions):
            if each not in self._questions:
                if (shipped := self._shipped.get(_key(each))) is None:
                    new.append(each)
                else:
                    self._questions[each] = shipped
        self._questions.update(zip(new, self.embedder.encode_questions(new), strict=True))
        return _stack([self._questions[each] for each in questions], self.embedder.card)

    def multilingual(self, passages: Sequence[Passage]) -> tuple[Vectors | None, Vectors | None]:
        """The second model's vectors of passages and of their questions, in their order.

        Both are None where there is no second model.
        """
        model = self.embedder.multilingual
        if not model:
            return None, None
        known = self.second(passages)
        asked = [known[_key(question)] for p in passages for question in p.all_questions]
        whole = [known[passage.fingerprint] for passage in passages]
        return _stack(whole, model.card), _stack(asked, model.card)

    def first(self, passages: Sequence[Passage]) -> dict[str, Vectors]:
        """The first model's vectors of the questions, by their SHA-256."""
        asked = list(dict.fromkeys(q for passage in passages for q in passage.english_questions))
        vectors = self.questions(asked)
        return {_key(question): vector for question, vector in zip(asked, vectors, strict=True)}

    def second(self, passages: Sequence[Passage]) -> dict[str, Vectors]:
        """The second model's vectors by fingerprint, or by the SHA-256 of a question."""
        model = self.embedder.multilingual
        if not model:
            return {}
        texts = {passage.fingerprint: passage.embedded for passage in passages}
        asked = {_key(question): question for p in passages for question in p.all_questions}
        self._complete(texts, model.encode_passages, "Embedding for other languages")
        self._complete(asked, model.encode_questions, "Embedding questions for them")
        return {key: self._second[key] for key in (*texts, *asked)}

    def _complete(
        self, texts: Mapping[str, str], encode: Callable[[Sequence[str]], Vectors], title: str
    ) -> None:
        fresh = [key for key in texts if key not in self._second]
        for key in tqdm(fresh, desc=title, unit="", disable=None):
            self._second[key] = encode([texts[key]])[0]


def read_shipped(path: Path, card: ModelCard) -> dict[str, Vectors]:
    """The vectors of a `.vectors.npz`; none where it is absent, unreadable or another model's.

    Losing it costs time and nothing else, so a damaged file is no error.
    """
    try:
        with path.open("rb") as raw, np.load(raw) as file:
            keys, vectors = file[f"{card.sha256} keys"], file[f"{card.sha256} vectors"]
            if vectors.shape != (len(keys), card.dimension):
                return {}
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}
    return dict(
        zip((bytes(key).hex() for key in keys), unit(vectors.astype(np.float32)), strict=True)
    )


def write_shipped(path: Path, known: Mapping[ModelCard, Mapping[str, Vectors]]) -> None:
    """Write what `read_shipped` reads; a vector loses less than 0.001 of its cosine by it.

    Args:
        known: for each model its vectors by SHA-256.

    """
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for card, of_model in known.items():
        keys, vectors = zip(*sorted(of_model.items()), strict=True)
        whole = np.stack(vectors)
        scaled = np.rint(whole / np.abs(whole).max(axis=1, keepdims=True) * _STEPS)
        digests = [np.frombuffer(bytes.fromhex(key), np.uint8) for key in keys]
        arrays[f"{card.sha256} keys"] = np.array(digests)
        arrays[f"{card.sha256} vectors"] = scaled.astype(np.int8)
    np.savez_compressed(path, allow_pickle=False, **arrays)


def _key(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _stack(vectors: Sequence[Vectors], card: ModelCard) -> Vectors:
    return np.stack(vectors) if vectors else np.empty((0, card.dimension), np.float32)
