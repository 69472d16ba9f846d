"""One wish at a time, in codes; and what the law asks of a must about sex, faith or culture."""
from datetime import date

from services.portal.domain.plan import FROM_THE_PLAN, PROTECTED, Criterion, LawfulReason, Level, Mode, Strength, Wish
from services.portal.usecases.instead import hint
from services.portal.usecases.words import Heard, Listening
from shared.contracts.intake import LawfulReasonIn, WishIn
from shared.vocabulary.geography import METRES_PER_MILE
from shared.vocabulary.languages import is_signed
from shared.vocabulary.terms import Kind


def wish(where: str, given: WishIn, today: date, heard: Listening) -> Wish | None:
    """None: nothing of it is known yet, so it was asked about, or refused."""
    criterion, strength = Criterion(given.criterion), Strength(given.strength)
    if not fields_belong(where, given, criterion, heard):
        return None
    if criterion in FROM_THE_PLAN:
        return Wish(
            criterion,
            strength,
            share=None if given.share is None else given.share * 10_000,
            within_m=None if given.within_miles is None else round(float(given.within_miles) * METRES_PER_MILE),
        )
    reason = lawful_reason(f"{where}.reason", given.reason, today, heard) if given.reason else None
    if criterion in PROTECTED and strength is Strength.MUST and given.reason is None:
        heard.refuse(f"{where}.reason", "no_lawful_reason", hint=hint(criterion, given.value or ""))
        return None
    words = [given.value, *given.or_else] if given.value else list(given.or_else)
    fields = [f"{where}.value"] * bool(given.value) + [f"{where}.or_else[{at}]" for at in range(len(given.or_else))]
    found = [heard.word(Kind(criterion.value), field, word) for field, word in zip(fields, words, strict=True)]
    return made(criterion, strength, [one for one in found if one], given, reason)


def made(criterion: Criterion, strength: Strength, found: list[Heard], given: WishIn, reason: LawfulReason | None) -> Wish | None:
    if not found:
        return None
    values = tuple(dict.fromkeys(one.code for one in found))
    signed = criterion is Criterion.LANGUAGE and is_signed(values[0])  # nobody speaks or reads BSL, whatever the form says
    return Wish(
        criterion,
        strength,
        values,
        mode=Mode.SIGNED if signed else Mode(given.mode) if given.mode else None,
        level=Level(given.level) if given.level else None,
        reason=reason,
        confirmed=all(one.sure for one in found),
    )


def fields_belong(where: str, given: WishIn, criterion: Criterion, heard: Listening) -> bool:
    """A field that this wish cannot use is refused: dropping it would lose what somebody meant."""
    language, valued = criterion is Criterion.LANGUAGE, criterion not in FROM_THE_PLAN
    misplaced = [
        name
        for name, there, belongs in (
            ("value", given.value, valued),
            ("or_else", given.or_else, language),
            ("mode", given.mode, language),
            ("level", given.level, language),
            ("share", given.share is not None, criterion is Criterion.TIMES),
            ("within_miles", given.within_miles is not None, criterion is Criterion.PLACE),
            ("reason", given.reason, criterion in PROTECTED),
        )
        if there and not belongs
    ]
    for name in misplaced:
        heard.refuse(f"{where}.{name}", "not_for_this_wish")
    if valued and not given.value:
        heard.refuse(f"{where}.value", "no_value")
    return not misplaced and (bool(given.value) or not valued)


def lawful_reason(where: str, given: LawfulReasonIn, today: date, heard: Listening) -> LawfulReason | None:
    """Tasks must be known for sure: the must counts for these and no others.

    A reason whose day passed while it was on the plan stays: it no longer makes a must, and keeps nobody from changing the rest.
    """
    before = len(heard.asked)
    tasks = heard.codes(Kind.TASK, f"{where}.tasks", given.tasks)
    if len(heard.asked) > before:
        unclear = heard.asked[before:]
        del heard.asked[before:]
        for one in unclear:
            near = f"Did you mean {' or '.join(f'‘{each.label}’' for each in one.suggestions)}?" if one.suggestions else ""
            heard.refuse(one.field, "unknown_task", hint=near)
    if given.until < today and (given.why, given.until) not in heard.recorded:
        heard.refuse(f"{where}.until", "reason_is_over")
    return LawfulReason(given.why, tasks, given.until)
