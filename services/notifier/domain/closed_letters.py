"""A letter that others may open."""
from dataclasses import replace

from services.notifier.domain.wording import Content


def says_nothing(content: Content) -> Content:
    """For somebody whose post others open: that there is a message, where it is, and whom to ask. No fact, and no answer slip."""
    say = content.language.words
    return replace(
        content, title=say["discreet_subject"].format(sender=content.sender), what_happened=(), facts=(), by_when=None,
        what_you_can_do=(say["short_more"].format(link=content.link),), reply=None, how_to_answer=(),
    )
