"""The catalogue as a page for people who review the words: `python -m services.notifier.renderers.guide > docs/messages.md`."""
from collections import Counter
from collections.abc import Sequence

from services.notifier.domain.contact import IN_BRAILLE, QUIET_FROM, QUIET_TO, Format, PartyKind
from services.notifier.domain.occasions import OCCASIONS
from services.notifier.domain.translation import of_copy, of_language
from services.notifier.domain.wording import Copy, FactCopy
from services.notifier.renderers.braille import writes
from services.notifier.renderers.catalogue import Catalogue, read
from services.notifier.renderers.letter_shapes import not_shown
from services.notifier.renderers.press import FORMATS, MADE, METHODS
from services.notifier.renderers.voice import speaks
from shared.vocabulary import terms

OPENING = """# What people are told

Made from `services/notifier/messages/` by `python -m services.notifier.renderers.guide`; a test keeps it equal.
Council workers see, read and hear every message at `/council/gallery`; `alongside preview` makes one on this machine.

Each message is written once, as meaning: what happened, the facts, what you can do, by when, how to get help. Every format
says all of it. A text message says every fact but those marked *private*, and where to find the rest; what is marked *if there
is room* is in it as far as it takes no more than two segments. Words marked **draft**
have not been read by a native speaker and are never sent: the message takes the next way that was recorded, or the contact
team is asked to reach the party.

## Rules for every message

- It goes only by a way that its party recorded, in their order. What cannot be made or reached takes the next recorded way, or
  becomes a contact task for a person. Nothing else goes in its place.
- Text messages and calls wait from {quiet_from} to {quiet_to} by London's clock, or in the quiet hours its party chose.
- Nothing goes to somebody who said stop, or by a way they said never to use.
- Each message is sent once: hearing of the same thing twice sends it once. What is no longer true is dropped, not sent late.

## When each is sent

| message | to | sent when | at most | not sent if, before anybody has it, |
|---|---|---|---|---|
{occasions}

## In which languages

`✓` reviewed, `d` draft (never sent), `–` not there yet. A council's own signed-off words are not counted here.

{languages}

## In which forms

Ways made today: {made}. Braille by letter is made here, and a contact task asks for it to be embossed and posted.
Films in BSL and Makaton, and recordings read by a person, are the council's own (`/council/media`); they count only while the
words are those they were made of. Without a film, and for anything else (told by phone or on a visit), it is the next recorded
way, or a person.

| form | languages it can be made in |
|---|---|
{forms}
"""


def page(catalogue: Catalogue) -> str:
    made = "; ".join(sorted(f"{METHODS[method]} in {FORMATS[form]}" for method, form in MADE))
    parts = [OPENING.format(
        made=made, occasions="\n".join(occasions(catalogue)), languages=languages(catalogue), forms="\n".join(forms(catalogue)),
        quiet_from=f"{QUIET_FROM:%H:%M}", quiet_to=f"{QUIET_TO:%H:%M}",
    )]  # fmt: skip
    for (about, audience, tag), copy in sorted(catalogue.copies.items(), key=lambda one: (one[0][2] != "en", one[0])):
        parts.append(f"## `{about}` to a {audience} ({tag}, {mark(copy)})\n\n{body(copy)}")
    return "\n".join(parts)


def told(catalogue: Catalogue) -> list[tuple[str, PartyKind]]:
    return sorted((about, audience) for about, audience, tag in catalogue.copies if tag == "en")


def tags(catalogue: Catalogue) -> list[str]:
    return sorted(catalogue.languages, key=lambda tag: (tag != "en", tag))


def occasions(catalogue: Catalogue) -> list[str]:
    rows = []
    for about in dict.fromkeys(about for about, _ in told(catalogue)):
        audiences = ", ".join(audience for one, audience in told(catalogue) if one == about)
        occasion = OCCASIONS[about]
        rows.append(f"| `{about}` | {audiences} | {occasion.when} | {occasion.at_most} | {occasion.no_longer} |")
    return rows


def languages(catalogue: Catalogue) -> str:
    rows = [f"| message | to | {' | '.join(tags(catalogue))} |", f"|---|---|{'---|' * len(tags(catalogue))}"]
    counts: dict[str, Counter[str]] = {tag: Counter() for tag in tags(catalogue)}
    for about, audience in told(catalogue):
        marks = []
        for tag in tags(catalogue):
            copy = catalogue.copies.get((about, audience, tag))
            marks.append("–" if copy is None else "d" if copy.state == "draft" else "✓")
            counts[tag][marks[-1]] += 1
        rows.append(f"| `{about}` | {audience} | {' | '.join(marks)} |")
    missing = " | ".join(str(counts[tag]["–"]) for tag in tags(catalogue))
    return "\n".join([*rows, f"| *not there yet* | | {missing} |"])


def forms(catalogue: Catalogue) -> list[str]:
    every = tags(catalogue)
    rows = [
        ("text message, email", every),
        ("letter, large print at 16 to 28 point", [tag for tag in every if prints(catalogue, tag)]),
        ("read aloud", [tag for tag in every if speaks(tag)]),
    ]
    rows += [(FORMATS[form], [tag for tag in every if writes(tag, form)]) for form in Format if form in IN_BRAILLE]
    lacking = sorted({about for (about, _, tag), copy in catalogue.copies.items() if tag == "en" and not copy.easy})
    but = f", but not of {', '.join(f'`{about}`' for about in lacking)}" if lacking else ""
    easy_read = f"| easy read with pictures | English (`en`){but} |"
    return [*[f"| {name} | {names(which)} |" for name, which in rows], easy_read]


def names(which: Sequence[str]) -> str:
    return ", ".join(f"{terms.label(terms.Kind.LANGUAGE, tag)} (`{tag}`)" for tag in which)


def prints(catalogue: Catalogue, tag: str) -> bool:
    """Whether the fonts of our letters have every shape that its words need."""
    words = [*of_language(catalogue.languages[tag]).values()]
    words += [said for key, copy in catalogue.originals.items() if key[2] == tag for said in of_copy(copy).values()]
    return not not_shown("".join(words))


def mark(copy: Copy) -> str:
    return "**draft**" if copy.state == "draft" else "reviewed"


def in_a_text(fact: FactCopy) -> str:
    return " *(private)*" if fact.private else " *(if there is room)*" if fact.if_room else ""


def body(copy: Copy) -> str:
    lines = [f"> **{copy.title}**", ">", *[f"> {line}  " for line in copy.what_happened], ">"]
    lines += [f"> - {fact.label}: `{fact.name}`{in_a_text(fact)}" for fact in copy.facts]
    lines += [">", *[f"> {line}  " for line in copy.what_you_can_do]]
    if copy.by_when:
        lines += [">", f"> {copy.by_when}"]
    if copy.reply:
        lines += [">", "> Asks for a yes or a no: by link, text message, phone, or answer slip."]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(read()), end="")
