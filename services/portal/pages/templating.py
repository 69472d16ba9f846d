"""The templates and what they may call."""
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape
from jinja2.loaders import ChoiceLoader

from services.portal.pages import wish_words, wording

OURS = Path(__file__).parent.parent / "templates"
TABLES = (
    "SAID", "STRENGTHS", "MET", "GROUPS", "INTRODUCTIONS", "MESSAGES", "PROFILES", "PLANS", "METHODS", "FORMATS", "LEVELS",
    "CAUSES", "TRAVELS", "EMPLOYMENTS", "AGES", "SCOPES", "LOOKED", "ROLES", "CRITERIA", "SPOKEN_AS", "DAYS",
    "CHANGED_AT",
)  # fmt: skip
FILTERS = (
    "out_of_a_hundred", "covers", "miles", "hours", "pounds", "on", "on_day", "at",
)  # fmt: skip
WISH_FILTERS = ("labelled_limit", "labelled_task", "notes_on", "wish_in_words")


def templates() -> Environment:
    # Not StrictUndefined: the macros of govuk-frontend-jinja ask for parameters that are not given.
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(OURS), govuk]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update({name: getattr(wording, name) for name in (*TABLES, "navigation")})
    made.globals["labelled"] = wish_words.labelled
    made.filters.update({name: getattr(wording, name) for name in FILTERS})
    made.filters.update({name: getattr(wish_words, name) for name in WISH_FILTERS})
    return made
