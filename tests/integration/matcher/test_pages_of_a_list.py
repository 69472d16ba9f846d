"""Pages of one list stay pages of one list while profiles change; and a few PAs of it side by side."""
from typing import Any
from uuid import UUID, uuid4

from services.matcher.domain.plan import PlanId
from shared.contracts.registry import ProfileChanged
from tests.integration.matcher.conftest import Matcher, plan, profile

SOMALI, PUNJABI = ({"languages": [{"tag": tag, "spoken": "mother_tongue"}]} for tag in ("so", "pa"))
FIRM = [
    {"criterion": "language", "strength": "must", "values": ["so"]}, {"criterion": "times", "strength": "must"},
    {"criterion": "pay", "strength": "must"},
]


def revised(event: Any, **changes: Any) -> Any:
    return event.model_copy(update={"revision": event.revision + 1, **changes})


async def a_list(matcher: Matcher, council: str) -> tuple[Any, list[Any], str]:
    """Twelve PAs: four fit, four nearly, four not."""
    wanted = plan(council, wishes=FIRM)
    pas = [
        *(profile(council) for _ in range(4)), *(profile(council, **PUNJABI) for _ in range(4)),
        *(profile(council, **PUNJABI, week="0" * 168, least_rate=1900) for _ in range(4)),
    ]
    await matcher.hear(*pas, wanted)
    await matcher.rank()
    return wanted, pas, f"/councils/{council}/plans/{wanted.plan_id}"


async def test_the_box_is_whole_over_pages_while_profiles_change(matcher: Matcher, council: str) -> None:
    _, pas, path = await a_list(matcher, council)
    first = await matcher.get(f"{path}/matches", group="all", size=3)

    seen = [item["profile_id"] for item in first["items"]]
    for page in range(2, first["pages"] + 1):
        turned = pas[page]  # between any two pages, somebody who fitted or nearly did does not any more, or the reverse
        await matcher.hear(revised(turned, languages=profile(council, **(PUNJABI if page < 4 else SOMALI)).languages))
        await matcher.rank()
        found = await matcher.get(f"{path}/matches", group="all", size=3, page=page, edition=first["edition"])
        assert (found["shortlist_revision"], found["edition"]) == (first["shortlist_revision"], first["edition"])
        assert found["newest"] > found["edition"]
        assert found["counts"] == first["counts"]
        seen += [item["profile_id"] for item in found["items"]]

    assert len(seen) == len(set(seen)) == first["counts"]["in_scope"] == len(pas)
    assert set(seen) == {str(one.profile_id) for one in pas}
    each = {"edition": first["edition"]}
    groups = [await matcher.get(f"{path}/matches", group=group, **each) for group in ("fitting", "near", "others")]
    assert [one["total"] for one in groups] == [4, 4, 4]
    assert {item["profile_id"] for one in groups for item in one["items"]} == set(seen)


async def test_a_list_nobody_was_reading_is_not_kept_and_says_so(matcher: Matcher, council: str) -> None:
    _, pas, path = await a_list(matcher, council)
    await matcher.get(f"{path}/matches", group="all", size=100)  # all on one page: there is nothing to turn to
    await matcher.hear(revised(pas[0], languages=profile(council, **PUNJABI).languages))
    await matcher.rank()

    problem = await matcher.get(f"{path}/matches", group="all", page=2, edition=1, status=410)

    assert problem["title"] == "This list was replaced by a newer one. Begin again at its first page."
    assert (await matcher.get(f"{path}/matches", group="all"))["edition"] == 2
    await matcher.get(f"{path}/matches", group="all", edition=99, status=410)


async def test_what_was_kept_for_a_reader_goes_when_its_time_is_over(matcher: Matcher, council: str) -> None:
    wanted, pas, path = await a_list(matcher, council)
    await matcher.get(f"{path}/matches", group="all", size=3)
    await matcher.hear(revised(pas[0], languages=profile(council, **PUNJABI).languages))
    await matcher.rank()
    async with matcher.database.transaction() as connection:
        assert await connection.fetchval("UPDATE earlier_list SET read_until = now() RETURNING edition") == 1

    await matcher.get(f"{path}/matches", group="all", page=2, size=3, edition=1, status=410)
    async with matcher.store.begin() as work:
        await work.shortlists.drop_unread()
        assert await work.shortlists.find_earlier(council, PlanId(wanted.plan_id), 1) is None


async def test_a_list_is_filtered_by_what_is_lacking(matcher: Matcher, council: str) -> None:
    _, _, path = await a_list(matcher, council)

    one = await matcher.get(f"{path}/matches", group="all", code="language_not_listed")
    two = await matcher.get(f"{path}/matches", group="all", code=["language_not_listed", "pay_above"])
    none = await matcher.get(f"{path}/matches", group="near", code=["language_not_listed", "pay_above"])

    assert (one["total"], two["total"], none["total"]) == (8, 4, 0)
    assert {item["rank"] for item in two["items"]} == {9, 10, 11, 12}
    assert two["counts"]["in_scope"] == 12


async def test_of_a_pa_who_changed_or_left_just_now_the_place_is_said_in_general_words(matcher: Matcher, council: str) -> None:
    changes, leaves, stays = profile(council, **PUNJABI), profile(council, **PUNJABI), profile(council, **PUNJABI)
    wanted = plan(council)
    await matcher.hear(changes, leaves, stays, wanted)
    await matcher.rank()

    gone = ProfileChanged.model_validate(leaves.model_dump() | {"state": "gone", "revision": 2})
    await matcher.hear(ProfileChanged.model_validate(changes.model_dump() | SOMALI | {"revision": 2}), gone)
    items = (await matcher.get(f"/councils/{council}/plans/{wanted.plan_id}/matches", group="near"))["items"]

    shown = {item["profile_id"]: (item["unmet"], len(item["reasons"])) for item in items}
    lacking = {"criterion": "language", "code": "language_not_listed"}
    general = lacking | {"params": {}, "text": "The language asked for is not on the profile"}
    detailed = lacking | {"params": {"language": "so"}, "text": "Has not listed Somali"}
    reasons = len(wanted.wishes)
    assert shown == {
        str(changes.profile_id): ([general], reasons), str(leaves.profile_id): ([general], 0),
        str(stays.profile_id): ([detailed], reasons),
    }


async def test_two_to_four_are_laid_side_by_side_wish_by_wish(matcher: Matcher, council: str) -> None:
    _, pas, path = await a_list(matcher, council)
    wanted = [str(pas[nth].profile_id) for nth in (8, 0)]

    found = await matcher.get(f"{path}/compare", profile_id=wanted)

    assert [item["profile_id"] for item in found["items"]] == wanted
    assert [wish["criterion"] for wish in found["wishes"]] == ["language", "times", "pay"]
    for nth, wish in enumerate(found["wishes"]):
        assert {item["reasons"][nth]["criterion"] for item in found["items"]} == {wish["criterion"]}
    assert found["items"][0]["group"] == "others" and found["items"][1]["group"] == "fitting"
    dear, fair = (item["cost"] for item in found["items"])
    assert (dear["rate"], fair["rate"]) == (1900, pas[0].least_rate)
    assert all(sum(line["a_year"] for line in one["lines"]) == one["a_year_before_allowance"] for one in (dear, fair))


async def test_only_those_on_the_list_are_compared_each_once(matcher: Matcher, council: str) -> None:
    _, pas, path = await a_list(matcher, council)
    known = str(pas[0].profile_id)

    await matcher.get(f"{path}/compare", profile_id=[known], status=422)
    await matcher.get(f"{path}/compare", profile_id=[known, known], status=422)
    await matcher.get(f"{path}/compare", profile_id=[str(one.profile_id) for one in pas[:5]], status=422)
    await matcher.get(f"{path}/compare", profile_id=[known, str(uuid4())], status=404)


async def test_the_last_change_of_a_list_says_who_and_why(matcher: Matcher, council: str) -> None:
    _, pas, path = await a_list(matcher, council)
    assert (await matcher.get(f"{path}/changes"))["since"] is None

    await matcher.hear(revised(pas[0], languages=profile(council, **PUNJABI).languages), profile(council))
    await matcher.rank()

    found = await matcher.get(f"{path}/changes")
    assert (found["revision"], found["since"], found["added"], found["lost"]) == (2, 1, 1, 1)
    (added,) = [one for one in found["items"] if one["what"] == "added"]
    (lost,) = [one for one in found["items"] if one["what"] == "lost"]
    assert (added["why"], added["was_rank"]) == (["came"], None)
    assert UUID(lost["profile_id"]) == pas[0].profile_id
    assert lost["text"] == "Does not fit any more, because their profile changed."
    assert lost["unmet"] == [{"code": "language_not_listed", "text": "The language asked for is not on the profile"}]
