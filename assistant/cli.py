"""The command line: `python -m assistant` for readers and measurements, and what `ingest.py` does.

Parses arguments, calls the package, prints. A fault is one plain message and exit status 1;
wrong usage is 2.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from assistant.errors import AssistantError, CorpusError, InputError
from assistant.index.store import Store
from assistant.settings import Settings
from assistant.terminal import answer_text, explain_text, report_text, status_text

__all__ = ["app", "ingest_app", "run"]

app = typer.Typer(
    add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False,
    help="Ask the guides about U.S. clinical externships.",
)  # fmt: skip
ingest_app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

DataOption = Annotated[Path | None, typer.Option("--data", help="Folder of the index.")]
CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="Folder of guides.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
RUN_TAG = "hybrid"
"""The last column of a TREC run."""
_RUN_DEPTH = 100


def run(command: typer.Typer) -> NoReturn:
    """Run a command; a known fault becomes one message on standard error and status 1."""
    try:
        command()
    except AssistantError as error:
        print(error, file=sys.stderr)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
    sys.exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    history: Annotated[Path | None, typer.Option(help="JSON file: the messages before.")] = None,
    batch: Annotated[Path | None, typer.Option(help="JSONL file of questions.")] = None,
    as_json: JsonOption = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what each step found.")] = False,
    data: DataOption = None,
) -> None:
    """Answer one question, or with --batch every question of a file, an answer a line."""
    from assistant.answering.assistant import Assistant  # the model is slow to import
    from assistant.retrieval.understanding import turns

    _exactly_one(question, batch)
    if explain and (batch or as_json):
        raise typer.BadParameter("--explain is for reading one answer, without --json or --batch.")
    if batch and history:
        raise typer.BadParameter("In a batch each question brings its own history.")
    settings = Settings.load(data_dir=data)
    Store(settings.data_dir).live_id()  # say at once that there is no index, before the model loads
    before = turns(_read_json(history)) if history else ()
    lines = list(_batch(batch)) if batch else []
    assistant = Assistant.load(settings)
    if question is not None:
        trace = assistant.trace(question, before)
        answer = trace.answer
        if explain:
            print(f"{explain_text(trace)}\n")
        print(
            json.dumps(answer.as_dict(), ensure_ascii=False, indent=2)
            if as_json
            else answer_text(answer)
        )
        return
    for record in lines:
        answer = assistant.ask(record["question"], record["history"])
        print(json.dumps({**answer.as_dict(), "id": record["id"]}, ensure_ascii=False), flush=True)


@app.command()
def search(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many passages.")] = 5,
    batch: Annotated[Path | None, typer.Option(help="JSONL file of questions.")] = None,
    run_file: Annotated[Path | None, typer.Option("--run", help="TREC run to write.")] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Find passages; with --batch and --run, rank documents for a file of questions."""
    from assistant.index.embeddings import Embedder
    from assistant.index.live import LiveIndex
    from assistant.retrieval.reranking import Reranker
    from assistant.retrieval.retriever import GuideRetriever

    _exactly_one(question, batch)
    if (batch is None) != (run_file is None):
        raise typer.BadParameter("--batch and --run belong together.")
    settings = Settings.load(data_dir=data)
    Store(settings.data_dir).live_id()
    lines = list(_batch(batch)) if batch else []
    for record in lines:
        if record["id"].split() != [record["id"]]:
            raise InputError(
                f"{batch}: the id {record['id']!r} has blanks; a TREC run allows none."
            )
    embedder = Embedder.load(settings)
    retriever = GuideRetriever(
        index=LiveIndex(Store(settings.data_dir), embedder), embedder=embedder,
        reranker=Reranker.load(settings),
        depth=settings.search_depth, top=top,
    )  # fmt: skip
    if question is not None:
        found = retriever.ranked(question)
        rows = [
            {"rank": rank, "score": round(each.score, 4), "passage_id": each.passage.id,
             "title": each.document.title, "section": each.passage.section,
             "text": "\n".join(s.text for s in each.passage.statements)}
            for rank, each in enumerate(found, start=1)
        ]  # fmt: skip
        if as_json:
            print(json.dumps(rows, ensure_ascii=False, indent=2))
        for row in [] if as_json else rows:
            print(f"{row['rank']}. {row['score']:.3f}  {row['passage_id']}\n   {row['title']}")
        return
    assert run_file is not None
    wide = retriever.model_copy(update={"top": None, "depth": max(settings.search_depth, 200)})
    with _writing(run_file) as file:
        for record in lines:
            best: dict[str, float] = {}
            for each in wide.ranked(record["question"], record["history"]):
                best.setdefault(each.document.id, each.score)
            for rank, (document, score) in enumerate(list(best.items())[:_RUN_DEPTH], start=1):
                file.write(f"{record['id']} Q0 {document} {rank} {score:.6f} {RUN_TAG}\n")
    print(f"Wrote {run_file}: {len(lines)} questions.")


@app.command()
def evaluate(
    half: Annotated[str, typer.Option(help="`report`, or `tune` while working.")] = "report",
    against: Annotated[
        Path | None, typer.Option("--compare", help="An earlier run's --json to compare with.")
    ] = None,
    as_json: JsonOption = False,
    data: DataOption = None,
) -> None:
    """Ask the golden questions and print how the answers are."""
    from tqdm import tqdm

    from assistant.answering.assistant import Assistant
    from assistant.evaluation.golden import load_golden
    from assistant.evaluation.report import compare, summary, tables
    from assistant.evaluation.run import Judged, run

    if half not in ("report", "tune"):
        raise typer.BadParameter("--half is `report` or `tune`.")
    settings = Settings.load(data_dir=data)
    Store(settings.data_dir).live_id()
    try:
        before = [Judged(**each) for each in _read_json(against)["judged"]] if against else []
    except (KeyError, TypeError) as error:
        raise InputError(f"{against}: not what `evaluate --json` printed. Run it again.") from error
    questions = load_golden(settings.corpus_dir / "golden", "tune" if half == "tune" else "report")
    if not questions:
        raise InputError(f"There are no golden questions in {settings.corpus_dir / 'golden'}.")
    assistant = Assistant.load(settings)
    with tqdm(total=len(questions), desc="Asking", unit="", disable=None) as bar:
        judged = run(assistant, questions, bar.update)
    figures = summary(judged)
    if as_json:
        values = {"half": half, **figures, "judged": [each.as_dict() for each in judged]}
        print(json.dumps(values, ensure_ascii=False, indent=2))
        return
    print(tables(figures))
    if before:
        print("\n" + compare(before, judged))


@ingest_app.command()
def ingest(
    corpus: CorpusOption = None,
    data: DataOption = None,
    check: Annotated[bool, typer.Option("--check", help="Only check the guides.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do all but publish.")] = False,
    status: Annotated[bool, typer.Option("--status", help="Say what is live.")] = False,
    rollback: Annotated[bool, typer.Option("--rollback", help="Go back one generation.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Read the guides, check them, and publish them as a new generation of the index."""
    from assistant.index import ingest as steps
    from assistant.index.embeddings import Embedder

    if sum((check, dry_run, status, rollback)) > 1:
        raise typer.BadParameter("Use one of --check, --dry-run, --status, --rollback.")
    settings = Settings.load(corpus_dir=corpus, data_dir=data)
    try:
        if status:
            found = steps.status(settings)
            values, text = found.as_dict(), status_text(found)
        elif rollback:
            back = steps.rollback(settings)
            values = {"outcome": "rolled_back", "generation": back}
            text = f"Rolled back: generation {back} is live."
        else:
            embedder = Embedder.load(settings)
            report = (
                steps.check(settings, embedder)
                if check
                else steps.ingest(settings, embedder, dry_run=dry_run)
            )
            values, text = report.as_dict(), report_text(report)
    except CorpusError as error:
        if not as_json:
            raise
        findings = [finding.as_dict() for finding in error.findings]
        print(
            json.dumps({"outcome": "refused", "findings": findings}, ensure_ascii=False, indent=2)
        )
        raise typer.Exit(1) from error
    print(json.dumps(values, ensure_ascii=False, indent=2) if as_json else text)


def _exactly_one(question: str | None, batch: Path | None) -> None:
    if (question is None) == (batch is None):
        raise typer.BadParameter("Give a QUESTION or --batch FILE, one of them.")


def _batch(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a JSONL file; `text` is read where there is no `question`."""
    from assistant.retrieval.understanding import turns

    for number, line in enumerate(_read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(
                f"{path}, line {number}: not JSON ({error.msg}). Write one question a line."
            ) from error
        given = record if isinstance(record, dict) else {}
        question = given.get("question", given.get("text"))
        if not isinstance(question, str) or "id" not in given:
            raise InputError(f'{path}, line {number}: a question needs "id" and "question".')
        try:
            history = turns(given.get("history") or ())
        except InputError as error:
            raise InputError(f"{path}, line {number}: {error}") from error
        yield {"id": str(given["id"]), "question": question, "history": history}


def _read_json(path: Path) -> Any:
    try:
        return json.loads(_read_text(path))
    except json.JSONDecodeError as error:
        raise InputError(f"{path}: not JSON ({error.msg}, line {error.lineno}).") from error


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8. Save it with the encoding UTF-8.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}.") from error


def _writing(path: Path) -> Any:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.") from error
