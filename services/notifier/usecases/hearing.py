"""What follows from what other services tell: messages asked for, dropped, and small copies kept."""
from datetime import date, datetime
from uuid import UUID

from services.notifier.domain.contact import PartyKind
from services.notifier.domain.hours import LONDON
from services.notifier.domain.lists import PlanCopy, Standing, Supporting, Told
from services.notifier.domain.message import About, Dropped
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases.asking import ask, drop

ABOUT_LISTS = ("people_to_look_at", "nobody_fits_yet", "list_changed")


async def hear_list(
    council: str, plan_id: UUID, person_id: UUID, standing: Standing, *, revision: int, by_plan: bool, added: int, lost: int,
    now: datetime, work: Work,
) -> None:
    """A plan's list as it now stands. `by_plan`: because the plan changed; else because PAs or the rules did."""
    told = await work.lists.told(council, plan_id)
    if told is not None and told.heard(standing, revision):
        return
    if told is None or (by_plan and told.standing.plan_revision != standing.plan_revision):
        if told is not None:  # else nothing can be superseded, and what waits is of this very list, told anew
            await drop_list_messages(council, plan_id, Dropped.SUPERSEDED, now, work)
        told = Told(council, plan_id, person_id, standing, told_on=told.told_on if told else None,
                    revision=max(revision, told.revision if told else 0))
        await ask_about_list(told, first_about(standing), str(standing.plan_revision), counts(told), now, work)
    else:
        told = told.gather(standing, added, lost, revision)
        if told.due(today := now.astimezone(LONDON).date()):
            told = await ask_about_changes(told, today, now, work)
    await work.lists.save_told(told)


async def tell_gathered(now: datetime, work: Work) -> bool:
    """One plan whose list changed on an earlier day after that day's message; False = there is none."""
    told = await work.lists.digest_due(today := now.astimezone(LONDON).date())
    if told is None:
        return False
    await work.lists.save_told(await ask_about_changes(told, today, now, work))
    return True


async def ask_about_changes(told: Told, today: date, now: datetime, work: Work) -> Told:
    given = {**counts(told), "added": told.added, "lost": told.lost}
    await ask_about_list(told, "list_changed", today.isoformat(), given, now, work)
    return told.tell(today)


async def ask_about_list(told: Told, about: str, occurrence: str, given: Given, now: datetime, work: Work) -> None:
    """All who share the job, where it is one; else the person."""
    for person_id in await work.lists.sharing(told.council, told.plan_id) or (told.person_id,):
        await ask(
            told.council, person_id, PartyKind.PERSON, about, subject=told.plan_id, occurrence=occurrence, given=given,
            belongs=About(plan_id=told.plan_id, plan_revision=told.standing.plan_revision), now=now, work=work,
        )


def first_about(standing: Standing) -> str:
    return "people_to_look_at" if standing.fitting or standing.near else "nobody_fits_yet"


def counts(told: Told) -> dict[str, int]:
    return {"fitting": told.standing.fitting, "near": told.standing.near, "others": told.standing.others}


async def hear_list_put_away(council: str, plan_id: UUID, now: datetime, work: Work) -> None:
    """The plan is paused or closed: what was not yet sent about its list is not sent."""
    await drop_list_messages(council, plan_id, Dropped.NO_LONGER_TRUE, now, work)


async def drop_list_messages(council: str, plan_id: UUID, why: Dropped, now: datetime, work: Work) -> None:
    about_it = await work.messages.not_yet_sent(council, plan_id=plan_id)
    await drop([m for m in about_it if m.about in ABOUT_LISTS], why, now, work)


async def hear_plan(plan: PlanCopy, work: Work) -> None:
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
