"""The words of the pages about contact tasks and about what was done to reach somebody."""
from collections.abc import Mapping
from uuid import UUID

from services.portal.clients.teamwork import Receipt, Step
from services.portal.pages.wording import FORMATS, METHODS, at, begun, labelled

KINDS = {
    "ring": "Ring them",
    "ring_in_their_language": "Ring them in their own language",
    "visit": "Visit them",
    "have_it_made": "Have it made in the form they asked for",
    "find_a_way": "Find a way to reach them",
    "find_out": "Find out whether it came",
    "ask_them": "Ask them again: yes or no?",
}
TASK_STATES = {
    "open": "To do",
    "done": "Done: they were told",
    "could_not": "Closed: it could not be done this way",
    "not_needed": "Closed: it is no longer needed",
}
OUTCOMES = (
    ("reached", "I told them"),
    ("not_reached", "Nobody answered, or they were not there"),
    ("could_not", "It cannot be done this way"),
)
ANSWERS = (
    ("yes", "They said yes"),
    ("no", "They said no"),
    ("key 1", "They pressed 1, which is yes"),
    ("key 2", "They pressed 2, which is no"),
    ("none", "They gave no answer yet"),
)
COULD_NOT = (
    ("wrong", "The number or address is wrong"),
    ("not_this_way", "It did not work this way. Try the next way they chose"),
    ("not_wanted", "They do not want to be told this"),
)
CROSSES = (("yes", "A cross at yes"), ("no", "A cross at no"), ("unclear", "No cross, or a cross at both"))

PASSED = {
    "never": "they asked never to be reached this way",
    "no_point": "there is no number or address for it",
    "closed": "messages to it did not arrive before",
    "no_copy": "the words are not ready in this language",
    "no_format": "we cannot make this form",
    "not_made": "making it failed",
    "refused": "the number or address was refused",
    "channel_down": "sending it failed again and again",
    "no_channel": "nothing here can carry it in this form",
    "not_reached": "it was sent, but did not arrive",
    "could_not": "somebody tried, and could not reach them this way",
    "unsure": "we cannot tell whether it arrived",
}
DROPPED = {
    "expired": "its time had passed",
    "superseded": "there was newer news",
    "stopped": "they asked us to stop",
    "no_longer_true": "it was no longer true",
    "taken_off": "they no longer support this person",
    "not_reached": "no way to reach them was left",
    "not_wanted": "they did not want to be told",
    "no_way": "the code could not go where it was asked to",
}
TRIED = {
    "accepted": "Sent",
    "refused": "Not sent: the number or address was refused",
    "not_now": "Not sent yet: the sending service did not answer. It is tried again",
    "doubt": "We do not know whether it was sent. It is looked into",
    "not_there": "The sending service does not have it. It is sent again",
    "not_answered": "The sending service did not say what became of it",
    "no_word": "No word came of whether it arrived",
}
ROUTES = {"link": "by a link", "text": "by text message", "phone": "on the telephone", "slip": "with an answer slip"}
UNDERWAY = ("created", "sending", "pending", "accepted")
RECEIPTS = {
    "created": "Taken in",
    "sending": "On its way",
    "pending": "On its way",
    "delivered": "Arrived",
    "sent": "Sent abroad. Nothing more is said of it",
    "received": "Printed and posted",
    "accepted": "To be printed",
    "permanent-failure": "Did not arrive: the number or address does not work",
    "temporary-failure": "Did not arrive: it could not be reached then",
    "technical-failure": "Did not arrive: a fault on the way",
    "cancelled": "Taken back",
    "virus-scan-failed": "Not sent: the letter was not taken",
    "validation-failed": "Not sent: the letter was not taken",
}


def way_in_words(method: str | None, form: str | None, language: str | None, point_size: int | None) -> str:
    """'Letter, large print of 24 point, in Somali'"""
    if method is None:
        return ""
    size = f" of {point_size} point" if point_size else ""
    parts = [METHODS.get(method, method), FORMATS.get(form or "", "").lower() + size]
    return ", ".join([*filter(None, parts), *([f"in {labelled('language', language)}"] if language else [])])


def step_in_words(step: Step, names: Mapping[UUID, str | None]) -> str:
    """What was done, as a sentence. `names`: of the workers."""
    way = way_in_words(step.method, step.format, step.language, step.point_size)
    who = (names.get(step.worker_id) or "A worker") if step.worker_id else "Another system"
    match step.what:
        case "passed_over":
            return f"Not used: {way}. Why: {PASSED.get(step.why or '', 'it was not open')}."
        case "dropped":
            return f"Not sent, because {DROPPED.get(step.why or '', 'it was no longer needed')}."
        case "asked":
            to_do = KINDS.get(step.why or "", "Reach them")
            return f"Given to {step.team}, to be done by {at(step.until)}: {to_do}" + (f" ({way})." if way else ".")
        case "taken":
            return f"{who} took the task."
        case "put_back":
            return f"{who} put the task back."
        case "handed_on":
            return f"{who} handed the task on to {step.team}."
        case "late":
            return f"The task was late, so it went to {step.team}."
        case "no_answer":
            return f"{who} tried, and nobody answered. Next try by {at(step.until)}."
        case "told":
            return f"{who} told them."
        case "could_not":
            return f"{who} wrote: {dict(COULD_NOT).get(step.why or '', 'it could not be done')}."
        case "not_needed":
            return f"The task is no longer needed, so {step.team} need not do it."
        case "answered":
            entered = f" Entered by {who}." if step.worker_id else ""
            return f"They said {step.answer}, {ROUTES.get(step.route or '', 'by another way')}.{entered}"
    return f"{TRIED.get(step.what, begun(step.what.replace('_', ' ')))}" + (f": {way}." if way else ".")


def receipt_in_words(receipt: Receipt) -> str:
    said = RECEIPTS.get(receipt.status, receipt.status.replace("-", " ").capitalize())
    return said if receipt.counted or receipt.status in UNDERWAY else f"{said}. This changed nothing here"
