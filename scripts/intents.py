"""Fit the model of what kind a message is (assistant/answering/intents.py), and write it down.

    python -m scripts.intents

Fitted twice: for both embedding models, and for the first alone. The questions of the guides
are examples of what can be answered.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.answering.intents import IntentModel, examples, model_name
from assistant.corpus.reader import read_corpus
from assistant.index.embeddings import Embedder
from assistant.settings import PROJECT, Settings

_ASKED = 4000
"""About as many questions of the guides are taken as examples."""
_OUTPUT = PROJECT / "assistant" / "answering" / "intents.npz"


def main() -> None:
    """Fit and write."""
    settings = Settings.load()
    both = Embedder.load(settings)
    if not both.multilingual:
        raise SystemExit("The second model is not installed here; the fit needs both.")
    corpus = read_corpus(settings.corpus_dir, both.count_tokens, settings.passage_tokens)
    texts = examples()
    asked = list(dict.fromkeys(q for passage in corpus.passages for q in passage.questions))
    texts["harmless"] += asked[:: max(1, len(asked) // _ASKED)]
    one = Embedder.load(settings.model_copy(update={"multilingual": False}))
    stored: dict[str, npt.NDArray[np.generic]] = {}
    for embedder in (both, one):
        model = IntentModel.fit(embedder, texts)
        for key, array in model.stored().items():
            stored[f"{model_name(embedder)}: {key}"] = array
    np.savez_compressed(_OUTPUT, **stored)
    print(f"Wrote {_OUTPUT.relative_to(PROJECT)}, {_OUTPUT.stat().st_size / 1e6:.1f} MB.")


if __name__ == "__main__":
    main()
