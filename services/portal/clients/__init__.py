"""What the portal asks the registry, the matcher and the notifier over HTTP, as any council's portal could."""
from dataclasses import dataclass

import httpx

from services.portal.clients.asking import Asker
from services.portal.clients.gallery import Gallery
from services.portal.clients.gaps import Counted
from services.portal.clients.journeys import Journeys
from services.portal.clients.matcher import Matcher
from services.portal.clients.media import Media
from services.portal.clients.notifier import Notifier
from services.portal.clients.registry import Registry
from services.portal.clients.teamwork import Teamwork
from services.portal.clients.translations import Translations

LIMITS = httpx.Limits(max_connections=40, max_keepalive_connections=20)
PATIENCE = httpx.Timeout(5.0, connect=1.0)  # a page that makes somebody wait longer should say it is not working


@dataclass(frozen=True, slots=True)
class Clients:
    registry: Registry
    matcher: Matcher
    notifier: Notifier

    @property
    def counted(self) -> Counted:
        """The matcher too: what is counted of its lists."""
        return Counted(self.matcher.asker)

    @property
    def journeys(self) -> Journeys:
        """The matcher and the notifier: what follows a yes."""
        return Journeys(self.matcher.asker, self.notifier.asker)

    @property
    def teamwork(self) -> Teamwork:
        """The notifier too: contact tasks and proof of delivery."""
        return Teamwork(self.notifier.asker)

    @property
    def translations(self) -> Translations:
        """The notifier too: what people are told, in other languages."""
        return Translations(self.notifier.asker)

    @property
    def gallery(self) -> Gallery:
        """The notifier too: every message in every form."""
        return Gallery(self.notifier.asker)

    @property
    def media(self) -> Media:
        """The notifier too: the council's own recordings and films."""
        return Media(self.notifier.asker)

    @property
    def askers(self) -> dict[str, Asker]:
        return {one.asker.service: one.asker for one in (self.registry, self.matcher, self.notifier)}

    async def close(self) -> None:
        for client in (self.registry, self.matcher, self.notifier):
            await client.asker.http.aclose()


def clients_for(*, registry_url: str, matcher_url: str, notifier_url: str, service_key: str) -> Clients:
    """Opens no connection: that happens with the first question."""

    def asker(name: str, url: str) -> Asker:
        headers = {"Authorization": f"Bearer {service_key}"}
        # The other services are addressed as they are set up: a proxy of the machine has no part in it.
        http = httpx.AsyncClient(base_url=url, headers=headers, timeout=PATIENCE, limits=LIMITS, trust_env=False)
        return Asker(name, http)

    return Clients(
        Registry(asker("registry", registry_url)),
        Matcher(asker("matcher", matcher_url)),
        Notifier(asker("notifier", notifier_url)),
    )
