"""The pages speak plainly: short sentences, easy words, and none of the words that people asked us not to use."""
import html
import re
from pathlib import Path

import pytest
import textstat

from services.portal.pages import wording
from services.portal.pages.templating import OURS, templates
from shared.contracts.registry import AgeBand, Employment
from shared.vocabulary.cost_words import COSTS
from shared.vocabulary.pa_words import TO_THE_PA
from shared.vocabulary.reason_words import IN_GENERAL

TEMPLATES = sorted(path for path in OURS.rglob("*.html") if path.name not in ("page.html", "parts.html"))
REFUSED = re.compile(r"\b(client|service user|case ?work|caseload|vulnerable|failure to|must comply|penalt)", re.IGNORECASE)


def sentences(template: Path) -> list[str]:
    """What a template says, without its code: each block of text, then each sentence in it."""
    text = template.read_text(encoding="utf-8")
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    blocks = re.split(r"</?(?:p|li|h\d|td|th|dt|dd|div|summary|legend|button|label|caption|a)\b[^>]*>", text)
    plain = [html.unescape(re.sub(r"<[^>]+>", " ", block)).strip() for block in blocks]
    parts = [sentence.strip() for block in plain for sentence in re.split(r"(?<=[.?!])\s+", block)]
    return [part for part in parts if len(part.split()) > 3]


ENOUGH_TO_MEASURE = [template for template in TEMPLATES if len(sentences(template)) >= 4]


@pytest.mark.parametrize("template", ENOUGH_TO_MEASURE, ids=lambda path: path.stem)
def test_a_page_can_be_read_at_eleven(template: Path) -> None:
    said = sentences(template)
    text = ". ".join(part.rstrip(".?!") for part in said) + "."

    assert textstat.flesch_kincaid_grade(text) <= 6, textstat.flesch_kincaid_grade(text)
    assert [part for part in said if len(part.split()) > 25] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_a_page_uses_the_words_people_asked_for(template: Path) -> None:
    assert REFUSED.findall(" ".join(sentences(template))) == []


def test_what_was_done_is_said_in_short_sentences() -> None:
    for said in wording.SAID.values():
        assert all(len(sentence.split()) <= 16 for sentence in re.split(r"(?<=[.?!])\s+", said)), said


def test_the_working_of_a_cost_is_said_in_plain_sentences() -> None:
    for said in COSTS.values():
        assert REFUSED.findall(said) == []
        assert all(len(sentence.split()) <= 25 for sentence in re.split(r"(?<=[.?!])\s+", said)), said


def test_a_cost_is_said_to_the_nearest_pound() -> None:
    assert [wording.about_pounds(pence) for pence in (28_560, 28_549, 123_450)] == ["about £286", "about £285", "about £1,235"]


def test_every_template_can_be_read() -> None:
    made = templates()

    for template in TEMPLATES:
        made.get_template(str(template.relative_to(OURS)))


def test_a_pa_is_told_in_words_to_them_what_keeps_them_out() -> None:
    assert TO_THE_PA.keys() == IN_GENERAL.keys()
    for text, _ in TO_THE_PA.values():
        assert re.search(r"\b(you|your|they|them|we)\b", text, re.IGNORECASE)
        assert not re.match(r"(Has|Is|Does|Lives|Asks|Wants|Said) ", text)
        assert len(text.split()) <= 18
        assert REFUSED.findall(text) == []


def test_every_table_is_in_words_for_each_code_the_contracts_know() -> None:
    assert wording.EMPLOYMENTS.keys() == set(Employment)
    assert wording.AGES.keys() == set(AgeBand)
