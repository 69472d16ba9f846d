"""What another service holds about one party, as it answers it."""
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter

from services.portal.clients.asking import Asker

DOCUMENT = TypeAdapter(dict[str, Any])


async def document_of(asker: Asker, council: str, party_id: UUID) -> Mapping[str, Any]:
    """Raises ServiceAway."""
    return await asker.ask(DOCUMENT, "GET", f"/councils/{council}/parties/{party_id}/data")
