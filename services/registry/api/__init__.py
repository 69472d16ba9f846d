"""What the registry is asked over HTTP."""
from fastapi import APIRouter

from services.registry.api import lists, profiles
from services.registry.api.answers import PROBLEMS
from services.registry.ports import Begin

__all__ = ["PROBLEMS", "routers"]


def routers(begin: Begin) -> list[APIRouter]:
    return [lists.router(begin), profiles.router(begin)]
