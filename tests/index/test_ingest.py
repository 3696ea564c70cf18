"""What an ingest embeds, publishes, drops and reports."""

import filecmp
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from assistant.errors import NoGeneration
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import check, ingest, rollback, status
from assistant.index.store import Store
from assistant.settings import Settings
from tests.conftest import WriteGuide

VISA = "## Which visa is used?\n\nGraduates usually enter with a B-1 visa.\n"
LETTER = "## Who signs a letter?\n\nA physician who saw you work signs it.\n"
FEE = "## What does it cost?\n\nMany programmes ask for 500 USD a week.\n"


def live(settings: Settings) -> Generation:
    store = Store(settings.data_dir)
    return Generation(store.folder(store.live_id()))


def found_first(settings: Settings, embedder: Embedder, question: str) -> str:
    generation = live(settings)
    rows, _ = generation.nearest_passages(embedder.encode_questions([question])[0], 1)
    generation.close()
    return generation.passages[rows[0]].document_id


def whole_text(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_the_first_ingest_publishes_all_guides(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", VISA + LETTER)
    write_guide("faqs/money.md", FEE, title="Money")
    report = ingest(settings, embedder)
    assert report.outcome == "published"
    assert report.generation == Store(settings.data_dir).live_id()
    assert report.counts["documents"] == 2
    assert (report.counts["articles"], report.counts["faqs"], report.counts["records"]) == (1, 1, 0)
    assert report.embedded == {"passages_new": 3, "passages_reused": 0, "questions_new": 3}
    assert report.removed_documents == ()
    assert found_first(settings, embedder, "price per week") == "money"


def test_reingest_of_an_unchanged_corpus_embeds_nothing(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    path = write_guide("articles/visas.md", VISA)
    first = ingest(settings, embedder)
    path.touch()
    second = ingest(settings, embedder)
    assert second.outcome == "unchanged"
    assert second.generation == first.generation
    assert second.counts == first.counts
    assert not second.embedded
    assert Store(settings.data_dir).ids() == [first.generation]


def test_a_changed_sentence_embeds_only_its_passage(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", VISA + LETTER + FEE)
    ingest(settings, embedder)
    before = live(settings)
    write_guide("articles/visas.md", VISA + LETTER + FEE.replace("500", "600"))
    report = ingest(settings, embedder)
    after = live(settings)
    assert report.embedded == {"passages_new": 1, "passages_reused": 2, "questions_new": 0}
    old, new = before.vectors(), after.vectors()
    same = old["passages"].keys() & new["passages"].keys()
    assert len(same) == 2
    for print_ in same:
        # Chroma brings a vector to length 1 once more: the last bit may differ.
        assert new["passages"][print_] == pytest.approx(old["passages"][print_], abs=1e-6)
        assert np.array_equal(old["statements"][print_], new["statements"][print_])
    assert "600 USD" in after.passages[2].statements[0].text
    assert not any("500 USD" in document.text for document in after.documents.values())
    before.close()
    after.close()


def test_a_text_moved_to_another_file_embeds_nothing(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    path = write_guide("articles/visas.md", VISA)
    ingest(settings, embedder)
    path.rename(path.with_name("moved.md"))
    report = ingest(settings, embedder)
    assert report.outcome == "published"
    assert report.embedded == {"passages_new": 0, "passages_reused": 1, "questions_new": 0}
    assert report.removed_documents == ("visas",)
    assert found_first(settings, embedder, "visa") == "moved"


def test_a_deleted_file_is_found_no_more_and_is_not_on_disk(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", VISA)
    gone = write_guide("articles/fees.md", FEE.replace("Many", "Zanzibari"), title="Fees")
    first = ingest(settings, embedder)
    assert found_first(settings, embedder, "What does it cost?") == "fees"
    gone.unlink()
    second = ingest(settings, embedder)
    assert second.removed_documents == ("fees",)
    assert found_first(settings, embedder, "What does it cost?") == "visas"
    generation = live(settings)
    assert not generation.lexicon.scores("Zanzibari").any()
    generation.close()
    folder = Store(settings.data_dir).folder
    assert b"Zanzibari" in whole_text(folder(str(first.generation)))
    assert b"Zanzibari" not in whole_text(folder(str(second.generation)))
    for each in ("Lisbon", "Porto"):
        write_guide("articles/visas.md", VISA.replace("B-1", each))
        ingest(settings, embedder)
    assert b"Zanzibari" not in whole_text(settings.data_dir)


def test_a_dry_run_publishes_nothing(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", VISA)
    report = ingest(settings, embedder, dry_run=True)
    assert (report.outcome, report.generation) == ("dry_run", None)
    assert report.embedded["passages_new"] == 1
    assert list((settings.data_dir / "generations").iterdir()) == []
    with pytest.raises(NoGeneration):
        status(settings)


def test_a_check_leaves_no_trace(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", VISA)
    report = check(settings, embedder)
    assert (report.outcome, report.counts["passages"]) == ("checked", 1)
    assert not settings.data_dir.exists()


def test_a_rollback_serves_the_state_before(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", VISA)
    first = ingest(settings, embedder).generation
    write_guide("articles/visas.md", VISA.replace("B-1", "J-1"))
    second = ingest(settings, embedder).generation
    assert rollback(settings) == first
    generation = live(settings)
    assert generation.id == first != second
    assert "B-1" in generation.passages[0].statements[0].text
    assert "J-1" not in generation.passages[0].statements[0].text
    generation.close()
    with pytest.raises(NoGeneration):
        rollback(settings)
    assert status(settings).live.id == first


def test_the_status_tells_whether_the_corpus_holds_anything_new(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    path = write_guide("articles/visas.md", VISA)
    first = ingest(settings, embedder).generation
    assert status(settings).up_to_date
    assert status(settings).generations == (first,)
    write_guide("articles/fees.md", FEE)
    assert not status(settings).up_to_date
    second = ingest(settings, embedder).generation
    assert status(settings).up_to_date
    rollback(settings)
    assert not status(settings).up_to_date
    assert status(settings).generations == (first, second)
    path.unlink()
    assert not status(settings).up_to_date


def test_another_passage_length_builds_anew_and_another_search_depth_does_not(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    write_guide("articles/visas.md", "It is so. " * 30)
    ingest(settings, embedder)
    assert ingest(settings.model_copy(update={"search_depth": 50}), embedder).outcome == "unchanged"
    shorter = ingest(settings.model_copy(update={"passage_tokens": 64}), embedder)
    assert shorter.outcome == "published"
    assert shorter.counts["passages"] > 1


@hypothesis_settings(
    deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    bodies=st.dictionaries(
        st.sampled_from(["articles/a.md", "articles/b.md", "faqs/c.md"]),
        st.lists(st.sampled_from([VISA, LETTER, FEE]), min_size=1, max_size=3, unique=True),
        min_size=1,
    )
)
def test_reingest_is_idempotent_from_any_state(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder, bodies: dict[str, list[str]]
) -> None:
    for path in settings.corpus_dir.rglob("*.md"):
        path.unlink()
    for name, parts in bodies.items():
        write_guide(name, "".join(parts))
    first = ingest(settings, embedder)  # the data folder holds whatever the last example left
    second = ingest(settings, embedder)
    assert second.outcome == "unchanged"
    assert second.generation == first.generation
    generation = live(settings)
    assert set(generation.documents) == {Path(name).stem for name in bodies}
    assert len(generation.passages) == sum(len(parts) for parts in bodies.values())
    generation.close()
    anew = settings.model_copy(update={"data_dir": settings.data_dir / "anew"})
    ingest(anew, embedder)
    for name in ("documents.jsonl", "passages.jsonl"):
        assert filecmp.cmp(generation.folder / name, live(anew).folder / name, shallow=False)


def test_many_questions_that_differ_in_one_word_are_all_found(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    entries = [
        f"## What does the form F{n} ask?\n\nForm F{n} asks for a name.\n" for n in range(400)
    ]
    write_guide("faqs/forms.md", "\n".join(entries), title="Forms")
    assert ingest(settings, embedder).outcome == "published"
