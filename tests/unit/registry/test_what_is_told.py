"""Whatever happens to a profile, nothing is told without its consent, and a change that changes nothing is not a change."""
from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.registry.announcements import profile_changed
from services.registry.domain.consent import Facet, How, agree_to, consented
from services.registry.domain.profile import Profile
from tests.unit.registry.some import NOW, amrit, by_pa, by_register

FACETS = {
    "faith": ["Sikh", "muslim", "none", "Jedi knight", None],
    "culture": ["punjabi", "Somali", "??", None],
    "sex": ["F", "man", None],
}
CONSENTS = st.sets(st.sampled_from(list(FACETS)))


@st.composite
def sayings(draw: st.DrawFn) -> dict[str, Any]:
    said: dict[str, Any] = {
        facet: draw(st.sampled_from(words)) for facet, words in FACETS.items() if draw(st.booleans())
    }
    if draw(st.booleans()):
        said["consents"] = sorted(draw(CONSENTS))
    if draw(st.booleans()):
        said["languages"] = draw(st.sampled_from(["Panjabi", "Panjaby (fluent)", "BSL", "Klingonish", ""]))
    if draw(st.booleans()):
        said["practices"] = draw(st.sampled_from(["cooks halal", "cooks hallal", "xyzzy", ["cooks_halal"]]))
    return said


@given(st.lists(st.tuples(st.booleans(), sayings()), max_size=6))
def test_nothing_that_was_not_consented_to_is_ever_told(steps: list[tuple[bool, dict[str, Any]]]):
    profile, allowed, ever, listed = amrit(), frozenset[str](), frozenset[str](), None

    for number, (is_pa, said) in enumerate(steps):
        if is_pa:
            profile = by_pa(profile, now=NOW + timedelta(days=number + 1), **said)
            allowed = frozenset(said.get("consents", allowed))
        else:
            profile = by_register(profile, now=NOW + timedelta(days=number + 1), **said).profile
            if "consents" in said and said["consents"] != listed:
                listed = said["consents"]
                allowed = frozenset(listed) - (ever - allowed)  # a list never brings back what was taken back
        ever |= allowed

        assert consented(profile.consents) == allowed
        told = profile_changed(profile)
        for facet in FACETS:
            own = getattr(told, facet)
            assert own is None or (facet in allowed and own == getattr(profile, facet))
        sure = {skill.tag for skill in profile.languages if skill.confirmed}
        assert {skill.tag for skill in told.languages} == sure


@given(sayings())
def test_saying_the_same_again_is_no_change(said: dict[str, Any]):
    once = by_register(**said).profile
    by_page = by_pa(once, **said)

    assert by_register(once, **said).profile is once
    assert by_register(once, **said).outcome == "unchanged"
    assert by_pa(by_page, **said) is by_page


@given(sayings(), sayings())
def test_every_change_is_the_next_revision_and_whole(first: dict[str, Any], then: dict[str, Any]):
    before = by_register(**first).profile

    after = by_pa(before, **then)

    assert after.revision == before.revision + (after is not before)
    told = profile_changed(after)
    assert (told.revision, told.profile_id, told.week) == (after.revision, after.profile_id, after.week)


@given(st.lists(st.sets(st.sampled_from(list(Facet))), max_size=8))
def test_every_consent_given_is_kept_with_when_it_was_given_and_taken_back(wanted: list[set[Facet]]):
    consents: tuple[Any, ...] = ()

    for number, facets in enumerate(wanted):
        before = consents
        consents = agree_to(consents, facets, how=How.PAGE, now=NOW + timedelta(days=number))

        assert consented(consents) == facets
        assert [(one.facet, one.given_at) for one in consents[: len(before)]] == [(one.facet, one.given_at) for one in before]
        assert all(one.withdrawn_at is None or one.withdrawn_at > one.given_at for one in consents)


def test_revising_with_what_is_already_so_gives_the_very_same_profile():
    profile = amrit(rate="15.00", age_band="21+")

    assert profile.revise(least_rate=1500) is profile
    assert profile.revise(least_rate=1600).revision == 2
    assert isinstance(profile.revise(least_rate=1600), Profile)


def test_a_language_that_is_only_likely_is_not_told():
    profile = amrit(languages="Panjaby (fluent), English (fluent)")

    assert [(skill.tag, skill.confirmed) for skill in profile.languages] == [("pa", False), ("en", True)]
    assert [skill.tag for skill in profile_changed(profile).languages] == ["en"]
