"""Understands the words people type, and says how sure it is: known, likely (to be confirmed) or unknown (to be asked)."""
from shared.vocabulary.language_words import LanguageQuestion, LanguageReading, LanguagesReading, languages_from_words
from shared.vocabulary.likeness import normalise
from shared.vocabulary.recognition import Known, Likely, Understood, Unknown, split_words, understand, understand_words

__all__ = [
    "Known", "LanguageQuestion", "LanguageReading", "LanguagesReading", "Likely", "Understood", "Unknown",
    "languages_from_words", "normalise", "split_words", "understand", "understand_words",
]
