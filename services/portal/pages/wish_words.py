"""A wish as a person reads it, with the labels of the coded lists and what is good to know of its languages."""
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from services.portal.pages.wording import CRITERIA, LEVELS, SPOKEN_AS
from shared.vocabulary.languages import is_signed
from shared.vocabulary.names import is_family
from shared.vocabulary.terms import Kind, label, terms
from shared.vocabulary.understanding import Unknown, understand


def wish_in_words(wish: Mapping[str, Any]) -> str:
    """A wish as it was given: 'Speaks Punjabi (fluent)', 'Cooks halal', 'Lives within 3 miles'. Their own word for it stays."""
    kind = wish["criterion"]
    value = labelled(kind, wish["value"]) if wish.get("value") else ""
    match kind:
        case "language":
            names = " or ".join([value, *(labelled(kind, one) for one in wish.get("or_else", ()))])
            how = SPOKEN_AS["signed" if is_signed(code_of(wish["value"])) else wish.get("mode") or "spoken"]
            return f"{how} {names}" + (f" ({LEVELS[wish['level']]})" if wish.get("level") else "")
        case "times":
            return f"Can come at {wish['share']}% of the times or more" if wish.get("share") else "Can come at all the times"
        case "place":
            near = wish.get("within_miles")
            return f"Lives within {Decimal(near).normalize():f} miles" if near else CRITERIA[kind]
        case _:
            return value[:1].upper() + value[1:] or CRITERIA[kind]


def notes_on(wish: Mapping[str, Any]) -> list[str]:
    """What is good to know of the languages in a wish: that 'Kurdish' is several, for one."""
    if wish["criterion"] != Kind.LANGUAGE:
        return []
    codes = (code_of(word) for word in (wish.get("value") or "", *wish.get("or_else", ())))
    return [terms(Kind.LANGUAGE)[code].note for code in codes if is_family(code) and terms(Kind.LANGUAGE)[code].note]


def code_of(typed: str) -> str:
    """The language somebody's own word means; nothing where it is asked."""
    word = understand(Kind.LANGUAGE, typed)
    return "" if isinstance(word, Unknown) else word.code


def labelled(kind: str, code: str) -> str:
    """A code's label. What is no code is somebody's own word, and stays as it is."""
    try:
        return label(Kind(kind), code)
    except (LookupError, ValueError):
        return code.replace("_", " ")


def labelled_task(code: str) -> str:
    return labelled("task", code)


def labelled_limit(code: str) -> str:
    return labelled("limit", code)
