"""Gaps in plain English, in the cells of a table and as the title of a vacancy."""
from shared.vocabulary.gap_words import BANDS, FACETS, Bound, cell, title


def test_a_title_says_who_is_wanted_where_and_when() -> None:
    bounds = {
        "language": Bound(True, ("syl",)), "area": Bound(True, ("LE5",)), "band": Bound(True, ("weekend_evenings",)),
        "practice": Bound(True, ("cooks_halal",)),
    }

    assert title(bounds) == "Personal assistants who speak Sylheti, at ease with: cooks halal, in LE5, for weekend evenings"
    assert title({"language": Bound(True, ("bfi",))}) == "Personal assistants who use British Sign Language"
    assert title({}) == "Personal assistants"


def test_a_title_never_says_what_is_not_wanted() -> None:
    bounds = {"language": Bound(False, ("syl", "")), "area": Bound(False, ("LE5",)), "band": Bound(True, ("",))}

    assert title(bounds) == "Personal assistants"


def test_a_cell_says_one_value_all_but_some_or_any() -> None:
    assert cell("language", {"language": Bound(True, ("syl",))}) == "Sylheti"
    assert cell("language", {"language": Bound(True, ("",))}) == "No language asked for"
    assert cell("language", {"language": Bound(False, ("", "gu", "syl"))}) == "Another language than Gujarati and Sylheti"
    assert cell("language", {"language": Bound(False, ("",))}) == "Something asked for"
    assert cell("language", {"language": Bound(False, ("gu",))}) == "All but Gujarati"
    assert cell("area", {"area": Bound(False, ("LE2", "LE4", "LE5"))}) == "All but LE2, LE4 and LE5"
    assert cell("band", {"band": Bound(True, ("",))}) == "No set times"
    assert cell("band", {}) == "Any"


def test_every_facet_and_part_of_the_week_has_words() -> None:
    for facet in FACETS:
        assert cell(facet, {facet: Bound(True, ("",))})
    for band in BANDS:
        assert cell("band", {"band": Bound(True, (band,))}).lower() == BANDS[band]
