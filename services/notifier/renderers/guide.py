"""The catalogue as a page for people who review the words: `python -m services.notifier.renderers.guide > docs/messages.md`."""
from services.notifier.domain.wording import Copy
from services.notifier.renderers.catalogue import Catalogue, read
from services.notifier.renderers.press import FORMATS, MADE, METHODS

OPENING = """# What people are told

Made from `services/notifier/messages/` by `python -m services.notifier.renderers.guide`; a test keeps it equal.

Each message is written once, as meaning: what happened, the facts, what you can do, by when, how to get help. Every format
says all of it. A text message says every fact but those marked *private*, and where to find the rest. Words marked **draft**
have not been read by a native speaker and are never sent: the message takes the next way that was recorded, or the contact
team is asked to reach the party.

Made today: {made}.

Braille by letter is made here, and a contact task asks for it to be embossed and posted.
Anything else (easy read, told by phone or on a visit) is the next recorded way's, or a person's.
"""


def page(catalogue: Catalogue) -> str:
    made = "; ".join(sorted(f"{METHODS[method]} in {FORMATS[form]}" for method, form in MADE))
    parts = [OPENING.format(made=made)]
    for (about, audience, tag), copy in sorted(catalogue.copies.items(), key=lambda one: (one[0][2] != "en", one[0])):
        parts.append(f"## `{about}` to a {audience} ({tag}, {mark(copy)})\n\n{body(copy)}")
    return "\n".join(parts)


def mark(copy: Copy) -> str:
    return "**draft**" if copy.state == "draft" else "reviewed"


def body(copy: Copy) -> str:
    lines = [f"> **{copy.title}**", ">", *[f"> {line}  " for line in copy.what_happened], ">"]
    lines += [f"> - {fact.label}: `{fact.name}`{' *(private)*' if fact.private else ''}" for fact in copy.facts]
    lines += [">", *[f"> {line}  " for line in copy.what_you_can_do]]
    if copy.by_when:
        lines += [">", f"> {copy.by_when}"]
    if copy.reply:
        lines += [">", "> Asks for a yes or a no: by link, text message, phone, or answer slip."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(read()), end="")
