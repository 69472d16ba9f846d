"""How what is held compares with what was told, over HTTP."""
from typing import Any

from fastapi import APIRouter

from shared.messaging import reconciling
from shared.runtime.postgres import Database


def comparisons(database: Database) -> APIRouter:
    router = APIRouter(tags=["states compared"])

    @router.get("/reconciled", summary="Whether what is held of others' states is what they told")
    async def reconciled() -> list[dict[str, Any]]:
        return await reconciling.listed(database)

    return router
