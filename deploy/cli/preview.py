"""`alongside preview`: a message as somebody would get it, in any method, format, language and size."""

import asyncio
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from deploy.braille import HERE as BRAILLE
from deploy.cli.ending import Ending, err, out, stop
from deploy.cli.where import state_folder
from services.notifier.domain.contact import BY_A_PERSON, Contact, Format, Method, PartyKind, Preference
from services.notifier.domain.message import Artefact, Message
from services.notifier.domain.planning import Cannot
from services.notifier.domain.samples import LINK_CODE, NAME, SHORT_CODE
from services.notifier.domain.wording import Copy, CopyState, Places, ReplyWays
from services.notifier.ports import NotMade
from services.notifier.renderers import catalogue
from services.notifier.renderers.better_voices import better_voices
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.gallery import contact_of, sample_of
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import Presses
from services.notifier.renderers.text import segments
from services.notifier.renderers.voice import Voice

_USUAL = dict.fromkeys(Format, Method.LETTER) | {Format.AUDIO: Method.EMAIL, Format.VERBAL: Method.PHONE}
_USUAL_SIZE = 18


def preview(
    message: Annotated[str | None, typer.Argument(help="Which message. Left out: a list of them.")] = None,
    form: Annotated[Format, typer.Option("--format", help="In what form.")] = Format.PLAIN,
    method: Annotated[Method | None, typer.Option(help="How it is sent. Left out: what is usual for the form.")] = None,
    audience: Annotated[PartyKind | None, typer.Option("--for", help="To whom, where two are told of the same.")] = None,
    language: Annotated[str, typer.Option(help="In which language, as a tag: en, cy…")] = "en",
    size: Annotated[int | None, typer.Option(min=16, max=28, help="Large print: how big, in points.")] = None,
    name: Annotated[str, typer.Option(help="Who it is to.")] = NAME,
    to: Annotated[Path | None, typer.Option("--out", help="Keep it in this file (.pdf, .mp3, .brf…) or folder.")] = None,
) -> None:
    """See, read or hear a message with made-up facts, as the notifier makes it. Nothing is sent.

    \b
    Examples:
      alongside preview                                                     which messages there are
      alongside preview people_to_look_at --method text
      alongside preview people_to_look_at --format large_print --size 24 --out letter.pdf
      alongside preview somebody_would_like_to_meet_you --format audio --out message.mp3
      alongside preview they_said_yes --format braille --out message.brf
    """
    words = catalogue.read()
    if message is None:
        _list(words)
        return
    copies = [copy for (about, to_whom, _), copy in words.copies.items() if about == message and audience in (None, to_whom)]
    if not copies:
        known = ", ".join(sorted({about for about, _, _ in words.copies}))
        stop(Ending.USAGE, f"There is no message called {message}.", f"There are: {known}.")
    if size and form is not Format.LARGE_PRINT:
        stop(Ending.USAGE, "--size goes with --format large_print.")
    points = (size or _USUAL_SIZE) if form is Format.LARGE_PRINT else None
    way = Preference(method or _USUAL[form], form, language, points)
    artefacts = _made(words, copies[0], way, name)
    if to:
        for file in _written(artefacts, to):
            out.print(f"{file}  [dim]{file.stat().st_size / 1000:,.1f} kB[/]")
    else:
        out.print(artefacts[0].words, markup=False, soft_wrap=True)
        parts = ", ".join(f"{one.name} ({len(one.body) / 1000:,.1f} kB)" for one in artefacts)
        count = f" {segments(artefacts[0].words)} segments." if way.method is Method.TEXT else ""
        err.print(f"[dim]As it is sent: {parts}.{count} --out keeps it.[/]")


def _made(words: catalogue.Catalogue, copy: Copy, way: Preference, name: str) -> Sequence[Artefact]:
    now = datetime.now(UTC)
    places = Places("Your council", "http://127.0.0.1:8000", "0116 496 0000", "help@example.org", "07700 900000")
    voices = os.environ.get("ALONGSIDE_VOICES_FOLDER")
    voice = Voice(state_folder(), better_voices(Path(voices) if voices else None))
    press = Presses(words, places, "http://127.0.0.1:8003", Letters(), voice, Braille(BRAILLE))
    message = sample_of("preview", copy, way.language, now)
    contact = contact_of(message, way, name=name)
    if way.method in BY_A_PERSON:
        out.print("[bold]A person says this one. The contact team gets a task with these words:[/]\n")
        out.print(press.script(message, contact, now), markup=False, soft_wrap=True)
        raise typer.Exit(Ending.GOOD)
    obstacle = press.obstacle(message, way)
    if obstacle is Cannot.NO_COPY:
        found = words.copy(copy.about, copy.audience, way.language)
        if found is None:
            stop(
                Ending.USAGE,
                f"There are no words for it in {way.language}.",
                "It goes by the next way recorded, or becomes a contact task.",
            )
        assert found.state is CopyState.DRAFT
        err.print(
            f"[yellow]These words in {way.language} are a draft. They are never sent until a native speaker has read them.[/]"
        )
    elif obstacle:
        stop(
            Ending.USAGE,
            f"{_first_up(press.in_words(way))}: {obstacle.value}.",
            "Nothing else is sent in its place: it goes by the next way recorded, or becomes a contact task.",
        )
    reply = press.reply_ways(LINK_CODE, SHORT_CODE)
    try:
        _, artefacts = asyncio.run(_make(press, message, contact, way, reply, now))
    except NotMade as problem:
        stop(Ending.FAILED, f"It could not be made: {problem}.")
    return artefacts


async def _make(
    press: Presses, message: Message, contact: Contact, way: Preference, reply: ReplyWays, now: datetime
) -> tuple[str, Sequence[Artefact]]:
    try:
        return await press.make(message, contact, way, reply, now)
    finally:
        await press.voice.stop()
        await press.braille.stop()


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _written(artefacts: Sequence[Artefact], to: Path) -> list[Path]:
    """Into a folder all of it; into a file the part that its ending names."""
    if not to.suffix:
        to.mkdir(parents=True, exist_ok=True)
        files = [to / one.name for one in artefacts]
        for file, one in zip(files, artefacts, strict=True):
            file.write_bytes(one.body)
        return files
    part = next((one for one in artefacts if Path(one.name).suffix == to.suffix), None)
    if part is None:
        there = ", ".join(one.name for one in artefacts)
        stop(Ending.USAGE, f"This message has no {to.suffix} part.", f"It is made of {there}. Name a folder to keep all of it.")
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(part.body)
    return [to]


def _list(words: catalogue.Catalogue) -> None:
    tags = sorted({tag for _, _, tag in words.copies}, key=lambda tag: (tag != "en", tag))
    table = Table("message", "to a", "title", *tags, title="Messages", title_justify="left")
    for about, audience in sorted({(about, audience) for about, audience, _ in words.copies}):
        here = {tag: words.copies.get((about, audience, tag)) for tag in tags}
        title = next(copy.title for copy in here.values() if copy)
        states = [copy.state.value if copy else "–" for copy in here.values()]
        table.add_row(about, audience.value, title, *states)
    out.print(table)
    out.print("[dim]Draft words are never sent.[/]")
