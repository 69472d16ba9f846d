"""Text messages: short, nothing personal in them, with the number of segments they cost."""
from services.notifier.domain.message import Artefact
from services.notifier.domain.wording import Content

GSM_7 = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_7_ESCAPED = frozenset("\f^{}\\[~]|€")
"""These take two places (3GPP TS 23.038, the default alphabet's extension table)."""


ALLOWED = 2
"""Segments. What need not be in it is left out before it takes more."""


def segments(words: str) -> int:
    """How many segments a text message takes: 160/153 places in GSM-7, 70/67 in UCS-2."""
    if all(letter in GSM_7 or letter in GSM_7_ESCAPED for letter in words):
        places = sum(2 if letter in GSM_7_ESCAPED else 1 for letter in words)
        return 1 if places <= 160 else -(-places // 153)
    places = len(words.encode("utf-16-be")) // 2
    return 1 if places <= 70 else -(-places // 67)


def words_of(content: Content, film: tuple[str, str] | None = None) -> str:
    """Every fact that is not private, as far as there is room, and where the rest is. Never a name. `film`: what its link is
    called, and the link."""
    say = content.language.words
    where = content.reply.link if content.reply else content.link
    code = next((fact.value for fact in content.facts if fact.name == "code"), None)
    if content.discreet and code:
        return say["short_code"].format(sender=content.sender, code=code)  # nothing of what it opens
    if content.discreet:
        return say["short_discreet"].format(sender=content.sender, link=where)
    end = how_to_reply(content) if content.reply else say["short_more"].format(link=content.link)
    watch = f"{film[0]}: {film[1]}" if film else ""
    kept = [fact for fact in content.facts if not fact.private]
    while True:
        facts = " ".join(f"{fact.label}: {fact.value}." for fact in kept)
        words = " ".join(part for part in (f"{content.sender}: {content.title}.", watch, facts, end) if part)
        to_spare = [fact for fact in kept if fact.if_room]
        if not to_spare or segments(words) <= ALLOWED:
            return words
        kept.remove(max(to_spare, key=lambda fact: len(fact.value)))  # so that the fewest are left out


def how_to_reply(content: Content) -> str:
    assert content.reply is not None
    own = dict(zip(("yes", "no"), content.answer_words, strict=False))
    words = content.language.words["short_reply_own" if own else "short_reply"]
    return words.format(link=content.reply.link, code=content.reply.code, **own)


def render(content: Content, film: tuple[str, str] | None = None) -> tuple[Artefact, ...]:
    words = words_of(content, film)
    return (Artefact("message.txt", "text/plain; charset=utf-8", words.encode(), words),)
