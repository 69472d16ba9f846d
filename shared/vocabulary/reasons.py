"""Says a reason, or a part of a cost, in plain English: a code and what goes in it become one sentence.

The sentences are in `reason_words` and `cost_words`.
"""
import string
from collections.abc import Mapping

from shared.vocabulary.cost_words import COSTS
from shared.vocabulary.reason_params import worded
from shared.vocabulary.reason_words import IN_GENERAL, REASONS

__all__ = ["COSTS", "IN_GENERAL", "REASONS", "cost_in_words", "english", "in_general", "needs", "sentence"]


def english(code: str, params: Mapping[str, str | int]) -> str:
    """The sentence for a reason. KeyError: no such reason, or something it needs is missing (the message says which).

    In a sentence `{name}` stands for a parameter, and `{hours|hour|hours}` for the number and its word:
    "1 hour", "3 hours". `{hours?is|are}` gives the word alone. Parameters a sentence does not name are left out.
    """
    if code not in REASONS:
        raise KeyError(f"no words for the reason {code!r}: add it to reason_words")
    return sentence(code, REASONS, params)


def cost_in_words(code: str, params: Mapping[str, str | int]) -> str:
    """The sentence for a part of a cost, or for something to know beside it. KeyError as for `english`."""
    return sentence(code, COSTS, params)


def in_general(code: str) -> str:
    """What kept somebody out, with no details: for counts, and for lists that give the code alone. KeyError: no such reason."""
    return IN_GENERAL[code]


def needs(code: str, sentences: Mapping[str, str] = REASONS) -> frozenset[str]:
    """The parameters a sentence names."""
    return frozenset(field.partition("|")[0].partition("?")[0] for _, field in _pieces(sentences[code]) if field)


def sentence(code: str, sentences: Mapping[str, str], params: Mapping[str, str | int]) -> str:
    """The sentence for a code of any such list. KeyError: something it needs is missing."""
    params = worded(params)
    missing = needs(code, sentences) - params.keys()
    if missing:
        raise KeyError(f"the reason {code!r} needs {', '.join(sorted(missing))}")
    return "".join(text + (_say(field, params) if field else "") for text, field in _pieces(sentences[code]))


def _pieces(template: str) -> list[tuple[str, str | None]]:
    return [(text, field) for text, field, _, _ in string.Formatter().parse(template)]


def _say(field: str, params: Mapping[str, str | int]) -> str:
    if "?" in field:
        name, _, words = field.partition("?")
        return _one_or_many(params[name], words)
    name, _, words = field.partition("|")
    value = str(params[name])
    return f"{value} {_one_or_many(params[name], words)}" if words else value


def _one_or_many(number: str | int, words: str) -> str:
    one, _, many = words.partition("|")
    return one if str(number) == "1" else many
