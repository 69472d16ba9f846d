"""Reasons over HTTP, with their words."""
from typing import Literal

from pydantic import BaseModel

from services.matcher.domain.finding import Reason
from services.matcher.domain.places import Lack
from shared.vocabulary.reasons import english, in_general


class UnmetOut(BaseModel):
    criterion: str
    code: str
    params: dict[str, str | int]
    text: str


class ReasonOut(UnmetOut):
    strength: Literal["must", "important", "nice"]
    fit: int | None
    """Millionths; null: not known."""
    met: Literal["yes", "no", "unknown"]


def unmet_out(reason: Reason) -> UnmetOut:
    params = dict(reason.params)
    return UnmetOut(criterion=reason.criterion.value, code=reason.code, params=params, text=english(reason.code, params))


def without_details(lack: Lack) -> UnmetOut:
    criterion, code = lack
    return UnmetOut(criterion=criterion.value, code=code, params={}, text=in_general(code))


def reason_out(reason: Reason) -> ReasonOut:
    params = dict(reason.params)
    return ReasonOut(
        criterion=reason.criterion.value,
        strength=reason.strength.value,
        code=reason.code,
        params=params,
        fit=reason.fit,
        met=reason.met.value,
        text=english(reason.code, params),
    )
