"""Fit the judge (assistant/answering/judge.py) on the tuning half of the golden questions.

    python -m benchmarks.judge [--one-model] [--data FOLDER]

Prints its numbers, and how well it does in cross-validation.
"""

from __future__ import annotations

import argparse
from dataclasses import astuple
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from assistant.answering.assistant import Assistant
from assistant.evaluation.golden import GoldenQuestion, load_golden
from assistant.evaluation.run import ABSTAINED
from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.settings import Settings

_PENALTY = 10.0


def judged(question: GoldenQuestion) -> bool:
    """Whether the judge's work can be scored on it: covered in full, or not to be answered.

    A near miss whose general rule the guides hold is not to be answered as if it were covered.
    """
    return question.covered == "full" or question.expect in ABSTAINED


def main() -> None:
    """Ingest the guides and fit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one-model", action="store_true", help="without the second model")
    parser.add_argument("--data", type=Path, default=None, help="folder of the index")
    arguments = parser.parse_args()
    settings = Settings.load(data_dir=arguments.data, multilingual=not arguments.one_model)
    embedder = Embedder.load(settings)
    ingest(settings, embedder)
    assistant = Assistant(settings, embedder)
    rows, labels = [], []
    for question in filter(judged, load_golden(settings.corpus_dir / "golden", "tune")):
        trace = assistant.trace(question.question, question.turns)
        if trace.signals and not (arguments.one_model and question.language != "en"):
            rows.append(astuple(trace.signals))
            labels.append(question.covered == "full")
    features, covered = np.array(rows), np.array(labels)
    model = LogisticRegression(C=_PENALTY, max_iter=5000)
    folds = StratifiedKFold(8, shuffle=True, random_state=0)
    scores = cross_val_predict(model, features, covered, cv=folds, method="predict_proba")[:, 1]
    model.fit(features, covered)
    print(f"{len(covered)} questions, {covered.sum()} covered")
    print(f"AUROC in cross-validation {roc_auc_score(covered, scores):.3f}")
    print(f"Fit({tuple(round(float(c), 2) for c in model.coef_[0])}, {model.intercept_[0]:.2f})")
    for threshold in np.arange(0.4, 0.85, 0.05):
        said = scores >= threshold
        print(
            f"threshold {threshold:.2f}: answers {said[covered].mean():.2f} of the covered, "
            f"{said[~covered].mean():.2f} of the not covered"
        )


if __name__ == "__main__":
    main()
