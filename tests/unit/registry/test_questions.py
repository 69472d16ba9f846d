"""What is not understood is asked until it is answered: never guessed, never dropped."""
import pytest

from services.registry.domain.profile import Profile, ProfileRefused
from services.registry.domain.questions import Question, QuestionNotFound
from services.registry.usecases.answering import answered
from tests.unit.registry.some import LATER, amrit, by_pa, by_register

TODAY = LATER.date()


def the_question(profile: Profile, typed: str, about: str | None = None) -> Question:
    return next(one for one in profile.questions if one.typed == typed and one.hint("about") == about)


def test_a_question_keeps_its_number_while_the_register_says_the_same_word():
    first = amrit(practices="xyzzy, cooks halal")

    then = by_register(first, practices="plugh, xyzzy").profile

    assert [(one.number, one.typed) for one in first.questions] == [(1, "xyzzy")]
    assert [(one.number, one.typed) for one in then.questions] == [(1, "xyzzy"), (2, "plugh")]


def test_a_number_is_never_used_again():
    first = amrit(practices="xyzzy")
    second = by_register(answered(first, 1, None, TODAY), practices="plugh").profile

    assert [one.number for one in second.questions] == [2]


def test_a_page_that_saves_the_list_does_not_drop_an_unknown_word():
    profile = by_pa(amrit(practices="xyzzy, cooks halal"), practices="cooks halal, cooks vegan")

    assert [one.typed for one in profile.questions] == ["xyzzy"]
    assert [claim.code for claim in profile.practices] == ["cooks_halal", "cooks_vegan"]


def test_picking_the_code_confirms_a_likely_word():
    before = amrit(practices="cooks vegetarien")

    after = by_pa(before, practices=["cooks_vegetarian"])

    assert [(claim.code, claim.confirmed) for claim in before.practices] == [("cooks_vegetarian", False)]
    assert [(claim.code, claim.confirmed) for claim in after.practices] == [("cooks_vegetarian", True)]
    assert after.questions == ()


def test_the_last_day_of_a_training_waits_for_the_answer_with_it():
    profile = amrit(skills="frist aid at wrok thing (until March 2027)")
    (question,) = profile.questions

    after = answered(profile, question.number, "first_aid", TODAY)

    assert [(claim.code, str(claim.until), claim.confirmed) for claim in after.skills] == [("first_aid", "2027-03-31", True)]


def test_a_language_turns_out_to_be_another_one():
    profile = amrit(languages="Panjaby")
    question = the_question(profile, "Panjaby")

    after = answered(profile, question.number, "ur", TODAY)

    assert [(skill.tag, skill.confirmed) for skill in after.languages] == [("ur", True)]
    level = the_question(after, "Panjaby", "level")
    fluent = answered(after, level.number, "fluent", TODAY)
    assert [(skill.tag, skill.spoken) for skill in fluent.languages] == [("ur", "fluent")]
    assert fluent.questions == ()


def test_a_language_that_was_none_takes_its_other_question_with_it():
    profile = amrit(languages="Panjaby, English (fluent)")

    after = answered(profile, the_question(profile, "Panjaby").number, None, TODAY)

    assert [skill.tag for skill in after.languages] == ["en"]
    assert after.questions == ()


def test_the_level_of_a_signed_language_is_how_it_is_signed():
    profile = amrit(languages="BSL")

    after = answered(profile, the_question(profile, "BSL", "level").number, "gets_by", TODAY)

    assert [(skill.tag, skill.signed, skill.spoken) for skill in after.languages] == [("bfi", "gets_by", None)]


def test_a_faith_that_is_not_known_for_sure_is_asked_and_not_taken():
    profile = amrit(faith="Jedi knight", consents=["faith"])
    (question,) = profile.questions

    after = answered(profile, question.number, "sikh", TODAY)

    assert profile.faith is None
    assert (after.faith, after.questions) == ("sikh", ())


def test_times_that_were_not_understood_are_answered_by_writing_them_again():
    profile = amrit(availability="Mondays 9am-5pm, when I can")
    (question,) = profile.questions

    with pytest.raises(ProfileRefused):
        answered(profile, question.number, "mon", TODAY)

    assert by_pa(profile, availability="Mondays 9am-5pm").questions == ()
    assert answered(profile, question.number, None, TODAY).questions == ()


def test_doing_and_not_doing_the_same_is_asked_and_not_doing_it_is_kept_until_then():
    profile = amrit(tasks="cooking, shopping", will_not_do="shopping")

    assert [(claim.code, claim.has, claim.confirmed) for claim in profile.tasks] == [
        ("cooking", True, True),
        ("shopping", False, False),
    ]
    assert [(one.field, one.code) for one in profile.questions] == [("will_not_do", "shopping")]


def test_saying_later_that_one_does_it_moves_it_across():
    profile = by_pa(amrit(will_not_do="shopping"), tasks="shopping")

    assert [(claim.code, claim.has) for claim in profile.tasks] == [("shopping", True)]


def test_an_answer_to_no_question_is_not_found():
    with pytest.raises(QuestionNotFound):
        answered(amrit(), 1, None, TODAY)


def test_what_was_answered_once_is_not_asked_again_when_the_list_says_more():
    words = {
        "practices": "cooks vegetarien, xyzzy",
        "languages": "Panjaby, Klingonish (fluent)",
        "availability": "Mondays 9am-5pm, when I can",
    }
    profile = amrit(**words)
    answers = {("cooks vegetarien", None): "cooks_vegetarian", ("xyzzy", None): None, ("Panjaby", None): "pa",
               ("Panjaby", "level"): "gets_by", ("Klingonish (fluent)", None): "so",
               ("Klingonish (fluent)", "level"): "fluent", ("when I can", None): None}  # fmt: skip
    for (typed, about), code in answers.items():
        profile = answered(profile, the_question(profile, typed, about).number, code, TODAY)

    more = {"practices": "cooks halal", "languages": "English (fluent)", "availability": "Tuesdays 9am-5pm"}
    after = by_register(profile, **{field: f"{words[field]}, {more[field]}" for field in words}).profile

    assert profile.questions == after.questions == ()
    assert [(claim.code, claim.confirmed) for claim in after.practices] == [("cooks_halal", True), ("cooks_vegetarian", True)]
    assert {(skill.tag, skill.spoken, skill.confirmed) for skill in after.languages} == {
        ("pa", "gets_by", True), ("so", "fluent", True), ("en", "fluent", True)
    }  # fmt: skip


def test_a_list_that_says_more_on_one_side_still_says_the_other():
    before = amrit(tasks="cooking", will_not_do="cooking")

    after = by_register(before, tasks="cooking, shopping", will_not_do="cooking").profile

    assert [(claim.code, claim.has) for claim in after.tasks] == [("shopping", True), ("cooking", False)]
