"""What the portal says, in the published language."""
from services.portal.domain.accounts import Role
from services.portal.domain.own_data import DataRequest
from services.portal.domain.plan import Plan, Share, Wish
from services.portal.domain.pool import Pool
from services.portal.domain.support_request import State, SupportRequest
from services.portal.domain.supporting import Delegation
from shared.contracts import Level, data_requests
from shared.contracts import Place as PlaceTold
from shared.contracts import portal as contract
from shared.contracts.support_requests import SupportRequestChanged, SupportRequestState

TELLS = (
    contract.SupportPlanChanged, contract.SupporterChanged, SupportRequestChanged, contract.PoolChanged,
    data_requests.DataRequestChanged,
)  # fmt: skip


def plan_changed(plan: Plan) -> contract.SupportPlanChanged:
    """Field by field: what is not named here (own words, titles, reasons why, what was typed) cannot leave."""
    wants = plan.wants
    return contract.SupportPlanChanged(
        council=plan.council,
        revision=plan.revision,
        plan_id=plan.plan_id,
        person_id=plan.person_id,
        state=contract.PlanState(wants.state),
        place=PlaceTold(outcode=wants.place.outcode, east_m=wants.place.east_m, north_m=wants.place.north_m),
        start_on=wants.start_on,
        fixed=wants.fixed,
        flexible=tuple(contract.Flexible(quarters=it.quarters, window=it.window, at_least=it.at_least) for it in wants.flexible),
        sleep_ins=wants.sleep_ins,
        quarters=wants.quarters,
        budget=wants.budget,
        contribution=wants.contribution,
        most_rate=wants.most_rate,
        funding=contract.Funding(wants.funding),
        tasks=wants.tasks,
        home=wants.home,
        wishes=tuple(wish_told(wish) for wish in wants.wishes),
        few_people=wants.few_people,
        blocked=wants.blocked,
        confirmed_on=wants.confirmed_on,
        shares=tuple(share_told(share) for share in wants.shares),
    )


def share_told(share: Share) -> contract.Share:
    return contract.Share(
        plan_id=share.plan_id, person_id=share.person_id, quarters=share.quarters, funding=contract.Funding(share.funding),
        budget=share.budget, contribution=share.contribution,
    )


def pool_changed(pool: Pool) -> contract.PoolChanged:
    """Without the code to join by."""
    return contract.PoolChanged(
        council=pool.council,
        revision=pool.revision,
        pool_id=pool.pool_id,
        plan_id=pool.plan_id,
        state=contract.PoolState(pool.state),
        members=tuple(
            contract.PoolMember(plan_id=one.plan_id, person_id=one.person_id, quarters=one.quarters) for one in pool.sharing
        ),
    )


def wish_told(wish: Wish) -> contract.Wish:
    return contract.Wish(
        criterion=contract.Criterion(wish.criterion),
        strength=contract.Strength(wish.strength),
        values=wish.values,
        mode=contract.Mode(wish.mode) if wish.mode else None,
        level=Level(wish.level) if wish.level else None,
        share=wish.share,
        within_m=wish.within_m,
        reason=contract.LawfulReason(tasks=wish.reason.tasks, until=wish.reason.until) if wish.reason else None,
        confirmed=wish.confirmed,
    )


def supporter_changed(delegation: Delegation) -> contract.SupporterChanged:
    """Ended = taken off. Running out is not told: `until` says it beforehand."""
    return contract.SupporterChanged(
        council=delegation.council,
        revision=delegation.revision,
        delegation_id=delegation.delegation_id,
        person_id=delegation.person_id,
        supporter_id=delegation.supporter_id,
        state=contract.SupporterState.ENDED if delegation.revoked_at else contract.SupporterState.ACTIVE,
        scopes=tuple(sorted(delegation.scopes)),
        until=delegation.until,
    )


PARTIES = {
    Role.PERSON: data_requests.DataParty.PERSON,
    Role.PA: data_requests.DataParty.PA,
    Role.BROKER: data_requests.DataParty.SUPPORTER,
}


def data_request_changed(request: DataRequest) -> data_requests.DataRequestChanged:
    """That it was asked, and how far it is: why not, as a code. Never what they said, nor the words of an answer."""
    return data_requests.DataRequestChanged(
        council=request.council,
        revision=request.revision,
        request_id=request.request_id,
        party_id=request.party_id,
        party=PARTIES[request.role],
        kind=data_requests.DataAsk(request.kind),
        state=data_requests.DataState(request.state),
        until=request.kept_until,
        reason=data_requests.DataReason(request.reason) if request.reason else None,
        about=data_requests.DataAbout(request.about) if request.about else None,
    )


ASKED = {
    State.OPEN: SupportRequestState.OPEN,
    State.LET_IN: SupportRequestState.CLOSED,
    State.KEPT_OUT: SupportRequestState.CLOSED,
    State.OVER: SupportRequestState.OVER,
}


def support_request_changed(request: SupportRequest) -> SupportRequestChanged:
    """Not whether the answer was yes or no: a yes is told as the supporter who is let in."""
    return SupportRequestChanged(
        council=request.council,
        revision=request.revision,
        request_id=request.request_id,
        supporter_id=request.supporter_id,
        person_id=request.person_id,
        state=ASKED[request.state],
        relation=request.relation.value,
        scopes=tuple(sorted(request.scopes)),
        until=request.until,
        asked_at=request.asked_at,
        answer_by=request.answer_by,
    )
