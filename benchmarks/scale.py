"""A warm question over 1,000 and over 100,000 passages, beside the bare encoding of the question.

    python -m benchmarks.scale [--sizes 1000 100000]

The passages are an export of shuffled sentences of the guides. Their vectors are random, for the
time of a search does not depend on what they mean and a model would take hours; the questions are
golden ones and are encoded by the real models. Ratios compare within the run.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from assistant.answering.assistant import Assistant
from assistant.corpus.reader import Corpus, read_corpus
from assistant.evaluation.golden import load_golden
from assistant.index.embeddings import Embedder
from assistant.index.manifest import Manifest
from assistant.index.store import Store
from assistant.index.vectors import CorpusVectors, ModelCard, Vectors, unit
from assistant.index.writing import write_generation
from assistant.settings import Settings
from benchmarks.speed import seconds

_QUESTIONS = 100


def write_export(path: Path, sentences: Sequence[str], size: int) -> None:
    """Write `size` records, each with a title and three sentences."""
    chance = random.Random(0)
    with path.open("w", encoding="utf-8") as file:
        for n in range(size):
            title, *text = chance.sample(sentences, 4)
            record = {"id": f"r{n}", "title": f"{title[:70]} {n}", "text": " ".join(text)}
            file.write(json.dumps(record) + "\n")


def publish(corpus: Corpus, embedder: Embedder, settings: Settings) -> None:
    """Write a generation with random vectors, and make it live."""
    chance = np.random.default_rng(0)

    def vectors(count: int, card: ModelCard) -> Vectors:
        return unit(chance.standard_normal((count, card.dimension), np.float32))

    second = embedder.multilingual
    asked = sum(len(passage.english_questions) for passage in corpus.passages)
    held = CorpusVectors(
        passages=vectors(len(corpus.passages), embedder.card),
        statements=[vectors(len(p.statements), embedder.card) for p in corpus.passages],
        questions=vectors(asked, embedder.card),
        multilingual_passages=vectors(len(corpus.passages), second.card) if second else None,
        multilingual_questions=vectors(asked, second.card) if second else None,
    )
    store = Store(settings.data_dir)
    with store.locked(), store.building(corpus.fingerprint) as (name, folder):
        manifest = Manifest(
            id=name, created=datetime.now(UTC).isoformat(), corpus_fingerprint=corpus.fingerprint,
            model=embedder.card, multilingual=second.card if second else None, splitter={},
            counts={
                "documents": len(corpus.documents), "passages": len(corpus.passages),
                "statements": sum(len(p.statements) for p in corpus.passages), "questions": asked,
            },
            embedded={},
        )  # fmt: skip
        write_generation(folder, manifest, corpus.documents, corpus.passages, held)
        store.publish(name, folder, keep=1)


def times(
    assistant: Assistant, embedder: Embedder, questions: Sequence[str]
) -> tuple[list[float], list[float]]:
    """Seconds of each question's encoding, and of its answer, after a few to warm up."""
    for text in questions[:5]:
        assistant.ask(text)
    encoded, asked = [], []
    for text in questions:
        encoded.append(seconds(lambda text=text: embedder.encode_query([text])))
        asked.append(seconds(lambda text=text: assistant.ask(text)))
    return encoded, asked


def main() -> None:
    """Measure each size and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 100_000])
    sizes: list[int] = parser.parse_args().sizes
    settings = Settings.load()
    embedder = Embedder.load(settings)
    guides = read_corpus(settings.corpus_dir, embedder.count_tokens, settings.passage_tokens)
    sentences = [s.text for p in guides.passages for s in p.statements if len(s.text) < 200]
    golden = [q.question for q in load_golden(settings.corpus_dir / "golden") if not q.history]
    golden = golden[:: max(1, len(golden) // _QUESTIONS)]
    print("| passages | encoding, ms | answer, ms | ratio | 95th percentile, ms | memory, MiB |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / "corpus"
            folder.mkdir()
            write_export(folder / "records.jsonl", sentences, size)
            here = settings.model_copy(update={"data_dir": Path(scratch) / "data"})
            corpus = read_corpus(folder, embedder.count_tokens, settings.passage_tokens)
            publish(corpus, embedder, here)
            assistant = Assistant(here, embedder)
            encoded, asked = times(assistant, embedder, golden)
            ratio = statistics.median(a / e for a, e in zip(asked, encoded, strict=True))
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"| {len(corpus.passages):,} | {statistics.median(encoded) * 1000:.1f} | "
                f"{statistics.median(asked) * 1000:.1f} | {ratio:.2f} | "
                f"{np.percentile(asked, 95) * 1000:.1f} | {memory:.0f} |",
                flush=True,
            )
            assistant.index.close()


if __name__ == "__main__":
    main()
