"""Do the golden questions still find their sections? Asked of a generation before it goes live."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import GenerationDamaged
from assistant.evaluation.golden import load_golden
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.retrieval.hybrid import search
from assistant.retrieval.retriever import speller_for
from assistant.retrieval.understanding import understand

__all__ = ["LEAST_FOUND", "probe_golden"]

LEAST_FOUND = 0.7
"""With the bundled models 0.96 of 577 questions do, in 20 seconds (November 2026)."""
_AMONG = 10
_NAMED = 3


def probe_golden(generation: Generation, embedder: Embedder, folder: Path, depth: int) -> None:
    """Search for every golden question that the guides cover in full.

    Does nothing where the folder holds no such question.

    Args:
        generation: the generation to be published.
        embedder: the model that it was made with.
        folder: the folder of golden questions; it need not exist.
        depth: how many candidates each ranking of the search gives.

    Raises:
        InputError: a file of golden questions cannot be read.
        GenerationDamaged: fewer than `LEAST_FOUND` of the questions have one of their sections
            among the first ten passages.

    """
    questions = [each for each in load_golden(folder) if each.covered == "full"]
    if not questions:
        return
    speller = speller_for(generation)
    queries = [understand(each.question, each.turns, speller) for each in questions]
    encoded = embedder.encode_query([query.search_text for query in queries])
    lost = []
    for each, query, vectors in zip(questions, queries, encoded, strict=True):
        found = search(generation, query, vectors, depth=depth, top=_AMONG).passages
        if not {ranked.passage.section_id for ranked in found} & set(each.passages):
            lost.append(each.id)
    share = 1 - len(lost) / len(questions)
    if share < LEAST_FOUND:
        raise GenerationDamaged(
            f"Only {share:.0%} of the {len(questions)} golden questions that the guides cover find "
            f"their section (at least {LEAST_FOUND:.0%} must): {', '.join(lost[:_NAMED])} and "
            "others do not. Nothing was published. Was a guide removed, or were headings changed? "
            f"Then correct `passages` in {folder}."
        )
