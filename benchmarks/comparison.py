"""The assistant beside what a user would build in an afternoon, on the same questions in one run.

    python -m benchmarks.comparison [--half tune|report] [--data FOLDER] [--plot FILE.png]

The afternoon's build: LangChain's recursive splitter at 1,000 characters with an overlap of 200,
the same first model, Chroma's top 4, no gate. Its answer is the text of the four chunks, and a
chunk counts as the section that most of it stands in.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

import chromadb
import matplotlib as mpl
from langchain_text_splitters import RecursiveCharacterTextSplitter
from matplotlib import pyplot as plt

from assistant.answering.assistant import Assistant
from assistant.evaluation.golden import GoldenQuestion, load_golden
from assistant.evaluation.metrics import hit, ndcg, paired_difference, wilson
from assistant.evaluation.run import Judged, allowed, judge
from assistant.index.generation import Generation
from assistant.settings import Settings

_TOP = 4
_SIZE, _OVERLAP = 1000, 200
_BATCH = 256
_MEASURES = ("recall@1", "recall@5", "nDCG@10", "right outcome", "phrases")


class Afternoon:
    """Chunks of the same documents in a Chroma collection in memory."""

    def __init__(self, assistant: Assistant, generation: Generation) -> None:
        self._embedder = assistant.embedder
        self._collection = chromadb.EphemeralClient().create_collection(
            "afternoon", configuration=cast("Any", {"hnsw": {"space": "cosine"}}),
            embedding_function=None,
        )  # fmt: skip
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=_SIZE, chunk_overlap=_OVERLAP, add_start_index=True
        )
        self._texts: list[str] = []
        self._sections: list[str] = []
        for document in generation.documents.values():
            passages = [p for p in generation.passages if p.document_id == document.id]
            for chunk in splitter.create_documents([document.text]):
                start = chunk.metadata["start_index"]
                end = start + len(chunk.page_content)
                shared = {p.section_id: 0 for p in passages}
                for p in passages:
                    shared[p.section_id] += max(0, min(end, p.end) - max(start, p.start))
                self._texts.append(chunk.page_content)
                self._sections.append(max(shared, key=lambda section: shared[section], default=""))
        for at in range(0, len(self._texts), _BATCH):
            texts = self._texts[at : at + _BATCH]
            self._collection.add(
                ids=[str(at + n) for n in range(len(texts))],
                embeddings=cast("Any", self._embedder.encode_questions(texts)),
            )

    def ask(self, question: str) -> tuple[list[str], str]:
        """The sections found, best first, and the text shown."""
        (vector,) = self._embedder.encode_questions([question])
        found = self._collection.query(query_embeddings=[cast("Any", vector)], n_results=_TOP)
        rows = [int(name) for name in found["ids"][0]]
        sections = list(dict.fromkeys(self._sections[row] for row in rows))
        return sections, "\n\n".join(self._texts[row] for row in rows)


def measures(
    question: GoldenQuestion, sections: Sequence[str], outcome: str, text: str
) -> dict[str, float | None]:
    """One system's figures for one question; None where a measure does not apply."""
    relevant = set(question.passages)
    answering = question.covered == "full"
    return {
        "recall@1": float(hit(sections, relevant, 1)) if relevant else None,
        "recall@5": float(hit(sections, relevant, 5)) if relevant else None,
        "nDCG@10": ndcg(sections, relevant, 10) if relevant else None,
        "right outcome": float(outcome in allowed(question)),
        "phrases": float(not question.missing(text)) if answering else None,
        "words": float(len(text.split())) if answering else None,
    }


def of_judged(judged: Judged) -> dict[str, float | None]:
    """The assistant's figures; a covered question that it does not answer has no phrase right."""
    answering = judged.covered == "full"
    return {
        "recall@1": None if judged.hit_1 is None else float(judged.hit_1),
        "recall@5": None if judged.hit_5 is None else float(judged.hit_5),
        "nDCG@10": judged.ndcg_10,
        "right outcome": float(judged.right),
        "phrases": float(bool(judged.phrases)) if answering else None,
        "words": float(judged.words) if answering else None,
    }


def main() -> None:
    """Ask both, and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--data", type=Path, default=None, help="folder of the index")
    parser.add_argument("--plot", type=Path, default=None, help="picture to write")
    arguments = parser.parse_args()
    settings = Settings.load(data_dir=arguments.data)
    assistant = Assistant.load(settings)
    ours: list[dict[str, float | None]] = []
    theirs: list[dict[str, float | None]] = []
    with assistant.index.generation() as generation:
        afternoon = Afternoon(assistant, generation)
        questions = load_golden(settings.corpus_dir / "golden", arguments.half)
        for question in questions:
            ours.append(of_judged(judge(assistant, question)))
            before = [turn.content for turn in question.turns if turn.role == "user"]
            sections, text = afternoon.ask(" ".join([*before[-1:], question.question]))
            theirs.append(measures(question, sections, "answered", text))
    print(f"{len(questions)} questions of the half '{arguments.half}'\n")
    print("| measure | questions | afternoon's build | assistant | difference | p |")
    print("|---|---|---|---|---|---|")
    for name in (*_MEASURES, "words"):
        pairs = _pairs(theirs, ours, name)
        left, right = zip(*pairs, strict=True)
        gain, p = paired_difference(left, right)
        print(
            f"| {name} | {len(pairs)} | {sum(left) / len(left):.3f} | "
            f"{sum(right) / len(right):.3f} | {gain:+.3f} | {p:.4f} |"
        )
    if arguments.plot:
        plot(arguments.plot, theirs, ours)


def plot(
    path: Path, theirs: list[dict[str, float | None]], ours: list[dict[str, float | None]]
) -> None:
    """Draw both systems' shares with 95 % intervals."""
    mpl.use("Agg")
    figure, axes = plt.subplots(figsize=(8, 3.6), layout="constrained")
    for at, (name, colour, rows) in enumerate(
        (("afternoon's build", "#b0b7c3", theirs), ("assistant", "#1f5fa8", ours))
    ):
        for n, measure in enumerate(_MEASURES):
            values = [value for row in rows if (value := row[measure]) is not None]
            share = sum(values) / len(values)
            low, high = wilson(round(sum(values)), len(values))
            axes.bar(
                n + (at - 0.5) * 0.38, share, 0.36, color=colour,
                yerr=[[max(share - low, 0)], [max(high - share, 0)]], ecolor="#333333", capsize=3,
                label=name if n == 0 else None,
            )  # fmt: skip
    axes.set_xticks(range(len(_MEASURES)), _MEASURES)
    axes.set_ylim(0, 1.15)
    axes.set_ylabel("share of questions (nDCG: mean)")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, loc="upper left", ncols=2)
    figure.savefig(path, dpi=140)


def _pairs(
    theirs: list[dict[str, float | None]], ours: list[dict[str, float | None]], name: str
) -> list[tuple[float, float]]:
    return [
        (left, right)
        for a, b in zip(theirs, ours, strict=True)
        if (left := a[name]) is not None and (right := b[name]) is not None
    ]


if __name__ == "__main__":
    main()
