"""Languages from words or from a form: which, how well, in which way; and what must be asked about them."""
from dataclasses import replace

from services.registry.domain.values import LanguageSkill, Level
from services.registry.usecases.said import Languages, LanguageSaid
from services.registry.usecases.words import Reading
from shared.vocabulary.language_words import LanguageQuestion, languages_from_words
from shared.vocabulary.languages import is_signed
from shared.vocabulary.terms import Kind, label, terms
from shared.vocabulary.understanding import Known, Likely, Unknown, understand

WHERE = "languages"
LEVELS = tuple(level.value for level in reversed(Level))


def languages(reading: Reading, said: Languages) -> tuple[LanguageSkill, ...]:
    """Each language once. One that is only likely is kept unconfirmed, so it is not told until the PA said yes."""
    found: dict[str, LanguageSkill] = {}
    for one in [said] if isinstance(said, str) else said or ():
        for skill in from_words(reading, one) if isinstance(one, str) else from_form(reading, one):
            found[skill.tag] = joined(found[skill.tag], skill) if skill.tag in found else skill
    return tuple(found.values())


def from_words(reading: Reading, words: str) -> list[LanguageSkill]:
    heard = languages_from_words(words)
    skills = []
    for one in heard.languages:
        skill = LanguageSkill(one.tag, level(one.spoken), level(one.read), level(one.signed), one.sure, one.typed)
        if reading.answered(WHERE, one.typed):
            skill = replace(skill, tag=reading.answer(WHERE, one.typed) or "", confirmed=True)
        if skill.tag:
            skills.append(skill_with_answers(reading, skill))
    for question in heard.questions:
        skills += ask(reading, question)
    return skills


def skill_with_answers(reading: Reading, skill: LanguageSkill) -> LanguageSkill:
    typed = skill.typed or skill.tag
    if skill.confirmed:
        reading.took(WHERE, typed, skill.tag, label(Kind.LANGUAGE, skill.tag))
    had = reading.answer(WHERE, typed, "level") if reading.answered(WHERE, typed, "level") else None
    return with_level(skill, Level(had)) if had else skill


def ask(reading: Reading, question: LanguageQuestion) -> list[LanguageSkill]:
    """Asks, unless it was answered. A word that was not known and is now, thanks to an answer, is a language of its own."""
    answered = reading.answered(WHERE, question.typed)
    named = reading.answer(WHERE, question.typed) if answered else question.tag
    if question.about == "level":
        if named and not reading.answered(WHERE, question.typed, "level"):
            reading.ask(WHERE, question.typed, LEVELS, code=named, about="level")
    elif not answered:
        reading.ask(WHERE, question.typed, question.suggestions, code=question.tag)
    elif named and question.tag is None:
        skill = skill_with_answers(reading, LanguageSkill(named, typed=question.typed))
        if not reading.answered(WHERE, question.typed, "level"):
            reading.ask(WHERE, question.typed, LEVELS, code=named, about="level")
        return [skill]
    return []


def from_form(reading: Reading, said: LanguageSaid) -> list[LanguageSkill]:
    typed = (said.get("tag") or said.get("name") or "").strip()
    spoken, read, signed = said.get("spoken"), said.get("read"), said.get("signed")
    chosen = said.get("tag") in terms(Kind.LANGUAGE)  # from a list: no word that could mean something else
    match reading.as_answered(WHERE, Known(typed, typed) if chosen else understand(Kind.LANGUAGE, typed)):
        case Known(code=tag):
            reading.took(WHERE, typed, tag, label(Kind.LANGUAGE, tag))
            if not (spoken or read or signed):
                reading.ask(WHERE, typed, LEVELS, code=tag, about="level")
            return [LanguageSkill(tag, spoken, read, signed, True, None if typed == tag else typed)]
        case Likely(code=tag, suggestions=suggestions):
            reading.ask(WHERE, typed, suggestions, code=tag)
            return [LanguageSkill(tag, spoken, read, signed, False, typed)]
        case Unknown(suggestions=suggestions):
            reading.ask(WHERE, typed, suggestions, spoken=spoken, read=read, signed=signed)
    return []


def joined(first: LanguageSkill, again: LanguageSkill) -> LanguageSkill:
    return replace(
        first,
        spoken=first.spoken or again.spoken,
        read=first.read or again.read,
        signed=first.signed or again.signed,
        confirmed=first.confirmed or again.confirmed,
    )


def with_level(skill: LanguageSkill, had: Level) -> LanguageSkill:
    """A level said without its way of using is how well it is spoken, or signed where the language is a signed one."""
    return replace(skill, signed=had) if is_signed(skill.tag) else replace(skill, spoken=had)


def level(had: str | None) -> Level | None:
    return Level(had) if had else None
