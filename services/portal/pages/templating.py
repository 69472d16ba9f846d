"""The templates and what they may call."""
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape
from jinja2.loaders import ChoiceLoader

from services.portal.pages import counted_words, data_words, support_words, wording
from services.portal.pages.language_notes import notes_on
from services.portal.pages.places import navigation
from services.portal.pages.times_words import times_in_words

OURS = Path(__file__).parent.parent / "templates"
TABLES = (
    "SAID", "STRENGTHS", "MET", "GROUPS", "INTRODUCTIONS", "MESSAGES", "PROFILES", "PLANS", "METHODS", "FORMATS", "LEVELS",
    "CAUSES", "TRAVELS", "EMPLOYMENTS", "AGES", "SCOPES", "LOOKED", "ROLES", "CRITERIA", "SPOKEN_AS", "DAYS",
    "CHANGED_AT",
)  # fmt: skip
DATA_TABLES = ("DATA_KINDS", "DATA_ASKED", "DATA_STATES", "REASONS", "ABOUT", "TAKE_BACK")
FILTERS = (
    "labelled_task", "labelled_limit", "out_of_a_hundred", "covers", "miles", "hours", "pounds", "on", "on_day", "at",
    "about_pounds", "wish_in_words",
)  # fmt: skip


def templates() -> Environment:
    # Not StrictUndefined: the macros of govuk-frontend-jinja ask for parameters that are not given.
    govuk = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(OURS), govuk]),
        autoescape=select_autoescape(default=True, default_for_string=True),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update({name: getattr(wording, name) for name in (*TABLES, "labelled")})
    made.globals.update({name: getattr(counted_words, name) for name in ("FACETS", "CUTS", "PA_KINDS")}, navigation=navigation)
    made.globals.update({name: getattr(data_words, name) for name in DATA_TABLES})
    said = {**wording.SAID, **data_words.DATA_SAID, **support_words.SAID}
    made.globals.update(SAID=said, RELATIONS=support_words.RELATIONS)
    made.filters.update({name: getattr(wording, name) for name in FILTERS})
    made.filters.update(times_in_words=times_in_words)
    made.filters.update(notes_on=notes_on, council_name=counted_words.council_name, or_too_few=counted_words.or_too_few)
    return made
