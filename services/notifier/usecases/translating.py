"""Translating what people are told: what is there, correcting it, signing it off, and asking somebody to see to it."""
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from services.notifier.domain.delivery import Stage
from services.notifier.domain.message import State
from services.notifier.domain.translation import (
    SHARED,
    Passages,
    Standing,
    Translation,
    Unit,
    counts,
    mark,
    problems,
    standing,
)
from services.notifier.ports import Press, Work
from services.notifier.ports.translations import ChangedMeanwhile, Looks, NotWhole, Shelf

NOT_BEGUN = (Stage.PLANNED, Stage.PERMITTED)


@dataclass(frozen=True, slots=True)
class Row:
    """How one unit in one language stands."""

    language: str
    unit: Unit
    standing: Standing
    newest: Translation | None
    asked_of: UUID | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One unit in one language, whole: what a reviewer looks at."""

    row: Row
    english: Passages
    said: Passages
    """The newest words; where nobody wrote any yet, those shipped; none where there are none."""
    problems: dict[str, str]
    looks: Looks
    versions: tuple[Translation, ...]


async def overview(council: str, shelf: Shelf, work: Work) -> list[Row]:
    """Of each language that came with the product, or that this council began."""
    kept = {(one.language, one.unit): one for one in await work.translations.newest(council)}
    asked = await work.translations.asked(council)
    begun = sorted(language for language in {language for language, _ in kept} if shelf.may_begin(language))
    return [
        row_of(language, unit, kept.get((language, unit)), asked.get((language, unit)), shelf)
        for language in (*shelf.languages(), *begun) for unit in shelf.units()
    ]


async def begin(council: str, language: str, by: UUID, shelf: Shelf, now: datetime, work: Work) -> None:
    """A draft without a word in it, of what all messages share: from then on the language is there to be written. What is there
    already stays. Raises NoSuchTranslation."""
    english, (shipped, _) = shelf.english(SHARED), shelf.shipped(language, SHARED)
    await work.translations.change(council)
    if shipped is None and not await work.translations.versions(council, language, SHARED):
        await work.translations.add(Translation(council, language, SHARED, 1, {}, mark(english), by, now))


def row_of(language: str, unit: Unit, newest: Translation | None, asked_of: UUID | None, shelf: Shelf) -> Row:
    shipped, reviewed = shelf.shipped(language, unit)
    return Row(language, unit, standing(shelf.english(unit), shipped, reviewed, newest), newest, asked_of)


async def sheet(council: str, language: str, unit: Unit, shelf: Shelf, work: Work) -> Sheet:
    english, (shipped, _) = shelf.english(unit), shelf.shipped(language, unit)
    versions = tuple(await work.translations.versions(council, language, unit))
    asked = await work.translations.asked(council)
    shared = await work.translations.versions(council, language, SHARED)
    said = versions[0].passages if versions else shipped or {}
    return Sheet(
        row_of(language, unit, versions[0] if versions else None, asked.get((language, unit)), shelf), english, said,
        problems(english, said), shelf.looks(language, unit, said, shared[0].passages if shared else None), versions,
    )


async def keep(
    council: str, language: str, unit: Unit, said: Passages, *, seen: int, by: UUID, sign_off: bool, shelf: Shelf, now: datetime,
    work: Work,
) -> None:
    """A new version of the words. One that is not signed off is a draft, whatever the version before it was.

    `seen`: the version they were written over; 0 = none. Raises ChangedMeanwhile, NotWhole, NoSuchTranslation."""
    english = shelf.english(unit)
    shelf.shipped(language, unit)
    await work.translations.change(council)
    versions = await work.translations.versions(council, language, unit)
    newest = versions[0] if versions else None
    if (newest.version if newest else 0) != seen:
        raise ChangedMeanwhile
    wrong = {name: problem for name, problem in problems(english, said).items() if sign_off or name not in english}
    if wrong:
        raise NotWhole(wrong)
    if newest and newest.passages == said and (counts(english, newest) if sign_off else newest.signed_at is None):
        return
    signed = (by, now) if sign_off else (None, None)
    await work.translations.add(Translation(council, language, unit, seen + 1, said, mark(english), by, now, *signed))
    await make_again(council, language, unit, work)


async def make_again(council: str, language: str, unit: Unit, work: Work) -> None:
    """What was made of the words before, and has not begun to leave, is made again."""
    for message in await work.translations.written_in(council, language, None if unit == SHARED else unit.about):
        delivery = await work.deliveries.of(council, message.message_id)
        if delivery is not None and delivery.stage in NOT_BEGUN:
            await work.messages.save(replace(message, state=State.WAITING, spent={}, not_before=None))


async def ask(
    council: str, language: str, unit: Unit, of: UUID | None, by: UUID, shelf: Shelf, now: datetime, work: Work
) -> None:
    """Somebody is asked to see to it; None = nobody is. Raises NoSuchTranslation."""
    shelf.english(unit)
    shelf.shipped(language, unit)
    await work.translations.ask(council, language, unit, of, by, now)


async def bring_up_to_date(council: str, press: Press, work: Work) -> None:
    """The press makes messages of this council's words as they are signed off now."""
    edition = await work.translations.edition(council)
    if press.edition(council) != edition:
        press.learn(council, edition, await work.translations.newest(council), await work.media.all(council))
