"""The whole way of a corpus update: read, check, embed, build, probe, publish.

Nothing that readers see changes before the last step, and that step is one rename.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
from tqdm import tqdm

from assistant.corpus.documents import Passage
from assistant.corpus.files import corpus_fingerprint
from assistant.corpus.findings import Finding
from assistant.corpus.reader import Corpus, read_corpus
from assistant.corpus.splitter import VERSION
from assistant.errors import CorpusError, GenerationDamaged, GenerationError
from assistant.index.embeddings import Embedder, Vectors
from assistant.index.generation import Generation
from assistant.index.manifest import Manifest
from assistant.index.store import Store
from assistant.index.writing import write_generation
from assistant.settings import Settings

__all__ = ["Report", "Status", "check", "ingest", "rollback", "status"]

Passages = Sequence[Passage]
AllVectors = tuple[Vectors, list[Vectors], Vectors]


@dataclass(frozen=True)
class Report:
    """What an ingest did. `embedded` counts what was newly embedded and what was reused."""

    outcome: Literal["published", "unchanged", "checked", "dry_run"]
    generation: str | None
    counts: Mapping[str, int]
    embedded: Mapping[str, int] = field(default_factory=dict)
    removed_documents: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)


@dataclass(frozen=True)
class Status:
    """What is live, and whether the corpus folder holds anything that is not."""

    live: Manifest
    generations: tuple[str, ...]
    up_to_date: bool

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)


def check(settings: Settings, embedder: Embedder) -> Report:
    """Read the guides and report what is wrong, without touching the index.

    Raises:
        CorpusError: there are errors.

    """
    corpus = _read(settings, embedder)
    return Report("checked", None, _counts(corpus), findings=corpus.findings)


def ingest(settings: Settings, embedder: Embedder, *, dry_run: bool = False) -> Report:
    """Publish the state of the corpus folder as a new generation.

    Raises:
        CorpusError: the guides have errors; the live generation stays.
        GenerationError: the data folder cannot be written, or a probe failed; it stays, too.

    """
    store = Store(settings.data_dir)
    with store.locked():
        corpus = _read(settings, embedder)
        with (
            _live(store) as live,
            store.building(corpus.fingerprint) as (generation_id, folder),
        ):
            manifest = Manifest(
                id=generation_id,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                corpus_fingerprint=corpus.fingerprint,
                model=embedder.card,
                splitter={"version": VERSION, "passage_tokens": settings.passage_tokens},
                counts=_counts(corpus),
                embedded={},
            )
            if live and live.manifest.same_content(manifest):
                return Report("unchanged", live.id, live.manifest.counts, findings=corpus.findings)
            vectors, embedded = _embed(corpus.passages, embedder, live)
            manifest = replace(manifest, embedded=embedded)
            write_generation(folder, manifest, corpus.documents, corpus.passages, vectors)
            _probe(folder, corpus, embedder, vectors)
            if not dry_run:
                store.publish(generation_id, folder, settings.keep_generations)
    kept = {document.id for document in corpus.documents}
    return Report(
        outcome="dry_run" if dry_run else "published",
        generation=None if dry_run else generation_id,
        counts=manifest.counts,
        embedded=embedded,
        removed_documents=tuple(sorted(set(live.documents) - kept)) if live else (),
        findings=corpus.findings,
    )


def rollback(settings: Settings) -> str:
    """Make the generation before the live one live again, and return its name.

    Raises:
        NoGeneration: there is none.
        GenerationDamaged: it cannot be opened; the live generation stays.

    """
    store = Store(settings.data_dir)
    with store.locked():
        previous = store.previous_id()
        Generation(store.folder(previous)).close()
        store.point_to(previous)
    return previous


def status(settings: Settings) -> Status:
    """Say what is live.

    Raises:
        NoGeneration: nothing is.

    """
    store = Store(settings.data_dir)
    live = Manifest.read(store.folder(store.live_id()))
    same = corpus_fingerprint(settings.corpus_dir) == live.corpus_fingerprint
    return Status(live, tuple(store.ids()), same)


def _read(settings: Settings, embedder: Embedder) -> Corpus:
    corpus = read_corpus(settings.corpus_dir, embedder.count_tokens, settings.passage_tokens)
    if corpus.errors:
        raise CorpusError(corpus.findings)
    return corpus


def _counts(corpus: Corpus) -> dict[str, int]:
    counts = {
        "documents": len(corpus.documents),
        "passages": len(corpus.passages),
        "statements": sum(len(passage.statements) for passage in corpus.passages),
        "questions": sum(len(passage.questions) for passage in corpus.passages),
    }
    for kind in ("article", "faq", "programme", "record"):
        counts[f"{kind}s"] = sum(document.kind == kind for document in corpus.documents)
    faqs = {document.id for document in corpus.documents if document.kind == "faq"}
    counts["faq_entries"] = sum(
        passage.document_id in faqs and bool(passage.questions) for passage in corpus.passages
    )
    return counts


@contextmanager
def _live(store: Store) -> Iterator[Generation | None]:
    """The live generation, or None where there is none that can be opened."""
    try:
        live = Generation(store.folder(store.live_id()))
    except GenerationError:
        yield None
        return
    try:
        yield live
    finally:
        live.close()


def _embed(
    passages: Passages, embedder: Embedder, live: Generation | None
) -> tuple[AllVectors, dict[str, int]]:
    """Vectors of passages, statements and questions; those of unchanged content are reused."""
    known: dict[str, dict[str, Vectors]] = {"passages": {}, "statements": {}, "questions": {}}
    if live and live.manifest.model == embedder.card:
        known = live.vectors()

    prints = [passage.fingerprint for passage in passages]
    fresh = {
        print_: p
        for print_, p in zip(prints, passages, strict=True)
        if print_ not in known["passages"]
    }
    with tqdm(total=len(fresh), desc="Embedding passages", unit="", disable=None) as bar:
        whole, statements = embedder.encode_passages(list(fresh.values()), bar.update)
    known["passages"].update(zip(fresh, whole, strict=True))
    known["statements"].update(zip(fresh, statements, strict=True))

    questions = [question for passage in passages for question in passage.questions]
    new_questions = [q for q in dict.fromkeys(questions) if q not in known["questions"]]
    known["questions"].update(
        zip(new_questions, embedder.encode_questions(new_questions), strict=True)
    )
    empty = np.empty((0, embedder.card.dimension), np.float32)
    vectors = (
        np.stack([known["passages"][print_] for print_ in prints]),
        [known["statements"][print_] for print_ in prints],
        np.stack([known["questions"][q] for q in questions]) if questions else empty,
    )
    return vectors, {
        "passages_new": sum(print_ in fresh for print_ in prints),
        "passages_reused": sum(print_ not in fresh for print_ in prints),
        "questions_new": len(new_questions),
    }


def _probe(folder: Path, corpus: Corpus, embedder: Embedder, vectors: AllVectors) -> None:
    """Open what was written, as the assistant would, and look every passage up.

    Raises:
        GenerationDamaged: a passage is missing or is not the first to be found by its own
            vector.

    """
    generation = Generation(folder)
    try:
        generation.check_model(embedder.card)
        if generation.passages != corpus.passages:
            raise GenerationDamaged("The passages read back differ from those written.")
        lost = generation.not_found_first(vectors[0], vectors[2])
    finally:
        generation.close()
    if lost:
        raise GenerationDamaged(
            f"{len(lost)} of {len(corpus.passages)} passages are not found by their own vector, "
            f"{lost[0]} among them. Nothing was published; run `python ingest.py` again."
        )
