"""Plans, people and moments for the portal's tests."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from services.portal.domain.accounts import Account, Role, Session, Viewer
from services.portal.domain.copies import MessageCopy
from shared.contracts.intake import PlanIn

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
COUNCIL = "leicester"
PLAN: dict[str, Any] = {
    "source": "casework",
    "source_id": "P-1",
    "source_version": 1,
    "person_ref": "77",
    "postcode": "LE5 3PA",
    "times": "Mon-Fri 8am-10am",
    "hours_per_week": 10,
}


def plan(**changes: Any) -> PlanIn:
    return PlanIn.model_validate({**PLAN, **changes})


def viewer(role: Role, account_id: UUID | None = None) -> Viewer:
    account = Account(COUNCIL, account_id or uuid4(), role, "Amina")
    return Viewer(account, Session(COUNCIL, b"", "", account.account_id, role, NOW, NOW, NOW))


def message(plan_id: UUID, party_id: UUID, state: str, **more: Any) -> MessageCopy:
    return MessageCopy(
        COUNCIL, more.pop("message_id", uuid4()), party_id, "people_to_look_at", state, NOW, 1, plan_id=plan_id, **more
    )
