"""What one message costs in each form, against its bare words; and a letter by what people would use instead of our typesetter.

Every English message of the catalogue is made in each form that it has, in turn, by the parts that make what is sent. Times
are of the processor, of this process and of the workers that speak and write braille; one core each. WeasyPrint sets the
same words from the email's page: it is there when the `bench` requirements are installed and the machine has Pango.

    python -m benchmarks.renditions --rounds 3
"""
import argparse
import asyncio
import json
import statistics
import sys
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.ranking.spent import Spent, loads
from deploy.braille import HERE
from services.notifier.domain.contact import Format
from services.notifier.domain.samples import ADDRESS, LINK_CODE, NAME, SHORT_CODE, given_for
from services.notifier.domain.wording import Content, Places, ReplyWays, compose
from services.notifier.renderers import catalogue, email, prose, text
from services.notifier.renderers.braille import Braille
from services.notifier.renderers.letter import Letters
from services.notifier.renderers.press import names
from services.notifier.renderers.voice import Voice

Make = Callable[[Content], Awaitable[object]]
PLACES = Places("Alongside", "https://portal.example", "0116 496 0123", "help@example.org", "07700 900100")
AT = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
FRESH = 5
"""Of these a new compiler is made for every letter: more would only take long."""


def contents() -> list[Content]:
    words = catalogue.read()
    reply = ReplyWays(f"{PLACES.list_link}/r/{LINK_CODE}", SHORT_CODE)
    return [
        compose(
            copy, words.language("en"), given_for(copy, "en", AT), address_as=NAME, places=PLACES, now=AT, names=names,
            reply=reply,
        )
        for (_, _, tag), copy in sorted(words.copies.items()) if tag == "en"
    ]


async def at_once(make: Callable[[Content], object], content: Content) -> object:
    return make(content)


def weasyprint() -> Callable[[Content], object] | None:
    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: no Pango
        return None
    return lambda content: HTML(string=email.html(content, 12)).write_pdf(pdf_variant="pdf/ua-1")


def forms(letters: Letters, voice: Voice, braille: Braille) -> dict[str, tuple[Make, Callable[[Content], bool]]]:
    """By name: how it is made, and of which messages."""
    def every(_: Content) -> bool:
        return True

    def simple(make: Callable[[Content], object]) -> Make:
        return partial(at_once, make)

    made: dict[str, tuple[Make, Callable[[Content], bool]]] = {
        "words": (simple(prose.plain), every),
        "text message": (simple(text.render), every),
        "email, text and HTML": (simple(email.render), every),
        "letter, 12 point": (simple(lambda c: letters.render(c, ADDRESS, None, AT)), every),
        "large print, 24 point": (simple(lambda c: letters.render(c, ADDRESS, 24, AT)), every),
        "easy read": (simple(lambda c: letters.easy_read(c, ADDRESS, None, AT)), lambda c: bool(c.easy)),
        "audio": (voice.render, every),
        "braille": (lambda c: braille.render(c, Format.BRAILLE), every),
        "letter, a new compiler each": (simple(lambda c: Letters().render(c, ADDRESS, None, AT)), every),
    }
    if other := weasyprint():
        made["letter, WeasyPrint"] = (simple(other), every)
    return made


async def cost(make: Make, of: Sequence[Content], spent: Spent) -> float:
    """Seconds of the processor for one, the median of these."""
    took = []
    for content in of:
        before = spent.now()
        await make(content)
        took.append(spent.now() - before)
    return statistics.median(took)


async def measured(rounds: int) -> dict[str, Any]:
    voice, braille, all_of_them = Voice(Path(tempfile.mkdtemp(prefix="alongside-bench-"))), Braille(HERE), contents()
    made = forms(Letters(), voice, braille)
    for make, has in made.values():  # whatever is done once only is done now
        await make(next(content for content in all_of_them if has(content)))
    assert voice.worker and braille.worker
    spent = Spent(voice.worker.pid, braille.worker.pid)
    took: dict[str, list[float]] = {name: [] for name in made}
    for _ in range(rounds):
        for name, (make, has) in made.items():
            of = [content for content in all_of_them if has(content)]
            took[name].append(await cost(make, of[:FRESH] if "compiler" in name or "Weasy" in name else of, spent))
    await voice.stop()
    await braille.stop()
    seconds = {name: statistics.median(each) for name, each in took.items()}
    return {
        "messages": len(all_of_them),
        "ms": {name: round(1000 * each, 3) for name, each in seconds.items()},
        "a_second_per_core": {name: round(1 / each, 1) for name, each in seconds.items()},
        "times_the_words": {name: round(each / seconds["words"]) for name, each in seconds.items()},
        "times_our_letter": {
            name: round(each / seconds["letter, 12 point"], 1) for name, each in seconds.items() if name.startswith("letter,")
        },
        "load": loads(),
    }


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--out", type=Path, help="append the result to this file as a JSON line")
    chosen = options.parse_args()
    line = json.dumps(asyncio.run(measured(chosen.rounds)) | {"at": datetime.now(UTC).isoformat(timespec="seconds")})
    sys.stdout.write(line + "\n")
    if chosen.out:
        with chosen.out.open("a") as file:
            file.write(line + "\n")


if __name__ == "__main__":
    main()
