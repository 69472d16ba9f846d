"""What the portal is asked over HTTP by other systems and by `alongside import`."""

from fastapi import APIRouter

from services.portal.api import accounts, plans, plans_in_files, pools, supporters, vocabulary
from services.portal.domain.accounts import AccountIsSomebodyElse, AccountNotFound, NotSignedIn
from services.portal.domain.copies import IntroductionNotFound
from services.portal.domain.plan import PlanChangedMeanwhile, PlanNotFound
from services.portal.domain.pool import (
    HoursDoNotFit,
    InAPoolAlready,
    NotInThePool,
    NotOpenToShare,
    PoolIsFull,
    PoolNotFound,
    ThePoolsOwn,
)
from services.portal.domain.supporting import NothingToDo, NotLetIn, NotToldYet, SupporterNotFound, TooLong
from services.portal.ports import Begin

PROBLEMS: dict[type[Exception], int] = {
    AccountNotFound: 404,
    PlanNotFound: 404,
    SupporterNotFound: 404,
    IntroductionNotFound: 404,
    NotSignedIn: 401,
    NotLetIn: 403,
    NotToldYet: 403,
    AccountIsSomebodyElse: 409,
    PlanChangedMeanwhile: 409,
    PoolNotFound: 404,
    NotInThePool: 404,
    InAPoolAlready: 409,
    PoolIsFull: 409,
    NotOpenToShare: 409,
    ThePoolsOwn: 409,
    HoursDoNotFit: 422,
    TooLong: 422,
    NothingToDo: 422,
}


def routers(begin: Begin) -> list[APIRouter]:
    return [
        plans_in_files.router(begin), plans.router(begin), accounts.router(begin), supporters.router(begin), pools.router(begin),
        vocabulary.router(),
    ]  # fmt: skip
