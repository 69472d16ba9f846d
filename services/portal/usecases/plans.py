"""Plans in, by any road, and changed. One way through for all of them."""
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.portal.domain.accounts import Viewer
from services.portal.domain.days import day_of
from services.portal.domain.plan import Answer, Plan, PlanChangedMeanwhile, PlanState, Source
from services.portal.domain.supporting import NotLetIn, Scope
from services.portal.domain.taken_in import Outcome, TakenIn
from services.portal.ports import Work
from services.portal.usecases.keeping import Fresh, begin_or_revise, person_meant, tell_if_new
from services.portal.usecases.rights import need, plan_for
from services.portal.usecases.understanding import check_its_source, kept, read, written
from shared.contracts.intake import PlanIn


async def take_in_plan(
    council: str,
    given: PlanIn,
    work: Work,
    *,
    now: datetime,
    fresh: Fresh,
    title: str | None = None,
    own_words: str | None = None,
) -> TakenIn:
    """A plan from anywhere outside: HTTP, CSV, FHIR or the intake topic.

    Idempotent by (source, source_id, source_version): the same version again is `unchanged`, an older one `stale`. A newer one is
    `changed` only if others would hear something new. Words and title are kept when none are given. Raises PlanRefused.
    """
    title, own_words = written(title), written(own_words)
    check_its_source(given)  # first: it is looked up by these
    held = await work.plans.hold_by_source(council, given.source, given.source_id)
    if held and given.source_version <= held.source.version:
        outcome = Outcome.UNCHANGED if given.source_version == held.source.version else Outcome.STALE
        return TakenIn(held, outcome, asked=held.questions)
    reading = read(given, day_of(now), held)
    source = Source(given.source, given.source_id, given.source_version)
    if held is None:
        person_id = await person_meant(council, given, work, fresh)
        return await begin_or_revise(
            Plan(council, fresh(), person_id, 0, source, reading.wants, kept(given), title=title, own_words=own_words),
            reading, work, now=now,
        )
    newer = replace(held, source=source, given=kept(given), title=title or held.title, own_words=own_words or held.own_words)
    return await begin_or_revise(newer, reading, work, now=now)


async def write_plan(
    viewer: Viewer,
    given: PlanIn,
    work: Work,
    *,
    now: datetime,
    fresh: Fresh,
    plan_id: UUID | None = None,
    seen_revision: int | None = None,
    title: str | None = None,
    own_words: str | None = None,
) -> TakenIn:
    """A plan written or changed on a page, by the person or a supporter they let edit.

    A new plan: `given.person_ref` is the person's id; `source`, `source_id` and `source_version` are not looked at (put anything
    well formed). A change: nor is `person_ref`, and the plan stays its source's. `seen_revision` is what the page showed;
    PlanChangedMeanwhile if it is no longer so. Title and words replace what was there; None keeps it, '' empties it.
    Raises PlanRefused, NotLetIn, PlanNotFound.
    """
    title, own_words = written(title), written(own_words)
    if plan_id is None:
        person_id = UUID(given.person_ref)
        await need(viewer, person_id, work, now=now, scope=Scope.EDIT_PLAN, staff=False)
        plan_id = fresh()
        given = given.model_copy(update={"source": "portal", "source_id": str(plan_id), "source_version": 1})
        reading = read(given, day_of(now), None)
        begun = Plan(viewer.council, plan_id, person_id, 0, Source("portal", str(plan_id), 1), reading.wants, kept(given),
                     title=title or None, own_words=own_words or None)
        return await begin_or_revise(begun, reading, work, now=now, by=viewer.account_id)
    held = await hold_for(viewer, plan_id, work, now=now)
    if seen_revision is not None and held.revision != seen_revision:
        raise PlanChangedMeanwhile
    given = given.model_copy(
        update={"source": held.source.source, "source_id": held.source.source_id, "source_version": held.source.version}
    )
    reading = read(given, day_of(now), held)  # first: it refuses an area that `kept` could not cut down
    changed = replace(
        held,
        given=kept(given),
        title=held.title if title is None else title or None,
        own_words=held.own_words if own_words is None else own_words or None,
    )
    return await begin_or_revise(changed, reading, work, now=now, by=viewer.account_id)


async def answer_question(viewer: Viewer, plan_id: UUID, field: str, code: str | None, work: Work, *, now: datetime) -> TakenIn:
    """What a word we asked about means: one of the vocabulary's codes, or None to leave it out.

    A question that is no longer open changes nothing. Raises PlanRefused for a code that the vocabulary does not have.
    """
    held = await hold_for(viewer, plan_id, work, now=now)
    question = next((one for one in held.questions if one.field == field and one.kind), None)
    if question is None or question.kind is None:
        return TakenIn(held, Outcome.UNCHANGED, asked=held.questions)
    answered = replace(held, answers=(*held.answers, Answer(question.kind, question.typed, code)))
    reading = read(PlanIn.model_validate_json(held.given), day_of(now), answered)
    return await begin_or_revise(answered, reading, work, now=now, by=viewer.account_id)


async def change_state(viewer: Viewer, plan_id: UUID, state: PlanState, work: Work, *, now: datetime) -> Plan:
    """Pause, close or open again."""
    held = await hold_for(viewer, plan_id, work, now=now)
    given = PlanIn.model_validate_json(held.given).model_copy(update={"state": state.value})
    return await tell_if_new(held, replace(held, given=kept(given)).revised(replace(held.wants, state=state)), work, now=now)


async def confirm_plan(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime) -> Plan:
    """'This is still right', said today."""
    held = await hold_for(viewer, plan_id, work, now=now)
    return await tell_if_new(held, held.revised(replace(held.wants, confirmed_on=day_of(now))), work, now=now)


async def block(viewer: Viewer, plan_id: UUID, profile_id: UUID, work: Work, *, now: datetime) -> Plan:
    """That PA and this plan never meet, in either direction. Only the person does this."""
    return await block_only(viewer, plan_id, lambda blocked: blocked | {profile_id}, work, now=now)


async def unblock(viewer: Viewer, plan_id: UUID, profile_id: UUID, work: Work, *, now: datetime) -> Plan:
    return await block_only(viewer, plan_id, lambda blocked: blocked - {profile_id}, work, now=now)


async def block_only(
    viewer: Viewer, plan_id: UUID, decide: Callable[[frozenset[UUID]], frozenset[UUID]], work: Work, *, now: datetime
) -> Plan:
    held = await hold_for(viewer, plan_id, work, now=now)
    if viewer.account_id != held.person_id:
        raise NotLetIn
    blocked = tuple(sorted(decide(frozenset(held.wants.blocked))))
    return await tell_if_new(held, held.revised(replace(held.wants, blocked=blocked)), work, now=now)


async def hold_for(viewer: Viewer, plan_id: UUID, work: Work, *, now: datetime) -> Plan:
    """The plan, held for change, if the viewer may change it."""
    await plan_for(viewer, plan_id, work, now=now, scope=Scope.EDIT_PLAN, staff=False)
    return await work.plans.hold(viewer.council, plan_id)
