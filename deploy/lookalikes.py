"""Names of registered languages that are spelt like one of ours and are none of ours, so that they are asked and never taken.

    python -m deploy.lookalikes

Run it after adding a language or a spelling; `tests/unit/vocabulary` fails until it was. Rows without a tag were written by hand,
for names that are in no registry, and stay.
"""
import csv
import re
from collections.abc import Iterator

from langcodes.registry_parser import parse_registry

from shared.vocabulary.likeness import Index, normalise
from shared.vocabulary.spellings import spelled
from shared.vocabulary.terms import DATA, Kind, rows, terms

FILE = DATA / "language_lookalikes.csv"


def registered_names() -> Iterator[tuple[str, str]]:
    """(tag, name) of every language of the IANA registry, as it is tagged today: some 8,000 of them, several names each."""
    for entry in parse_registry():  # type: ignore[no-untyped-call]  # langcodes leaves it without types
        tags = entry["Subtag"] if entry.get("Type") == "language" else ""
        tag = entry.get("Preferred-Value") or (tags[0] if isinstance(tags, list) else tags)
        if not tag or ".." in tag:
            continue
        names = entry["Description"]
        yield from ((tag, name) for name in (names if isinstance(names, list) else [names]))


def lookalikes() -> dict[str, str]:
    """Normalised name -> tag, by name."""
    index = Index(spelled(Kind.LANGUAGE))
    ours = terms(Kind.LANGUAGE)
    found = {row["words"]: "" for row in rows(FILE.stem) if not row["tag"]}
    for tag, name in registered_names():
        for words in (normalise(name), normalise(re.sub(r"\(.*\)", "", name))):
            if tag not in ours and words not in index.exact and index.near(words).sure:
                found.setdefault(words, tag)
    return dict(sorted(found.items()))


def main() -> None:
    found = lookalikes()
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("words", "tag"))
        writer.writerows(found.items())


if __name__ == "__main__":
    main()
