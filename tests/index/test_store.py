"""The data folder: an atomic pointer, what is kept, and one ingest at a time."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from assistant.errors import GenerationError, IngestRunning, NoGeneration
from assistant.index.store import Store

HOLD = """
import sys
from pathlib import Path
from assistant.index.store import Store
with Store(Path(sys.argv[1])).locked():
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data")


def publish(store: Store, fingerprint: str = "0" * 64, keep: int = 3) -> str:
    with store.locked(), store.building(fingerprint) as (name, folder):
        (folder / "content").write_text(name, encoding="utf-8")
        store.publish(name, folder, keep)
    return name


def names_in(store: Store) -> set[str]:
    return {path.name for path in (store.data_dir / "generations").iterdir()}


def test_reading_an_absent_folder_says_what_to_do_and_makes_nothing(store: Store) -> None:
    with pytest.raises(NoGeneration, match=r"Run `python ingest\.py` first"):
        store.live_id()
    assert store.ids() == []
    assert not store.data_dir.exists()


def test_a_published_generation_is_live_and_whole(store: Store) -> None:
    name = publish(store)
    assert store.live_id() == name
    assert (store.folder(name) / "content").read_text("utf-8") == name
    assert names_in(store) == {name}


def test_one_that_is_not_published_leaves_nothing(store: Store) -> None:
    with store.locked(), pytest.raises(ZeroDivisionError), store.building("0" * 64):
        raise ZeroDivisionError
    assert names_in(store) == set()
    with pytest.raises(NoGeneration):
        store.live_id()


def test_the_pointer_names_a_whole_generation_at_every_moment(store: Store) -> None:
    first = publish(store)
    done = threading.Event()
    seen: set[str] = set()
    faults: list[str] = []

    def watch() -> None:
        while not done.is_set():
            name = store.live_id()
            seen.add(name)
            if not (store.folder(name) / "content").is_file():
                faults.append(name)

    watcher = threading.Thread(target=watch)
    watcher.start()
    published = {first, *(publish(store, keep=30) for _ in range(25))}
    done.set()
    watcher.join()
    assert not faults
    assert len(seen) > 1
    assert seen <= published


def test_the_pointer_is_never_set_to_what_is_not_there(store: Store) -> None:
    name = publish(store)
    with pytest.raises(GenerationError, match="There is no generation 2020"):
        store.point_to("2020")
    assert store.live_id() == name
    assert not list(store.data_dir.glob(".LIVE-*"))


def test_the_last_three_are_kept(store: Store) -> None:
    published = [publish(store) for _ in range(5)]
    assert store.ids() == published[-3:]
    assert names_in(store) == set(published[-3:])


def test_the_previous_one_is_the_next_older(store: Store) -> None:
    first, second, third = (publish(store) for _ in range(3))
    assert store.previous_id() == second
    store.point_to(second)
    assert store.previous_id() == first
    store.point_to(first)
    with pytest.raises(NoGeneration, match="no older generation"):
        store.previous_id()
    assert third in store.ids()


def test_what_was_rolled_back_from_is_never_gone_back_to(store: Store) -> None:
    first, withdrawn = publish(store), publish(store)
    store.point_to(first)
    mended = publish(store)
    assert store.previous_id() == first
    assert store.ids() == [first, mended]
    assert withdrawn not in names_in(store)


def test_one_that_an_interrupted_ingest_never_pointed_to_is_not_gone_back_to(store: Store) -> None:
    first = publish(store)
    with store.locked(), store.building("f" * 64) as (orphan, folder):
        folder.rename(store.folder(orphan))
    second = publish(store)
    assert store.previous_id() == first
    assert store.ids() == [first, second]


@pytest.mark.parametrize("keep", [1, 2, 3])
def test_the_live_one_is_kept_after_rolling_back_and_publishing(store: Store, keep: int) -> None:
    first, _, _ = (publish(store) for _ in range(3))
    store.point_to(first)
    live = publish(store, keep=keep)
    assert store.live_id() == live
    assert store.folder(live).is_dir()


@pytest.mark.parametrize("keep", [1, 2])
def test_the_live_one_is_kept_when_the_clock_was_set_back(store: Store, keep: int) -> None:
    with store.locked(), store.building("0" * 64) as (_, folder):
        store.publish("29990101T000000000000Z-00000000", folder, keep)
    for _ in range(3):
        live = publish(store, keep=keep)
        assert store.live_id() == live
        assert (store.folder(live) / "content").is_file()


def test_an_interrupted_ingest_is_swept_away_by_the_next(store: Store) -> None:
    name = publish(store)
    generations = store.data_dir / "generations"
    for left in (".building-20261122T000000000000Z-aaaaaaaa", ".deleted-20261121T0"):
        (generations / left / "chroma").mkdir(parents=True)
        (generations / left / "chroma" / "chroma.sqlite3").write_bytes(b"half")
    (store.data_dir / ".LIVE-0123abcd").write_text("half", encoding="utf-8")
    assert store.ids() == [name]
    with store.locked():
        assert names_in(store) == {name}
    assert not list(store.data_dir.glob(".LIVE-*"))
    assert store.live_id() == name


def test_a_second_ingest_is_refused_while_one_holds_the_lock(store: Store) -> None:
    entered = False
    with store.locked():
        unfinished = store.data_dir / "generations" / ".building-mine"
        unfinished.mkdir()
        with (
            pytest.raises(IngestRunning, match="Wait until it has finished"),
            Store(store.data_dir).locked(),
        ):
            entered = True
        assert unfinished.is_dir()
    assert not entered
    with store.locked():
        assert not unfinished.exists()


def test_another_process_holds_the_lock_until_it_dies(store: Store) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store.data_dir)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=Path(__file__).resolve().parents[2],
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(IngestRunning), store.locked():
            pass
        other.kill()
    publish(store)
    assert len(store.ids()) == 1


def test_a_data_folder_that_cannot_be_written_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(GenerationError, match="cannot be written") as caught,
        Store(tmp_path / "file").locked(),
    ):
        pass
    assert "--data" in str(caught.value)
    assert not isinstance(caught.value, IngestRunning)
