"""Fit the model of what kind a message is (assistant/answering/intents.py), and write it down.

    python -m scripts.intents

Fitted twice: for both embedding models, and for the first alone. The questions of the guides
are examples of what can be answered. Run `python -m scripts.vectors` before it, or it takes long.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.answering.intents import IntentModel, examples, model_name
from assistant.corpus.documents import Passage
from assistant.corpus.reader import read_corpus
from assistant.index.embeddings import Embedder
from assistant.index.reuse import VectorCache
from assistant.index.vectors import QuestionVectors
from assistant.settings import PROJECT, Settings

_EVERY = 2
"""Of the guides' own questions and of the further ones in English, one in so many is an example."""
_OUTPUT = PROJECT / "assistant" / "answering" / "intents.npz"


def main() -> None:
    """Fit and write."""
    settings = Settings.load()
    both = Embedder.load(settings)
    if not both.multilingual:
        raise SystemExit("The second model is not installed here; the fit needs both.")
    corpus = read_corpus(settings.corpus_dir, both.count_tokens, settings.passage_tokens)
    vectors = {kind: both.encode_query(texts) for kind, texts in examples().items()}
    vectors["harmless"] += _asked(corpus.passages, both)
    alone = {kind: [QuestionVectors(v.primary) for v in each] for kind, each in vectors.items()}
    one = Embedder.load(settings.model_copy(update={"multilingual": False}))
    stored: dict[str, npt.NDArray[np.generic]] = {}
    for embedder, known in ((both, vectors), (one, alone)):
        for key, array in IntentModel.fit(known).stored().items():
            stored[f"{model_name(embedder)}: {key}"] = array
    np.savez_compressed(_OUTPUT, **stored)
    print(f"Wrote {_OUTPUT.relative_to(PROJECT)}, {_OUTPUT.stat().st_size / 1e6:.1f} MB.")


def _asked(passages: Sequence[Passage], embedder: Embedder) -> list[QuestionVectors]:
    """The vectors of some of the guides' questions."""
    cache = VectorCache(embedder)
    cache.take_shipped(PROJECT / "corpus")
    first, second = cache.first(passages), cache.second(passages)
    return [QuestionVectors(vector, second[key]) for key, vector in first.items()][::_EVERY]


if __name__ == "__main__":
    main()
