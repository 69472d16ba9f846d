"""Telling a supporter too, topic by topic: which messages a topic has."""
from services.notifier.domain.contact import PartyKind, Topic
from services.notifier.domain.meeting import ABOUT_MEETINGS
from services.notifier.domain.message import Message

NEWS = "news_for_a_supporter"

TOPICS = {
    Topic.LISTS: frozenset({"people_to_look_at", "nobody_fits_yet", "list_changed"}),
    Topic.MEETINGS: frozenset({"they_said_yes", "they_said_no", "no_answer", *ABOUT_MEETINGS}),
    Topic.SHARED_JOBS: frozenset({"somebody_joined_the_job_you_share", "somebody_left_the_job_you_share"}),
}


def topic_of(message: Message) -> Topic | None:
    """None: a message that is theirs alone."""
    if message.audience is not PartyKind.PERSON:
        return None
    return next((topic for topic, abouts in TOPICS.items() if message.about in abouts), None)
