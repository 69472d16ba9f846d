"""Council workers put in recordings and films; what is not whole comes back with what to do, and emails show every script."""
import io
from pathlib import Path

import numpy
import soundfile
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Desk

PLACE = "/council/media/being_a_pa/pa/en"


def sound(folder: Path) -> Path:
    file = io.BytesIO()
    soundfile.write(file, 0.2 * numpy.sin(numpy.arange(8000 * 60) / 5), 8000, format="WAV")
    path = folder / "being-a-pa.wav"
    path.write_bytes(file.getvalue())
    return path


def test_a_recording_is_put_in_heard_and_taken_away(desk: Desk, tmp_path: Path) -> None:
    page = desk.sat_down("staff")
    page.goto(desk.sample.path(PLACE))

    section(page, "Read aloud by a person").get_by_role("button", name="Put it in").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose the recording")
    section(page, "Read aloud by a person").get_by_label("The recording").set_input_files(sound(tmp_path))
    section(page, "Read aloud by a person").get_by_role("button", name="Put it in").click()

    expect(page.get_by_text("It is put in. From now on it goes with this message.")).to_be_visible()
    expect(section(page, "Read aloud by a person").get_by_text("In use")).to_be_visible()
    section(page, "Read aloud by a person").get_by_role("button", name="Take it away").click()
    expect(section(page, "Read aloud by a person").get_by_text("There is none yet.")).to_be_visible()


def test_an_email_in_urdu_is_shown_in_letters_and_not_in_boxes(desk: Desk) -> None:
    page = desk.sat_down("staff")
    page.goto(desk.sample.path("/council/gallery/they_said_no/person?language=ur"))

    frame = next(one for one in page.frames if "/email/message.html" in one.url)
    frame.wait_for_load_state("networkidle")

    loaded = "[...document.fonts].filter(one => one.status === 'loaded').map(one => one.family)"
    assert frame.evaluate(loaded) == ["Alongside Scripts"]


def section(page: Page, name: str) -> Locator:
    return page.get_by_role("region", name=name)
