"""A generation in which golden questions no longer find their sections does not go live."""

import pytest
import yaml

from assistant.errors import GenerationDamaged, InputError
from assistant.index.ingest import ingest
from assistant.index.store import Store

BODY = "## Are rotations paid?\n\nMost rotations are unpaid.\n\n## Who may observe?\n\nGraduates may observe.\n"
PAID, OBSERVE = "costs#are-rotations-paid", "costs#who-may-observe"


def golden(settings, *sections: str, question: str = "do i get money for a rotation") -> None:
    folder = settings.corpus_dir / "golden"
    folder.mkdir(exist_ok=True)
    entries = [
        {
            "id": f"a-{number}",
            "question": question,
            "kind": "plain",
            "expect": "answered",
            "topic": "costs",
            "covered": "full",
            "passages": [section],
            "phrases": ["unpaid"],
        }
        for number, section in enumerate(sections, 1)
    ]
    (folder / "a.yaml").write_text(yaml.safe_dump({"questions": entries}), encoding="utf-8")


@pytest.fixture
def live(settings, embedder, write_guide):
    write_guide("articles/costs.md", BODY)
    golden(settings, PAID, OBSERVE)
    return ingest(settings, embedder).generation


def test_guides_that_golden_questions_find_go_live(settings, live):
    assert Store(settings.data_dir).live_id() == live


def test_a_removed_section_holds_the_publication_back(settings, embedder, write_guide, live):
    write_guide("articles/costs.md", BODY.replace("Are rotations paid?", "Is there a wage?"))
    with pytest.raises(GenerationDamaged, match="Only 50% of the 2 golden questions") as caught:
        ingest(settings, embedder)
    assert "a-1" in str(caught.value)
    assert "correct `passages`" in str(caught.value)
    assert Store(settings.data_dir).live_id() == live


def test_one_lost_question_in_many_does_not(settings, embedder, write_guide, live):
    golden(settings, PAID, OBSERVE, OBSERVE, OBSERVE)
    write_guide("articles/costs.md", BODY.replace("Are rotations paid?", "Is there a wage?"))
    assert ingest(settings, embedder).outcome == "published"


def test_a_golden_file_that_cannot_be_read_is_named(settings, embedder, write_guide, live):
    (settings.corpus_dir / "golden" / "a.yaml").write_text("questions: [", encoding="utf-8")
    write_guide("articles/costs.md", BODY + "\nAsk the host.\n")
    with pytest.raises(InputError, match=r"a\.yaml"):
        ingest(settings, embedder)
    assert Store(settings.data_dir).live_id() == live


def test_without_golden_questions_there_is_nothing_to_ask(settings, embedder, write_guide):
    write_guide("articles/costs.md", BODY)
    assert ingest(settings, embedder).outcome == "published"


def test_the_judge_is_fitted_to_the_tuning_half_and_kept_with_the_generation(embedder):
    from assistant.answering.judge import Signals
    from assistant.evaluation.golden import GoldenQuestion
    from assistant.evaluation.probe import Asked, fit_judge

    def asked(number: int, *, covered: bool) -> Asked:
        question = GoldenQuestion(
            id=f"q{number}", question="?", kind="plain", topic="pay",
            expect="answered" if covered else "not_covered",
            covered="full" if covered else "none", passages=(PAID,) if covered else (),
            phrases=("unpaid",) if covered else (),
        )  # fmt: skip
        near = 0.9 if covered else 0.4
        return Asked(question, (), Signals(near, near, near, -1, -1, near, 0, 0, 0), "en")

    mixed = [asked(number, covered=number % 2 == 0) for number in range(400)]
    fit = fit_judge(mixed, foreign=True)
    assert fit
    assert fit.weights["passage"] > 0
    only_report = [each for each in mixed if each.question.half == "report"]
    assert fit_judge(only_report, foreign=True) is None
    assert fit_judge(mixed[:40], foreign=True) is None
