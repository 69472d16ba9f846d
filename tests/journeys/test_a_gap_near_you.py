"""The gap: nobody who speaks Sylheti is free on weekend evenings near LE5, and a PA who asked to hear of such work is told."""
from typing import Any
from uuid import UUID, uuid4

from tests.journeys.conftest import Town, until

EMAIL = {"method": "email", "format": "plain", "language": "en"}
LARGE = {"method": "letter", "format": "large_print", "language": "en", "point_size": 24}
CALL = "a_gap_near_you"
SYLHETI = [{"criterion": "language", "value": "Sylheti", "strength": "must"}, {"criterion": "times", "strength": "must"}]


async def pa_told_by(town: Town, *preferences: dict[str, Any], languages: str = "Sylheti (fluent)", **said: Any) -> UUID:
    pa = await town.pa(languages=languages)  # free on weekdays only
    await town.reached(pa, "pa", *preferences, **said)
    return pa


async def abouts(town: Town, pa: UUID) -> list[str]:
    return [one["about"] for one in (await town.call("GET", "notifier", f"/messages?party_id={pa}&size=100"))["items"]]


async def test_a_gap_is_told_to_pas_who_asked_for_it_and_to_nobody_else(town: Town) -> None:
    asked = await pa_told_by(town, EMAIL, hear_of_gaps=True)
    in_print = await pa_told_by(town, LARGE, hear_of_gaps=True)
    did_not_ask = await pa_told_by(town, EMAIL)
    speaks_other = await pa_told_by(town, EMAIL, languages="Polish (fluent)", hear_of_gaps=True)
    plans = [await town.plan(uuid4(), times="Sat-Sun 5pm-9pm", hours_per_week="8", wishes=SYLHETI) for _ in range(7)]
    for plan in plans:
        await town.shortlist(plan["plan_id"])

        async def has_all(plan: dict[str, Any] = plan) -> bool:
            return len(await town.matches(plan["plan_id"])) == 4

        await until(has_all)

    (figure,) = (await town.call("POST", "matcher", "/gaps/weeks", {}))["figures"]
    assert figure["title"] == "Personal assistants who speak Sylheti, in LE5, for weekend evenings"

    (told,) = await town.messages(asked, CALL)
    said = told["artefacts"][0]["words"]
    assert all(fact in said for fact in ("Language: Sylheti", "Area: LE5", "weekend evenings", "hours a week")), said
    people = {plan["plan_id"] for plan in plans} | {str(plan.get("person_id")) for plan in plans}
    assert not any(one in str(told) for one in people)
    (letter,) = await town.messages(in_print, CALL)
    assert (letter["format"], letter["point_size"]) == ("large_print", 24)
    assert CALL not in await abouts(town, did_not_ask)
    assert CALL not in await abouts(town, speaks_other)
