"""One immutable generation on disk, opened and searched; `assistant.index.writing` made it.

    manifest.json     what it was built from and with; written last
    documents.jsonl   the documents, with their text and sources
    passages.jsonl    the passages, in the order of every array and index
    statements.npy    a float16 vector for each statement, in that order
    multilingual-*    the second model's, where there is one (assistant.index.exact)
    sections.npz      each section as a point, where that is known (assistant.index.sections)
    bm25/             the lexical index
    chroma/           the collections `passages` and `questions` (cosine)

It searches; how the searches are combined is `assistant.retrieval`'s concern.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import chromadb
import chromadb.errors
import numpy as np
import numpy.typing as npt
from chromadb.api.client import Client
from chromadb.config import Settings as ChromaSettings

from assistant.corpus.documents import Document, Passage
from assistant.errors import GenerationDamaged, GenerationMismatch
from assistant.index.exact import ExactIndex, Similarities
from assistant.index.lexical import Lexicon, words
from assistant.index.manifest import Manifest
from assistant.index.sections import SectionSpace
from assistant.index.vectors import ModelCard, QuestionVectors, Vectors

__all__ = ["Generation", "Hits", "open_chroma", "read_documents"]

_SAME = 1e-3
"""Cosine distance below which two texts are one: float32 vectors of MiniLM repeat to 1e-6."""

_PROBED_AT_ONCE = 1000

_OPENING = threading.Lock()
"""Chroma counts a process's clients of one folder, and a thread can meet a half-started one."""

Hits = tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]
"""Row numbers of passages, nearest first, and their cosine similarities."""


class Generation:
    """An open generation. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Open a generation.

        Raises:
            GenerationDamaged: a part is missing, or the parts do not fit together.
            GenerationMismatch: it has another format.

        """
        self.folder = folder
        self.manifest = Manifest.read(folder)
        self._client: Client | None = None
        try:
            self.documents = {document.id: document for document in _documents(folder)}
            self.passages = tuple(map(Passage.from_dict, _read_lines(folder / "passages.jsonl")))
            self.lexicon = Lexicon.load(folder / "bm25", len(self.passages))
            self._statements = np.load(folder / "statements.npy", mmap_mode="r")
            self._second = None
            if self.manifest.multilingual:
                self._second = ExactIndex(folder, self.passages)
            self._space = SectionSpace.read(folder, len(self.passages))
            if not (folder / "chroma" / "chroma.sqlite3").is_file():
                raise FileNotFoundError("chroma/chroma.sqlite3 is missing")
            self._client = open_chroma(folder)
            self._passages = self._client.get_collection("passages", embedding_function=None)
            self._questions = self._client.get_collection("questions", embedding_function=None)
            self._counts = self._check_parts()
        except (
            OSError, EOFError, ValueError, KeyError, TypeError, chromadb.errors.ChromaError,
        ) as error:  # fmt: skip
            self.close()
            raise GenerationDamaged(
                f"The generation {folder.name} cannot be opened ({error}). "
                "Run `python ingest.py`, or `python ingest.py --rollback`."
            ) from error
        kinds = (self.documents[passage.document_id].kind for passage in self.passages)
        self.glossary_rows = np.array([kind == "glossary" for kind in kinds], bool)
        self._rows = {passage.id: row for row, passage in enumerate(self.passages)}
        self._words: dict[int, frozenset[str]] = {}
        self._sections: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            self._sections.setdefault(passage.section_id, []).append(row)
        self._heads = np.array(
            [self._sections[passage.section_id][0] for passage in self.passages], np.int64
        )
        self._offsets = np.cumsum([0, *(len(passage.statements) for passage in self.passages)])

    def _check_parts(self) -> dict[str, int]:
        """Have every part read, also by Chroma, and count it; ValueError where some is lost."""
        counts = {
            "documents": len(self.documents),
            "passages": len(self.passages),
            "statements": len(self._statements),
            "questions": sum(len(passage.english_questions) for passage in self.passages),
        }
        for collection in (self._passages, self._questions):
            vectors = np.asarray(collection.get(include=["embeddings"])["embeddings"], np.float32)
            if len(vectors) != counts[collection.name]:
                raise ValueError(f"Chroma holds {len(vectors)} {collection.name}")
            if len(vectors):  # it reads the graph, too
                self._query(collection, 1, vectors[0], 1)
        for name, count in counts.items():
            if count != self.manifest.counts[name]:
                raise ValueError(f"{count} of {self.manifest.counts[name]} {name} are left")
        return counts

    @property
    def id(self) -> str:
        """The generation's name."""
        return self.manifest.id

    def check_model(self, card: ModelCard, second: ModelCard | None = None) -> None:
        """Raise GenerationMismatch unless the models that are to search it have built it.

        A second model may be missing here or there: then the first searches alone.
        """
        built, other = self.manifest.model, self.manifest.multilingual
        if built == card and other and second:
            built, card = other, second
        if built != card:
            raise GenerationMismatch(
                f"The index was built with the model {built.name} ({built.sha256[:12]}), but the "
                f"settings name {card.name} ({card.sha256[:12]}). Run `python ingest.py` to "
                "build it anew, or set ASSISTANT_EMBEDDING_MODEL back."
            )

    def statement_vectors(self, row: int) -> Vectors:
        """Vectors of a passage's statements, of shape (statements, dimension)."""
        return np.asarray(self._statements[self._offsets[row] : self._offsets[row + 1]], np.float32)

    def content_words(self, row: int) -> frozenset[str]:
        """The stemmed words of a passage and of its section's questions."""
        found = self._words.get(row)
        if found is None:
            first = self.passages[self._sections[self.passages[row].section_id][0]]
            text = "\n".join((self.passages[row].embedded, *first.english_questions))
            found = self._words[row] = frozenset(words(text))
        return found

    def nearest_passages(self, question: Vectors, count: int) -> Hits:
        """The passages nearest to a question's vector, of shape (dimension,)."""
        ids, similarities = self._query(self._passages, self._counts["passages"], question, count)
        return np.array([self._rows[name] for name in ids], np.int64), similarities

    def nearest_questions(self, question: Vectors, count: int) -> Hits:
        """The passages whose section's questions are nearest; each passage once, by its best."""
        ids, similarities = self._query(self._questions, self._counts["questions"], question, count)
        best: dict[int, float] = {}
        for name, similarity in zip(ids, similarities, strict=True):
            for row in self._sections[name.rpartition("?")[0]]:
                best.setdefault(row, float(similarity))
        return np.array(list(best), np.int64), np.array(list(best.values()), np.float32)

    def coverage(self, question: str) -> Similarities:
        """The share of a question's words, by idf, that each passage holds, of shape (passages,).

        The words of a section's opening, and of the questions listed for it, count for all of it.
        """
        return self.lexicon.coverage(question, self._heads)

    def multilingual_similarities(self, question: Vectors) -> tuple[Similarities, Similarities]:
        """`ExactIndex.similarities`; ValueError where there are no vectors of a second model."""
        if not self._second:
            raise ValueError("this generation has no vectors of the second model")
        return self._second.similarities(question)

    def section_similarities(self, question: QuestionVectors) -> Similarities | None:
        """How near the section of every passage is, as `SectionSpace` sees it, of shape (passages,).

        None where that is not known, or the question lacks the vector for it.
        """
        vector = question.multilingual if self.manifest.multilingual else question.primary
        if self._space is None or vector is None:
            return None
        return self._space.similarities(vector)

    def vectors(self) -> dict[str, dict[str, Vectors]]:
        """All vectors by the content they were made from, to be used again.

        `passages` by fingerprint, `statements` by the same, `questions` by their text;
        `multilingual_passages` and `multilingual_questions` likewise.
        """
        passages = _contents(self._passages, self._counts["passages"])
        statements = {
            passage.fingerprint: self.statement_vectors(row)
            for row, passage in enumerate(self.passages)
        }
        found = {
            "passages": passages,
            "statements": statements,
            "questions": _contents(self._questions, self._counts["questions"]),
        }
        if self._second:
            whole, asked = self._second.by_content()
            found |= {"multilingual_passages": whole, "multilingual_questions": asked}
        return found

    def not_found_first(self, passages: Vectors, questions: Vectors) -> list[str]:
        """Passages and questions, by name, that a search by their own vector does not find first.

        A text that stands twice has one vector twice: either id will do.
        """
        lost: list[str] = []
        names = [passage.id for passage in self.passages]
        asked = [f"{p.id}: {question}" for p in self.passages for question in p.english_questions]
        for collection, vectors, texts in (
            (self._passages, passages, names),
            (self._questions, questions, asked),
        ):
            if collection.count() != len(vectors):
                lost.append(f"({collection.count()} of {len(vectors)} {collection.name})")
            for at in range(0, len(vectors), _PROBED_AT_ONCE):
                part = vectors[at : at + _PROBED_AT_ONCE]
                found = collection.query(
                    query_embeddings=cast("Any", part), n_results=1, include=["distances"]
                )
                for name, distances in zip(
                    texts[at : at + len(part)], found["distances"] or [], strict=True
                ):
                    if not distances or distances[0] > _SAME:
                        lost.append(name)
        return lost

    def _query(
        self, collection: chromadb.Collection, size: int, question: Vectors, count: int
    ) -> tuple[list[str], npt.NDArray[np.float32]]:
        count = min(count, size)
        if not count:
            return [], np.empty(0, np.float32)
        found = collection.query(
            query_embeddings=[cast("Any", question)], n_results=count, include=["distances"]
        )
        distances = np.asarray((found["distances"] or [[]])[0], np.float32)
        return found["ids"][0], 1 - distances

    def close(self) -> None:
        """Let go of the files."""
        if self._client is not None:
            with _OPENING:
                self._client.close()


def open_chroma(folder: Path) -> Client:
    """Open, or create, the Chroma store of a generation's folder."""
    settings = ChromaSettings(anonymized_telemetry=False)
    with _OPENING:
        return cast("Client", chromadb.PersistentClient(str(folder / "chroma"), settings))


def _contents(collection: chromadb.Collection, count: int) -> dict[str, Vectors]:
    if not count:
        return {}
    found = collection.get(include=["embeddings", "metadatas"])
    vectors = np.asarray(found["embeddings"], np.float32)
    return {
        str(metadata["content"]): vector
        for metadata, vector in zip(found["metadatas"] or [], vectors, strict=True)
    }


def read_documents(folder: Path) -> tuple[Document, ...]:
    """The documents of a generation, without opening its indexes.

    Raises:
        GenerationDamaged: they cannot be read.

    """
    try:
        return tuple(_documents(folder))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GenerationDamaged(
            f"The documents of the generation {folder.name} cannot be read ({error}). "
            "Run `python ingest.py`, or `python ingest.py --rollback`."
        ) from error


def _documents(folder: Path) -> Iterator[Document]:
    return map(Document.from_dict, _read_lines(folder / "documents.jsonl"))


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield json.loads(line)
