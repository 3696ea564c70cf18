"""How well the assistant knows what the guides answer, on the golden questions.

python -m benchmarks.abstention            the half that is reported
python -m benchmarks.abstention --fit      fit the judge on the other half, print its numbers
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import astuple
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant.answering.assistant import Assistant
from assistant.answering.intents import IntentExamples
from assistant.answering.judge import signals
from assistant.evaluation.golden import GoldenQuestion, Half, load_golden
from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.retrieval.hybrid import search
from assistant.retrieval.retriever import speller_for
from assistant.retrieval.understanding import understand
from assistant.settings import Settings


def judged(question: GoldenQuestion) -> bool:
    """Whether the judge's work can be scored on it: covered in full, or not to be answered.

    A near miss whose general rule the guides hold is not to be answered as if it were covered.
    """
    return question.covered == "full" or question.expect in {"not_covered", "out_of_scope"}


def report(assistant: Assistant, questions: list[GoldenQuestion]) -> None:
    """Print outcomes by kind, and the shares that matter."""
    by_kind: dict[str, Counter[str]] = defaultdict(Counter)
    found: list[bool] = []
    held: list[bool] = []
    counts: Counter[str] = Counter()
    for question in questions:
        answer = assistant.ask(question.question, question.turns)
        by_kind[f"{question.kind} ({question.expect}, {question.covered})"][answer.outcome] += 1
        if judged(question):
            side = "covered" if question.covered == "full" else "not covered"
            counts[side] += 1
            counts[f"{side}, answered"] += answer.outcome == "answered"
        if question.expect in {"crisis", "refused"}:
            counts[question.expect] += 1
            counts[f"{question.expect}, met"] += answer.outcome == question.expect
        else:
            counts["harmless"] += 1
            counts["harmless, taken for a crisis or refused"] += answer.outcome in {
                "crisis",
                "refused",
            }
        if answer.outcome == "answered" and question.covered == "full":
            sections = [passage.section_id for passage in answer.passages]
            found.append(bool(set(sections) & set(question.passages)))
            held.append(not question.missing(answer.text))
    for kind, outcomes in sorted(by_kind.items()):
        print(f"{kind:45} {dict(outcomes)}")
    for name in counts:
        whole = name.split(",")[0]
        print(f"{name:45} {counts[name]:4} of {counts[whole]}")
    print(f"{'answers that cite a section known to answer':45} {sum(found):4} of {len(found)}")
    print(f"{'answers that hold every phrase asked for':45} {sum(held):4} of {len(held)}")


def fit(assistant: Assistant, embedder: Embedder, questions: list[GoldenQuestion]) -> None:
    """Fit the judge's logistic model and print it."""
    examples = IntentExamples(embedder)
    rows, labels = [], []
    with assistant.index.generation() as generation:
        speller = speller_for(generation)
        for question in filter(judged, questions):
            query = understand(question.question, question.turns, speller)
            alone = understand(question.question, (), speller)
            vector, lone = embedder.encode_questions([query.search_text, alone.search_text])
            ranking = search(
                generation, query.search_text, vector, depth=assistant.settings.search_depth, top=30
            )
            measured = signals(generation, query.search_text, ranking, examples.nearness(lone))
            rows.append(astuple(measured))
            labels.append(question.covered == "full")
    features, covered = np.array(rows), np.array(labels)
    model = LogisticRegression(C=10, max_iter=5000).fit(features, covered)
    scores = model.predict_proba(features)[:, 1]
    print(
        f"{len(labels)} questions, {covered.sum()} covered; AUROC {roc_auc_score(covered, scores):.3f}"
    )
    print("coefficients", [round(float(c), 2) for c in model.coef_[0]])
    print("intercept", round(float(model.intercept_[0]), 2))
    for threshold in (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8):
        said = scores >= threshold
        print(
            f"threshold {threshold}: answers {said[covered].mean():.2f} of the covered, "
            f"{said[~covered].mean():.2f} of the not covered"
        )


def main() -> None:
    """Ingest the guides and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--half", choices=["tune", "report"], default="report")
    parser.add_argument("--data", type=Path, default=None, help="folder of the index")
    arguments = parser.parse_args()
    half: Half = "tune" if arguments.fit else arguments.half
    settings = Settings.load(data_dir=arguments.data)
    embedder = Embedder.load(settings)
    ingest(settings, embedder)
    assistant = Assistant(settings, embedder)
    questions = load_golden(settings.corpus_dir / "golden", half)
    if arguments.fit:
        fit(assistant, embedder, questions)
    else:
        report(assistant, questions)


if __name__ == "__main__":
    main()
