"""What the matcher is asked over HTTP, a file for each subject."""
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter

from services.matcher.api.costs import Costs
from services.matcher.api.fairness import Fairness
from services.matcher.api.gaps import Gaps
from services.matcher.api.introductions import Introductions
from services.matcher.api.journeys import Journeys
from services.matcher.api.lists import Lists
from services.matcher.api.offers import Offers
from services.matcher.api.records import Records
from services.matcher.api.standing import Standings
from services.matcher.api.teams import TeamsApi
from services.matcher.api.what_if import WhatIfs
from services.matcher.domain.introduction import AlreadyAsked, AlreadyEnded, AskedForTheJob, NotInScope, PlanNotOpen
from services.matcher.domain.journey import NoMeeting, NotAgreedToMeet, NotToCome
from services.matcher.domain.lore import Lore
from services.matcher.domain.offer import (
    AlreadyAgreed,
    HoursNotRight,
    LastDayOver,
    NoOffer,
    NotAsked,
    NoTrial,
    NoWork,
    StartNotToCome,
    TimesNotRight,
    TrialTooLong,
)
from services.matcher.ports import Begin
from services.matcher.usecases import asking, costing, counting, introductions, paging, records, wondering

PROBLEMS: dict[type[Exception], int] = {
    asking.NotRankedYet: 404,
    asking.ProfileNotFound: 404,
    introductions.IntroductionNotFound: 404,
    NotInScope: 404,
    AlreadyAsked: 409,
    AlreadyEnded: 409,
    PlanNotOpen: 409,
    AskedForTheJob: 409,
    NotAgreedToMeet: 409,
    NoMeeting: 409,
    NotToCome: 422,
    NoOffer: 409,
    NoTrial: 409,
    NoWork: 409,
    NotAsked: 409,
    AlreadyAgreed: 409,
    StartNotToCome: 422,
    TrialTooLong: 422,
    HoursNotRight: 422,
    TimesNotRight: 422,
    LastDayOver: 422,
    counting.NoGapsYet: 404,
    costing.PlanNotFound: 404,
    costing.PaNotInScope: 404,
    costing.NoRateToGoBy: 409,
    costing.BelowTheLaw: 422,
    paging.ListReplaced: 410,
    wondering.PlanPutAway: 409,
    records.NeverTold: 404,
    records.NoLongerKept: 410,
    records.RulesNotHere: 409,
}


@dataclass(frozen=True)
class Api:
    begin: Begin
    lore: Lore
    today: Callable[[], date]

    def routers(self) -> list[APIRouter]:
        begins = self.begin, self.lore, self.today
        return [
            Lists(self.begin, self.lore).router(),
            Introductions(self.begin).router(),
            Journeys(self.begin).router(),
            Offers(self.begin, self.lore).router(),
            Standings(*begins).router(),
            Costs(*begins).router(),
            WhatIfs(*begins).router(),
            TeamsApi(*begins).router(),
            Gaps(self.begin, self.today).router(),
            Fairness(self.begin, self.today).router(),
            Records(self.begin).router(),
        ]
