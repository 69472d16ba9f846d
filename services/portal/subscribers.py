"""What the portal hears. Each translates and hands over; it decides nothing."""
from contextlib import suppress
from uuid import uuid4

from services.portal.domain.copies import IntroductionCopy, MessageCopy, ShortlistCopy
from services.portal.domain.plan import PlanRefused
from services.portal.domain.support_request import RequestNotFound
from services.portal.ports import Work
from services.portal.usecases import erasing, hearing, support_requests
from services.portal.usecases.plans import take_in_plan
from shared.contracts.intake import PlanIn, SupportPlanReceived
from shared.contracts.matcher import IntroductionChanged, ShortlistChanged
from shared.contracts.notifier import AnswerReceived, MessageChanged
from shared.messaging.hearing import Hears, NeverRight
from shared.runtime.clock import utc


async def hear_plan(event: SupportPlanReceived, work: Work) -> None:
    """The same way in as over HTTP. What cannot be taken in is set aside with its reason codes, and nothing of its content."""
    if event.revision != event.source_version:
        raise NeverRight("revision_is_not_the_source_version")
    given = PlanIn.model_validate(event.model_dump(include=set(PlanIn.model_fields)))
    try:
        await take_in_plan(event.council, given, work, now=utc(), fresh=uuid4)
    except PlanRefused as refused:
        raise NeverRight(f"plan_refused: {refused}") from refused


async def hear_shortlist(event: ShortlistChanged, work: Work) -> None:
    shortlist = ShortlistCopy(
        event.council,
        event.plan_id,
        event.person_id,
        event.revision,
        event.plan_revision,
        event.rules_version,
        fitting=event.fitting_count,
        near=event.near_count,
        others=event.others,
        in_scope=event.in_scope,
        open=event.open,
        heard_at=utc(),
    )
    await hearing.note_shortlist(shortlist, work)


async def hear_introduction(event: IntroductionChanged, work: Work) -> None:
    introduction = IntroductionCopy(
        event.council,
        event.introduction_id,
        event.plan_id,
        event.person_id,
        event.profile_id,
        event.revision,
        event.state.value,
        event.asked_at,
        event.answer_by,
        event.quarters,
        event.route,
    )
    await hearing.note_introduction(introduction, work)


async def hear_message(event: MessageChanged, work: Work) -> None:
    message = MessageCopy(
        event.council,
        event.message_id,
        event.party_id,
        event.about,
        event.state.value,
        event.at,
        event.revision,
        event.plan_id,
        event.plan_revision,
        event.introduction_id,
        event.method,
        event.format,
        event.language,
    )
    await hearing.note_message(message, work)
    await erasing.hear_last_message(message, work, now=utc())


async def hear_answer(event: AnswerReceived, work: Work) -> None:
    """What a person says to a supporter who asks to be let in, by whatever way. Too late, or answered on the page: no news."""
    if event.about != "supporter_asks_to_act":
        return
    with suppress(RequestNotFound):
        await support_requests.answer(
            event.council, event.ask_id, event.party_id, event.answer == "yes", f"by {event.route}", work, now=event.at
        )


HEARS: Hears = {
    SupportPlanReceived: hear_plan,
    ShortlistChanged: hear_shortlist,
    IntroductionChanged: hear_introduction,
    MessageChanged: hear_message,
    AnswerReceived: hear_answer,
}
