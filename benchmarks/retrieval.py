"""nDCG@10 of each search alone and of their fusions, on a public set in BEIR's layout.

    python -m benchmarks.retrieval FOLDER

FOLDER holds corpus.jsonl, queries.jsonl and qrels.tsv (with a header). Every other query is for
tuning and the rest for reporting; both are printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.index.vectors import QuestionVectors
from assistant.retrieval import hybrid
from assistant.retrieval.understanding import Query
from assistant.settings import Settings

Scores = npt.NDArray[np.float64]
_DEPTH = 100
_RRF_K = 60


def rankings(generation: Generation, text: str, vectors: QuestionVectors) -> dict[str, Scores]:
    """The score of every passage by each method."""
    size = len(generation.passages)
    dense, asked = np.full(size, np.nan), np.full(size, np.nan)
    for scores, (rows, values) in (
        (dense, generation.nearest_passages(vectors.primary, _DEPTH)),
        (asked, generation.nearest_questions(vectors.primary, _DEPTH)),
    ):
        scores[rows] = values
    lexical = generation.lexicon.scores(text).astype(float)
    fused = np.full(size, -1.0)
    query = Query(text, text)  # as it stands: these sets are not about our subject
    for found in hybrid.search(generation, query, vectors, depth=_DEPTH).passages:
        fused[found.row] = found.score
    second = {}
    if vectors.multilingual is not None:
        whole, titles = generation.multilingual_similarities(vectors.multilingual)
        second = {"second model, passages": whole, "second model, questions": titles}
    return {
        **second,
        "BM25": lexical,
        "dense passages": np.nan_to_num(dense, nan=-1.0),
        "dense questions": np.nan_to_num(asked, nan=-1.0),
        "reciprocal rank fusion of the three": _rrf(dense) + _rrf(asked) + _rrf(np.where(lexical > 0, lexical, np.nan)),
        "weighted sum (ours)": fused,
    }  # fmt: skip


def _rrf(scores: Scores) -> Scores:
    order = np.argsort(-np.nan_to_num(scores, nan=-1.0), kind="stable")[:_DEPTH]
    fused = np.zeros(scores.shape)
    fused[order] = 1 / (_RRF_K + 1 + np.arange(len(order)))
    return np.where(np.isnan(scores), 0.0, fused)


def ndcg(documents: list[str], scores: Scores, relevant: dict[str, int]) -> float:
    """NDCG@10 over documents, each ranked by its best passage."""
    ranked: dict[str, None] = {}
    for row in np.argsort(-scores, kind="stable"):
        ranked.setdefault(documents[row])
        if len(ranked) == 10:
            break
    gains = [relevant.get(document, 0) for document in ranked]
    best = sorted(relevant.values(), reverse=True)[:10]
    discount = 1 / np.log2(np.arange(2, 12))
    return float(np.dot(gains, discount[: len(gains)]) / np.dot(best, discount[: len(best)]))


def main() -> None:
    """Ingest the set, ask its queries, print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    queries = [json.loads(line) for line in (folder / "queries.jsonl").open(encoding="utf-8")]
    relevant: dict[str, dict[str, int]] = defaultdict(dict)
    with (folder / "qrels.tsv").open(encoding="utf-8") as file:
        for query, document, score in list(csv.reader(file, delimiter="\t"))[1:]:
            relevant[query][document] = int(score)
    with tempfile.TemporaryDirectory() as scratch:
        corpus = Path(scratch) / "corpus"
        corpus.mkdir()
        shutil.copy(folder / "corpus.jsonl", corpus)
        settings = Settings.load(corpus_dir=corpus, data_dir=Path(scratch) / "data")
        embedder = Embedder.load(settings)
        ingest(settings, embedder)
        store = Store(settings.data_dir)
        generation = Generation(store.folder(store.live_id()))
        documents = [passage.document_id for passage in generation.passages]
        results: dict[str, tuple[list[float], list[float]]] = defaultdict(lambda: ([], []))
        vectors = embedder.encode_query([query["text"] for query in queries])
        for number, (query, vector) in enumerate(zip(queries, vectors, strict=True)):
            known = relevant[query.get("id", query.get("_id"))]
            for method, scores in rankings(generation, query["text"], vector).items():
                results[method][number % 2].append(ndcg(documents, scores, known))
        generation.close()
    print(f"{folder.name}: nDCG@10 on {len(queries)} queries (tuning half, reporting half)")
    for method, (tune, report) in results.items():
        print(f"{method:40} {np.mean(tune):.3f}  {np.mean(report):.3f}")


if __name__ == "__main__":
    main()
