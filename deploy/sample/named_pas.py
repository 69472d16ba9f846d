"""The PAs of the journeys: the first entries of every sample, so that each journey has somebody to find."""

from datetime import date, timedelta
from typing import Any

from deploy.sample.contacts import contact, drama_number
from deploy.sample.council import Council
from deploy.sample.dice import Dice, sample_id
from deploy.sample.pas import Pa, pa_ref
from deploy.sample.week import ALL, MORNING, WEEKDAYS, WEEKEND, Piece, Times, times

Body = dict[str, Any]


def named_pa(council: Council, seed: int, day: date, number: int) -> Pa:
    told = _PAS[number]
    dice = Dice(council.name, seed, "pa", number)
    profile_id = sample_id(council.name, seed, "pa", number)
    week: Times = times(told["week"])
    profile: Body = {
        "profile_id": str(profile_id),
        "ref": pa_ref(seed, number),
        "chosen_name": told["name"],
        "about_me": told["about_me"],
        "postcode": council.named[told["place"]],
        "travel": told["travel"],
        "languages": told["languages"],
        "practices": told.get("practices", []),
        "skills": [_skill(code, day) for code in told.get("skills", [])],
        "tasks": told["tasks"],
        "will_not_do": told.get("will_not_do", []),
        "interests": told.get("interests", []),
        "fine_with": told.get("fine_with", ["stairs"]),
        "cannot_be_with": told.get("cannot_be_with", []),
        "smokes": False,
        **told.get("own", {}),
        "consents": told.get("consents", []),
        "availability": week.slots,
        "sleep_ins": told.get("sleep_ins", False),
        "hours_least": 2,
        "hours_most": told["hours_most"],
        "short_notice": False,
        "few_people": True,
        "rate": told["rate"],
        "age_band": "21_and_over",
        "employment": "employed",
        "confirmed_on": (day - timedelta(days=number)).isoformat(),
    }
    way = {"method": told["told_by"], "format": "plain", "language": "en"}
    reach = contact(
        dice, council, str(profile_id), "pa", told["name"], [way], profile["postcode"], day, phone=drama_number(40 + number)
    )
    if told.get("only_by_text"):
        reach["never"] = ["email", "letter", "phone", "visit"]
    return Pa(profile_id, told["name"], profile, reach, week)


def _skill(code: str, day: date) -> str | Body:
    runs_out = {"moving_and_handling", "first_aid", "medication"}
    return {"code": code, "until": (day + timedelta(days=200)).isoformat()} if code in runs_out else code


def _speaks(tag: str, spoken: str = "mother_tongue", read: str | None = "fluent") -> Body:
    return {"tag": tag, "spoken": spoken, **({"read": read} if read else {})}


_ENGLISH = _speaks("en")
_GOOD_ENGLISH = _speaks("en", "fluent")
_TUESDAY_AND_SATURDAY: list[Piece] = [([1, 5], ("09:00", "14:00"))]
_BESIDE_THE_ALLOTMENT: Body = {
    "place": 1,
    "travel": "car",
    "languages": [_ENGLISH],
    "tasks": ["going_out", "shopping", "companionship"],
    "fine_with": ["dogs", "stairs"],
    "week": _TUESDAY_AND_SATURDAY,
    "hours_most": 12,
    "rate": "13.60",
    "told_by": "email",
}

_PAS: tuple[Body, ...] = (
    {
        "name": "Harjit Kaur",
        "place": 3,
        "travel": "bus",
        "told_by": "text",
        "only_by_text": True,
        "about_me": "I speak Punjabi and Urdu. I have supported people at home for 9 years. Please text me.",
        "languages": [_speaks("pa"), _speaks("ur", "fluent", None), _speaks("en", "gets_by", "some")],
        "practices": ["cooks_vegetarian", "cooks_south_asian", "at_ease_taking_me_to_gurdwara"],
        "skills": ["moving_and_handling", "dementia"],
        "tasks": ["personal_care", "cooking", "shopping", "companionship"],
        "will_not_do": ["pets"],
        "cannot_be_with": ["dogs"],
        "own": {"faith": "sikh", "sex": "woman"},
        "consents": ["sex"],
        "week": [(WEEKDAYS, MORNING)],
        "hours_most": 20,
        "rate": "13.20",
    },
    {
        "name": "Sahra Jama",
        "place": 0,
        "travel": "walk",
        "told_by": "text",
        "about_me": "I speak Somali at home. I cook every day and I am an early riser.",
        "languages": [_speaks("so"), _speaks("en", "fluent"), _speaks("ar", "gets_by", "gets_by")],
        "practices": ["cooks_halal", "knows_prayer_times", "keeps_ramadan", "removes_shoes"],
        "skills": ["moving_and_handling", "dementia"],
        "tasks": ["personal_care", "cooking", "shopping", "appointments", "companionship"],
        "own": {"faith": "muslim", "culture": "somali", "sex": "woman"},
        "consents": ["faith", "sex"],
        "week": [(WEEKDAYS, ("07:00", "13:00"))],
        "hours_most": 25,
        "rate": "13.00",
    },
    {  # All that is asked for, but she did not consent: for matching, her sex is not known.
        "name": "Ubah Nur",
        "place": 1,
        "travel": "bus",
        "told_by": "text",
        "about_me": "I have cared for my mother and my aunts. I am gentle and I do not rush.",
        "languages": [_speaks("so"), _speaks("en", "gets_by", "gets_by")],
        "practices": ["cooks_halal", "knows_prayer_times"],
        "tasks": ["personal_care", "cooking", "cleaning", "companionship"],
        "own": {"sex": "woman"},
        "consents": [],
        "week": [(ALL, MORNING)],
        "hours_most": 30,
        "rate": "12.90",
    },
    _BESIDE_THE_ALLOTMENT
    | {
        "name": "Ray Fisher",
        "interests": ["gardening", "history"],
        "about_me": "I have grown vegetables since I was a boy. I am happiest outdoors with good company.",
    },
    _BESIDE_THE_ALLOTMENT
    | {  # Equal in everything but the gardening.
        "name": "Janet Mills",
        "interests": ["cinema", "history"],
        "about_me": "I like a good film and a good chat. I am on time and I keep my word.",
    },
    {
        "name": "Owen Clarke",
        "place": 2,
        "travel": "cycle",
        "told_by": "email",
        "about_me": "My brother is autistic. I say what will happen and then it happens. I know a lot about trains.",
        "languages": [_ENGLISH],
        "skills": ["autism_communication", "sensory_needs", "first_aid"],
        "tasks": ["going_out", "companionship", "cooking", "work_support"],
        "interests": ["trains", "gaming", "walking"],
        "week": [([1, 3], ("14:00", "20:00")), (WEEKEND, ("10:00", "18:00"))],
        "hours_most": 20,
        "rate": "13.90",
    },
    {
        "name": "Grace Bailey",
        "place": 3,
        "travel": "car",
        "told_by": "email",
        "about_me": "I ran a day centre kitchen for 12 years. We cooked, danced and laughed.",
        "languages": [_ENGLISH, {"tag": "bfi", "signed": "gets_by"}],
        "practices": ["cooks_caribbean", "hair_and_skin_care_black", "at_ease_taking_me_to_church"],
        "skills": ["learning_disability", "makaton", "first_aid", "driving"],
        "tasks": ["going_out", "cooking", "shopping", "personal_care"],
        "interests": ["baking", "music", "swimming", "cricket"],
        "week": [(WEEKDAYS, ("09:00", "16:00"))],
        "hours_most": 30,
        "rate": "13.80",
    },
    {
        "name": "Imran Malik",
        "place": 2,
        "travel": "car",
        "told_by": "text",
        "about_me": "I have worked nights and days with people who need somebody there all the time.",
        "languages": [_speaks("ur"), _GOOD_ENGLISH],
        "skills": ["wheelchair", "moving_and_handling", "medication", "driving"],
        "practices": ["cooks_halal", "knows_prayer_times"],
        "fine_with": ["lifting", "stairs", "dogs", "cats"],
        "tasks": ["personal_care", "moving_and_handling", "going_out", "medication"],
        "interests": ["football"],
        "own": {"sex": "man"},
        "consents": ["sex"],
        "sleep_ins": True,
        "week": [(ALL, ("07:00", "22:00"))],
        "hours_most": 45,
        "rate": "15.20",
    },
    {  # Speaks Sylheti near the gap, but never at weekends: so the gap stays a gap.
        "name": "Rukhsana Miah",
        "place": 1,
        "travel": "walk",
        "told_by": "text",
        "about_me": "I work while my children are at school.",
        "languages": [_speaks("syl", "mother_tongue", None), _speaks("bn", "fluent", "gets_by"), _speaks("en", "fluent")],
        "practices": ["cooks_halal", "cooks_south_asian", "knows_prayer_times"],
        "tasks": ["cooking", "companionship", "shopping", "personal_care"],
        "week": [(WEEKDAYS, ("09:15", "14:30"))],
        "hours_most": 20,
        "rate": "12.95",
    },
)

NAMED_PAS = len(_PAS)
