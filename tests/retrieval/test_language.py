"""Which language a question is in; English where another is not sure."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.retrieval.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("¿Puedo hacer una rotación clínica con una visa de turista?", "es"),
        ("هل التدريب السريري مدفوع الأجر؟", "ar"),
        ("क्या मुझे वीज़ा चाहिए?", "hi"),
        ("Нужна ли мне виза для стажировки?", "ru"),
        ("我需要什么签证？", "zh"),
        ("Preciso de um visto para fazer um estágio no hospital?", "pt"),
        ("Est-ce que je dois payer pour un stage à l'hôpital ?", "fr"),
    ],
)
def test_a_whole_sentence_in_another_language_is_recognised(text, language):
    assert detect_language(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "are externships paid?",
        "toefl or ielts insted of oet ok 4 ecfmg?",
        "pls tel me b1 visa ok 4 obs at mayo",
        "USCE LOR USMLE ECFMG ERAS?",
        "Do hospitals ask for a résumé with the application?",
    ],
)
def test_english_full_of_misspellings_and_abbreviations_stays_english(text):
    assert detect_language(text) == "en"


@pytest.mark.parametrize("text", ["", "   ", "123 456", "😀", "?!"])
def test_text_without_words_counts_as_english(text):
    assert detect_language(text) == "en"


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=40)
def test_every_text_gets_a_two_letter_code(text):
    code = detect_language(text)
    assert len(code) == 2
    assert code == code.lower()
