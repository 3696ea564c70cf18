"""The running assistant follows the pointer, and a question keeps the generation it began with."""

import logging
import threading
from dataclasses import replace

import pytest

from assistant.errors import GenerationMismatch, NoGeneration
from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import ingest, rollback
from assistant.index.live import LiveIndex
from assistant.index.store import Store
from assistant.settings import Settings
from tests.conftest import WriteGuide

VISA = "## Which visa is used?\n\nGraduates usually enter with a B-1 visa.\n"
EDITED = VISA.replace("B-1", "J-1")


def says(generation: Generation, embedder: Embedder) -> str:
    rows, _ = generation.nearest_passages(embedder.encode_questions(["Which visa?"])[0], 1)
    return generation.passages[rows[0]].statements[0].text


@pytest.fixture
def index(settings: Settings, write_guide: WriteGuide, embedder: Embedder) -> LiveIndex:
    write_guide("articles/visas.md", VISA)
    ingest(settings, embedder)
    return LiveIndex(Store(settings.data_dir), embedder)


def publish(settings: Settings, write_guide: WriteGuide, embedder: Embedder, body: str) -> str:
    write_guide("articles/visas.md", body)
    return str(ingest(settings, embedder).generation)


def test_a_new_generation_is_served_from_the_next_question_on(
    index: LiveIndex, settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    with index.generation() as held:
        assert "B-1" in says(held, embedder)
        new = publish(settings, write_guide, embedder, EDITED)
        assert "B-1" in says(held, embedder)
    with index.generation() as held:
        assert held.id == new
        assert "J-1" in says(held, embedder)
        assert "B-1" not in says(held, embedder)


def test_an_old_lease_stays_usable_beside_a_new_one(
    index: LiveIndex, settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    with index.generation() as old:
        for body in (EDITED, EDITED.replace("J-1", "F-1")):
            publish(settings, write_guide, embedder, body)
            with index.generation() as new:
                assert new.id != old.id
                assert body.split()[-2] in says(new, embedder)
        assert old.id in Store(settings.data_dir).ids()  # the last three are kept
        assert "B-1" in says(old, embedder)


def test_the_same_generation_is_opened_once(index: LiveIndex) -> None:
    with index.generation() as first, index.generation() as second:
        assert first is second
    with index.generation() as third:
        assert third is first


def test_a_rollback_is_served_from_the_next_question_on(
    index: LiveIndex, settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    publish(settings, write_guide, embedder, EDITED)
    with index.generation() as held:
        assert "J-1" in says(held, embedder)
    rollback(settings)
    with index.generation() as held:
        assert "B-1" in says(held, embedder)


def test_a_damaged_new_generation_is_not_served_and_the_old_one_goes_on(
    index: LiveIndex,
    settings: Settings,
    write_guide: WriteGuide,
    embedder: Embedder,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with index.generation() as held:
        good = held.id
    bad = publish(settings, write_guide, embedder, EDITED)
    (Store(settings.data_dir).folder(bad) / "statements.npy").write_bytes(b"")
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            with index.generation() as held:
                assert held.id == good
                assert "B-1" in says(held, embedder)
    assert len([record for record in caplog.records if bad in record.getMessage()]) == 1
    mended = publish(settings, write_guide, embedder, EDITED)
    with index.generation() as held:
        assert held.id == mended != bad
        assert "J-1" in says(held, embedder)


def test_a_damaged_generation_is_an_error_where_there_is_no_other(
    settings: Settings, index: LiveIndex
) -> None:
    store = Store(settings.data_dir)
    (store.folder(store.live_id()) / "manifest.json").unlink()
    with pytest.raises(Exception, match="Run `python ingest"), index.generation():
        pass


def test_without_a_generation_the_reader_is_told_and_the_first_one_is_picked_up(
    settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    index = LiveIndex(Store(settings.data_dir), embedder)
    with pytest.raises(NoGeneration), index.generation():
        pass
    first = publish(settings, write_guide, embedder, VISA)
    with index.generation() as held:
        assert held.id == first


def test_a_generation_of_another_model_is_not_served(
    index: LiveIndex, settings: Settings, embedder: Embedder
) -> None:
    other = Embedder(embedder._model, replace(embedder.card, sha256="0" * 64), 8)
    stranger = LiveIndex(Store(settings.data_dir), other)
    with pytest.raises(GenerationMismatch, match="000000000000"), stranger.generation():
        pass
    with index.generation() as held:
        assert "B-1" in says(held, embedder)


def test_questions_asked_while_guides_are_published_each_see_one_whole_generation(
    index: LiveIndex, settings: Settings, write_guide: WriteGuide, embedder: Embedder
) -> None:
    done = threading.Event()
    seen: set[tuple[str, str]] = set()
    faults: list[Exception] = []

    def ask() -> None:
        while not done.is_set():
            try:
                with index.generation() as held:
                    seen.add((held.id, says(held, embedder)))
            except Exception as error:  # whatever it is, the test fails
                faults.append(error)
                return

    readers = [threading.Thread(target=ask) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        published = [
            publish(settings, write_guide, embedder, VISA.replace("B-1", f"X-{n}"))
            for n in range(5)
        ]
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert faults == []
    assert len({name for name, _ in seen}) == len(seen) >= 2
    for number, name in enumerate(published):
        assert {text for each, text in seen if each == name} <= {
            f"Graduates usually enter with a X-{number} visa."
        }
