"""The work itself: who may say what of it when, whatever order they say it in."""
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.matcher.domain.offer import (
    ASKED_AFTER,
    AlreadyAgreed,
    HoursNotRight,
    LastDayOver,
    NoOffer,
    NotAsked,
    NoTrial,
    NoWork,
    Offer,
    OfferState,
    PayBelowTheLaw,
    StartNotToCome,
    Terms,
    TimesNotRight,
    TrialTooLong,
    offered,
)
from services.matcher.domain.sides import BOTH, By

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)
TODAY = NOW.date()
STARTS = TODAY + timedelta(days=20)
TERMS = Terms(STARTS, STARTS + timedelta(days=27), 40, 1350)
LOWEST = 1271  # the minimum wage from 21 years, from April 2026


def made(terms: Terms = TERMS, before: Offer | None = None) -> Offer:
    return offered(before, terms, By.PERSON, LOWEST, NOW)


def agreed(terms: Terms = TERMS) -> Offer:
    return made(terms).answered(True, NOW)


@pytest.mark.parametrize("terms, wrong", [
    (replace(TERMS, starts_on=TODAY), StartNotToCome),
    (replace(TERMS, starts_on=TODAY + timedelta(days=400)), StartNotToCome),
    (replace(TERMS, trial_until=STARTS), TrialTooLong),
    (replace(TERMS, trial_until=STARTS + timedelta(days=200)), TrialTooLong),
    (replace(TERMS, quarters=0), HoursNotRight),
    (replace(TERMS, quarters=700), HoursNotRight),
    (replace(TERMS, times=f"{(1 << 41) - 1:0168x}"), TimesNotRight),
    (replace(TERMS, rate=LOWEST - 1), PayBelowTheLaw),
])  # fmt: skip
def test_what_cannot_be_offered(terms: Terms, wrong: type[Exception]) -> None:
    with pytest.raises(wrong):
        made(terms)


@pytest.mark.parametrize("said, planned, fixed", [
    (None, 0xFF, 0xFF), (None, 0, 0), (None, (1 << 41) - 1, 0), ("0" * 168, 0xFF, 0), (f"{0xF0:0168x}", 0xFF, 0xF0),
])  # fmt: skip
def test_times_are_those_that_were_said_or_the_plans_where_there_is_room(said: str | None, planned: int, fixed: int) -> None:
    terms = replace(TERMS, times=said).as_planned(planned)

    assert terms.fixed == fixed and (terms.times is None) is (fixed == 0)


def test_an_offer_waits_a_week_or_until_the_work_would_begin() -> None:
    assert made().answer_by == NOW + timedelta(days=7)
    tomorrow = replace(TERMS, starts_on=TODAY + timedelta(days=1))
    assert made(tomorrow).answer_by == datetime(2026, 11, 29, tzinfo=UTC)


def test_an_offer_that_waits_can_be_changed_and_one_that_was_agreed_cannot() -> None:
    first = made()
    assert made(before=first) is first
    assert made(replace(TERMS, rate=1400), first).number == 2
    with pytest.raises(AlreadyAgreed):
        made(replace(TERMS, rate=1400), agreed())
    assert made(before=agreed().ended(By.PA, STARTS, TODAY)).number == 2


def test_an_answer_counts_once_and_in_time() -> None:
    yes = agreed()
    assert yes.state is OfferState.AGREED and yes.answered(True, NOW) is yes
    for late in (lambda: yes.answered(False, NOW), lambda: made().answered(True, NOW + timedelta(days=7))):
        with pytest.raises(NoOffer):
            late()
    assert made().at(NOW + timedelta(days=7)).state is OfferState.LAPSED
    assert made().at(NOW + timedelta(days=6, hours=23)).state is OfferState.MADE


def test_the_trial_goes_on_when_both_say_so_or_nobody_says_no() -> None:
    assert not agreed().after_trial(By.PA, True).trial_over
    assert agreed().after_trial(By.PA, True).after_trial(By.PERSON, True).trial_over
    over = datetime(2027, 1, 15, 0, tzinfo=UTC)  # the day after the last day of the trial begins
    assert agreed().due == over
    assert agreed().at(over).trial_over and agreed().at(over).state is OfferState.AGREED
    with pytest.raises(NoTrial):
        agreed().at(over).after_trial(By.PA, False)
    with pytest.raises(NoTrial):
        agreed(replace(TERMS, trial_until=None)).after_trial(By.PA, False)


def test_one_no_ends_the_work_with_the_trial() -> None:
    ended = agreed().after_trial(By.PERSON, True).after_trial(By.PA, False)
    assert (ended.state, ended.ended_on, ended.by) == (OfferState.ENDED, TERMS.trial_until, By.PA)


def test_the_last_day_is_to_come_and_only_of_work_there_is() -> None:
    with pytest.raises(LastDayOver):
        agreed().ended(By.PA, TODAY - timedelta(days=1), TODAY)
    with pytest.raises(NoWork):
        made().ended(By.PA, TODAY, TODAY)
    ended = agreed().ended(By.STAFF, TODAY, TODAY)
    assert ended.ended(By.PA, TODAY, TODAY) is ended and ended.due is None


@pytest.mark.parametrize("after", ASKED_AFTER)
def test_how_it_goes_is_asked_three_times_for_two_weeks_each(after: int) -> None:
    asked = STARTS + timedelta(days=after)
    for day in (asked - timedelta(days=1), asked + timedelta(days=15)):
        with pytest.raises(NotAsked):
            agreed().said_how(By.PA, after, True, day)
    said = agreed().said_how(By.PA, after, True, asked).said_how(By.PA, after, False, asked + timedelta(days=14))
    assert [(one.after, one.well) for one in said.going] == [(after, False)]


Word = tuple[str, By, bool, int]
WORDS = st.tuples(
    st.sampled_from(("answer", "trial", "how", "end", "take back", "time")), st.sampled_from(sorted(BOTH)), st.booleans(),
    st.integers(0, 130),
)


@given(st.lists(WORDS, max_size=12))
def test_whatever_is_said_in_whatever_order_it_stands_as_somebody_said(words: list[Word]) -> None:
    """Nothing begins without a yes of the PA, nothing ends without a word of somebody, and what has ended stays so."""
    offer, heard, days = made(), [], 0
    for what, by, yes, later in words:
        days += later
        now = NOW + timedelta(days=days)
        before = offer
        try:
            offer = said(offer, what, by, yes, now)
        except (NoOffer, NoTrial, NoWork, NotAsked, LastDayOver):
            continue
        heard.append((what, by, yes))
        if before.state not in (OfferState.MADE, OfferState.AGREED):
            assert offer.state is before.state
    if offer.state in (OfferState.AGREED, OfferState.ENDED):
        assert ("answer", By.PA, True) in [(what, By.PA, yes) for what, _, yes in heard]
    if offer.state is OfferState.ENDED:
        assert offer.ended_on is not None and any(what in ("trial", "end") for what, _, _ in heard)
    assert offer.trial_over is False or offer.state in (OfferState.AGREED, OfferState.ENDED)
    assert len({(one.after, one.by) for one in offer.going}) == len(offer.going)


def said(offer: Offer, what: str, by: By, yes: bool, now: datetime) -> Offer:
    today: date = now.date()
    match what:
        case "answer":
            return offer.answered(yes, now)
        case "trial":
            return offer.after_trial(by, yes)
        case "how":
            return offer.said_how(by, 14, yes, today)
        case "end":
            return offer.ended(by, today, today)
        case "take back":
            return offer.taken_back(by)
        case _:
            return offer.at(now)
