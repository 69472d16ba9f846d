"""What people call themselves stays words: no markup of letters, no HTML, no header of an email, no second line."""
from dataclasses import replace
from html import escape
from uuid import uuid4

import pypdfium2
import pytest
from pydantic import ValidationError

from services.notifier.api.contact_shapes import ContactIn
from services.notifier.channels.smtp import composed
from services.notifier.domain.contact import Method, PartyKind
from services.notifier.ports import Parcel
from services.notifier.renderers import email
from services.notifier.renderers.catalogue import Catalogue
from services.notifier.renderers.letter import Letters
from tests.unit.notifier.told import NOW, content_of

NAMES = (
    '#import "letter.typ"', "#read(\"/etc/passwd\")", "*bold* _slant_ = Heading", "$x^2$ @label <tag> `raw`",
    "\\u{41} // comment",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{list_link} {0.__class__} %s ${x}",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_letter_shows_a_name_as_it_is_written(words: Catalogue, letters: Letters, name: str) -> None:
    content = replace(content_of(words, "they_said_yes", PartyKind.PERSON), greeting=f"Dear {name},")

    [letter] = letters.render(content, (name, "1 Example Street", "LE5 3AA"), None, NOW)
    said = " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(letter.body))

    assert "".join(said.split()).count("".join(name.split())) == 2  # over the address and in the greeting


@pytest.mark.parametrize("name", NAMES)
def test_an_email_shows_a_name_as_it_is_written(words: Catalogue, name: str) -> None:
    content = replace(content_of(words, "they_said_yes", PartyKind.PERSON), greeting=f"Dear {name},")

    page = email.render(content)[1].body.decode()

    assert f"Dear {escape(name)}," in page


@pytest.mark.parametrize("mark", ["\r\n", "\n", "\x00", "\u2028", "\x1b", "\t"])
def test_a_name_and_a_line_of_an_address_are_one_line_each(mark: str) -> None:
    typed = f"Amina{mark}Bcc: everybody@example.org"

    kept = ContactIn.model_validate({"kind": "person", "address_as": typed, "shown_as": typed, "postal_address": [typed]})

    assert {kept.address_as, kept.shown_as, *kept.postal_address} == {"Amina Bcc: everybody@example.org"}


def test_names_in_every_script_are_kept_as_they_are() -> None:
    for name in ("Ẹniọlá", "ਅੰਮ੍ਰਿਤ", "محمد", "ক্‍ষ", "D'Arcy-Ńowak", "李 雷"):  # one with a joiner that is not seen
        kept = ContactIn.model_validate({"kind": "pa", "address_as": name, "shown_as": None})
        assert (kept.address_as, kept.shown_as) == (name, None)


def test_a_name_of_nothing_but_signs_is_refused() -> None:
    with pytest.raises(ValidationError):
        ContactIn.model_validate({"kind": "person", "address_as": "\x00\n"})


def test_an_email_is_one_message_whatever_its_title_and_address_hold(words: Catalogue) -> None:
    made = email.render(content_of(words, "they_said_yes", PartyKind.PERSON))
    parcel = Parcel("leicester", uuid4(), uuid4(), Method.EMAIL, "a@example.org", "Good\r\nBcc: everybody@example.org", made)

    message = composed(parcel, "alongside@example.org")

    assert message["Bcc"] is None and message["Subject"] == "Good Bcc: everybody@example.org"
