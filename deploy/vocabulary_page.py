"""Writes docs/vocabulary.md: every code of every list, with its label, other spellings and source, from the data."""
from collections.abc import Iterator

from shared.vocabulary.editions import edition
from shared.vocabulary.languages import Language, languages
from shared.vocabulary.likeness import EACH_WORD, LEAST, MARGIN, RUN_TOGETHER
from shared.vocabulary.terms import Kind, Term, languages_elsewhere, parted, rows, sources, synonyms, terms

HEADED = {
    Kind.LANGUAGE: "Languages", Kind.PRACTICE: "Practices", Kind.SKILL: "Skills and training", Kind.TASK: "Tasks",
    Kind.INTEREST: "Interests", Kind.LIMIT: "Limits at home", Kind.FAITH: "Own faith", Kind.CULTURE: "Own culture",
    Kind.SEX: "Own sex",
}
SELF_DECLARED = (Kind.FAITH, Kind.CULTURE, Kind.SEX)


def vocabulary_page() -> str:
    now = edition()
    head = f"""# The vocabulary

Edition {now.number} of {now.day.isoformat()} (`{now.digest}`): {now.what}
This page is written from the data by `make docs`; how to add a word is in [how-to/adding-a-word.md](how-to/adding-a-word.md).
The same lists come as JSON from `GET /api/vocabulary` and `GET /api/vocabulary/{{kind}}` of the portal.

## What happens to a typed word

Capitals, accents, punctuation and spaces are evened out; other scripts keep their letters. Then it is looked up as a code, a
label, another spelling or a language's own name: **known**. A name in brackets says more exactly which is meant: "Kurdish
(Sorani)". Else the nearest spelling by optimal string alignment is **likely** if it is at least {LEAST} alike, and
{MARGIN:.2f} more so than the nearest of any other meaning; of several words each must be {EACH_WORD} alike, and the whole
{RUN_TOGETHER} where words were run together. Everything else is **unknown**.

A likely or an unknown word is asked about, with what may have been meant, everywhere: pages, spreadsheets, FHIR, HTTP. What was
typed is kept beside. A likely word meets no *must* until a person said yes. Words that could mean several things, and names of
languages that are spelt like one of ours, are always asked. Nobody's ethnic group is in any list.
"""
    return "\n".join([head, *(section(kind) for kind in Kind), asked_about(), elsewhere()])


def section(kind: Kind) -> str:
    lines = [f"## {HEADED[kind]}", "", f"Source: {sources()[kind.value]}.", ""]
    if kind in SELF_DECLARED:
        lines += ["Said only by the PA of themselves, and told only with their separate consent.", ""]
    lines += [*(language_table() if kind is Kind.LANGUAGE else table(kind)), ""]
    return "\n".join(lines)


def language_table() -> Iterator[str]:
    yield "| tag | label | its own name | also written | kin | what to know |"
    yield "|---|---|---|---|---|---|"
    for term in terms(Kind.LANGUAGE).values():
        one = languages()[term.code]
        also = ", ".join(alias for alias in term.aliases if alias != one.autonym)
        yield f"| `{one.tag}` | {one.label} | {one.autonym} | {also} | {one.macro or ''} | {' '.join(known(one, term))} |"


def known(one: Language, term: Term) -> Iterator[str]:
    if one.signed:
        yield "A way of communicating." if one.system else "Signed."
    if term.note:
        yield term.note
    if term.source != sources()[Kind.LANGUAGE.value]:
        yield f"({term.source})"


def table(kind: Kind) -> Iterator[str]:
    yield "| code | label | also written | counts as |"
    yield "|---|---|---|---|"
    for term in terms(kind).values():
        alike = sorted(synonyms(term.code) - {term.code}) if kind is Kind.INTEREST else []
        yield f"| `{term.code}` | {term.label} | {', '.join(term.aliases)} | {', '.join(f'`{code}`' for code in alike)} |"


def asked_about() -> str:
    lines = ["## Words that are always asked about", "", f"Source: {sources()['doubtful']}.", ""]
    lines += ["| list | word | could mean |", "|---|---|---|"]
    for row in rows("doubtful"):
        lines.append(f"| {row['kind']} | {row['words']} | {', '.join(f'`{code}`' for code in parted(row['codes']))} |")
    likes = ", ".join(sorted(row["words"] for row in rows("language_lookalikes")))
    lines += ["", f"Languages spelt like one of ours, source: {sources()['language_lookalikes']}.", "", likes, ""]
    english = ", ".join(row["words"] for row in rows("english_words"))
    lines += [f"English words that a language is spelt like, source: {sources()['english_words']}.", "", english, ""]
    return "\n".join(lines)


def elsewhere() -> str:
    named = ", ".join(f"{name} `{tag}`" for tag, name in languages_elsewhere().items())
    source = sources()["language_elsewhere"]
    return f"## Languages few people speak here\n\nUnderstood by this very name only. Source: {source}.\n\n{named}\n"
