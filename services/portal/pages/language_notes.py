"""What is good to know of the languages in a wish: that 'Kurdish' is several, for one."""
from collections.abc import Mapping
from typing import Any

from shared.vocabulary.names import is_family
from shared.vocabulary.terms import Kind, terms
from shared.vocabulary.understanding import Unknown, understand


def notes_on(wish: Mapping[str, Any]) -> list[str]:
    if wish["criterion"] != Kind.LANGUAGE:
        return []
    codes = (code_of(word) for word in (wish.get("value") or "", *wish.get("or_else", ())))
    return [terms(Kind.LANGUAGE)[code].note for code in codes if is_family(code) and terms(Kind.LANGUAGE)[code].note]


def code_of(typed: str) -> str:
    """The language somebody's own word means; nothing where it is asked."""
    word = understand(Kind.LANGUAGE, typed)
    return "" if isinstance(word, Unknown) else word.code
