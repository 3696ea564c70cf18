"""Links from one guide to another, and whether they lead anywhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from assistant.corpus.checks.view import Guides
from assistant.corpus.findings import Finding

__all__ = ["check_links"]

_LINK = re.compile(r"(?<!!)\[[^\]^][^\]]*\]\((?P<target>[^)\s]+)(?:\s+\"[^\"]*\")?\)")
_ELSEWHERE = re.compile(r"[a-z][a-z\d+.-]*:|//", re.IGNORECASE)


def check_links(guides: Guides) -> Iterator[Finding]:
    """Links inside the corpus that lead to no guide or to no section."""
    by_path = {document.path: document for document in guides.documents.values()}
    anchors = {passage.id for section in guides.sections for passage in section.passages}
    for document in guides.documents.values():
        for match in _LINK.finditer(document.text):
            target, _, anchor = match["target"].partition("#")
            if _ELSEWHERE.match(match["target"]):
                continue
            path = posixpath.normpath(posixpath.join(posixpath.dirname(document.path), target))
            found = by_path.get(path) if target else document
            if found is None:
                yield guides.finding(
                    document, match.start(), f"The link to {match['target']} leads to no guide.",
                    "Correct the file's name, or take the link out.", "error",
                )  # fmt: skip
            elif anchor and f"{found.id}#{anchor}" not in anchors:
                yield guides.finding(
                    document, match.start(), f"{found.path} has no section #{anchor}.",
                    "Correct the part after #: the heading in small letters, with hyphens.",
                    "error",
                )  # fmt: skip
