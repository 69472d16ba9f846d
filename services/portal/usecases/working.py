"""Which team a council worker works in, so that they see its tasks first."""
from services.portal.domain.accounts import Viewer
from services.portal.ports import Work


async def choose_team(viewer: Viewer, team: str, work: Work) -> None:
    await work.accounts.put_team(viewer.council, viewer.account_id, team)


async def team_of(viewer: Viewer, work: Work) -> str | None:
    """None: they have not said."""
    return await work.accounts.team_of(viewer.council, viewer.account_id)
