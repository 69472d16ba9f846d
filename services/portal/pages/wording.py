"""The words of the pages for what is a code or a number inside."""
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from services.portal.domain.days import HERE
from services.portal.pages.language_notes import code_of
from shared.vocabulary import reason_params
from shared.vocabulary.languages import is_signed
from shared.vocabulary.terms import Kind, label

SAID = {
    "signed_out": "You are signed out.",
    "plan_saved": "Your plan is saved. Your list follows it in a moment.",
    "translation_saved": "It is saved as a draft. It is not sent until somebody signs it off.",
    "translation_signed_off": "It is signed off. From now on it can be sent.",
    "medium_put_in": "It is put in. From now on it goes with this message.",
    "medium_taken_away": "It is taken away.",
    "language_begun": "You can begin. Nothing in it is sent until somebody signs it off.",
    "translation_asked": "It is written down who sees to this.",
    "plan_same": "Nothing was different, so nothing changed.",
    "wish_added": "We added what you asked for. Your list follows in a moment.",
    "wish_changed": "We changed how much it matters. Your list follows in a moment.",
    "wish_removed": "We took that off your plan. Your list follows in a moment.",
    "word_left_out": "We left that word out. It does not count.",
    "question_answered": "Thank you. We know what you meant now.",
    "asked": "We have asked them. We will tell you what they say.",
    "meeting_put_down": "It is put down. We tell both of you.",
    "meeting_called_off": "The meeting is called off. Whoever knew of it is told.",
    "meeting_suits": "Thank you. We wrote down that it suits you.",
    "meeting_does_not_suit": "Thank you for telling us. We let them know, and another time is found.",
    "offered": "The work is offered. We tell them, and we tell you what they say.",
    "offer_taken_back": "The offer is taken back.",
    "offer_agreed": "You said yes to the work. We tell both of you what comes next.",
    "goes_on": "Thank you. We wrote down that you would like to go on.",
    "work_ended": "It is put down. We tell both of you the last day.",
    "going_well": "Thank you. We are glad that it goes well.",
    "not_going_well": "Thank you for telling us. Somebody of our team talks with you about what would help.",
    "withdrawn": "We have taken your question back, and told them so.",
    "taken_off": "They are off. They can see nothing of yours from now on.",
    "let_in": "They can work alongside you now. You can take them off at any time.",
    "pool_begun": "Your job to share is begun. Give the code to the people you want to share with.",
    "pool_joined": "You share this job now. The others are told.",
    "pool_left": "You have left the job. The others are told.",
    "pool_hours": "Your hours are changed. What each of you pays is worked out again.",
    "contact_saved": "Saved. This is how we will tell you things from now on.",
    "leaflet_sent": "It is on its way to you.",
    "leaflet_sent_before": "You asked for this one today. It is on its way to you.",
    "stopped": "We have stopped. Nothing more will be sent to you.",
    "started": "We will tell you things again.",
    "profile_saved": "Your profile is saved. The lists follow in a moment.",
    "week_saved": "Your week is saved. The lists follow in a moment.",
    "paused": "You are paused. Nobody new will be shown your profile.",
    "resumed": "Welcome back. You are in the lists again.",
    "confirmed": "Thank you. We wrote down that this is still true today.",
    "away_saved": "Your days away are saved. The lists follow in a moment.",
    "answered_yes": "You said yes. We will let them know.",
    "answered_no": "You said no, thank you. We will let them know kindly.",
    "outcome_saved": "Thank you. We wrote down how it went.",
    "team_chosen": "We show you the tasks of your team first now.",
    "task_taken": "You have this task now. How to reach them is below.",
    "task_put_back": "The task is free again for somebody else.",
    "task_handed_on": "The other team has the task now.",
    "slip_answered": "Thank you. We wrote down their answer, and tell those who wait for it.",
    "slip_late": "The time to answer had passed, so this slip changes nothing. Those who waited were told.",
    "slip_changed_mind": "They had answered the other way before. The contact team asks them which it is.",
    "slip_asked_again": "Thank you. We ask them again, because the slip was not clear.",
    "gaps_published": "This week's gaps are published.",
    "tried_again": "We try it again in a few seconds.",
    "list_asked": "You asked for a list. You can see it here once the person has been told about it.",
}

STRENGTHS = {"must": "Must have", "important": "Important", "nice": "Nice to have"}
MET = {"yes": "Yes", "no": "No", "unknown": "Not known"}
GROUPS = {"fitting": "People who fit", "near": "People who nearly fit", "others": "Other people", "all": "Everybody"}
INTRODUCTIONS = {
    "asked": "Waiting for an answer",
    "accepted": "Said yes",
    "declined": "Said no, thank you",
    "expired": "No answer came in time",
    "withdrawn": "Taken back",
}
MESSAGES = {
    "waiting": "About to be made",
    "written": "Made. It goes out soon, but not at night",
    "handed_over": "Sent",
    "task": "A person will get in touch",
    "done_by_task": "Told by a person",
    "dropped": "Not sent, because it was no longer needed",
}
CAUSES = {
    "plan": "the plan changed",
    "profiles": "PAs came, left or changed their profiles",
    "rules": "the way of putting people in order changed",
}
PROFILES = {
    "looking": "Looking for work",
    "soon": "Looking soon",
    "paused": "Paused",
    "gone": "Left",
}
PLANS = {"open": "Open", "paused": "Paused", "closed": "Closed"}
METHODS = {"text": "Text message", "email": "Email", "letter": "Letter", "phone": "Phone call", "visit": "Visit"}
FORMATS = {
    "plain": "Ordinary writing",
    "large_print": "Large print",
    "easy_read": "Easy read",
    "audio": "Audio, to listen to",
    "braille": "Braille, contracted (grade 2)",
    "braille_grade_1": "Braille, uncontracted (grade 1)",
    "bsl_video": "A film in British Sign Language (BSL)",
    "makaton_video": "A film in Makaton",
    "verbal": "Said out loud by a person",
}
LEVELS = {"some": "a little", "gets_by": "gets by", "fluent": "fluent", "mother_tongue": "mother tongue"}
TRAVELS = {"walk": "Walking", "bus": "Bus or train", "cycle": "Bicycle", "car": "Car"}
EMPLOYMENTS = {"employed": "Employed by the person", "self_employed": "Self-employed", "either": "Either is fine"}
AGES = {"under_18": "Under 18", "18_to_20": "18 to 20", "21_and_over": "21 or over"}
SCOPES = {
    "see_shortlist": "See your list, after you",
    "ask_to_meet": "Ask somebody to meet you, for you",
    "edit_plan": "Change your plan with you",
}
LOOKED = {
    "plan": "Your plan",
    "shortlist": "Your list",
    "asked_for_list": "Asked for your list",
    "profile": "Your profile",
    "messages": "Messages to you",
    "meetings": "Your meetings",
    "data": "A copy of your data",
}
ROLES = {"person": "person", "pa": "personal assistant", "broker": "support broker", "staff": "council worker"}
CRITERIA = {
    "language": "A language",
    "practice": "A way of living, culture or faith they know well",
    "skill": "A skill or training",
    "task": "A job they would do",
    "interest": "Something they like doing",
    "times": "They can come at my times",
    "place": "They live near me",
    "pay": "Their pay is within what I can pay",
    "hours": "The hours suit both of us",
    "limit": "They are fine with my home",
    "sex": "A woman, or a man",
    "faith": "Their own faith",
    "culture": "Their own culture",
}
CHANGED_AT = {
    "profile": ("/profile/change", "Change my profile"),
    "languages": ("/profile/languages", "Change my languages"),
    "week": ("/week", "Change my week"),
    "answers": ("/profile", "See my profile"),
}
SPOKEN_AS = {"spoken": "Speaks", "read": "Reads", "signed": "Signs"}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY_CODES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def wish_in_words(wish: Mapping[str, Any]) -> str:
    """A wish as it was given: 'Speaks Punjabi (fluent)', 'Cooks halal', 'Lives within 3 miles'. Their own word for it stays."""
    kind = wish["criterion"]
    value = labelled(kind, wish["value"]) if wish.get("value") else ""
    match kind:
        case "language":
            names = " or ".join([value, *(labelled(kind, one) for one in wish.get("or_else", ()))])
            how = SPOKEN_AS["signed" if is_signed(code_of(wish["value"])) else wish.get("mode") or "spoken"]
            return f"{how} {names}" + (f" ({LEVELS[wish['level']]})" if wish.get("level") else "")
        case "times":
            return f"Can come at {wish['share']}% of the times or more" if wish.get("share") else "Can come at all the times"
        case "place":
            near = wish.get("within_miles")
            return f"Lives within {Decimal(near).normalize():f} miles" if near else CRITERIA[kind]
        case _:
            return value[:1].upper() + value[1:] or CRITERIA[kind]


def labelled(kind: str, code: str) -> str:
    """A code's label. What is no code is somebody's own word, and stays as it is."""
    try:
        return label(Kind(kind), code)
    except (LookupError, ValueError):
        return code.replace("_", " ")


def out_of_a_hundred(millionths: int | None) -> str:
    return "" if millionths is None else str(round(millionths / 10_000))


def covers(millionths: int | None) -> str:
    if millionths is None:
        return ""
    if millionths >= 1_000_000:
        return "Can come at all the times asked for"
    if not millionths:
        return "Cannot come at the times asked for"
    return f"Can come at {millionths // 10_000}% of the times asked for"


def miles(metres: int | None) -> str:
    """As every reason says it: 'About 3 miles', 'Less than a mile'. It is between the middles of two areas."""
    return "" if metres is None else begun(reason_params.miles(metres))


def begun(words: str) -> str:
    return words[:1].upper() + words[1:]


def hours(quarters: int) -> str:
    number = Decimal(quarters) / 4
    return f"{number.normalize():f} hour{'' if number == 1 else 's'}"


def pounds(pence: int | None) -> str:
    return "" if pence is None else f"£{pence / 100:,.2f}"


def about_pounds(pence: int) -> str:
    """To the nearest pound, half up."""
    return f"about £{(pence + 50) // 100:,}"


def on(day: date | datetime | None) -> str:
    """'3 November 2026'. A moment is shown as the day it was here."""
    if day is None:
        return ""
    local = day.astimezone(HERE) if isinstance(day, datetime) else day
    return f"{local.day} {local:%B %Y}"


def at(moment: datetime | None) -> str:
    """'3 November 2026 at 4:05pm'"""
    if moment is None:
        return ""
    local = moment.astimezone(HERE)
    return f"{on(moment)} at {local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"


def labelled_task(code: str) -> str:
    return labelled("task", code)


def labelled_limit(code: str) -> str:
    return labelled("limit", code)


def on_day(iso: str) -> str:
    return on(date.fromisoformat(iso))
