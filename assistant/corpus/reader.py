"""A folder of guides becomes a corpus: documents, passages, and what is wrong with them.

Reads Markdown and JSONL exports and never stops at the first fault, so that staff see all of
them at once. It changes nothing and knows nothing of an index.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.corpus.asked import Questions, read_asked, with_asked
from assistant.corpus.documents import Document, DocumentKind, Passage
from assistant.corpus.exports import read_export
from assistant.corpus.files import READ, asked_files, digest_line, guide_files
from assistant.corpus.findings import Finding
from assistant.corpus.frontmatter import (
    GuideMatter,
    MatterFaults,
    ProgrammeMatter,
    field_lines,
    parse_matter,
    split_matter,
)
from assistant.corpus.glossary import Term, asked_for, read_terms
from assistant.corpus.markdown import Section, parse_guide
from assistant.corpus.sentences import FOOTNOTE
from assistant.corpus.splitter import CountTokens, split_section

__all__ = ["Corpus", "read_corpus"]

_KINDS: dict[str, DocumentKind] = {
    "faqs": "faq", "programmes": "programme", "glossary.md": "glossary",
}  # fmt: skip


@dataclass(frozen=True)
class Corpus:
    """All that was read. `fingerprint` is a SHA-256 of every file's path and content."""

    documents: tuple[Document, ...]
    passages: tuple[Passage, ...]
    findings: tuple[Finding, ...]
    fingerprint: str
    glossary: tuple[Term, ...] = ()

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that stop a publication."""
        return tuple(finding for finding in self.findings if finding.severity == "error")


def read_corpus(folder: Path, count_tokens: CountTokens, passage_tokens: int) -> Corpus:
    """Read every guide and export below `folder`.

    Args:
        count_tokens: gives the length of each text in tokens of the embedding model.
        passage_tokens: a passage's length limit.

    """
    reader = _Reader(folder, count_tokens, passage_tokens)
    reader.read()
    return Corpus(
        tuple(reader.documents),
        tuple(reader.passages),
        tuple(sorted(reader.findings)),
        reader.digest.hexdigest(),
        tuple(reader.glossary),
    )


class _Reader:
    def __init__(self, folder: Path, count_tokens: CountTokens, passage_tokens: int) -> None:
        self.folder = folder
        self.count_tokens = count_tokens
        self.passage_tokens = passage_tokens
        self.documents: list[Document] = []
        self.passages: list[Passage] = []
        self.findings: list[Finding] = []
        self.digest = hashlib.sha256()
        self.places: dict[str, str] = {}
        self.glossary: list[Term] = []

    def read(self) -> None:
        if not self.folder.is_dir():
            self._error(
                str(self.folder),
                0,
                "This folder does not exist.",
                "Name the folder of guides with --corpus.",
            )
            return
        for path in self._files():
            name = path.relative_to(self.folder).as_posix()
            text = self._text(path, name)
            if text is None:
                continue
            if path.suffix == ".jsonl":
                self._read_export(text, name)
            else:
                self._read_guide(text, name)
        self._read_asked()
        if not self.documents and all(found.severity == "warning" for found in self.findings):
            self._error(
                str(self.folder),
                0,
                "There are no guides in this folder.",
                "Put Markdown files or *.jsonl exports into it.",
            )

    def _read_asked(self) -> None:
        files: dict[str, Questions] = {}
        for path in asked_files(self.folder):
            name = path.relative_to(self.folder).as_posix()
            text = self._text(path, name)
            if text is not None:
                files[name], found = read_asked(name, text)
                self.findings += found
        self.passages, found = with_asked(self.passages, files)
        self.findings += found

    def _files(self) -> Iterator[Path]:
        for path in guide_files(self.folder):
            if path.suffix in READ:
                yield path
            else:
                self.findings.append(
                    Finding(
                        path.relative_to(self.folder).as_posix(),
                        0,
                        "warning",
                        "This kind of file is not read.",
                        "Save it as .md or .jsonl, or move it away.",
                    )
                )

    def _text(self, path: Path, name: str) -> str | None:
        try:
            raw = path.read_bytes()
        except OSError as error:
            self._error(
                name, 0, f"The file cannot be read: {error.strerror}.", "Check its permissions."
            )
            return None
        self.digest.update(digest_line(name, raw))
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            self._error(
                name,
                line,
                f"The file is not UTF-8 (byte 0x{raw[error.start]:02x}).",
                "Save it with the encoding UTF-8.",
            )
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _read_guide(self, text: str, name: str) -> None:
        kind = _KINDS.get(name.split("/", maxsplit=1)[0], "article")
        parts = split_matter(text)
        if parts is None:
            self._error(
                name,
                1,
                "The file does not begin with front matter between two lines ---.",
                "Start it as corpus/README.md shows.",
            )
            return
        yaml_text, body_start = parts
        model = ProgrammeMatter if kind == "programme" else GuideMatter
        try:
            matter = parse_matter(yaml_text, model, name)
        except MatterFaults as faults:
            self.findings += faults.findings
            return
        document = Document(
            id=matter.id or Path(name).stem,
            title=matter.title,
            text=text,
            kind=kind,
            path=name,
            summary=matter.summary,
            topics=matter.topics,
            url=matter.url,
            reviewed=matter.reviewed,
            review_every=matter.review_every,
            names=matter.names if isinstance(matter, ProgrammeMatter) else (),
            sources=matter.source_map(),
        )
        guide = parse_guide(text, body_start, matter.title, name)
        self.findings += guide.findings
        self._check_footnotes(document, body_start, field_lines(yaml_text))
        if not guide.sections:
            self._error(
                name,
                0,
                "The guide has no text below its front matter.",
                "Write it, or delete the file.",
            )
        sections = guide.sections
        if kind == "glossary":
            self.glossary, found = read_terms(guide.sections, name)
            self.findings += found
            sections = tuple(map(asked_for, guide.sections))
        self._add(document, sections, 1)

    def _check_footnotes(
        self, document: Document, body_start: int, lines: Mapping[tuple[str, ...], int]
    ) -> None:
        used = set()
        for mark in FOOTNOTE.finditer(document.text, body_start):
            key = mark.group(1)
            used.add(key)
            if key not in document.sources:
                line = document.text.count("\n", 0, mark.start()) + 1
                self._error(
                    document.path,
                    line,
                    f"The footnote [^{key}] has no source.",
                    f"Describe {key} under `sources`, or correct the mark.",
                )
        for key in document.sources:
            if key not in used:
                self.findings.append(
                    Finding(
                        document.path,
                        lines[("sources", key)],
                        "warning",
                        f"The source {key} is never used.",
                        f"Cite it as [^{key}], or delete it.",
                    )
                )

    def _read_export(self, text: str, name: str) -> None:
        for record in read_export(text, name):
            if isinstance(record, Finding):
                self.findings.append(record)
            else:
                self._add(record.document, [record.section], record.section.line)

    def _add(self, document: Document, sections: Iterable[Section], line: int) -> None:
        if document.id in self.places:
            file = document.path.rsplit(":", 1)[0] if document.kind == "record" else document.path
            self._error(
                file,
                line,
                f"The id {document.id} is already taken by {self.places[document.id]}.",
                "Rename one of the two.",
            )
            return
        self.places[document.id] = document.path
        self.documents.append(document)
        for section in sections:
            self.passages += split_section(
                document.id, section, self.count_tokens, self.passage_tokens
            )

    def _error(self, file: str, line: int, message: str, remedy: str) -> None:
        self.findings.append(Finding(file, line, "error", message, remedy))
