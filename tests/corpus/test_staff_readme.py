"""The examples that corpus/README.md gives to staff are good guides: a copy of them is published."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from assistant.corpus.frontmatter import ProgrammeMatter
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest
from assistant.index.store import Store
from assistant.settings import PROJECT, Settings

README = (PROJECT / "corpus" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(markdown|yaml)\n(.*?)```", README, re.DOTALL)
ARTICLE, FAQ = [text for kind, text in BLOCKS if kind == "markdown" and text.startswith("---")]
GLOSSARY = next(text for _, text in BLOCKS if text.startswith("## "))
CONFLICT = next(text for _, text in BLOCKS if text.startswith("> "))
MATTER = ARTICLE[: ARTICLE.index("## ")]


def publish(settings: Settings, embedder: Embedder, name: str, text: str) -> Generation:
    path = settings.corpus_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    report = ingest(settings, embedder)
    assert report.outcome == "published"
    assert [str(each) for each in report.findings] == []
    store = Store(settings.data_dir)
    return Generation(store.folder(store.live_id()))


@pytest.mark.parametrize(
    ("name", "text"), [("articles/white-coats.md", ARTICLE), ("faqs/coats.md", FAQ)]
)
def test_a_copied_example_is_published_without_a_word(settings, embedder, name, text):
    generation = publish(settings, embedder, name, text)
    try:
        (document,) = generation.documents.values()
        assert document.id == Path(name).stem
        (passage,) = generation.passages
        assert all("(undated page)" in each.text for each in passage.statements if each.footnotes)
    finally:
        generation.close()


def test_the_conflict_block_is_read_as_one(settings, embedder):
    sources = "".join(
        f"  {key}:\n    title: {key}\n    url: https://example.org/{key}\n    kind: secondary\n"
        "    as_of: undated\n"
        for key in re.findall(r"\[\^([a-z-]+)\]", CONFLICT)
    )
    matter = MATTER[: MATTER.index("sources:")] + f"sources:\n{sources}---\n\n"
    advice = "Follow the stricter of the two, and ask the host's office before you travel.\n" * 4
    text = f"{matter}## May a graduate do more than watch?\n\n{advice}\n{CONFLICT}"
    generation = publish(settings, embedder, "articles/hands.md", text)
    kinds = [each.kind for passage in generation.passages for each in passage.statements]
    generation.close()
    assert kinds.count("conflict") == 1


def test_the_glossary_entry_is_a_term(settings, embedder):
    matter = MATTER[: MATTER.index("sources:")] + "---\n\n"
    generation = publish(settings, embedder, "glossary.md", matter + GLOSSARY)
    assert generation.manifest.counts["terms"] == 1
    generation.close()


def test_the_fields_of_a_programme_are_those_that_are_read():
    fields = next(text for kind, text in BLOCKS if kind == "yaml" and "fee_usd" in text)
    assert set(yaml.safe_load(fields)) <= set(ProgrammeMatter.model_fields)
