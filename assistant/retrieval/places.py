"""The hospitals, universities and societies that a message names, and the guides about them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from assistant.corpus.documents import Document

__all__ = ["Places", "elsewhere"]


class Places:
    """Finds the names that programme files give for their host. Safe to share between threads."""

    def __init__(self, documents: Iterable[Document]) -> None:
        about: dict[str, set[str]] = defaultdict(set)
        for document in documents:
            for name in document.names:
                about[name.casefold()].add(document.id)
        self._about = {name: frozenset(found) for name, found in about.items()}
        longest_first = sorted(self._about, key=len, reverse=True)
        self._name = re.compile(
            rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first)) or '(?!)'})(?!\w)", re.IGNORECASE
        )

    def named(self, text: str) -> Mapping[frozenset[str], str]:
        """The documents about each place that a text names, with the name, in its order."""
        found: dict[frozenset[str], str] = {}
        for match in self._name.finditer(text):
            found.setdefault(self._about[match.group().casefold()], match.group())
        return found


def elsewhere(places: Collection[frozenset[str]], document: Document) -> bool:
    """Whether a document is about a hospital, and not about any of those that were named."""
    return bool(places and document.names) and not any(document.id in each for each in places)
