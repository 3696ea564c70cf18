"""What is said or asked twice is found; what only looks alike is not."""

from __future__ import annotations

from tests.corpus.checks.helpers import guide

ANSWER = (
    "An observer may watch rounds, listen to teaching and ask questions in quiet moments.",
    "An observer never examines a patient, writes a note or gives advice on treatment.",
    "Ask the coordinator which rooms an observer may enter.",
)
OTHER = (
    "A host asks for a passport, a letter from the school and a record of vaccines.",
    "Send every paper in one message and keep copies of all of them.",
    "Ask the coordinator which rooms an observer may enter.",
)


def test_a_section_that_repeats_another_is_found(write_guide, check):
    write_guide("articles/a.md", guide(*ANSWER), title="A")
    changed = ANSWER[1].replace("never", "does not")
    path = write_guide("faqs/b.md", guide(ANSWER[0], changed, heading="What may I do?"), title="B")
    found = check("says")
    assert found.places == [("faqs/b.md", "warning")]
    assert found.line_of(path, "watch rounds")
    assert "articles/a.md" in found.findings[0].message


def test_one_sentence_in_common_is_no_repetition(write_guide, check):
    write_guide("articles/a.md", guide(*ANSWER), title="A")
    write_guide("articles/b.md", guide(*OTHER, heading="Which papers?"), title="B")
    assert check(" of what ").findings == []


def test_two_entries_that_ask_the_same_are_found(write_guide, check):
    write_guide(
        "faqs/a.md", guide(ANSWER[0], heading="Can an observer examine patients?"), title="A"
    )
    path = write_guide(
        "faqs/b.md", guide(ANSWER[1], heading="May an observer examine patients?"), title="B"
    )
    assert check("asks the same").line_of(path, "never examines")


def test_questions_about_different_visas_are_different(write_guide, check):
    write_guide("faqs/a.md", guide(ANSWER[0], heading="Can I observe on a B-1 visa?"), title="A")
    write_guide("faqs/b.md", guide(ANSWER[1], heading="Can I observe on a B-2 visa?"), title="B")
    assert check("asks the same").findings == []


def test_one_way_of_asking_under_two_entries_is_found(write_guide, check):
    asked = "Also asked: only watching?; what is allowed\n\n"
    write_guide("faqs/a.md", "## What may I do?\n\n" + asked + ANSWER[0], title="A")
    write_guide("faqs/b.md", "## Which papers do hosts want?\n\n" + asked + OTHER[0], title="B")
    found = check("is asked here and under")
    assert found.places == [("faqs/b.md", "warning")] * 2
    assert "only watching?" in found.findings[0].message


def test_articles_may_have_the_headings_of_faqs(write_guide, check):
    write_guide("faqs/a.md", guide(ANSWER[0]), title="A")
    write_guide("articles/b.md", guide(OTHER[0]), title="B")
    assert check("asks the same").findings == []
    assert check("is asked here").findings == []
