"""Emails: text and accessible HTML saying the same, and the recorded form attached when it is not plain."""
import re
from html import escape

from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content
from services.notifier.renderers.prose import paragraphs, plain

LEAST_SIZE = 14  # points; bigger than the 12 that guidance asks, because mail programs shrink

PAGE = """<!doctype html>
<html lang="{lang}" dir="{dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
</head>
<body style="margin:0;background:#ffffff;color:#0b0c0c;font-family:Arial,Helvetica,sans-serif;font-size:{size}pt;line-height:1.5">
<main style="max-width:38em;margin:0 auto;padding:1em">
<h1 style="font-size:1.5em;line-height:1.25">{title}</h1>
<p>{greeting}</p>
{body}
<p>{regards}</p>
</main>
</body>
</html>
"""


def render(
    content: Content, point_size: int | None = None, attached: tuple[Artefact, ...] = (), film: tuple[str, str] | None = None
) -> tuple[Artefact, ...]:
    """`film`: what its link is called, and the link."""
    words = plain(content)
    if film:
        words = f"{film[0]}: {film[1]}\n\n{words}"
    if attached:
        words += "\n" + content.language.words["attached"] + "\n"
    page = html(content, point_size or LEAST_SIZE, film)
    return (
        Artefact("message.txt", "text/plain; charset=utf-8", words.encode(), words),
        Artefact("message.html", "text/html; charset=utf-8", page.encode(), words),
        *attached,
    )


def subject(content: Content) -> str:
    """Others may see it over a shoulder: a discreet party's says only that there is a message."""
    if content.discreet:
        return content.language.words["discreet_subject"].format(sender=content.sender)
    return content.title


def html(content: Content, size: int, film: tuple[str, str] | None = None) -> str:
    parts = []
    if film:
        called, link = map(escape, film)
        parts.append(f'<p><a href="{link}" style="color:#1d70b8"><strong>{called}</strong></a></p>')
    for heading, lines in paragraphs(content):
        parts.append(f'<h2 style="font-size:1.2em">{escape(heading)}</h2>')
        if heading == content.heading("facts"):
            rows = "".join(f"<dt>{escape(f.label)}</dt><dd><strong>{escape(f.value)}</strong></dd>" for f in content.facts)
            parts.append(f"<dl>{rows}</dl>")
        else:
            parts += [f"<p>{linked(line, content)}</p>" for line in lines]
    return PAGE.format(
        lang=escape(content.language.tag), dir=content.language.direction, title=escape(content.title), size=size,
        greeting=escape(content.greeting), body="\n".join(parts),
        regards=escape(content.language.words["kind_regards"].format(sender=content.sender)),
    )


def linked(line: str, content: Content) -> str:
    """The line with our own addresses in it made links. Longest first: the list's address begins the answer's."""
    ours = {content.link, content.reply.link if content.reply else content.link}
    found = "|".join(re.escape(escape(link)) for link in sorted(ours, key=len, reverse=True))
    return re.sub(found, lambda link: f'<a href="{link[0]}" style="color:#1d70b8">{link[0]}</a>', escape(line))
