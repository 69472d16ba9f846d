"""What the notifier hears."""

from services.notifier.domain import own_data as data
from services.notifier.domain.calls import FURTHEST_M, PaCopy
from services.notifier.domain.contact import PartyKind
from services.notifier.domain.lists import GapCopy, PlanCopy, PoolCopy, Supporting
from services.notifier.domain.lists import Standing as ListStanding
from services.notifier.domain.meeting import Meeting, Standing
from services.notifier.domain.offer import Going, Offer
from services.notifier.domain.offer import Standing as OfferStanding
from services.notifier.domain.support_request import State, SupportRequest
from services.notifier.ports import Work
from services.notifier.usecases import calling, hearing, introducing, meeting, offering, own_data, sharing, support_requests
from services.notifier.usecases.introducing import Introduction, Turn
from shared.contracts.data_requests import DataRequestChanged
from shared.contracts.matcher import GapChanged, IntroductionChanged, JourneyChanged, ShortlistChanged
from shared.contracts.matcher import Offer as OfferTold
from shared.contracts.portal import PlanState, PoolChanged, SupporterChanged, SupporterState, SupportPlanChanged
from shared.contracts.registry import Looking, ProfileChanged
from shared.contracts.support_requests import SupportRequestChanged
from shared.messaging.hearing import Hears
from shared.runtime.clock import utc


async def hear_shortlist(event: ShortlistChanged, work: Work) -> None:
    now = utc()
    if not event.open:
        await hearing.hear_list_put_away(event.council, event.plan_id, now, work)
        return
    await hearing.hear_list(
        event.council, event.plan_id, event.person_id,
        ListStanding(event.fitting_count, event.near_count, event.others, event.plan_revision),
        revision=event.revision, added=event.added, lost=event.lost, now=now, work=work,
    )


async def hear_plan(event: SupportPlanChanged, work: Work) -> None:
    await hearing.hear_plan(
        PlanCopy(
            event.council, event.plan_id, event.person_id, event.state is PlanState.OPEN, event.quarters, event.place.outcode,
            event.tasks, event.revision,
        ),
        work,
    )


async def hear_introduction(event: IntroductionChanged, work: Work) -> None:
    e = event
    await introducing.hear_introduction(
        Introduction(e.council, e.introduction_id, e.plan_id, e.person_id, e.profile_id, e.asked_at, e.answer_by, e.quarters),
        Turn(e.state), utc(), work,
    )


async def hear_journey(event: JourneyChanged, work: Work) -> None:
    e, m = event, event.meeting
    if m is not None:
        told = Meeting(
            e.council, e.introduction_id, e.plan_id, e.person_id, e.profile_id, m.number, m.moved, Standing(m.state), m.at,
            m.place_id, m.by,
        )
        await meeting.hear_meeting(told, utc(), work)
    if e.offer is not None:
        await offering.hear_offer(offer_from(e, e.offer), utc(), work)


def offer_from(event: JourneyChanged, told: OfferTold) -> Offer:
    e, going = event, tuple(Going(one.after, one.by, one.well, one.to_team) for one in told.going)
    return Offer(
        e.council, e.introduction_id, e.plan_id, e.person_id, e.profile_id, told.number, OfferStanding(told.state),
        told.starts_on, told.trial_until, told.quarters, told.rate, told.answer_by, told.goes_on, told.trial_over,
        told.ended_on, going, told.times,
    )


async def hear_gap(event: GapChanged, work: Work) -> None:
    bounds = tuple((bound.facet.value, bound.among, bound.values) for bound in event.bounds)
    gap = GapCopy(event.council, event.gap_id, event.week, bounds, event.open, event.people, event.hours, event.revision)
    await calling.hear_gap(gap, utc(), work)


async def hear_profile(event: ProfileChanged, work: Work) -> None:
    e = event
    gone = e.state is Looking.GONE  # the row stays, with nothing in it: a row that is missing is one that was lost
    reach = FURTHEST_M[e.travel] if e.furthest_m is None else e.furthest_m
    languages = tuple(sorted({one.tag.lower() for one in e.languages}))
    pa = PaCopy(
        e.council, e.profile_id, e.state in (Looking.LOOKING, Looking.SOON), "" if gone else e.place.outcode,
        0 if gone else e.place.east_m, 0 if gone else e.place.north_m, 0 if gone else reach, () if gone else languages,
        e.revision, None if gone else e.confirmed_on, pauses_on=e.pauses_on, paused_itself_on=e.paused_itself_on,
    )
    await calling.hear_pa(pa, utc(), work)


async def hear_supporter(event: SupporterChanged, work: Work) -> None:
    await hearing.hear_supporter(
        Supporting(
            event.council, event.delegation_id, event.person_id, event.supporter_id, event.state is SupporterState.ACTIVE,
            event.scopes, event.until, event.revision,
        ),
        utc(), work,
    )


async def hear_support_request(event: SupportRequestChanged, work: Work) -> None:
    e = event
    request = SupportRequest(
        e.council, e.request_id, e.supporter_id, e.person_id, State(e.state), e.relation, e.scopes, e.until, e.asked_at,
        e.answer_by,
    )
    await support_requests.hear_request(request, utc(), work)


async def hear_pool(event: PoolChanged, work: Work) -> None:
    people = tuple(member.person_id for member in event.members)
    hours = sum(member.quarters for member in event.members)
    pool = PoolCopy(event.council, event.pool_id, event.plan_id, people, hours, event.revision)
    await sharing.hear_pool(pool, utc(), work)


async def hear_data_request(event: DataRequestChanged, work: Work) -> None:
    e = event
    if e.state.value in set(data.Stage):
        told = data.DataRequest(
            e.council, e.request_id, e.party_id, PartyKind(e.party.value), data.Stage(e.state.value), until=e.until,
            kind=e.kind, reason=e.reason, what=e.about,
        )
        await own_data.hear(told, utc(), work)


HEARS: Hears = {
    ShortlistChanged: hear_shortlist,
    SupportPlanChanged: hear_plan,
    IntroductionChanged: hear_introduction,
    JourneyChanged: hear_journey,
    GapChanged: hear_gap,
    ProfileChanged: hear_profile,
    SupporterChanged: hear_supporter,
    SupportRequestChanged: hear_support_request,
    PoolChanged: hear_pool,
    DataRequestChanged: hear_data_request,
}
