"""Who there is."""
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from services.portal.domain.accounts import Account, AccountIsErased, AccountIsSomebodyElse, AccountNotFound, Role
from services.portal.ports import Work


@dataclass(frozen=True, slots=True)
class Put:
    account: Account
    outcome: Literal["added", "changed", "unchanged"]


async def put_account(account: Account, work: Work) -> Put:
    """Idempotent by number. Raises AccountIsSomebodyElse when the number has another role, AccountIsErased."""
    known = await work.accounts.find(account.council, account.account_id)
    if known and known.role is not account.role:
        raise AccountIsSomebodyElse
    if (known is None or known.chosen_name is None) and await work.erased.has(account.council, account.account_id):
        raise AccountIsErased
    changed = await work.accounts.put(account)
    return Put(account, "added" if known is None else "changed" if changed else "unchanged")


async def account(council: str, account_id: UUID, work: Work) -> Account:
    found = await work.accounts.find(council, account_id)
    if found is None:
        raise AccountNotFound
    return found


async def accounts(
    council: str, role: Role | None, work: Work, *, after: int = 0, most: int = 100, called: str = ""
) -> list[Account]:
    """By name. `role` None: everybody. `called`: only those with this in their name."""
    return await work.accounts.page(council, role, after=after, most=most, called=called)


async def names(council: str, account_ids: Iterable[UUID], work: Work) -> dict[UUID, str | None]:
    """Chosen names by number; numbers we do not know are left out."""
    return {key: known.chosen_name for key, known in (await work.accounts.named(council, list(account_ids))).items()}


async def people_without_a_name(council: str, work: Work) -> list[Account]:
    """People known only by a number, because their plan came first: staff add a name and how to reach them."""
    return [one for one in await work.accounts.page(council, Role.PERSON, most=10_000) if one.chosen_name is None]
