"""Which language a question is in, by lingua (no network, no download)."""

from __future__ import annotations

from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

__all__ = ["detect_language"]

_LANGUAGES = (
    Language.ENGLISH, Language.ARABIC, Language.BENGALI, Language.CHINESE, Language.FRENCH,
    Language.GERMAN, Language.HINDI, Language.INDONESIAN, Language.ITALIAN, Language.JAPANESE,
    Language.KOREAN, Language.PERSIAN, Language.POLISH, Language.PORTUGUESE, Language.ROMANIAN,
    Language.RUSSIAN, Language.SPANISH, Language.TURKISH, Language.UKRAINIAN, Language.URDU,
    Language.VIETNAMESE,
)  # fmt: skip

# Misspelt English with abbreviations looks foreign: "toefl or ielts insted of oet ok 4 ecfmg?"
# is Turkish at 0.71. Of 270 English golden questions none reaches these; all 5 in other
# languages that lingua knows do.
_SURE = 0.75
_SURE_WITH_FOREIGN_LETTERS = 0.4
_NOT_ENGLISH, _LIKELY = 0.05, 0.6
"""Of a text with signs that English lacks (¿): surely not English, and likely another."""


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*_LANGUAGES).build()


def detect_language(text: str) -> str:
    """The ISO 639-1 code of the text's language; `en` where another is not sure."""
    values = _detector().compute_language_confidence_values(text)
    if not values:
        return "en"
    best = values[0]
    code = best.language.iso_code_639_1.name.lower()
    english = next(value.value for value in values if value.language == Language.ENGLISH)
    if not text.isascii() and english < _NOT_ENGLISH and best.value >= _LIKELY:
        return code
    foreign = any(character.isalpha() and not character.isascii() for character in text)
    enough = _SURE_WITH_FOREIGN_LETTERS if foreign else _SURE
    return code if best.value >= enough else "en"
