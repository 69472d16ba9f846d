"""What the command says of events that were set aside: the list, one of them, and what to do next, in plain words."""

from typing import Any

from rich.markup import escape
from rich.table import Table

from shared.messaging.hearing import STOPPED_US
from shared.messaging.parking import BEHIND, NOT_ITS_TURN, TOO_LARGE

FIELDS = ("reason", "fields", "topic", "key", "version", "event_id", "attempts", "first_seen", "next_try_at", "behind")


def table_of(found: list[dict[str, Any]]) -> Table:
    table = Table("name", "topic", "why", "fields", "tries", "since", "next try", title="Set aside", title_justify="left")
    for one in found:
        cells = (
            one["name"], one["topic"], one["reason"], ", ".join(one["fields"]), str(one["attempts"]), moment(one["first_seen"]),
            moment(one["next_try_at"]) or "by hand",
        )
        table.add_row(*map(escape, cells))
    return table


def card_of(found: dict[str, Any]) -> Table:
    table = Table(show_header=False, title=found["name"], title_justify="left")
    for field in FIELDS:
        value = found[field]
        shown = ", ".join(value) if isinstance(value, list) else str(value or "–")
        if field == "next_try_at":
            shown = moment(value) or "when somebody says so"
        table.add_row(LABELS.get(field, field.replace("_", " ")), escape(shown))
    for one in found["decisions"]:
        why = f": {one['why']}" if one["why"] else ""
        table.add_row(one["what"], escape(f"{one['who']}, {moment(one['at'])}{why}"))
    return table


LABELS = {"behind": "waiting behind it"}


def what_to_do(found: dict[str, Any]) -> str:
    said = [why_and_what(found)]
    if found["behind"]:
        said.append(f"{found['behind']} later of the same thing wait behind it, and go in after it by themselves.")
    name = found["name"]
    if asked := found["skip_asked"]:
        said.append(
            f"{escape(asked['who'])} asked to leave it out. If you agree, and are somebody else, say so before "
            f"{moment(asked['until'])}: [bold]alongside parked skip {name} --as 'Your name' --reason '…'[/]."
        )
    elif found["next_try_at"] is None:
        said.append(f"If it shall never go in, two people can leave it out: [bold]alongside parked skip --help[/] ({name}).")
    return "\n".join(said)


def why_and_what(found: dict[str, Any]) -> str:
    """The first of these that fits is the nearest to the cause."""
    again = f"[bold]alongside parked retry {found['name']} --as 'Your name'[/]"
    reason = found["reason"]
    if reason == BEHIND:
        return "Nothing is wrong with this one: an earlier event of the same thing is set aside. Look at that one first."
    if reason == NOT_ITS_TURN:
        asked = found["asked_at"]
        owner = f"Its owner was asked {moment(asked)} to tell it again." if asked else "Its owner is asked to tell it again."
        return f"The event before it has not come. {owner} If that one is lost for good, go on without it: {again}."
    if found["next_try_at"] is not None:
        return "It is tried again by itself. If it is still here tomorrow, tell the people who look after Alongside the event id."
    if reason == STOPPED_US:
        return (
            "Taking it in stopped the service, three times. Nobody can mend that from here: tell the people who look after "
            f"Alongside the event id. When a mended version runs: {again}."
        )
    if reason == TOO_LARGE:
        return "The broker does not take anything so large. Raise its limit (max.message.bytes), then try again: " + again + "."
    return (
        "Whoever sends this must put right what is named above, and send it again with a higher version. "
        f"If the reason was ours and is mended: {again}."
    )


def moment(value: str | None) -> str:
    """`2026-11-24 12:00`, in UTC as it was given."""
    return (value or "")[:16].replace("T", " ")
