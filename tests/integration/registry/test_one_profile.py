"""One profile over HTTP, on a real PostgreSQL: what goes in, what comes out, what is told."""
import asyncio
from uuid import uuid4

from tests.integration.registry.conftest import AMRIT, Registry


async def test_what_is_registered_can_be_read_in_codes_and_words(registry: Registry):
    registered = await registry.register()

    seen = await registry.see(registered["profile_id"])
    assert (registered["revision"], registered["outcome"], registered["asked"], registered["refused"]) == (1, "added", [], [])
    assert [(one["tag"], one["label"], one["spoken"]) for one in seen["languages"]] == [
        ("pa", "Punjabi", "fluent"),
        ("en", "English", "fluent"),
    ]
    assert seen["availability_words"] == "Monday, Tuesday, Thursday and Friday 7am to midday"
    assert seen["availability_typed"] == "Mon-Fri mornings, not Weds"
    assert (seen["postcode"], seen["rate"], seen["state"]) == ("LE5 3", "15.00", "looking")
    assert (seen["confirmed_on"], seen["ask_again_on"]) == ("2026-06-01", "2026-08-30")


async def test_only_what_was_consented_to_is_told_and_no_name_or_words_are(registry: Registry):
    await registry.register()

    (told,) = await registry.told()
    assert (told.faith, told.culture, told.sex) == ("sikh", None, None)
    whole = told.model_dump_json()
    assert "Amrit" not in whole and "gardens" not in whole and "Panjabi" not in whole and "LE5 3" not in whole


async def test_a_consent_taken_back_is_gone_from_the_next_announcement_and_kept_in_the_history(registry: Registry):
    profile_id = (await registry.register(consents=["faith", "sex"]))["profile_id"]

    changed = (await registry.ask("PATCH", f"/profiles/{profile_id}", {"consents": ["sex"]})).json()

    first, then = await registry.told()
    assert (first.faith, first.sex) == ("sikh", "woman")
    assert (then.faith, then.sex, then.revision) == (None, "woman", 2)
    assert changed["faith"] == "sikh" and changed["consents"] == ["sex"]
    history = {one["facet"]: one for one in changed["consent_history"]}
    assert history["faith"]["withdrawn_at"] and not history["sex"]["withdrawn_at"]
    assert history["faith"]["how"] == "register"


async def test_the_same_list_sent_again_tells_nothing(registry: Registry):
    first = await registry.register()

    answer = await registry.ask("POST", "/profiles", AMRIT)

    assert answer.status_code == 200
    assert (answer.json()["outcome"], answer.json()["profile_id"]) == ("unchanged", first["profile_id"])
    assert [told.revision for told in await registry.told()] == [1]


async def test_the_list_does_not_undo_what_the_pa_changed_since(registry: Registry):
    profile_id = (await registry.register())["profile_id"]
    await registry.ask("PATCH", f"/profiles/{profile_id}", {"rate": "16.50", "consents": [], "sex": None})

    answer = await registry.register(tasks="cooking, shopping", consents=["faith", "sex"], sex="man")

    seen = await registry.see(profile_id)
    assert answer["outcome"] == "changed"
    assert [claim["code"] for claim in seen["tasks"]] == ["cooking", "shopping"]
    assert (seen["rate"], seen["sex"]) == ("16.50", None)
    assert seen["consents"] == ["sex"]  # never given before, so the list may bring it; faith was taken back
    assert {one["field"] for one in answer["refused"]} == {"sex", "consents"}
    last = (await registry.told())[-1]
    assert (last.faith, last.sex) == (None, None)


async def test_a_change_that_changes_nothing_is_not_told(registry: Registry):
    profile_id = (await registry.register())["profile_id"]

    answer = await registry.ask("PATCH", f"/profiles/{profile_id}", {"rate": "15.00", "chosen_name": " Amrit K "})

    assert answer.json()["revision"] == 1
    assert len(await registry.told()) == 1


async def test_a_change_by_somebody_who_saw_an_older_revision_is_refused(registry: Registry):
    profile_id = (await registry.register())["profile_id"]
    await registry.ask("PATCH", f"/profiles/{profile_id}", {"rate": "16.00"}, headers={"If-Match": "1"})

    late = await registry.ask("PATCH", f"/profiles/{profile_id}", {"rate": "17.00"}, headers={"If-Match": '"1"'})

    assert late.status_code == 412
    assert late.headers["content-type"] == "application/problem+json"
    assert (await registry.see(profile_id))["rate"] == "16.00"


async def test_changes_made_at_the_same_moment_are_told_one_after_the_other(registry: Registry):
    profile_id = (await registry.register())["profile_id"]

    await asyncio.gather(
        *(registry.ask("PATCH", f"/profiles/{profile_id}", {"rate": f"{rate}.00"}) for rate in range(20, 28))
    )

    assert [told.revision for told in await registry.told()] == list(range(1, 10))


async def test_the_same_new_pa_sent_by_several_at_once_is_one_profile(registry: Registry):
    answers = await asyncio.gather(*(registry.register() for _ in range(6)))

    assert sorted(answer["outcome"] for answer in answers) == ["added"] + ["unchanged"] * 5
    assert len({answer["profile_id"] for answer in answers}) == 1


async def test_a_rate_below_the_law_is_refused_with_the_figure_and_the_day(registry: Registry):
    answer = await registry.ask("POST", "/profiles", {**AMRIT, "rate": "9.00"})

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "rate"
    assert "£9.00 an hour is below the lowest legal rate on" in error["problem"]
    assert "people aged 21 and over (since " in error["problem"]
    assert await registry.told() == []


async def test_a_rate_lawful_only_for_the_young_asks_for_the_age(registry: Registry):
    answer = await registry.register(rate="11.00", age_band=None)

    (asked,) = answer["asked"]
    assert (asked["field"], [one["code"] for one in asked["suggestions"]]) == ("age_band", ["under_18", "18_to_20"])

    wrong = await registry.ask(
        "POST", f"/profiles/{answer['profile_id']}/questions/{asked['number']}", {"code": "21_and_over"}
    )
    right = await registry.ask("POST", f"/profiles/{answer['profile_id']}/questions/{asked['number']}", {"code": "18_to_20"})
    assert wrong.status_code == 422
    assert (right.json()["age_band"], right.json()["asked"]) == ("18_to_20", [])


async def test_an_unknown_area_is_refused_with_what_to_do_and_without_repeating_the_postcode(registry: Registry):
    answer = await registry.ask("POST", "/profiles", {**AMRIT, "postcode": "BT7 1NN"})

    assert answer.status_code == 422
    (error,) = answer.json()["errors"]
    assert error["field"] == "postcode" and "LE5" in error["remedy"]
    assert "BT7 1NN" not in answer.text


async def test_what_is_missing_or_misspelt_is_named_with_a_remedy(registry: Registry):
    nothing = await registry.ask("POST", "/profiles", {"ref": "PA-1"})
    misspelt = await registry.ask("POST", "/profiles", {**AMRIT, "langauges": "Panjabi"})

    assert {error["field"] for error in nothing.json()["errors"]} == {"chosen_name", "postcode", "travel"}
    assert (misspelt.status_code, misspelt.json()["errors"][0]["field"]) == (422, "langauges")


async def test_each_field_in_a_wrong_form_is_named_once_with_its_own_remedy(registry: Registry):
    wrong = {"travel": "hovercraft", "rate": "lots", "languages": [{"tag": "so", "spoken": "very"}], "practices": 7}
    answer = await registry.ask("POST", "/profiles", {**AMRIT, **wrong})
    not_json = await registry.http.post(
        f"/councils/{registry.council}/profiles", content="{", headers={"Content-Type": "application/json"}
    )

    errors = {error["field"]: error["remedy"] for error in answer.json()["errors"]}
    assert len(answer.json()["errors"]) == len(errors) == 4
    assert errors["travel"] == "Write walk, bus, cycle or car: the one they use most."
    assert errors["rate"] == "Write pounds an hour, for example 12.71."
    assert "hovercraft" not in answer.text
    assert (not_json.status_code, not_json.json()["errors"][0]["field"]) == (422, "body")


async def test_a_word_that_is_only_likely_is_kept_unconfirmed_until_the_pa_says_yes(registry: Registry):
    registered = await registry.register(practices="cooks vegetarien")
    (asked,) = registered["asked"]
    profile_id = registered["profile_id"]

    answered = await registry.ask("POST", f"/profiles/{profile_id}/questions/{asked['number']}", {"code": "cooks_vegetarian"})

    first, then = await registry.told()
    assert [(claim.code, claim.confirmed) for claim in first.practices] == [("cooks_vegetarian", False)]
    assert [(claim.code, claim.confirmed) for claim in then.practices] == [("cooks_vegetarian", True)]
    assert answered.json()["asked"] == []
    assert answered.json()["practices"][0]["typed"] == asked["typed"]


async def test_an_unknown_language_is_asked_and_the_answer_keeps_its_level(registry: Registry):
    registered = await registry.register(languages=[{"name": "Klingonish", "spoken": "fluent"}, {"tag": "en", "spoken": "some"}])
    (asked,) = registered["asked"]

    answered = await registry.ask("POST", f"/profiles/{registered['profile_id']}/questions/{asked['number']}", {"code": "so"})
    again = await registry.ask("POST", f"/profiles/{registered['profile_id']}/questions/{asked['number']}", {"code": "so"})

    first, then = await registry.told()
    assert [skill.tag for skill in first.languages] == ["en"]
    assert {(skill.tag, skill.spoken) for skill in then.languages} == {("en", "some"), ("so", "fluent")}
    assert answered.json()["asked"] == []
    assert again.status_code == 404


async def test_a_question_can_be_answered_with_none_of_these(registry: Registry):
    registered = await registry.register(practices="xyzzy, cooks halal")
    (asked,) = registered["asked"]

    answered = await registry.ask("POST", f"/profiles/{registered['profile_id']}/questions/{asked['number']}", {"code": None})

    assert answered.json()["asked"] == []
    assert [claim["code"] for claim in answered.json()["practices"]] == ["cooks_halal"]


async def test_an_answer_from_outside_the_list_is_refused(registry: Registry):
    registered = await registry.register(practices="xyzzy")

    answer = await registry.ask("POST", f"/profiles/{registered['profile_id']}/questions/1", {"code": "no_such_code"})

    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "code")


async def test_pausing_until_a_day_is_being_free_soon_and_coming_back_is_looking(registry: Registry):
    profile_id = (await registry.register())["profile_id"]

    soon = (await registry.ask("POST", f"/profiles/{profile_id}/pause", {"until": "2999-01-05"})).json()
    paused = (await registry.ask("POST", f"/profiles/{profile_id}/pause", {})).json()
    back = (await registry.ask("POST", f"/profiles/{profile_id}/resume", {})).json()
    past = await registry.ask("POST", f"/profiles/{profile_id}/pause", {"until": "2020-01-05"})

    assert [(one["state"], one["free_from"]) for one in (soon, paused, back)] == [
        ("soon", "2999-01-05"),
        ("paused", None),
        ("looking", None),
    ]
    assert past.status_code == 422
    assert [told.state for told in await registry.told()] == ["looking", "soon", "paused", "looking"]


async def test_confirming_moves_the_day_and_a_second_time_that_day_is_no_news(registry: Registry):
    profile_id = (await registry.register())["profile_id"]

    first = (await registry.ask("POST", f"/profiles/{profile_id}/confirm", {})).json()
    again = (await registry.ask("POST", f"/profiles/{profile_id}/confirm", {})).json()

    assert first["confirmed_on"] > "2026-06-01"
    assert (first["revision"], again["revision"]) == (2, 2)


async def test_a_pa_of_one_council_is_not_found_in_another(registry: Registry):
    profile_id = (await registry.register())["profile_id"]

    other = await registry.http.get(f"/councils/another/profiles/{profile_id}")

    assert other.status_code == 404
    assert other.json()["title"] == "There is no such profile here."


async def test_names_are_given_for_a_stated_purpose_only_and_not_of_those_gone(registry: Registry):
    here = (await registry.register())["profile_id"]
    gone = (await registry.register(ref="PA-2", state="gone"))["profile_id"]

    cards = await registry.ask("GET", f"/cards?ids={here},{gone},{uuid4()}&purpose=showing_shortlist")
    curious = await registry.ask("GET", f"/cards?ids={here}&purpose=curious")

    assert cards.json() == [{"profile_id": here, "chosen_name": "Amrit K", "about_me": "I like gardens."}]
    assert curious.status_code == 422


async def test_the_register_is_paged_by_name_and_narrowed_by_state(registry: Registry):
    for number, name in enumerate(["Cy", "Al", "Bo"]):
        await registry.register(ref=f"R{number}", chosen_name=name, state="paused" if name == "Bo" else "looking")

    first = (await registry.ask("GET", "/profiles?size=2")).json()
    last = (await registry.ask("GET", "/profiles?size=2&page=2")).json()
    paused = (await registry.ask("GET", "/profiles?state=paused")).json()

    assert [one["chosen_name"] for one in first["items"] + last["items"]] == ["Al", "Bo", "Cy"]
    assert (first["total"], first["pages"], first["items"][0]["outcode"]) == (3, 2, "LE5")
    assert [one["chosen_name"] for one in paused["items"]] == ["Bo"]


async def test_what_was_sent_out_can_be_sent_back_without_changing_anything(registry: Registry):
    registered = await registry.register(practices="cooks halal", furthest_miles=7, smokes=False, away="20/12/2026 to 3/1/2027")
    seen = await registry.see(registered["profile_id"])
    lists = {name: [claim for claim in seen[name] if claim["has"]] for name in ("practices", "skills", "interests")}
    same = ("travel", "furthest_miles", "languages", "away", "rate", "age_band", "smokes", "slots", "postcode", "consents")

    sent_back = {**{name: seen[name] for name in same}, **lists}
    sent_back["availability"] = sent_back.pop("slots")
    answer = await registry.ask("PATCH", f"/profiles/{registered['profile_id']}", sent_back)

    assert answer.json() == seen
    assert len(await registry.told()) == 1


async def test_without_the_key_nothing_is_answered(registry: Registry):
    answer = await registry.http.get(f"/councils/{registry.council}/profiles", headers={"Authorization": "Bearer wrong"})

    assert answer.status_code == 401
