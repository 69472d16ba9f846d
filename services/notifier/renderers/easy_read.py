"""Easy read: one idea a line, big letters, and a picture of ours beside each. The words are written for it, never cut short."""
from pathlib import Path

from services.notifier.domain.wording import Content

PICTURES = Path(__file__).with_name("pictures")
SIZE = 18  # points, where nobody asked for bigger
FILE = "easy-read.pdf"
LINES_OF_HELP = 2
"""How to ask, and the telephone number: the other ways are on the page of help."""

ALT = {
    "person": "A person", "two_people": "Two people", "meeting": "Two people who meet", "helper": "A person and their helper",
    "list": "A list", "look": "A looking glass", "changed": "Two arrows in a circle", "yes": "A tick", "no": "A cross",
    "no_answer": "A speech bubble without words", "question": "A question mark", "choose": "Two cards, one with a tick",
    "no_hurry": "A clock", "calendar": "A calendar", "money": "Money", "house": "A house", "phone": "A telephone",
    "stop": "A stop sign", "facts": "A list of facts",
}


def ideas(content: Content) -> tuple[tuple[str, str], ...]:
    """(picture, words) in order: what the message says, every fact, how to answer, and how to get help."""
    facts = [("calendar" if fact.name.endswith(("_on", "_by", "_at", "until")) else "facts", f"{fact.label}: {fact.value}")
             for fact in content.facts]  # fmt: skip
    answers = [("question", line) for line in content.how_to_answer]
    help_lines = [("phone" if any(map(str.isdigit, line)) else "question", line) for line in content.help[:LINES_OF_HELP]]
    return (*[(idea.picture, idea.says) for idea in content.easy], *facts, *answers, *help_lines)


def words_of(content: Content) -> str:
    regards = content.language.words["kind_regards"].format(sender=content.sender)
    return "\n".join([content.title, "", content.greeting, "", *[words for _, words in ideas(content)], "", regards]) + "\n"
