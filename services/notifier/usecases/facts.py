"""What a message says at this moment: what it was given, with what others own read anew."""
from uuid import UUID

from services.notifier.domain.calls import A_GAP_NEAR_YOU
from services.notifier.domain.contact import PartyId
from services.notifier.domain.message import Message
from services.notifier.domain.questions import ASKED_AGAIN, THE_ASK
from services.notifier.domain.sign_in_code import is_code
from services.notifier.domain.support_request import BOTH_ASKS
from services.notifier.domain.wording import Given
from services.notifier.ports import Work
from services.notifier.usecases import calling, support_requests

NEEDS_THE_PLAN = frozenset({THE_ASK, ASKED_AGAIN, "you_said_yes", "we_did_not_understand"})


async def facts_now(message: Message, work: Work) -> Given | None:
    """What is given, with what others own read at this moment; None = the plan has not been heard of yet, or the code is gone,
    or no gap concerns them any more."""
    if message.about == A_GAP_NEAR_YOU:
        return await calling.facts(message, work)
    if message.about in BOTH_ASKS:
        return await support_requests.facts(message, work)
    given = dict(message.given)
    if is_code(message):
        code = await work.codes.of(message.council, message.message_id)
        return {**given, "code": code} if code else None
    if message.about in NEEDS_THE_PLAN:
        assert message.belongs.plan_id is not None
        plan = await work.lists.plan(message.council, message.belongs.plan_id)
        if plan is None:
            return None
        given["area"] = plan.outcode
        if plan.tasks:
            given["tasks"] = list(plan.tasks)
    if "place" in given:
        for place in await work.places.several(message.council, [UUID(str(given["place"]))]):
            given["where"] = place.words
    if "of" in given:
        other = await work.contacts.of(message.council, PartyId(UUID(str(given["of"]))))
        if other and other.shown_as:
            given["name"] = other.shown_as
    return given
