"""All pages, put together for the app."""
import hashlib
from pathlib import Path
from typing import Protocol

from fastapi import APIRouter, FastAPI
from pydantic import SecretStr

from services.portal.clients import Clients
from services.portal.pages import (
    asks,
    assets,
    away,
    broker,
    choosing,
    contact,
    data_desk,
    gallery,
    gaps,
    languages,
    leaflets,
    lost,
    media,
    meeting,
    meetings,
    messages,
    offer,
    own_data,
    plan,
    pools,
    profile,
    proof,
    replies,
    shortlist,
    sign_in,
    slips,
    staff,
    start,
    support_requests,
    supporters,
    tasks,
    teams,
    translations,
    vacancies,
    week,
    wishes,
    work,
)
from services.portal.pages.desk import Desk
from services.portal.pages.templating import templates
from services.portal.ports import Begin


class Settings(Protocol):
    """What the pages read of the portal's settings."""

    @property
    def public_url(self) -> str: ...
    @property
    def try_out_sign_in(self) -> bool: ...
    @property
    def service_key(self) -> SecretStr: ...


PAGES = (
    start, sign_in, plan, wishes, shortlist, choosing, teams, meetings, meeting, offer, work, messages, supporters,
    support_requests, pools,
    contact, profile, languages, week, away, asks, broker, staff, tasks, slips, proof, gallery, leaflets, gaps, replies,
    translations, media, vacancies, own_data, data_desk,
)  # fmt: skip
FRONTEND = Path("var/frontend")


def routers(begin: Begin, clients: Clients, settings: Settings) -> list[APIRouter]:
    """All pages. None needs the service key: each page asks who is signed in."""
    secure = str(settings.public_url).startswith("https:")
    # a key of its own, made of the service key: what is hashed with it can be neither read nor used as the other
    key = hashlib.sha256(b"sign-in counts " + settings.service_key.get_secret_value().encode()).digest()
    desk = Desk(begin, clients, templates(), secure=secure, try_out=settings.try_out_sign_in, key=key)
    return [page.router(desk) for page in PAGES] + [assets.router(FRONTEND)]


def furnish(app: FastAPI) -> None:
    """Kind pages, instead of problem details, where a browser asks for an address that is not there."""
    lost.furnish(app, templates())
