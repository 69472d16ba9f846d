"""What the matcher says, in the published language."""
from pydantic import TypeAdapter

from services.matcher.domain.gaps.publishing import GapWeek, Told, gap_id
from services.matcher.domain.introduction import Introduction
from services.matcher.domain.journey import Journey, Meeting
from services.matcher.domain.offer import Offer
from services.matcher.domain.places import Places, named
from services.matcher.domain.placing import Group
from services.matcher.domain.record import ListTold
from services.matcher.domain.shortlist import Change
from shared.contracts import matcher as contract

TELLS = (contract.ShortlistChanged, contract.IntroductionChanged, contract.JourneyChanged, contract.GapChanged)
PLACINGS = TypeAdapter(tuple[contract.Placing, ...])


def shortlist_changed(change: Change, record: ListTold) -> contract.ShortlistChanged:
    now = change.now
    return contract.ShortlistChanged(
        council=now.council,
        revision=now.revision,
        plan_id=now.plan_id,
        person_id=now.person_id,
        plan_revision=now.plan_revision,
        rules_version=now.rules_version,
        day=now.day,
        cause=contract.Cause(now.cause.value),
        fitting=placings(now.of(Group.FITTING)),
        near=placings(now.of(Group.NEAR)),
        fitting_count=now.count(Group.FITTING),
        near_count=now.count(Group.NEAR),
        others=now.count(Group.OTHERS),
        in_scope=len(now.listed),
        added=change.added,
        lost=change.lost,
        open=now.open,
        lore_version=record.lore_version or None,
        digest=record.digest,
    )


def placings(places: Places) -> tuple[contract.Placing, ...]:
    """The first of them, straight from columns: all at once takes a third of the time it takes one by one."""
    some = places[: contract.MOST_TOLD]
    columns = zip(map(named, some.names), some.revisions.tolist(), some.scores.tolist(), some.lacked, strict=True)
    return PLACINGS.validate_python([
        {"profile_id": name, "profile_revision": revision, "score": score, "unmet": lacked}
        for name, revision, score, lacked in columns
    ])  # fmt: skip


def introduction_changed(introduction: Introduction) -> contract.IntroductionChanged:
    return contract.IntroductionChanged(
        council=introduction.council,
        revision=introduction.revision,
        introduction_id=introduction.introduction_id,
        plan_id=introduction.plan_id,
        person_id=introduction.person_id,
        profile_id=introduction.profile_id,
        state=contract.IntroductionState(introduction.state.value),
        asked_at=introduction.asked_at,
        answer_by=introduction.answer_by,
        quarters=introduction.quarters,
        route=introduction.route,
    )


def journey_changed(journey: Journey) -> contract.JourneyChanged:
    return contract.JourneyChanged(
        council=journey.council,
        revision=journey.revision,
        introduction_id=journey.introduction_id,
        plan_id=journey.plan_id,
        person_id=journey.person_id,
        profile_id=journey.profile_id,
        meeting=meeting_told(journey.meeting) if journey.meeting else None,
        offer=offer_told(journey.offer) if journey.offer else None,
    )


def meeting_told(meeting: Meeting) -> contract.Meeting:
    return contract.Meeting(
        number=meeting.number, moved=meeting.moved, state=contract.MeetingState(meeting.state.value), at=meeting.at,
        place_id=meeting.place_id, by=meeting.by.value, suits=tuple(side.value for side in meeting.suits),
    )


def offer_told(offer: Offer) -> contract.Offer:
    o, terms = offer, offer.terms
    return contract.Offer(
        number=o.number, state=contract.OfferState(o.state.value), starts_on=terms.starts_on, trial_until=terms.trial_until,
        quarters=terms.quarters, rate=terms.rate, times=terms.times, by=o.by.value,
        answer_by=o.answer_by, goes_on=tuple(side.value for side in o.goes_on), trial_over=o.trial_over, ended_on=o.ended_on,
        going=tuple(
            contract.Going(after=one.after, by=one.by.value, well=one.well, to_team=one.to_team) for one in o.going
        ),
    )


def gap_changed(week: GapWeek, told: Told) -> contract.GapChanged:
    return contract.GapChanged(
        council=week.council,
        revision=week.revision,
        gap_id=gap_id(week.council, told.region),
        week=week.week,
        rules_version=week.rules_version,
        bounds=tuple(
            contract.GapBound(facet=contract.GapFacet(bound.facet.value), among=bound.among, values=bound.values)
            for bound in told.region.bounds
        ),
        open=told.figure is not None,
        people=told.figure.people if told.figure else 0,
        hours=told.figure.hours if told.figure else 0,
    )
