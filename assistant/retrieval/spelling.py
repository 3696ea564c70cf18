"""Misspelt words become words of the guides, with SymSpell (symspellpy).

Only a word that is neither English nor in the guides is changed, and only into a word of the
guides: an unknown subject must stay unknown.
"""

from __future__ import annotations

import importlib.resources
import re
from collections import Counter
from collections.abc import Iterable
from functools import cache

from symspellpy import SymSpell, Verbosity

__all__ = ["Speller", "is_english"]

_TOKEN = re.compile(r"[^\W\d_]+")
_SHORTEST = 4
_LONG = 7
"""Words of this length may be two letters off, shorter ones one."""


class Speller:
    """Corrects towards the vocabulary of the given texts."""

    def __init__(self, texts: Iterable[str]) -> None:
        counts = Counter(word for text in texts for word in _TOKEN.findall(text.lower()))
        self._known = counts.keys()
        self._index = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word, count in counts.items():
            if len(word) >= _SHORTEST:
                self._index.create_dictionary_entry(word, count)

    def correct(self, text: str) -> str:
        """The text with misspelt words replaced; everything else stays as it is."""
        return _TOKEN.sub(lambda match: self._word(match.group()), text)

    def _word(self, word: str) -> str:
        lower = word.lower()
        if len(lower) < _SHORTEST or lower in self._known or is_english(lower):
            return word
        distance = 2 if len(lower) >= _LONG else 1
        found = self._index.lookup(lower, Verbosity.CLOSEST, max_edit_distance=distance)
        # A reader who misspells a word seldom gets its first letter wrong.
        return next((each.term for each in found if each.term[0] == lower[0]), word)


def is_english(word: str) -> bool:
    """Whether it is an English word, in whatever case."""
    return word.lower() in _english()


@cache
def _english() -> frozenset[str]:
    """The 82,765 English words that come with symspellpy."""
    file = importlib.resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt"
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    return frozenset(line.split(" ", 1)[0] for line in lines)
