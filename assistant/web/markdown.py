"""Plain text made safe to stand in Streamlit's Markdown."""

from __future__ import annotations

import re
from urllib.parse import quote

__all__ = ["escape", "link"]

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def escape(text: str) -> str:
    """Show the text as it is: no markup, no HTML, no formulas, no emoji codes; breaks are kept."""
    return _PUNCTUATION.sub(r"\\\1", text).replace("\n", "  \n")


def link(text: str, url: str) -> str:
    """A Markdown link with plain text and an address that cannot end the link early."""
    return f"[{escape(text)}](<{quote(url, safe=_URL_SAFE)}>)"


_URL_SAFE = "%/:=&?~#+!$,;'@()*[]"
