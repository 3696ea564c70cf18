"""Text that speaks to a language model and not to a reader.

The default answer cannot be steered by it (it only quotes), but a chat model that is given the
passages could. Looked for are hidden characters, the markup of chat templates, and sentences
that give an assistant orders; docs/measurements.md says how many planted ones are found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.corpus.documents import Document
from assistant.corpus.findings import Finding, Severity

__all__ = ["check_injection"]

_HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
_MARKUP = re.compile(
    r"<\|[\w ]+\|>|\[/?INST\]|<</?SYS>>|</?(?:system|assistant|instructions?)>"
    r"|^\s*(?:#+\s*)?(?:system|assistant|instruction)s?\s*:\s",
    re.IGNORECASE | re.MULTILINE,
)
_ORDERS = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}"
    r"\b(?:previous|prior|above|earlier|preceding|all|your|these|any)\b[^.\n]{0,30}"
    r"\b(?:instructions?|prompts?|rules?|guidelines?|directions?|context|guardrails)\b"
    r"|\byou are (?:now )?(?:an? |the )?(?:\w+ )?(?:ai|assistant|language model|chat ?bot|llm|gpt)\b"
    r"|\b(?:system|developer) prompt\b|\bas an? (?:ai|ai assistant|language model|chat ?bot)\b"
    r"|\bthe (?:ai|assistant|model|chat ?bot|llm) (?:must|should|shall|has to|is to|will)\b"
    r"|\b(?:do not|don't|never) (?:tell|inform|reveal to|mention to|warn) the (?:user|reader)\b"
    r"|\b(?:tell|inform|advise|convince|instruct|recommend to|send) the (?:user|reader)s?\b"
    r"|\b(?:in|to|at the (?:end|start) of) your (?:response|reply|output|answer)\b"
    r"|\byour (?:response|reply|output|answer) (?:must|should|needs? to|has to)\b"
    r"|\b(?:respond|reply|answer) (?:only )?(?:with|in|as if|using)\b[^.\n]{0,60}"
    r"\b(?:json|base64|emoji|language|words?|the phrase|style|caesar|reverse)\b",
    re.IGNORECASE,
)
_KINDS: tuple[tuple[re.Pattern[str], Severity, str, str], ...] = (
    (_HIDDEN, "error", "A hidden character (U+{code:04X}) stands here",
     "Delete the line and type it again: it was copied with characters that nobody sees."),
    (_MARKUP, "error", "“{text}” is the markup of a chat model", "Take it out."),
    (_ORDERS, "warning", "“{text}” reads like an order to a chat model",
     "Word it for the reader, or take it out."),
)  # fmt: skip


def check_injection(documents: tuple[Document, ...]) -> Iterator[Finding]:
    """Hidden characters and chat markup (errors), and orders to a model (warnings).

    Records of exports are read, too: nobody wrote those here. A hidden character is a warning
    in them, because texts from the web are full of them and nobody can retype an export.
    """
    for document in documents:
        is_record = document.kind == "record"
        file, _, row = document.path.rpartition(":") if is_record else (document.path, "", "")
        for pattern, severity, message, remedy in _KINDS:
            for match in pattern.finditer(document.text):
                found = match.group().strip()
                excused = is_record and pattern is _HIDDEN
                yield Finding(
                    file,
                    int(row) if row else document.text.count("\n", 0, match.start()) + 1,
                    "warning" if excused else severity,
                    message.format(text=found, code=ord(match.group()[0])) + ".",
                    remedy,
                )
