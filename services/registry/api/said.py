"""What callers send: a PA's profile in words as people type them, or in codes."""
from decimal import Decimal
from typing import Annotated, Any, cast
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from services.registry.api import plain_values as plain
from services.registry.api.plain_values import Day, Readable, YesNo, one_of
from services.registry.domain.consent import Facet, How
from services.registry.domain.values import AgeBand, Employment, Level, State, Travel
from services.registry.usecases.said import Said
from shared.contracts.intake import SlotIn

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), Readable]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100), Readable]
Words = Annotated[str, StringConstraints(max_length=2000), Readable]


class FromOutside(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, frozen=True)


class LanguageIn(FromOutside):
    """A language by its tag or its name, with a level for each way of using it."""

    tag: Line | None = None
    name: Line | None = None
    label: str | None = Field(None, exclude=True, description="Not read. Here so that what we sent can be sent back.")
    confirmed: bool | None = Field(None, exclude=True, description="Not read: a language that is sent is confirmed.")
    typed: str | None = Field(None, exclude=True, description="Not read.")
    spoken: Level | None = None
    read: Level | None = None
    signed: Level | None = None


class ThingIn(FromOutside):
    """A practice, skill, task, interest or limit: a code or a word, and the last day a training counts."""

    code: Line
    until: Day | None = None
    label: str | None = Field(None, exclude=True, description="Not read.")
    has: bool | None = Field(None, exclude=True, description="Not read: the field says whether it is had or not.")
    confirmed: bool | None = Field(None, exclude=True, description="Not read: what is sent is confirmed.")
    typed: str | None = Field(None, exclude=True, description="Not read.")


class AwayIn(FromOutside):
    """Days away, both ends included."""

    first: Day
    last: Day


Things = Words | Annotated[list[Line | ThingIn], Field(max_length=100)] | None
Languages = Words | Annotated[list[Line | LanguageIn], Field(max_length=50)] | None



class LimitsIn(FromOutside):
    fine_with: Things = None
    cannot_be_with: Things = None


TravelIn = Annotated[Travel, one_of(plain.TRAVEL, "Write walk, bus, cycle or car: the one they use most.")]
StateIn = Annotated[State, one_of(plain.STATES, "Write looking, soon, paused or gone.")]
EmploymentIn = Annotated[Employment, one_of(plain.EMPLOYMENT, "Write employed, self employed or either.")]
Miles = Annotated[Decimal, BeforeValidator(plain.miles), Field(ge=0, le=200)]
Hours = Annotated[Decimal, BeforeValidator(plain.hours), Field(ge=0, le=168, multiple_of=Decimal("0.25"))]
Pounds = Annotated[Decimal, BeforeValidator(plain.money), Field(ge=0, le=1000, decimal_places=2)]
Age = Annotated[AgeBand, BeforeValidator(plain.age)]
Consents = Annotated[list[Facet], BeforeValidator(plain.facets)]
Away = Annotated[list[AwayIn], BeforeValidator(plain.spans), Field(max_length=100)]

EXAMPLE: dict[str, Any] = {
    "ref": "PA-0042",
    "chosen_name": "Amrit K",
    "about_me": "I like gardens, and I am good at listening.",
    "postcode": "LE5 3",
    "travel": "bus",
    "furthest_miles": 5,
    "languages": "Panjabi (mother tongue), English (fluent)",
    "practices": "cooks vegetarian, at ease going to gurdwara",
    "skills": ["medication", {"code": "first_aid", "until": "2027-03-31"}],
    "tasks": "cooking, going out",
    "will_not_do": "intimate care",
    "fine_with": "cats",
    "cannot_be_with": "smokers",
    "smokes": False,
    "faith": "Sikh",
    "consents": ["faith"],
    "availability": "Mon-Fri mornings, not Weds",
    "hours_least": 6,
    "hours_most": 16,
    "rate": "13.20",
    "age_band": "21 and over",
    "employment": "either",
}


class ProfilePatch(FromOutside):
    """Any of the fields. What is not sent stays as it is; null takes back what was said."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"availability": "Tues and Sat", "rate": "13.50"}]})

    chosen_name: Name = ""
    about_me: Words | None = None
    postcode: Annotated[Line, Field(description="A sector ('LE5 3') or outward code is enough; a whole one is cut down.")] = ""
    travel: TravelIn = Travel.WALK
    furthest_miles: Miles | None = None
    languages: Annotated[Languages, Field(description="In words, or one by one.")] = None
    practices: Things = None
    skills: Annotated[Things, Field(description="'First aid (until 31/03/2027)', or with `until`.")] = None
    tasks: Things = None
    will_not_do: Things = None
    interests: Things = None
    fine_with: Things = None
    cannot_be_with: Things = None
    limits: LimitsIn | None = None
    smokes: YesNo | None = None
    faith: Annotated[Line | None, Field(description="Self-declared. Told to nobody without its own consent.")] = None
    culture: Line | None = None
    sex: Line | None = None
    consents: Annotated[
        Consents | None,
        Field(description="What the PA agrees may be used for matching, in full: what is missing from it is taken back."),
    ] = None
    consent_how: Annotated[How, Field(description="How the consent was given.")] = How.PAGE
    availability: Annotated[
        Words | Annotated[list[SlotIn], Field(max_length=200)] | None, Field(description="In words, or as slots.")
    ] = None
    sleep_ins: YesNo | None = None
    away: Away | None = None
    hours_least: Hours | None = None
    hours_most: Hours | None = None
    short_notice: YesNo | None = None
    few_people: YesNo | None = None
    rate: Annotated[Pounds | None, Field(description="The least the PA works for, in pounds an hour.")] = None
    age_band: Age | None = None
    employment: EmploymentIn | None = None
    state: StateIn = State.LOOKING
    free_from: Annotated[Day | None, Field(description="With the state 'soon': the first day.")] = None
    confirmed_on: Annotated[Day | None, Field(description="The last day the PA said that all this is true.")] = None


class ProfileIn(ProfilePatch):
    """A PA as the council's register has them. `chosen_name`, `postcode` and `travel` are needed the first time."""

    model_config = ConfigDict(json_schema_extra={"examples": [EXAMPLE]})

    profile_id: UUID | None = None
    ref: Annotated[Line | None, Field(description="The council's own number. Sending it again changes the same profile.")] = None


def said_in(sent: ProfilePatch) -> Said:
    """Only what was sent."""
    said: dict[str, Any] = sent.model_dump(exclude_unset=True)
    said |= said.pop("limits", None) or {}
    if said.get("confirmed_on", "") is None:
        del said["confirmed_on"]
    return cast(Said, said)
