"""What the product costs over its model, in one run on one machine.

    python -m benchmarks.speed

Ratios compare within the run, so a noisy machine moves both sides. Goals: an ingest takes at
most 1.25 times the bare encoding of the same texts, a warm question at most 3 times the bare
encoding of the question (median).
"""

from __future__ import annotations

import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from assistant.answering.assistant import Assistant
from assistant.corpus.reader import read_corpus
from assistant.evaluation.golden import load_golden
from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.settings import Settings

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure and print one table."""
    settings = Settings.load()
    embedder = Embedder.load(settings)
    corpus = read_corpus(settings.corpus_dir, embedder.count_tokens, settings.passage_tokens)
    passages = sorted((p.embedded for p in corpus.passages), key=len, reverse=True)
    questions = sorted({q for p in corpus.passages for q in p.questions}, key=len, reverse=True)
    encode = embedder._model.encode
    encode(passages[:32])

    bare, whole = [], []
    for _ in range(ROUNDS):
        bare.append(seconds(lambda: (encode(passages), encode(questions))))
        with tempfile.TemporaryDirectory() as data:
            fresh = settings.model_copy(update={"data_dir": Path(data)})
            whole.append(seconds(lambda fresh=fresh: ingest(fresh, embedder)))
    print(f"{len(passages)} passages and {len(questions)} questions, best of {ROUNDS}")
    print(f"bare encoding {min(bare):.1f} s, ingest {min(whole):.1f} s: "
          f"ratio {min(whole) / min(bare):.2f} (goal 1.25)")  # fmt: skip

    with tempfile.TemporaryDirectory() as data:
        settings = settings.model_copy(update={"data_dir": Path(data)})
        ingest(settings, embedder)
        unchanged = seconds(lambda: ingest(settings, embedder))
        assistant = Assistant(settings, embedder)
        golden = [q for q in load_golden(settings.corpus_dir / "golden") if not q.history]
        ratios, asked, encoded = [], [], []
        for question in golden:
            alone = seconds(lambda text=question.question: encode(text))
            took = seconds(lambda text=question.question: assistant.ask(text))
            ratios.append(took / alone)
            asked.append(took * 1000)
            encoded.append(alone * 1000)
        assistant.index.close()
    print(f"ingest with no change: {unchanged:.1f} s")
    print(f"{len(golden)} questions: bare encoding {statistics.median(encoded):.1f} ms, "
          f"answer {statistics.median(asked):.1f} ms at the median, "
          f"{np.percentile(asked, 95):.1f} ms at the 95th percentile: "
          f"ratio {statistics.median(ratios):.2f} at the median (goal 3)")  # fmt: skip
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory of the process, at most: {memory:.0f} MiB")


if __name__ == "__main__":
    main()
