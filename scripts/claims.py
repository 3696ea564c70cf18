"""What the guides claim, and what it rests on.

python -m scripts.claims                    counts of claims by kind and age of their sources
python -m scripts.claims --csv claims.csv   and every claim with its place, kind and age
python -m scripts.claims --notes FOLDER     and the figures that no note in FOLDER holds

Notes are Markdown files with one fact a line and the address of its source in that line. A figure
is looked for first in the notes on the claim's own sources, then in all of them.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.checks.view import Guides
from assistant.corpus.documents import Document, Source, Statement
from assistant.corpus.figures import Figure, figures
from assistant.corpus.reader import read_corpus
from assistant.settings import Settings


@dataclass(frozen=True)
class Claim:
    """A statement with at least one footnote."""

    document: Document
    line: int
    statement: Statement
    sources: tuple[Source, ...]

    @property
    def kind(self) -> str:
        """`official`, `secondary`, or `both`."""
        kinds = {source.kind for source in self.sources}
        return "both" if len(kinds) > 1 else kinds.pop()

    @property
    def undated(self) -> bool:
        """Whether no source of it has a date."""
        return all(source.as_of == "undated" for source in self.sources)


def claims(guides: Guides) -> Iterator[Claim]:
    """Every claim of the guides, in order."""
    for section, statement in guides.statements:
        sources = tuple(section.document.sources[key] for key in statement.footnotes)
        if sources:
            line = guides.line(section.document, statement.start)
            yield Claim(section.document, line, statement, sources)


class Notes:
    """The facts of a folder of notes, by their figures and by the addresses they name."""

    def __init__(self, folder: Path) -> None:
        self._by_line: list[tuple[str, set[tuple[str, str]], set[str]]] = []
        for path in sorted(folder.glob("*.md")):
            for line in path.read_text(encoding="utf-8").splitlines():
                found = figures(line)
                self._by_line.append(
                    (line, {_key(each) for each in found}, {each.value for each in found})
                )
        self._all = set().union(*(keys for _, keys, _ in self._by_line))
        self._values = set().union(*(values for _, _, values in self._by_line))

    def where(self, figure: Figure, claim: Claim) -> str:
        """`own source`, `other source`, `other unit` or `nowhere`."""
        urls = [source.url for source in claim.sources]
        own = [each for each in self._by_line if any(url in each[0] for url in urls)]
        if any(_key(figure) in keys for _, keys, _ in own):
            return "own source"
        if _key(figure) in self._all:
            return "other source"
        return "other unit" if figure.value in self._values else "nowhere"


def _key(figure: Figure) -> tuple[str, str]:
    return (figure.value, figure.unit)


def main() -> None:
    """Read the guides and print what was asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--csv", type=Path, help="file to write every claim to")
    parser.add_argument("--notes", type=Path, help="folder of notes to look figures up in")
    arguments = parser.parse_args()
    settings = Settings.load()
    corpus = read_corpus(settings.corpus_dir, lambda texts: [len(t) for t in texts], 100_000)
    found = list(claims(Guides(corpus)))
    counts = Counter((claim.kind, "undated" if claim.undated else "dated") for claim in found)
    print(f"{len(found)} claims with a source:")
    for (kind, age), count in sorted(counts.items()):
        print(f"  {kind:9} {age:8} {count:5}")
    if arguments.csv:
        with arguments.csv.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["file", "line", "kind", "undated", "claim", "sources"])
            for claim in found:
                writer.writerow([
                    claim.document.path, claim.line, claim.kind, claim.undated,
                    claim.statement.text, " ".join(source.url for source in claim.sources),
                ])  # fmt: skip
    if arguments.notes:
        compare(found, Notes(arguments.notes))


def compare(found: list[Claim], notes: Notes) -> None:
    """Print where the figures of the claims stand in the notes, and those that stand nowhere."""
    places: Counter[str] = Counter()
    missing = []
    for claim in found:
        for figure in figures(claim.statement.text):
            place = notes.where(figure, claim)
            places[place] += 1
            if place in {"nowhere", "other unit"}:
                missing.append((place, claim, figure))
    print(f"{places.total()} figures:")
    for place, count in places.most_common():
        print(f"  {place:13} {count:5}")
    for place, claim, figure in missing:
        sources = ", ".join(source.key for source in claim.sources)
        print(
            f"{claim.document.path}:{claim.line}: {figure.value} {figure.unit} ({place}): "
            f"{claim.statement.text[:120]!r} [{sources}]"
        )


if __name__ == "__main__":
    sys.exit(main())
