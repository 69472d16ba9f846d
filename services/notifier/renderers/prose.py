"""A message as plain paragraphs: the body of an email, the script of a recording, what a caller says."""
from services.notifier.domain.wording import Content


def paragraphs(content: Content) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(heading, lines) in the order every format keeps."""
    parts = [
        (content.heading(content.opening), content.what_happened),
        *([(content.heading("facts"), tuple(f"{fact.label}: {fact.value}" for fact in content.facts))] if content.facts else []),
        (content.heading("what_you_can_do"), content.what_you_can_do),
    ]
    if content.by_when:
        parts.append((content.heading("by_when"), (content.by_when,)))
    if content.how_to_answer:
        parts.append((content.heading("reply"), content.how_to_answer))
    parts.append((content.heading("help"), content.help))
    return tuple(part for part in parts if part[1])


def plain(content: Content) -> str:
    """The whole message as text."""
    body = "\n\n".join(heading + "\n" + "\n".join(lines) for heading, lines in paragraphs(content))
    regards = content.language.words["kind_regards"].format(sender=content.sender)
    return f"{content.title}\n\n{content.greeting}\n\n{body}\n\n{regards}\n"
