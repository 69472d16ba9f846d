"""A message as plain paragraphs: the body of an email, the script of a recording, what a caller says."""
from services.notifier.domain.pages import page_of
from services.notifier.domain.wording import Content


def paragraphs(content: Content) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(heading, lines) in the order every format keeps."""
    return tuple(
        (part.heading, part.lines or tuple(f"{label}: {value}" for label, value in part.facts)) for part in page_of(content).parts
    )


def plain(content: Content) -> str:
    """The whole message as text."""
    body = "\n\n".join(heading + "\n" + "\n".join(lines) for heading, lines in paragraphs(content))
    regards = content.language.words["kind_regards"].format(sender=content.sender)
    return f"{content.title}\n\n{content.greeting}\n\n{body}\n\n{regards}\n"
