"""The whole way of a corpus update: read, check, embed, build, probe, publish.

Nothing that readers see changes before the last step, and that step is one rename.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.corpus.checks.reviews import due
from assistant.corpus.checks.run import check_corpus
from assistant.corpus.files import corpus_fingerprint
from assistant.corpus.findings import Finding
from assistant.corpus.reader import Corpus, read_corpus
from assistant.corpus.splitter import VERSION
from assistant.errors import CorpusError, GenerationDamaged, GenerationError
from assistant.evaluation.probe import ask_golden, check_found, fit_judge, revision
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation, read_documents
from assistant.index.manifest import Manifest
from assistant.index.reuse import VectorCache
from assistant.index.store import Store
from assistant.index.vectors import CorpusVectors
from assistant.index.writing import write_generation
from assistant.settings import Settings

__all__ = ["Report", "Status", "check", "ingest", "rollback", "status"]


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
    """What is live, how old its reviews are, and whether the corpus folder holds anything else.

    `oldest_review` is the earliest date on which a live document was reviewed; `due` names the
    documents whose review no longer holds.
    """

    live: Manifest
    generations: tuple[str, ...]
    up_to_date: bool
    oldest_review: str | None
    due: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain values, for `--json`."""
        return asdict(self)


def check(settings: Settings, embedder: Embedder) -> Report:
    """Read the guides and report what is wrong, without touching the index.

    Raises:
        CorpusError: there are errors.

    """
    corpus = _read(settings, VectorCache(embedder))
    return Report("checked", None, _counts(corpus), findings=corpus.findings)


def ingest(settings: Settings, embedder: Embedder, *, dry_run: bool = False) -> Report:
    """Publish the state of the corpus folder as a new generation.

    Raises:
        CorpusError: the guides have errors; the live generation stays.
        GenerationError: the data folder cannot be written, or a probe failed; it stays, too.
        InputError: a file of golden questions cannot be read; it stays, too.

    """
    store = Store(settings.data_dir)
    cache = VectorCache(embedder)
    with store.locked():
        corpus = _read(settings, cache)
        with (
            _live(store) as live,
            store.building(corpus.fingerprint) as (generation_id, folder),
        ):
            manifest = Manifest(
                id=generation_id,
                created=datetime.now(UTC).isoformat(timespec="seconds"),
                corpus_fingerprint=corpus.fingerprint,
                model=embedder.card,
                multilingual=embedder.multilingual.card if embedder.multilingual else None,
                splitter={"version": VERSION, "passage_tokens": settings.passage_tokens},
                counts=_counts(corpus),
                embedded={},
                judged_by=revision(),
            )
            if live and live.manifest.same_content(manifest):
                return Report("unchanged", live.id, live.manifest.counts, findings=corpus.findings)
            vectors, embedded = _embed(corpus, cache, live)
            manifest = replace(manifest, embedded=embedded)
            write_generation(folder, manifest, corpus.documents, corpus.passages, vectors)
            judge = _probe(folder, corpus, embedder, vectors, settings)
            replace(manifest, judge=judge).write(folder)
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
    folder = store.folder(store.live_id())
    live = Manifest.read(folder)
    documents = read_documents(folder)
    today = date.today()
    return Status(
        live=live,
        generations=tuple(store.ids()),
        up_to_date=corpus_fingerprint(settings.corpus_dir) == live.corpus_fingerprint,
        oldest_review=min(
            (str(each.reviewed) for each in documents if each.reviewed), default=None
        ),
        due=tuple(each.id for each in documents if (last := due(each)) and last < today),
    )


def _read(settings: Settings, cache: VectorCache) -> Corpus:
    cache.take_shipped(settings.corpus_dir)
    count_tokens = cache.embedder.count_tokens
    corpus = read_corpus(settings.corpus_dir, count_tokens, settings.passage_tokens)
    corpus = check_corpus(corpus, date.today(), cache.questions)
    if corpus.errors:
        raise CorpusError(corpus.findings)
    return corpus


def _counts(corpus: Corpus) -> dict[str, int]:
    counts = {
        "documents": len(corpus.documents),
        "passages": len(corpus.passages),
        "statements": sum(len(passage.statements) for passage in corpus.passages),
        "questions": sum(len(passage.english_questions) for passage in corpus.passages),
    }
    for kind in ("article", "faq", "programme", "record"):
        counts[f"{kind}s"] = sum(document.kind == kind for document in corpus.documents)
    counts["terms"] = len(corpus.glossary)
    counts["sources"] = len(
        {source.url for document in corpus.documents for source in document.sources.values()}
    )
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
    corpus: Corpus, cache: VectorCache, live: Generation | None
) -> tuple[CorpusVectors, dict[str, int]]:
    """Vectors of passages, statements and questions, and how many are not the live generation's."""
    before = cache.take_from(live)
    whole, statements, new = cache.passages(corpus.passages)
    asked = [question for passage in corpus.passages for question in passage.english_questions]
    second = cache.multilingual(corpus.passages)
    return CorpusVectors(whole, statements, cache.questions(asked), *second), {
        "passages_new": new,
        "passages_reused": len(corpus.passages) - new,
        "questions_new": len(set(asked) - before),
    }


def _probe(
    folder: Path, corpus: Corpus, embedder: Embedder, vectors: CorpusVectors, settings: Settings
) -> dict[str, Any] | None:
    """Open what was written, as the assistant would, look every passage up, and ask.

    Returns:
        The judge's fit to the golden questions, where they allow one.

    Raises:
        InputError: a file of golden questions cannot be read.
        GenerationDamaged: a passage is missing or is not the first to be found by its own
            vector, or the golden questions no longer find their sections.

    """
    generation = Generation(folder)
    try:
        generation.check_model(embedder.card)
        if generation.passages != corpus.passages:
            raise GenerationDamaged("The passages read back differ from those written.")
        if lost := generation.not_found_first(vectors.passages, vectors.questions):
            raise GenerationDamaged(
                f"{len(lost)} of {len(corpus.passages)} passages are not found by their own "
                f"vector, {lost[0]} among them. Nothing was published; run `python ingest.py` again."
            )
        golden = settings.corpus_dir / "golden"
        asked = ask_golden(generation, embedder, golden, settings.search_depth)
        check_found(asked, golden)
        fit = fit_judge(asked, foreign=embedder.multilingual is not None)
        return asdict(fit) if fit else None
    finally:
        generation.close()
