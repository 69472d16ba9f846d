"""A council's own recordings and films: only whole, only while the words are their message's, and nothing in their place."""
import base64
import io
from typing import Any
from uuid import uuid4

import numpy
import soundfile

WORKER = str(uuid4())
MP4 = b"\x00\x00\x00\x18ftypmp42" + bytes(100)
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:04.000\nYou asked about being a PA.\n"
FILM = {
    "transcript": "You asked about being a PA.", "called": "Watch this in BSL", "file": base64.b64encode(MP4).decode(),
    "captions": CAPTIONS, "by": WORKER,
}
BSL = [{"method": "text", "format": "bsl_video", "language": "en"}]
AUDIO = [{"method": "email", "format": "audio", "language": "en"}]


def sound(seconds: float, loud: float = 0.2) -> str:
    file = io.BytesIO()
    tone = loud * numpy.sin(numpy.arange(int(8000 * seconds)) / 5)
    soundfile.write(file, tone, 8000, format="WAV")
    return base64.b64encode(file.getvalue()).decode()


async def put_in(notifier: Any, kind: str, body: dict[str, Any], about: str = "being_a_pa", audience: str = "pa") -> Any:
    return await notifier.http.put(f"/councils/{notifier.council}/media/of/{about}/{audience}/en/{kind}", json=body)


async def told(notifier: Any, preferences: list[dict[str, Any]]) -> dict[str, Any]:
    """A PA asks for a leaflet; the message as it stands then."""
    pa = await notifier.record(kind="pa", phone="07700900123", email="a@example.org", preferences=preferences)
    await notifier.http.post(f"/councils/{notifier.council}/parties/{pa}/leaflets", json={"about": "being_a_pa"})
    await notifier.work_through()
    (message,) = await notifier.messages(pa)
    return dict(await notifier.whole(message["message_id"]))


async def test_who_asked_for_bsl_gets_the_page_that_shows_it_and_without_a_film_a_person(notifier: Any) -> None:
    without = await told(notifier, BSL)
    answer = await put_in(notifier, "bsl_video", FILM)
    with_it = await told(notifier, BSL)

    assert (without["state"], without["artefacts"]) == ("task", [])
    assert answer.status_code == 200, answer.text
    media_id = answer.json()["media_id"]
    assert with_it["state"] == "handed_over" and with_it["film"] == media_id
    words = with_it["artefacts"][0]["words"]
    assert f"Watch this in BSL: https://portal.example/watch/{notifier.council}/{media_id}" in words
    file = await notifier.http.get(f"/councils/{notifier.council}/media/{media_id}/file")
    captions = await notifier.http.get(f"/councils/{notifier.council}/media/{media_id}/captions")
    assert (file.content, file.headers["content-type"]) == (MP4, "video/mp4")
    assert captions.text == CAPTIONS


async def test_a_film_is_refused_without_words_captions_or_a_name_and_nothing_is_kept(notifier: Any) -> None:
    lacking = {
        "transcript": {**FILM, "transcript": " "}, "captions": {**FILM, "captions": "WEBVTT\n\n"},
        "called": {**FILM, "called": ""}, "file": {**FILM, "file": base64.b64encode(b"GIF89a, not a film").decode()},
        "link_has_captions": {**FILM, "file": None, "link": "https://films.example/1"},
        "link": {**FILM, "file": None, "link": "http://films.example/1", "link_has_captions": True},
    }

    answers = {field: await put_in(notifier, "bsl_video", body) for field, body in lacking.items()}

    assert {field: answer.status_code for field, answer in answers.items()} == dict.fromkeys(lacking, 422)
    assert {field: [one["field"] for one in answer.json()["errors"]] for field, answer in answers.items()} == {
        field: [field] for field in lacking
    }
    there = await notifier.http.get(f"/councils/{notifier.council}/media/of/being_a_pa/pa/en")
    assert there.json()["media"] == []


async def test_a_recording_is_sent_in_place_of_the_computer_voice_until_the_words_change(notifier: Any) -> None:
    said = {"transcript": "You asked about being a PA.", "file": sound(3), "by": WORKER}

    answer = await put_in(notifier, "recording", said)
    by_a_person = await told(notifier, AUDIO)
    async with notifier.store.database.transaction() as connection:  # as if it had been made of other words
        await connection.execute("UPDATE medium SET words = 'others' WHERE council = $1", notifier.council)
        await connection.execute("UPDATE translation_edition SET edition = edition + 1 WHERE council = $1", notifier.council)
    stale = await told(notifier, AUDIO)

    assert answer.status_code == 200, answer.text
    heard = [one["name"] for one in by_a_person["artefacts"] if one["media_type"] == "audio/mpeg"]
    assert heard == ["read-by-a-person.mp3"]
    assert by_a_person["artefacts"][-1]["words"] == said["transcript"]
    assert [one["name"] for one in stale["artefacts"] if one["media_type"] == "audio/mpeg"] == ["message.mp3"]
    there = await notifier.http.get(f"/councils/{notifier.council}/media/of/being_a_pa/pa/en")
    assert [one["stale"] for one in there.json()["media"]] == [True]


async def test_facts_that_a_recording_cannot_hold_are_said_after_it_by_the_computer(notifier: Any) -> None:
    said = {"transcript": "Somebody would like to meet you.", "file": sound(3), "by": WORKER}
    assert (await put_in(notifier, "recording", said, "somebody_would_like_to_meet_you")).status_code == 200
    pa = await notifier.record(kind="pa", email="a@example.org", preferences=AUDIO)
    await notifier.introduce(await notifier.record(email="b@example.org", preferences=AUDIO), pa)

    await notifier.work_through()

    (message,) = await notifier.messages(pa)
    whole = await notifier.whole(message["message_id"])
    recordings = {one["name"]: one["words"] for one in whole["artefacts"] if one["media_type"] == "audio/mpeg"}
    assert list(recordings) == ["read-by-a-person.mp3", "message.mp3"]
    assert "LE5" in recordings["message.mp3"] and "LE5" not in recordings["read-by-a-person.mp3"]


async def test_what_cannot_be_heard_is_no_recording(notifier: Any) -> None:
    words = "This has rather a lot of words for somebody to say within half a second."
    refused = {
        "silent": sound(3, loud=0.0), "too short": sound(0.5), "no sound": base64.b64encode(b"not a recording").decode(),
    }

    answers = {
        name: await put_in(notifier, "recording", {"transcript": words, "file": file, "by": WORKER})
        for name, file in refused.items()
    }

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(refused, 422)
    assert all(answer.json()["errors"][0]["field"] == "file" for answer in answers.values())


async def test_what_is_taken_away_is_used_no_more(notifier: Any) -> None:
    await put_in(notifier, "bsl_video", FILM)

    away = await notifier.http.delete(f"/councils/{notifier.council}/media/of/being_a_pa/pa/en/bsl_video")
    again = await notifier.http.delete(f"/councils/{notifier.council}/media/of/being_a_pa/pa/en/bsl_video")

    assert (away.status_code, again.status_code) == (204, 404)
    assert (await told(notifier, BSL))["state"] == "task"
