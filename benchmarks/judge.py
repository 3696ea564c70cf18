"""How well the judge (assistant/answering/judge.py) does on the tuning half, in cross-validation.

    python -m benchmarks.judge [--one-model] [--data FOLDER]

Prints its weights, too: those of a corpus that has no golden questions are kept in the module.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

from assistant.answering.judge import probability
from assistant.evaluation.probe import ask_golden, fit_judge
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.settings import Settings


def main() -> None:
    """Ingest the guides, ask, and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one-model", action="store_true", help="without the second model")
    parser.add_argument("--data", type=Path, default=None, help="folder of the index")
    arguments = parser.parse_args()
    settings = Settings.load(data_dir=arguments.data, multilingual=not arguments.one_model)
    embedder = Embedder.load(settings)
    ingest(settings, embedder)
    store = Store(settings.data_dir)
    generation = Generation(store.folder(store.live_id()))
    foreign = not arguments.one_model
    asked = [
        each
        for each in ask_golden(
            generation, embedder, settings.corpus_dir / "golden", settings.search_depth
        )
        if each.question.half == "tune" and (foreign or each.language == "en")
    ]
    covered = np.array([each.question.covered == "full" for each in asked])
    scores = np.zeros(len(asked))
    for known, held in StratifiedKFold(8, shuffle=True, random_state=0).split(covered, covered):
        fit = fit_judge([asked[n] for n in known], foreign=foreign)
        if fit is None:
            parser.error("the guides have too few golden questions")
        scores[held] = [probability(asked[n].signals, fit) for n in held]
    print(f"{len(covered)} questions, {covered.sum()} covered")
    print(f"AUROC in cross-validation {roc_auc_score(covered, scores):.3f}")
    print(fit_judge(asked, foreign=foreign))
    for threshold in np.arange(0.4, 0.85, 0.05):
        said = scores >= threshold
        print(
            f"threshold {threshold:.2f}: answers {said[covered].mean():.2f} of the covered, "
            f"{said[~covered].mean():.2f} of the not covered"
        )


if __name__ == "__main__":
    main()
