"""What the command line prints: answers, and reports of an ingest, in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # at run time these bring the model, which is slow to import
    from assistant.answering.answer import Answer
    from assistant.answering.trace import Trace
    from assistant.index.ingest import Report, Status

__all__ = ["answer_text", "explain_text", "report_text", "status_text"]

_SHOWN = 8


def answer_text(answer: Answer) -> str:
    """An answer for the terminal: numbered sentences, then where they stand."""
    if not answer.sentences:
        lines = [answer.message]
        lines += [f"  - {guide.title} › {guide.section}" for guide in answer.nearest]
        lines += [f"  Ask: {who}" for who in answer.whom_to_ask]
        return "\n".join(lines)
    lines = [
        f"{sentence.text} {''.join(f'[{n}]' for n in sentence.citations)}"
        for sentence in answer.sentences
    ]
    if answer.message:
        lines.insert(0 if answer.outcome == "clarify" else len(lines), answer.message)
    lines.append("")
    for citation in answer.citations:
        place = " › ".join(part for part in (citation.title, citation.section) if part)
        reviewed = f", reviewed {citation.reviewed}" if citation.reviewed else ""
        lines.append(f"[{citation.n}] {place}{reviewed}")
        lines += [f"    {s.title} ({s.as_of}): {s.url}" for s in citation.sources]
    return "\n".join(lines)


def explain_text(trace: Trace) -> str:
    """What each step of an answer found: understood, kind, found, judged, quoted and left out."""
    if not trace.query or not trace.signals or not trace.intents:
        return "The message was met before anything was searched."
    follows = ", with the question before" if trace.query.follows_up else ""
    lines = [
        f"Understood ({trace.query.language}{follows}): {trace.query.search_text}",
        f"Kind (above 0 inside): {_values(asdict(trace.intents))}",
        "Found (score: passage, question, BM25, words held, section, second model's passage and question):",
    ]
    lines += [
        f"  {n}. {p.score:.3f}: {p.dense:.2f}, {p.question:.2f}, {p.lexical:.1f}, {p.covered:.2f}, "
        f"{p.section:.2f}, "
        f"{p.multilingual:.2f}, {p.multilingual_question:.2f}  {p.passage.id}"
        for n, p in enumerate(trace.passages[:_SHOWN], start=1)
    ]
    lines.append(f"Judged {trace.answer.confidence:.2f}: {_values(asdict(trace.signals))}")
    lines += [f"Part, {ask.confidence:.2f}, {ask.section_id}: {ask.text}" for ask in trace.asks]
    if facets := trace.query.facets.values:
        named = (f"{name} {' or '.join(sorted(values))}" for name, values in facets.items())
        lines.append(f"Facets: {', '.join(named)}")
    lines += [
        f"About something else ({', '.join(sorted(p.conflicts))}): {p.passage.id}"
        for p in trace.passages
        if p.conflicts
    ][:_SHOWN]
    lines.append(f"Outcome: {trace.answer.outcome}")
    chosen = {(c.found.row, c.statement.start): c for c in trace.chosen}
    for row in dict.fromkeys(c.found.row for c in trace.chosen):
        found = next(c.found for c in trace.chosen if c.found.row == row)
        lines.append(f"From {found.passage.id}:")
        for statement in found.passage.statements:
            quoted = "quoted  " if (row, statement.start) in chosen else "left out"
            lines.append(f"  {quoted}  {' '.join(statement.text.split())}")
    return "\n".join(lines)


def _values(named: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in named.items())


def status_text(status: Status) -> str:
    """What is live, how old it is, and whether the guides have changed since."""
    news = (
        "The corpus folder holds nothing that is not live."
        if status.up_to_date
        else "The corpus folder has changes that are not live: run `python ingest.py`."
    )
    live = status.live
    return "\n".join(
        (
            f"Live: generation {live.id}, made {live.created} with {live.model.name}.",
            _count_line(live.counts),
            _review_line(status),
            f"Kept: {', '.join(status.generations)}.",
            news,
        )
    )


def report_text(report: Report) -> str:
    """What was found, what an ingest did, and whether it is live."""
    lines = [str(finding) for finding in report.findings]
    lines.append(_count_line(report.counts))
    if report.embedded:
        lines.append(
            f"Embedded {report.embedded['passages_new']} passages, reused "
            f"{report.embedded['passages_reused']}; new questions: {report.embedded['questions_new']}."
        )
    if report.removed_documents:
        lines.append(f"No longer in the guides: {', '.join(report.removed_documents)}.")
    lines.append(
        {
            "published": f"Published: generation {report.generation} is live.",
            "unchanged": f"Nothing to do: generation {report.generation} holds these guides.",
            "checked": "The guides can be published.",
            "dry_run": "All probes passed. Nothing was published (dry run).",
        }[report.outcome]
    )
    return "\n".join(lines)


def _count_line(counts: Mapping[str, int]) -> str:
    return (
        f"{counts['articles']} articles, {counts['faqs']} FAQ files with {counts['faq_entries']} "
        f"entries, {counts['programmes']} programmes, {counts['terms']} glossary terms, "
        f"{counts['records']} records: {counts['passages']} passages, "
        f"{counts['questions']} questions, {counts['sources']} sources."
    )


def _review_line(status: Status) -> str:
    oldest = f"Oldest review: {status.oldest_review or 'none is dated'}."
    if not status.due:
        return f"{oldest} No document is due for review."
    return f"{oldest} Due for review: {', '.join(status.due)}."
