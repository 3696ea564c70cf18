"""The glossary: every abbreviation and term with what it stands for and what else it is called.

In `glossary.md` each heading is a term. Under it stand the lines `Stands for:` and `Also called:`
(names divided by semicolons), then the meaning in a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.corpus.findings import Finding
from assistant.corpus.markdown import Section

__all__ = ["Term", "asked_for", "read_terms"]


@dataclass(frozen=True)
class Term:
    """One entry. `expansion` is the name in full; of a plain word it is the word itself."""

    name: str
    expansion: str
    synonyms: tuple[str, ...]
    meaning: str


def read_terms(sections: Sequence[Section], file: str) -> tuple[list[Term], list[Finding]]:
    """The terms of a glossary's sections, and what is wrong with them."""
    terms: list[Term] = []
    findings: list[Finding] = []
    owners: dict[str, str] = {}
    for section in sections:
        if len(section.headings) < 2:  # an introduction before the first term
            continue
        name = section.headings[-1]
        expansion = section.labels.get("stands for", (name,))
        synonyms = section.labels.get("also called", ())
        if len(expansion) > 1:
            findings.append(
                Finding(
                    file,
                    section.line,
                    "error",
                    f"{name} stands for {len(expansion)} things.",
                    "Make an entry for each, or move all but one to `Also called:`.",
                )
            )
        for word in dict.fromkeys(each.lower() for each in (name, *synonyms)):
            owner = owners.setdefault(word, name)
            if owner != name:
                findings.append(
                    Finding(
                        file,
                        section.line,
                        "error",
                        f"“{word}” is a name of both {owner} and {name}.",
                        "Keep it where most readers mean it.",
                    )
                )
        terms.append(Term(name, expansion[0], synonyms, section.groups[0][0].text))
    return terms, findings


def asked_for(section: Section) -> Section:
    """The section with the questions that an entry answers: what its names mean."""
    if len(section.headings) < 2:
        return section
    names = (section.headings[-1], *section.labels.get("stands for", ()))
    asked = tuple(f"What does {name} mean?" for name in dict.fromkeys(names))
    return replace(section, labels={**section.labels, "also asked": asked})
