"""Numbers of other people's things, put into addresses: nothing is shown and nothing is done. And forms no page ever sent."""
import re
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import pytest

from tests.journeys.conftest import Town, until
from tests.journeys.signed_in import Browser
from tests.journeys.test_main_job import EMAIL, TEXT, whole_list

FORM = r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>'
NASTY = (
    "\x00", "a\x00b", "²", "٣", "-1", "9" * 40, "1e999", "NaN", "../../etc/passwd", "{{7*7}}", "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>', "'; DROP TABLE plan; --", "\r\nSet-Cookie: a=b", "\u202e", "😀" * 2000, "x" * 20_000,
)  # fmt: skip


class Scene:
    """A person who asked a PA to meet, and the same again beside them."""

    def __init__(self, town: Town) -> None:
        self.town = town

    async def begin(self) -> "Scene":
        town = self.town
        self.persons, self.pas, self.plans = [await town.person(EMAIL) for _ in "12"], [await town.pa() for _ in "12"], []
        self.staff = uuid4()
        await town.call("POST", "portal", "/accounts/bulk", [
            *({"account_id": str(one), "role": "person", "chosen_name": f"Person {at}"} for at, one in enumerate(self.persons)),
            *({"account_id": str(one), "role": "pa", "chosen_name": f"PA {at}"} for at, one in enumerate(self.pas)),
            {"account_id": str(self.staff), "role": "staff", "chosen_name": "Stan"},
        ])  # fmt: skip
        for pa in self.pas:
            await town.reached(pa, "pa", TEXT, phone=f"07700900{int(uuid4().int % 900) + 100}")
        for person in self.persons:
            self.plans.append((await town.plan(person))["plan_id"])
            await until(lambda: whole_list(town, self.plans[-1], 2))
        self.asked = await town.call(
            "POST", "matcher", f"/plans/{self.plans[0]}/introductions", {"profile_id": str(self.pas[0]), "asked_by": "person"}
        )
        self.told = (await town.messages(self.persons[0]))[0]
        return self

    async def status(self, who: UUID, path: str) -> int:
        async with Browser(self.town, str(who)) as browser:
            return (await browser.http.get(path)).status_code

    async def state(self) -> str:
        found = await self.town.call("GET", "matcher", f"/introductions?plan_id={self.plans[0]}")
        return str(found[0]["state"])


@pytest.fixture
async def scene(town: Town) -> Scene:
    return await Scene(town).begin()


async def test_a_message_and_what_was_made_of_it_are_only_for_whom_it_is(scene: Scene) -> None:
    page = f"/messages/{scene.told['message_id']}"
    artefact = f"{page}/artefacts/{scene.told['artefacts'][0]['name']}"

    for path in (page, artefact):
        assert await scene.status(scene.persons[0], path) == 200
        for other in (scene.persons[1], *scene.pas):
            assert await scene.status(other, path) == 403


async def test_staff_who_open_what_was_sent_are_written_down_where_the_person_reads_it(scene: Scene) -> None:
    artefact = f"/messages/{scene.told['message_id']}/artefacts/{scene.told['artefacts'][0]['name']}"

    assert await scene.status(scene.staff, artefact) == 200
    async with Browser(scene.town, str(scene.persons[0])) as person:
        looks = await person.get("/supporters")

    assert "Stan" in looks


@pytest.mark.parametrize("name", ["..%2f..%2fcontact", "%252e%252e%252f%252e%252e%252fcontact", "message.txt%3fa=b", "a%00b"])
async def test_the_name_of_an_artefact_leads_nowhere_else(scene: Scene, name: str) -> None:
    path = f"/messages/{scene.told['message_id']}/artefacts/{name}"

    assert await scene.status(scene.persons[0], path) in (400, 404)


async def test_a_pa_answers_only_who_asked_them_and_a_person_takes_back_only_their_own(scene: Scene) -> None:
    number = scene.asked["introduction_id"]
    async with Browser(scene.town, str(scene.pas[1])) as other:
        token = (await other.form("/profile/change"))["form_token"]
        answered = await other.http.post(f"/asks/{number}", data={"form_token": token, "answer": "yes"})
        works = [
            await other.http.post(f"/asks/{number}/{rest}", data={"form_token": token, "answer": "yes"})
            for rest in ("offer", "work/after-trial", "work/going", "work/end")
        ]
        seen = await other.get("/asks")
    async with Browser(scene.town, str(scene.persons[1])) as other_person:
        token = (await other_person.form("/supporters/add"))["form_token"]
        taken = await other_person.http.post(f"/meetings/{number}/withdraw", data={"form_token": token})

    assert (answered.status_code, taken.status_code) == (404, 404)
    assert [one.status_code for one in works] == [404] * 4
    assert number not in seen
    assert await scene.state() == "asked"


async def test_a_pa_who_was_asked_sees_no_name_until_both_said_yes(scene: Scene) -> None:
    async with Browser(scene.town, str(scene.pas[0])) as pa:
        before = await pa.get("/asks")

    assert "Person 0" not in before and str(scene.persons[0]) not in before


async def test_no_form_that_no_page_ever_sent_breaks_anything(scene: Scene) -> None:
    """Every form of everybody's pages, with something nasty in one field after another."""
    pages = {
        scene.persons[0]: [
            "/contact", "/supporters/add", "/data/correct",
            *(f"/plans/{scene.plans[0]}{rest}" for rest in ("", "/change", "/wishes/add", "/wishes/0")),
        ],
        scene.pas[0]: ["/contact", "/profile", "/profile/change", "/profile/languages", "/week", "/week/away"],
        scene.staff: ["/council/tasks", "/council/plans"],
    }  # fmt: skip
    broken: list[Any] = []
    for who, paths in pages.items():
        async with Browser(scene.town, str(who)) as browser:
            for path in paths:
                page = await browser.get(path)
                for action, inside in re.findall(FORM, page, re.DOTALL):
                    if action == "/sign-out":
                        continue
                    token = re.search(r'name="form_token" value="([^"]+)"', inside)
                    assert token, action
                    names = set(re.findall(r'name="([^"]+)"', inside)) - {"form_token"}
                    for nasty in NASTY:
                        typed = {"form_token": token[1], **dict.fromkeys(names, nasty), "step": "reason"}
                        answer = await browser.http.post(action, data=typed)
                        if answer.status_code >= 500 or any(one in answer.text for one in NASTY if one[0] in '<"'):
                            broken.append((action, nasty[:20], answer.status_code))
            for query in NASTY[:10]:
                asked = quote(query, safe="")
                for path in ("/sign-in?name=", "/messages?page=", "/council/profiles?state=", "/council/plans?page="):
                    answer = await browser.http.get(path + asked)
                    if answer.status_code >= 500:
                        broken.append((path, query[:20], answer.status_code))
    assert broken == []


