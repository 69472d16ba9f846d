"""The lists, and what words would be taken for, as other systems ask for them."""

import httpx
import pytest
from fastapi import FastAPI

from services.portal.api import vocabulary
from shared.vocabulary.terms import Kind, terms


@pytest.fixture
def asking():
    app = FastAPI()
    app.include_router(vocabulary.router())
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://portal")


async def test_the_lists_name_their_edition_their_sources_and_the_confidence(asking):
    told = (await asking.get("/api/vocabulary")).json()

    assert [one["kind"] for one in told["lists"]] == [kind.value for kind in Kind]
    assert all(one["source"] and one["terms"] for one in told["lists"])
    assert (told["confidence"]["least"], told["confidence"]["margin"]) == (0.75, 0.1)
    assert told["edition"] >= 1


@pytest.mark.parametrize("kind", Kind)
async def test_a_list_is_whole_with_a_label_and_a_source_each(asking, kind):
    told = (await asking.get(f"/api/vocabulary/{kind.value}")).json()

    assert [one["code"] for one in told["terms"]] == list(terms(kind))
    assert all(one["label"] and one["source"] for one in told["terms"])
    assert all((one["language"] is not None) == (kind is Kind.LANGUAGE) for one in told["terms"])


async def test_languages_say_what_they_are(asking):
    found = {one["code"]: one for one in (await asking.get("/api/vocabulary/language")).json()["terms"]}

    assert found["ckb"]["language"]["macrolanguage"] == "ku"
    assert found["so"]["language"]["autonym"] == "Soomaali"
    assert found["bfi"]["language"]["signed"] and not found["bfi"]["language"]["system"]
    assert found["x-makaton"]["language"]["system"] and "Not a language" in found["x-makaton"]["note"]


async def test_an_allotment_counts_as_gardening(asking):
    found = {one["code"]: one for one in (await asking.get("/api/vocabulary/interest")).json()["terms"]}

    assert found["allotment"]["counts_as"] == ["gardening"]


async def test_words_are_known_likely_or_asked(asking):
    told = (await asking.post("/api/vocabulary/language/understand", json={"words": ["Panjabi", "Gujaratti", "Ghanaian"]})).json()

    assert [(one["outcome"], one["code"]) for one in told] == [("known", "pa"), ("likely", "gu"), ("unknown", None)]
    assert told[1]["suggestions"][0] == {"code": "gu", "label": "Gujarati"}
    assert {"code": "tw", "label": "Twi"} in told[2]["suggestions"]


async def test_too_many_words_at_once_are_refused(asking):
    answer = await asking.post("/api/vocabulary/language/understand", json={"words": ["Urdu"] * 501})

    assert answer.status_code == 422
