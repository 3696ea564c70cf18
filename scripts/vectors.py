"""Write vectors of the corpus into its folder, so that a first ingest is quick.

    python -m scripts.vectors [--corpus FOLDER]

What the file holds already is not embedded again; what the guides no longer hold is dropped.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from assistant.corpus.reader import read_corpus
from assistant.index.embeddings import Embedder
from assistant.index.reuse import SHIPPED, VectorCache, write_shipped
from assistant.settings import Settings


def main() -> None:
    """Embed what is new, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=None)
    settings = Settings.load(corpus_dir=parser.parse_args().corpus)
    embedder = Embedder.load(settings)
    if not embedder.multilingual:
        parser.error("the second model is not installed here, or is switched off")
    corpus = read_corpus(settings.corpus_dir, embedder.count_tokens, settings.passage_tokens)
    cache = VectorCache(embedder)
    cache.take_shipped(settings.corpus_dir)
    first, second = cache.first(corpus.passages), cache.second(corpus.passages)
    path = settings.corpus_dir / SHIPPED
    write_shipped(path, {embedder.card: first, embedder.multilingual.card: second})
    count = len(first) + len(second)
    print(f"Wrote {path}: {count} vectors, {path.stat().st_size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main()
