"""Every check of a corpus, in one call."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from assistant.corpus.checks.claims import check_claims
from assistant.corpus.checks.contradictions import check_contradictions
from assistant.corpus.checks.duplicates import Encode, check_passages, check_questions
from assistant.corpus.checks.injection import check_injection
from assistant.corpus.checks.links import check_links
from assistant.corpus.checks.reviews import check_reviews
from assistant.corpus.checks.terms import check_terms
from assistant.corpus.checks.view import Guides
from assistant.corpus.checks.wording import check_wording
from assistant.corpus.reader import Corpus

__all__ = ["check_corpus"]


def check_corpus(corpus: Corpus, today: date, encode: Encode) -> Corpus:
    """The corpus with the findings of all checks added, sorted by place.

    Args:
        today: decides which reviews are due.
        encode: gives the vectors of FAQ questions.

    """
    guides = Guides(corpus)
    found = [
        *corpus.findings,
        *check_claims(guides),
        *check_contradictions(guides),
        *check_injection(corpus.documents),
        *check_links(guides),
        *check_passages(guides),
        *check_questions(guides, encode),
        *check_reviews(guides, today),
        *check_terms(guides),
        *check_wording(guides),
    ]
    return replace(corpus, findings=tuple(sorted(set(found))))
