"""Words that could mean several things: each leads to codes of its list, and is asked."""

from shared.vocabulary.languages import is_signed, languages, skills_that_are_languages
from shared.vocabulary.terms import Kind, parted, rows, terms
from shared.vocabulary.understanding import Unknown, understand


def test_each_is_asked_with_everything_it_could_mean():
    for row in rows("doubtful"):
        understood = understand(Kind(row["kind"]), row["words"])

        assert isinstance(understood, Unknown), row["words"]
        assert set(parted(row["codes"])) <= set(understood.suggestions), row["words"]


def test_each_leads_to_codes_that_can_be_chosen():
    for row in rows("doubtful"):
        assert set(parted(row["codes"])) <= terms(Kind(row["kind"])).keys(), row["words"]


def test_a_faith_among_practices_is_asked_about_as_practices():
    assert "cooks_halal" in understand(Kind.PRACTICE, "Muslim").suggestions


def test_makaton_is_a_way_of_signing_and_no_language_of_its_own():
    systems = {tag for tag, one in languages().items() if one.system}

    assert systems == {"x-makaton", "x-sse", "x-dbmanual"}
    assert all(is_signed(tag) for tag in systems) and not languages()["bfi"].system
    assert skills_that_are_languages() == {"makaton": "x-makaton", "sign_supported": "x-sse"}
    assert "Not a language of its own" in terms(Kind.LANGUAGE)["x-makaton"].note
