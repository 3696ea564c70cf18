"""An ingest that is killed at any moment leaves a whole generation live."""

import os
import random
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.index.embeddings import Embedder
from assistant.index.generation import Generation
from assistant.index.ingest import status
from assistant.index.store import Store
from assistant.settings import PROJECT, Settings
from tests.conftest import WriteGuide

ROUNDS = 50
SEED = 20261122
NAMES = ("visas", "letters", "fees", "insurance")

INGESTER = '''
"""Loads the model once; for each line "edition delay" a child ingests and may be killed."""
import datetime, os, signal, sys, time, traceback
from pathlib import Path
import torch
torch.set_num_threads(1)  # a forked child has none of its parent's threads
from assistant.index.embeddings import Embedder
from assistant.index.ingest import ingest
from assistant.settings import Settings

settings = Settings.load(corpus_dir=Path(sys.argv[1]), data_dir=Path(sys.argv[2]))
embedder = Embedder.load(settings)

def work(edition):
    for name in sys.argv[3].split(","):
        path = settings.corpus_dir / f"{name}.md"
        path.write_text(
            f"---\\ntitle: On {name}\\nsummary: All of it.\\ntopics: [{name}]\\n"
            "audience: [graduate]\\nreviewed: 2026-11-22\\nreview_every: 90\\nsources: {}\\n---\\n\\n"
            f"## What is said of {name}?\\n\\nThis is edition {edition} on {name}.\\n"
        )
    ingest(settings, embedder)

print("ready", flush=True)
for line in sys.stdin:
    edition, delay = line.split()
    began = time.monotonic()
    child = os.fork()
    if not child:
        try:
            work(edition)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if delay != "none":
        time.sleep(float(delay))
        os.kill(child, signal.SIGKILL)
    _, code = os.waitpid(child, 0)
    print(os.waitstatus_to_exitcode(code), time.monotonic() - began, flush=True)
'''


@pytest.fixture
def ingester(settings: Settings, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    script = tmp_path / "ingester.py"
    script.write_text(INGESTER, encoding="utf-8")
    with (
        (tmp_path / "errors").open("w", encoding="utf-8") as errors,
        subprocess.Popen(
            [sys.executable, script, settings.corpus_dir, settings.data_dir, ",".join(NAMES)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            env={**os.environ, "PYTHONPATH": str(PROJECT), "TOKENIZERS_PARALLELISM": "false"},
        ) as process,
    ):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n", (tmp_path / "errors").read_text("utf-8")
        try:
            yield process
        finally:
            process.kill()


def run(process: "subprocess.Popen[str]", edition: int, delay: float | None) -> tuple[int, float]:
    """Ingest an edition, killed after `delay` seconds; its exit code and duration."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{edition} {'none' if delay is None else delay}\n")
    process.stdin.flush()
    code, seconds = process.stdout.readline().split()
    return int(code), float(seconds)


def live_edition(settings: Settings, embedder: Embedder) -> int:
    """The one edition that is live, after looking at every part of the live generation."""
    store = Store(settings.data_dir)
    generation = Generation(store.folder(store.live_id()))
    try:
        passages = generation.passages
        whole, _ = embedder.encode_passages(passages)
        questions = [question for passage in passages for question in passage.questions]
        asked = embedder.encode_questions(questions)
        assert generation.not_found_first(whole, asked) == []
        assert set(generation.documents) == set(NAMES)
        texts = [document.text for document in generation.documents.values()]
        for question, vector in zip(questions, asked, strict=True):
            (row,) = generation.nearest_questions(vector, 1)[0]
            assert question in passages[row].questions
            assert generation.lexicon.scores(question).argmax() == row
            texts.append(passages[row].embedded)
    finally:
        generation.close()
    (edition,) = {found for text in texts for found in re.findall(r"edition (\d+)", text)}
    return int(edition)


def unfinished(settings: Settings) -> list[Path]:
    return list((settings.data_dir / "generations").glob(".*"))


@pytest.mark.slow
def test_an_ingest_killed_at_any_moment_leaves_a_whole_generation_live(
    settings: Settings,
    embedder: Embedder,
    write_guide: WriteGuide,
    ingester: "subprocess.Popen[str]",
    tmp_path: Path,
) -> None:
    assert run(ingester, 0, None)[0] == 0
    code, reach = run(ingester, 1, None)
    assert code == 0
    edition = live_edition(settings, embedder)
    assert edition == 1
    chance = random.Random(SEED)
    happened: Counter[str] = Counter()
    for number in range(2, ROUNDS + 2):
        code, _ = run(ingester, number, chance.uniform(0, reach))
        assert code in {0, -9}, (tmp_path / "errors").read_text("utf-8")
        after = live_edition(settings, embedder)
        assert after in ({number} if code == 0 else {edition, number})
        happened["killed"] += code == -9
        happened["published"] += after != edition
        happened["left unfinished"] += bool(unfinished(settings))
        edition = after
        reach *= 1.1 if code else 0.8  # a busy machine is slower: kills reach the end all the same
    assert happened["killed"] > ROUNDS / 4, happened
    assert happened["left unfinished"], happened
    assert happened["published"], happened

    for name in NAMES:  # not by editing: the last kill may have left an empty file
        write_guide(f"{name}.md", f"## What is said of {name}?\n\nThis is edition 999 on {name}.\n")
    command = ["--corpus", settings.corpus_dir, "--data", settings.data_dir]
    last = subprocess.run(
        [sys.executable, PROJECT / "ingest.py", *command],
        check=False,
        capture_output=True,
        text=True,
    )
    assert last.returncode == 0, last.stderr
    assert "Published: generation" in last.stdout
    assert live_edition(settings, embedder) == 999
    assert unfinished(settings) == []
    assert status(settings).up_to_date
    assert len(status(settings).generations) <= settings.keep_generations
