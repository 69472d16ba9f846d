"""What an answer to an open question does: the word becomes what the PA said it means, or goes."""
from dataclasses import replace
from datetime import date
from typing import TypeVar

from services.registry.domain.claims import FIELDS, in_order, without_unconfirmed
from services.registry.domain.consent import Facet
from services.registry.domain.profile import Profile, ProfileRefused
from services.registry.domain.questions import Question
from services.registry.domain.rules import wrongs
from services.registry.domain.values import AgeBand, Claim, LanguageSkill, Level, Refusal
from services.registry.usecases.settling import lowest_rates
from services.registry.usecases.speaking import LEVELS, joined, level, with_level
from shared.vocabulary.terms import Kind, terms


def answered(profile: Profile, number: int, code: str | None, today: date) -> Profile:
    """Raises QuestionNotFound, and ProfileRefused when the answer is no answer to it."""
    question = profile.question(number)
    open_still = tuple(other for other in profile.questions if other is not question)
    after = taken(profile, question, code).having(
        questions=following(open_still, question, code), answers={**profile.answers, question.answer_key: code}
    )
    after = asked_how_well(after, question, code)
    if errors := wrongs(profile, after, today, lowest_rates(today)):
        raise ProfileRefused(errors)
    return profile.become(after)


def taken(profile: Profile, question: Question, code: str | None) -> Profile:
    if question.field == "languages":
        change = level_told if question.hint("about") == "level" else language_told
        return profile.having(languages=change(profile.languages, question, code))
    if question.field in FIELDS:
        return claim_told(profile, question, code)
    if question.field in tuple(Facet):
        return profile.having(**{question.field: listed(Kind(question.field), code)})
    if question.field == "age_band":
        return profile.having(age_band=one_of(AgeBand, code))
    if code is not None:
        raise no_answer("This question has no list to choose from.", "Write the times again in other words.")
    return profile


def claim_told(profile: Profile, question: Question, code: str | None) -> Profile:
    goes = FIELDS[question.field]
    standing = without_unconfirmed(getattr(profile, goes.to), question.code, question.typed)
    told = listed(Kind(goes.kind), code)
    if told:
        until = question.hint("until")
        own = Claim(told, goes.has, date.fromisoformat(until) if until else None, True, question.typed)
        others = tuple(claim for claim in standing if claim.code != told)
        standing = (*others, own)
    return profile.having(**{goes.to: in_order(standing)})


def language_told(skills: tuple[LanguageSkill, ...], question: Question, code: str | None) -> tuple[LanguageSkill, ...]:
    tag = listed(Kind.LANGUAGE, code)
    kept = LanguageSkill(
        tag or "", level(question.hint("spoken")), level(question.hint("read")), level(question.hint("signed"))
    )
    others: list[LanguageSkill] = []
    for skill in skills:
        if question.code and skill.tag == question.code and not skill.confirmed:
            kept = replace(skill, tag=kept.tag, confirmed=True)
        else:
            others.append(skill)
    if tag is None:
        return tuple(others)
    same = next((skill for skill in others if skill.tag == tag), None)
    told = replace(joined(kept, same) if same else kept, typed=question.typed)
    return (*(skill for skill in others if skill.tag != tag), told)


def level_told(skills: tuple[LanguageSkill, ...], question: Question, code: str | None) -> tuple[LanguageSkill, ...]:
    had = one_of(Level, code)
    return tuple(with_level(skill, had) if had and skill.tag == question.code else skill for skill in skills)


def following(open_still: tuple[Question, ...], question: Question, code: str | None) -> tuple[Question, ...]:
    """The level of a language is asked of the language it turned out to be, or of none."""
    if question.field != "languages" or question.hint("about") == "level" or code == question.code:
        return open_still
    moved = (
        replace(other, code=code)
        if other.field == "languages" and other.typed == question.typed and other.hint("about") == "level"
        else other
        for other in open_still
    )
    return tuple(other for other in moved if not (other.hint("about") == "level" and other.code is None))


def asked_how_well(profile: Profile, question: Question, tag: str | None) -> Profile:
    """A language that an answer made known, with no level yet, is asked about further."""
    known = any(skill.tag == tag and not (skill.spoken or skill.read or skill.signed) for skill in profile.languages)
    asked = any(other.field == "languages" and other.code == tag for other in profile.questions)
    if question.field != "languages" or question.hint("about") == "level" or not known or asked:
        return profile
    number = profile.asked_so_far + 1
    level_question = Question(number, "languages", question.typed, LEVELS, tag, (("about", "level"),))
    return profile.having(questions=(*profile.questions, level_question), asked_so_far=number)


def listed(kind: Kind, code: str | None) -> str | None:
    if code is not None and code not in terms(kind):
        raise no_answer("This is not in the list.", "Choose one of the suggestions, or another code of the list.")
    return code


Choice = TypeVar("Choice", AgeBand, Level)


def one_of(choices: type[Choice], code: str | None) -> Choice | None:
    if code is None:
        return None
    if code not in tuple(choices):
        raise no_answer("This is not in the list.", "Choose one of the suggestions.")
    return choices(code)


def no_answer(problem: str, remedy: str) -> ProfileRefused:
    return ProfileRefused((Refusal("code", problem, remedy),))
