"""Taking a message apart: into its several questions, and into the things that it compares."""

from __future__ import annotations

import re

from assistant.index.lexical import words

__all__ = ["compared", "parts_of"]

_OPENS = (
    r"(?:what|which|who|whom|whose|how|when|where|why|can|could|may|might|do|does|did|is|are|was|"
    r"were|will|would|should|shall|must|has|have|am)"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;؟？。！])\s*(?=\S)(?<![A-Z]\.)|\n+")
_JOINT = re.compile(
    rf"(?:,|;|\s-\s|\band\b|\bor\b|\balso\b|\bplus\b)(?:\s+(?:and|also|or|then))*\s+(?={_OPENS}\s+\S+\s)",
    re.I,
)
_ASKS = re.compile(
    rf"[?؟？]\s*$|^(?:(?:and|so|but|also|then|please|pls|hi|hello|ok)[\s,]+)*{_OPENS}\b"
    r"|\b(?:i (?:want|need|would like) to know|tell me|please explain|i wonder|not sure (?:if|whether))\b",
    re.I,
)
_OPENING = re.compile(rf"(?:(?:and|so|but|also|then|ok)[\s,]+)*{_OPENS}\b", re.I)
_NAMED = re.compile(r"(?:what|which|who|whom|whose|how|when|where|why)\b", re.I)
_LEAST_WORDS = 2
"""Content words without which a piece asks nothing by itself, like "is it ok?"; "how do I apply?"
needs one."""
_MOST = 4
_BETWEEN = re.compile(r"\s(?:vs?\.?|versus|or|and|to|with|against)\s", re.I)
_COMPARES = re.compile(
    r"\b(?:vs?\.?|versus|differ\w*|compar\w*|better|best|worse|easier|cheaper|which|both)(?:\s|$|,)",
    re.I,
)
_STOP = re.compile(r"[,.;:?!]")


def parts_of(text: str) -> tuple[str, ...]:
    """What a message asks, piece by piece, in order; the whole message where it is one question.

    Statements between the questions are left out: they are the asker's circumstances.
    """
    found: list[str] = []
    for sentence in _SENTENCE_END.split(text):
        if not _ASKS.search(sentence.strip()):
            continue
        pieces: list[str] = []
        for piece in _JOINT.split(sentence):
            tidy = piece.strip(" ,;-")
            # "this exam kills me, may I leave?" asks once; so does "may I, is that ok?".
            if pieces and not (_OPENING.match(pieces[-1]) and _asks(tidy)):
                pieces[-1] += f", {tidy}"
            elif tidy:
                pieces.append(tidy)
        found += filter(_asks, pieces)
    unlike = tuple(dict.fromkeys(found))[:_MOST]
    return unlike or (text,)


def compared(text: str) -> tuple[str, ...]:
    """The content words around each "or" of a message that compares: what may be compared.

    "B-1 or B-2, which is better?" compares "b-1" and "b-2". Empty where nothing is compared.
    """
    if not _COMPARES.search(text):
        return ()
    found: list[str] = []
    for match in _BETWEEN.finditer(text):
        before = words(_STOP.split(text[: match.start()])[-1])
        after = words(_STOP.split(text[match.end() :])[0])
        if before and after:
            found += [before[-1], after[0]]
    return tuple(dict.fromkeys(found))


def _asks(piece: str) -> bool:
    """Whether a piece has enough words to ask something by itself."""
    return len(set(words(piece))) >= (1 if _NAMED.match(piece) else _LEAST_WORDS)
