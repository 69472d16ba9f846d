"""What a team member must know before they reach somebody, in plain English."""
from collections.abc import Iterator

from services.notifier.domain.contact import Contact, SafeTime
from shared.vocabulary import formats

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def to_mind(contact: Contact) -> Iterator[str]:
    if contact.never:
        yield f"Never use: {', '.join(sorted(contact.never))}."
    if contact.discreet:
        yield "Be discreet: say who you are only to them."
    if contact.safe_times:
        yield f"Reach them only at these times: {'; '.join(in_words(one) for one in contact.safe_times)}."
    if contact.shared_post:
        yield "Somebody else opens their post: put nothing in a letter that is only for them."
    needs = [need.label for code in contact.needs if (need := formats.need_of(code))]
    if needs:
        yield f"What they need when they talk with somebody: {'; '.join(needs)}."


def in_words(one: SafeTime) -> str:
    days = ", ".join(DAYS[day] for day in sorted(one.days))
    return f"{days} from {one.begins:%H:%M} to {one.ends:%H:%M}"
