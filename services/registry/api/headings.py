"""The headings of a register kept in a spreadsheet, in the ways councils write them."""
import re

HEADINGS = {
    "ref": "ref|reference|id|pa id|pa ref|pa reference|pa number|number|no|register number|registration number|unique id",
    "chosen_name": "chosen name|name|pa name|known as|full name|preferred name|personal assistant",
    "about_me": "about me|about|profile|bio|in my own words|description|introduction",
    "postcode": "postcode|post code|area|postcode area|postcode sector|outcode|where|location|lives in",
    "travel": "travel|how they travel|travels by|transport|mode of travel|travel mode|how do you travel",
    "furthest_miles": "furthest miles|furthest|miles|how far|distance|travel distance|max miles|max distance|radius|will travel",
    "languages": "languages|language|lang|langs|languages spoken|spoken languages|speaks",
    "practices": "practices|practice|culture and faith practices|knows about|cultural practices|at ease with",
    "skills": "skills|skill|training|skills and training|qualifications|experience",
    "tasks": "tasks|task|will do|can do|support offered|type of support|types of support|services",
    "will_not_do": "will not do|wont do|wont|will not|not willing to do|tasks not done|does not do",
    "interests": "interests|interest|hobbies|hobbies and interests|likes",
    "fine_with": "fine with|ok with|okay with|happy with|comfortable with",
    "cannot_be_with": "cannot be with|cant be with|not ok with|allergies|cannot work with|limits",
    "smokes": "smokes|smoker|do you smoke|pa smokes",
    "faith": "faith|religion|own faith|faith or religion",
    "culture": "culture|own culture|cultural background|heritage",
    "sex": "sex|gender|own sex|male female|m f",
    "consents": "consents|consent|agrees to share|consent to share",
    "consent_faith": "consent faith|faith consent|consent to share faith|share faith|agrees to share faith",
    "consent_culture": "consent culture|culture consent|consent to share culture|share culture|agrees to share culture",
    "consent_sex": "consent sex|sex consent|consent to share sex|share sex|agrees to share sex",
    "availability": "availability|available|times|when|days and times|hours available|days available|working pattern|days",
    "sleep_ins": "sleep ins|sleep in|sleepins|sleep in nights|does sleep ins|sleeping nights",
    "away": "away|holidays|dates away|not available|unavailable dates|time off",
    "hours_least": "hours least|least hours|min hours|minimum hours|hours min",
    "hours_most": "hours most|most hours|max hours|maximum hours|hours max",
    "hours": "hours|hours wanted|hours a week|hours per week|weekly hours",
    "short_notice": "short notice|emergency cover|at short notice|available at short notice",
    "few_people": "few people|prefers few people|few people long term|long term",
    "rate": "rate|hourly rate|pay|pay rate|rate per hour|least rate|minimum rate|min rate|rate of pay",
    "age_band": "age band|age|age group|age range",
    "employment": "employment|employment status|employed or self employed|self employed|status of employment|paye",
    "state": "state|status|looking|currently looking",
    "free_from": "free from|available from|start date|can start|starts",
    "confirmed_on": "confirmed on|last confirmed|confirmed|last checked|last updated|date checked|updated",
}
LISTS = frozenset({
    "languages", "practices", "skills", "tasks", "will_not_do", "interests", "fine_with", "cannot_be_with",
    "availability", "away", "consents",
})  # fmt: skip
"""Several columns of these ('Language 1', 'Language 2') are read as one."""


def key(heading: str) -> str:
    """'Post-Code:' -> 'postcode'; 'Won't do' -> 'wontdo'."""
    return re.sub(r"[\W_]+", "", heading.lower().replace("&", "and"))


BY_KEY = {key(words): field for field, several in HEADINGS.items() for words in (field, *several.split("|"))}


def field_of(heading: str) -> str | None:
    """What a column is, or None where we do not read it."""
    whole = key(re.sub(r"\(.*?\)|\[.*?\]", " ", heading))
    return BY_KEY.get(whole) or BY_KEY.get(key(heading)) or _numbered(whole)


def _numbered(whole: str) -> str | None:
    field = BY_KEY.get(re.sub(r"\d+$", "", whole))
    return field if field in LISTS else None
