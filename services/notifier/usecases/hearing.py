"""What follows from what other services tell: messages asked for, dropped, and small copies kept."""
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.notifier.domain.contact import HowOften, PartyId, PartyKind
from services.notifier.domain.hours import LONDON
from services.notifier.domain.lists import ABOUT_LISTS, PlanCopy, Standing, Supporting, Told
from services.notifier.domain.message import About, Dropped, Message, State
from services.notifier.domain.pace import not_before
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop, in_hand


async def hear_list(
    council: str, plan_id: UUID, person_id: UUID, standing: Standing, *, revision: int, added: int, lost: int, now: datetime,
    work: Work,
) -> None:
    """A plan's list as it now stands. The first is told at once; what changes after it is gathered."""
    told = await work.lists.told(council, plan_id)
    if told is not None and told.heard(standing, revision):
        return
    if told is None:
        told = Told(council, plan_id, person_id, standing, revision=revision).told()
        await ask_about_list(told, first_about(standing), str(standing.plan_revision), counts(told), now, work)
    else:
        told = told.gather(standing, added, lost, revision, now, at_once=await somebody_wants_it_at_once(told, now, work))
        if told.due_at and told.plan_is_new and await drop_what_nobody_began(council, plan_id, now, work):
            told = await ask_about_changes(told, now, work)  # in the place of what was not sent, so nobody hears more often
    await work.lists.save_told(told)


async def tell_gathered(now: datetime, work: Work) -> bool:
    """One plan whose list changed, and what changed was gathered for long enough; False = there is none."""
    told = await work.lists.digest_due(now)
    if told is None:
        return False
    told = await ask_about_changes(told, now, work)
    await work.lists.save_told(replace(told, told_on=now.astimezone(LONDON).date()))
    return True


async def ask_about_changes(told: Told, now: datetime, work: Work) -> Told:
    """Each is told all that they have not heard: what still waits for them is dropped, and this one holds it too."""
    today = now.astimezone(LONDON).date().isoformat()
    for person_id in await who_is_told(told, work):
        waiting = await waiting_about(told.council, told.plan_id, work, person_id)
        unheard = [m for m in waiting if not await in_hand(m, work)]
        first = told.plan_is_new or any(m.about != "list_changed" for m in unheard)
        about = first_about(told.standing) if first else "list_changed"
        given = counts(told) if first else {**counts(told), **came_and_went(told, unheard)}
        task_of_it = next((m for m in unheard if (m.state, m.about) == (State.TASK, about) and not told.plan_is_new), None)
        await drop([m for m in waiting if m is not task_of_it], Dropped.SUPERSEDED, now, work)
        if task_of_it:
            await make_again(task_of_it, given, work)
            continue
        occurrence = str(told.standing.plan_revision) if told.plan_is_new else today
        if first:
            await ask_one(told, person_id, about, occurrence, given, now, work)
            continue
        if told_on(told, now):
            occurrence = now.isoformat(timespec="seconds")  # more than once on one day, as somebody asked for
        await ask_one(told, person_id, about, occurrence, given, now, work, await held_until(told, person_id, now, work))
    return told.told()


def told_on(told: Told, now: datetime) -> bool:
    """Whether something about changes went out on this day already."""
    return told.told_on == now.astimezone(LONDON).date()


async def somebody_wants_it_at_once(told: Told, now: datetime, work: Work) -> bool:
    """It matters only once a day's message is out."""
    if not told_on(told, now):
        return False
    contacts = [await work.contacts.of(told.council, PartyId(one)) for one in await who_is_told(told, work)]
    return any(contact and contact.list_news is HowOften.AT_ONCE for contact in contacts)


async def held_until(told: Told, person_id: UUID, now: datetime, work: Work) -> datetime | None:
    """As often as they chose: what changes until then is gathered into it."""
    contact = await work.contacts.of(told.council, PartyId(person_id))
    how_often = contact.list_news if contact else HowOften.DAILY
    if how_often is HowOften.DAILY and not told_on(told, now):
        return None
    return not_before(how_often, await work.messages.last_made(told.council, person_id, told.plan_id, "list_changed"), now)


async def make_again(message: Message, given: Given, work: Work) -> None:
    """The team's task stays as it is, with whoever has it and when it is due; only what to say follows."""
    await work.messages.save(replace(message, state=State.WAITING, given=given, not_before=None))


def came_and_went(told: Told, unheard: Iterable[Message]) -> dict[str, int]:
    earlier = [m.given for m in unheard if m.about == "list_changed"]
    return {
        name: now + sum(int(str(given.get(name, 0))) for given in earlier)
        for name, now in (("added", told.added), ("lost", told.lost))
    }


async def ask_about_list(told: Told, about: str, occurrence: str, given: Given, now: datetime, work: Work) -> None:
    for person_id in await who_is_told(told, work):
        await ask_one(told, person_id, about, occurrence, given, now, work)


async def ask_one(
    told: Told, person_id: UUID, about: str, occurrence: str, given: Given, now: datetime, work: Work,
    not_before: datetime | None = None,
) -> None:
    await ask(
        told.council, person_id, PartyKind.PERSON, about, subject=told.plan_id, occurrence=occurrence, given=given,
        belongs=About(plan_id=told.plan_id, plan_revision=told.standing.plan_revision), now=now, work=work,
        not_before=not_before,
    )


async def who_is_told(told: Told, work: Work) -> Sequence[UUID]:
    """All who share the job, where it is one; else the person."""
    return await work.lists.sharing(told.council, told.plan_id) or (told.person_id,)


def first_about(standing: Standing) -> str:
    return "people_to_look_at" if standing.fitting or standing.near else "nobody_fits_yet"


def counts(told: Told) -> dict[str, int]:
    return {"fitting": told.standing.fitting, "near": told.standing.near, "others": told.standing.others}


async def hear_list_put_away(council: str, plan_id: UUID, now: datetime, work: Work) -> None:
    """The plan is paused or closed: what was not yet sent about its list is not sent, and what was gathered is no news."""
    told = await work.lists.told(council, plan_id)
    if told is not None and told.due_at is not None:
        await work.lists.save_told(replace(told, added=0, lost=0, due_at=None))
    await drop(await waiting_about(council, plan_id, work), Dropped.NO_LONGER_TRUE, now, work)


async def waiting_about(council: str, plan_id: UUID, work: Work, person_id: UUID | None = None) -> list[Message]:
    waiting = await work.messages.not_yet_sent(council, plan_id=plan_id, party_id=person_id)
    return [m for m in waiting if m.about in ABOUT_LISTS]


async def drop_what_nobody_began(council: str, plan_id: UUID, now: datetime, work: Work) -> int:
    """Of the older plan: what no channel and no team has."""
    waiting = [m for m in await waiting_about(council, plan_id, work) if m.state in (State.WAITING, State.WRITTEN)]
    return await drop(waiting, Dropped.SUPERSEDED, now, work)


async def hear_plan(plan: PlanCopy, work: Work) -> None:
    if await work.erased.has(plan.council, plan.person_id):
        plan = replace(plan, open=False, quarters=0, outcode="", tasks=())
    await work.lists.save_plan(plan)


async def hear_supporter(supporting: Supporting, now: datetime, work: Work) -> None:
    """Let in: both are told. Taken off: what waits for the supporter is dropped at once, and only the person is told."""
    before = await work.lists.supporting(supporting.council, supporting.delegation_id)
    await work.lists.save_supporting(supporting)
    belongs = About(delegation_id=supporting.delegation_id)
    if supporting.active:
        given: Given = {"scopes": list(supporting.scopes), "until": supporting.until.isoformat()}
        if before is None or not before.active:
            for party_id, audience in (
                (supporting.supporter_id, PartyKind.SUPPORTER), (supporting.person_id, PartyKind.PERSON)
            ):
                await ask(
                    supporting.council, party_id, audience, "supporter_let_in", subject=supporting.delegation_id,
                    occurrence=str(supporting.revision), given=given, belongs=belongs, now=now, work=work,
                )
        return
    waiting = await work.messages.not_yet_sent(supporting.council, delegation_id=supporting.delegation_id)
    await drop([m for m in waiting if m.about != "supporter_taken_off"], Dropped.TAKEN_OFF, now, work)
    if before is not None and before.active:
        ended_on = now.astimezone(LONDON).date().isoformat()
        await ask(
            supporting.council, supporting.person_id, PartyKind.PERSON, "supporter_taken_off", subject=supporting.delegation_id,
            occurrence=str(supporting.revision), given={"ended_on": ended_on}, belongs=belongs, now=now, work=work,
        )
