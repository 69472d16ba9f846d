"""Somebody at their browser: signed in at the portal, opening pages and sending the forms that are on them."""
import re

import httpx

from tests.journeys.conftest import Town


class Browser:
    """Somebody signed in at the portal."""

    def __init__(self, town: Town, who: str) -> None:
        self.council, self.who = town.council, who
        self.http = httpx.AsyncClient(base_url=town.stack.url("portal"), headers={"accept": "text/html"}, timeout=20)

    async def __aenter__(self) -> "Browser":
        answer = await self.http.post("/sign-in", data={"council": self.council, "account_id": self.who})
        assert answer.status_code == 303
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.http.aclose()

    async def get(self, path: str) -> str:
        answer = await self.http.get(path, follow_redirects=True)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text

    async def form(self, *paths: str) -> dict[str, str]:
        """What the form on the last of these pages holds, or on the first that has one."""
        found: dict[str, str] = {}
        for path in paths:
            page = await self.get(path)
            for tag in re.findall(r"<input\b[^>]*>", page):
                fields = dict(re.findall(r'(\w+)="([^"]*)"', tag))
                if fields.get("type") in ("checkbox", "radio") and " checked" not in tag:
                    continue
                if "name" in fields:
                    found.setdefault(fields["name"], fields.get("value", ""))
        return found

    async def send(self, path: str, typed: dict[str, str], expect: int = 303) -> None:
        answer = await self.http.post(path, data=typed)
        assert answer.status_code == expect, (path, re.findall(r'error-message"[^>]*>(.*?)</p', answer.text, re.DOTALL))
