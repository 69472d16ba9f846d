"""Keeping copies of what other services told, so that pages need not ask for it."""
from services.portal.domain.copies import IntroductionCopy, MessageCopy, ShortlistCopy
from services.portal.ports import Work


async def note_shortlist(shortlist: ShortlistCopy, work: Work) -> None:
    await work.copies.put_shortlist(shortlist)


async def note_introduction(introduction: IntroductionCopy, work: Work) -> None:
    await work.copies.put_introduction(introduction)


async def note_message(message: MessageCopy, work: Work) -> None:
    """A message that tells of a list opens that list to the person's supporters, see `Copies.told`."""
    await work.copies.put_message(message)
