"""One word, one meaning, one question: whichever way it comes in, and no must is met by a guess."""

from dataclasses import replace
from uuid import uuid4

import pytest

from services.matcher.domain.placing import Group
from services.matcher.domain.ranking import rank
from services.matcher.subscribers import plan_from, profile_from
from services.portal.announcements import plan_changed
from services.portal.api import csv_in, fhir
from services.portal.api.shapes import PlanWithWords
from services.portal.domain.accounts import Role
from services.portal.domain.plan import Criterion, Funding, Level, Place, Plan, PlanState, Source, Strength, Wants, Wish
from services.portal.usecases.plans import answer_question, take_in_plan
from services.registry.announcements import profile_changed
from services.registry.api.register_csv import read_sheet
from services.registry.api.said import ProfileIn, said_in
from services.registry.domain.consent import How
from services.registry.usecases.answering import answered
from services.registry.usecases.settling import settle
from shared.vocabulary.terms import Kind
from shared.vocabulary.understanding import Known, Likely, understand
from tests.unit.matcher.a_match import DAY, LORE, a_pa, a_plan
from tests.unit.portal.memory import Memory
from tests.unit.portal.some import COUNCIL, NOW, plan, viewer
from tests.unit.portal.test_care_plans import CARE_PLAN, ext, part
from tests.unit.registry.some import ID, LATER, amrit, by_pa

TYPED = (
    "Panjabi", "Gujaratti", "Ghanaian", "Xyzzyish", "Kurdish (Sorani)", "Mirpuri (spoken dialect)", "Shina", "Soomaali", "Hindu",
)  # fmt: skip


def as_sheet(languages):
    sheet = read_sheet(f'Ref,Name,Post code,Travel,Languages\nPA-1,Amrit K,LE5 3,bus,"{languages} (fluent)"\n'.encode())
    ((_, said, badly),) = sheet.rows()
    assert not badly
    sent = said_in(ProfileIn.model_validate(said))
    return settle(None, sent, council="leicester", profile_id=ID, now=NOW, how=How.REGISTER, by_register=True).profile


def from_page(name):
    return by_pa(amrit(), languages=[{"name": name, "spoken": "fluent"}])


REGISTER_WAYS = {
    "words over HTTP": lambda typed: amrit(languages=f"{typed}, fluent"),
    "a form over HTTP": lambda typed: amrit(languages=[{"name": typed, "spoken": "fluent"}]),
    "the PA's page": from_page,
    "a spreadsheet": as_sheet,
}


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("way", REGISTER_WAYS)
def test_a_pas_language_is_understood_the_same_whichever_way_it_comes(way, typed):
    meant = understand(Kind.LANGUAGE, typed)

    profile = REGISTER_WAYS[way](typed)

    kept = {(skill.tag, skill.confirmed) for skill in profile.languages}
    asked = [one for one in profile.questions if one.field == "languages" and one.hint("about") != "level"]
    told = {skill.tag for skill in profile_changed(profile).languages}
    if isinstance(meant, Known):
        assert (kept, told, asked) == ({(meant.code, True)}, {meant.code}, [])
    elif isinstance(meant, Likely):
        assert (kept, told) == ({(meant.code, False)}, set())
        assert [(one.code, one.suggestions[0]) for one in asked] == [(meant.code, meant.code)]
    else:
        assert (kept, told) == (set(), set())
        assert [set(meant.suggestions) <= set(one.suggestions) for one in asked] == [True]


def from_csv(typed):
    text = f'Plan ID,Person,Postcode,Times,Hours,Must language\nP-1,77,LE5 3PA,Mon-Fri 8am-10am,10,"{typed} (fluent)"\n'
    ((candidate,), _) = csv_in.plans(text.encode(), upload_version=1)
    return PlanWithWords.model_validate(candidate.given).plan()


def from_fhir(typed):
    wish = ext("wish", extension=[part("criterion", valueCode="language"), part("strength", valueCode="must"),
                                  part("value", valueString=typed), part("level", valueCode="fluent")])  # fmt: skip
    others = [one for one in CARE_PLAN["extension"] if not one["url"].endswith("/wish")]
    ((candidate,), _) = fhir.plans({**CARE_PLAN, "extension": [*others, wish]}, None)
    return PlanWithWords.model_validate(candidate.given).plan()


def over_http(typed):
    return plan(wishes=[{"criterion": "language", "strength": "must", "value": typed, "level": "fluent"}])


PLAN_WAYS = {"HTTP, the page or the topic": over_http, "a spreadsheet": from_csv, "a FHIR CarePlan": from_fhir}


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("way", PLAN_WAYS)
async def test_a_plans_language_is_understood_the_same_whichever_way_it_comes(way, typed):
    meant = understand(Kind.LANGUAGE, typed)

    taken = await take_in_plan(COUNCIL, PLAN_WAYS[way](typed), Memory().work, now=NOW, fresh=uuid4)

    wishes = [(wish.values, wish.confirmed) for wish in taken.plan.wants.wishes]
    asked = [(one.typed, one.likely, tuple(near.code for near in one.suggestions)) for one in taken.asked if one.kind]
    if isinstance(meant, Known):
        assert (wishes, asked) == ([((meant.code,), True)], [])
    elif isinstance(meant, Likely):
        assert wishes == [((meant.code,), False)]
        assert asked == [(typed, True, meant.suggestions)]
    else:
        assert (wishes, asked) == ([], [(typed, False, meant.suggestions)])


def group_of(pa, wished):
    fits = replace(a_plan(), wishes=wished.wishes)
    profile = replace(a_pa(), languages=pa.languages)
    return rank(fits, [profile], DAY, LORE).placements[0].group


async def test_a_guess_about_a_plan_meets_no_must_until_the_person_said_yes():
    memory = Memory()
    taken = await take_in_plan(COUNCIL, over_http("Gujaratti"), memory.work, now=NOW, fresh=uuid4)
    speaks = profile_from(profile_changed(amrit(languages="Gujarati (fluent)")))

    assert group_of(speaks, plan_from(plan_changed(taken.plan))) is not Group.FITTING

    me = viewer(Role.PERSON, taken.plan.person_id)
    said_yes = await answer_question(me, taken.plan.plan_id, taken.asked[0].field, "gu", memory.work, now=NOW)
    assert group_of(speaks, plan_from(plan_changed(said_yes.plan))) is Group.FITTING


def test_a_guess_about_a_pa_meets_no_must_until_the_pa_said_yes():
    wished = plan_from(plan_changed_of("Gujarati"))
    guessed = amrit(languages="Gujaratti (fluent)")

    assert group_of(profile_from(profile_changed(guessed)), wished) is not Group.FITTING

    (question,) = guessed.questions
    said_yes = answered(guessed, question.number, "gu", LATER.date())
    assert group_of(profile_from(profile_changed(said_yes)), wished) is Group.FITTING


def plan_changed_of(language):
    wish = Wish(Criterion.LANGUAGE, Strength.MUST, (understand(Kind.LANGUAGE, language).code,), level=Level.FLUENT)
    wants = Wants(PlanState.OPEN, Place("LE5", 0, 0, "LE5 3"), "0" * 168, 40, Funding.DIRECT_PAYMENT, NOW.date(), wishes=(wish,))
    return plan_changed(Plan(COUNCIL, uuid4(), uuid4(), 1, Source("a", "b", 1), wants, "{}"))


async def test_what_is_signed_is_signed_even_where_the_form_says_spoken():
    """The form's own choice is 'Speaks' until somebody changes it."""
    wish = {"criterion": "language", "strength": "must", "value": "BSL", "mode": "spoken", "level": "gets_by"}

    taken = await take_in_plan(COUNCIL, plan(wishes=[wish]), Memory().work, now=NOW, fresh=uuid4)

    signs = profile_from(profile_changed(amrit(languages="BSL level 2")))
    assert group_of(signs, plan_from(plan_changed(taken.plan))) is Group.FITTING


def test_makaton_said_among_the_skills_is_known_as_signing_and_the_reverse():
    among_skills = profile_changed(amrit(skills="Makaton"))
    among_languages = profile_changed(amrit(languages="Makaton (some)"))

    assert [(one.tag, one.signed) for one in among_skills.languages] == [("x-makaton", None)]
    assert [(one.code, one.has, one.confirmed) for one in among_languages.skills] == [("makaton", True, True)]
    assert profile_changed(amrit(skills="Makatonn")).languages == ()


def test_every_sample_is_of_another_kind():
    assert {type(understand(Kind.LANGUAGE, typed)).__name__ for typed in TYPED} == {"Known", "Likely", "Unknown"}
