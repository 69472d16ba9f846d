"""Who there is, told by other systems: names belong to numbers that plans and profiles already use."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Body, Query

from services.portal.api.shapes import AccountIn, AccountOut, AccountRowOut, AccountsReportOut, CouncilPath
from services.portal.domain.accounts import Account, AccountIsErased, AccountIsSomebodyElse, Role
from services.portal.ports import Begin
from services.portal.usecases import accounts
from shared.runtime.http import FieldProblem

SOMEBODY_ELSE = FieldProblem(
    field="account_id",
    problem="This number already belongs to somebody with another part to play.",
    remedy="Check the number and the role.",
)

ERASED = FieldProblem(
    field="account_id",
    problem="Whoever had this number asked to be forgotten.",
    remedy="If they want to come back, begin with a new number for them.",
)


def router(begin: Begin) -> APIRouter:
    routes = APIRouter(prefix="/api/councils/{council}/accounts", tags=["accounts"])

    @routes.post("/bulk", summary="Add accounts, or change their names")
    async def add_accounts(council: CouncilPath, given: Annotated[list[AccountIn], Body(max_length=10_000)]) -> AccountsReportOut:
        rows = []
        async with begin() as work:
            for row, one in enumerate(given, start=1):
                account = Account(council, one.account_id, one.role, one.chosen_name, one.organisation)
                try:
                    put = await accounts.put_account(account, work)
                    rows.append(AccountRowOut(row=row, account_id=one.account_id, outcome=put.outcome))
                except AccountIsErased:
                    rows.append(AccountRowOut(row=row, account_id=one.account_id, outcome="refused", errors=[ERASED]))
                except AccountIsSomebodyElse:
                    rows.append(AccountRowOut(row=row, account_id=one.account_id, outcome="refused", errors=[SOMEBODY_ELSE]))
        return AccountsReportOut(rows=rows, counts=Counter(one.outcome for one in rows))

    @routes.get("", summary="Who there is, by name")
    async def list_accounts(
        council: CouncilPath,
        role: Role | None = None,
        page: Annotated[int, Query(ge=1, le=100_000)] = 1,
        size: Annotated[int, Query(ge=1, le=1000)] = 1000,
    ) -> list[AccountOut]:
        async with begin() as work:
            found = await accounts.accounts(council, role, work, after=(page - 1) * size, most=size)
        return [
            AccountOut(account_id=one.account_id, role=one.role, chosen_name=one.chosen_name, organisation=one.organisation)
            for one in found
        ]

    return routes
