"""Whatever is told is heard, whatever is heard is told, and every topic is known everywhere it must be."""
import json
import re
from importlib import import_module

import pytest

from deploy.interfaces import events
from deploy.kafka import topics
from shared.contracts import Event
from shared.contracts.upkeep import UPKEEP
from shared.messaging import upkeep
from shared.messaging.partitions import PARTITIONS
from tests.architecture.tree import ROOT, SERVICES

EXAMPLES = ROOT / "shared" / "contracts" / "examples"
FROM_OUTSIDE = "intake."
FOR_UPKEEP = "upkeep."
PERSONAL = re.compile(r"(^|_)(name|names|address|postcode|phone|mobile|email|birth|dob|nhs|words|why|notes?|message_text)($|_)")


def told() -> dict[str, type[Event]]:
    return {kind.topic: kind for service in SERVICES for kind in import_module(f"services.{service}.announcements").TELLS}


def heard() -> dict[str, set[str]]:
    by_topic: dict[str, set[str]] = {}
    for service in SERVICES:
        for kind in import_module(f"services.{service}.subscribers").HEARS:
            by_topic.setdefault(kind.topic, set()).add(service)
    return by_topic


def test_whatever_is_told_is_heard_by_somebody() -> None:
    assert set(told()) <= set(heard())


def test_whatever_is_heard_is_told_by_one_of_us_or_comes_from_outside() -> None:
    assert {topic for topic in heard() if not topic.startswith(FROM_OUTSIDE)} <= set(told())


def test_a_topic_is_named_for_the_one_service_that_tells_it() -> None:
    tellers = [(service, kind.topic) for service in SERVICES for kind in import_module(f"services.{service}.announcements").TELLS]

    assert len({topic for _, topic in tellers}) == len(tellers)
    assert all(re.fullmatch(rf"{service}\.[a-z_]+\.v\d+", topic) for service, topic in tellers)


def test_what_is_for_the_upkeep_of_delivery_is_heard_by_every_service_and_told_by_none_alone() -> None:
    assert set(UPKEEP) == set(upkeep.beside({})) == {kind for kind in events() if kind.topic.startswith(FOR_UPKEEP)}
    assert not {kind.topic for kind in UPKEEP} & (set(told()) | set(heard()))


def test_no_service_hears_itself() -> None:
    hearings = [(topic, service) for topic, services in heard().items() for service in services]

    assert not [(topic, service) for topic, service in hearings if topic.startswith(f"{service}.")]


def test_a_service_says_of_itself_what_it_tells_and_hears() -> None:
    for service in SERVICES:
        page = import_module(f"services.{service}").__doc__ or ""
        hears = {kind.topic for kind in import_module(f"services.{service}.subscribers").HEARS}
        tells = {kind.topic for kind in import_module(f"services.{service}.announcements").TELLS}

        assert said_after("Tells:", page) == tells, service
        assert said_after("Hears:", page) == hears, service


def said_after(word: str, page: str) -> set[str]:
    lines = page.partition(word)[2].split("\n\n")[0].split("Hears:")[0].split("Tells:")[0]
    return set(re.findall(r"[a-z]+\.[a-z_]+\.v\d+", lines))


def test_every_event_has_its_topic_and_every_topic_its_event() -> None:
    assert {topic.name for topic in topics.written()} == {event.topic for event in events()}


def test_all_topics_have_the_frozen_number_of_partitions() -> None:
    assert {topic.partitions for topic in topics.written()} == {PARTITIONS} == {12}


def test_a_state_is_compacted_and_an_occurrence_is_not() -> None:
    policy = {topic.name: topic.settings["cleanup.policy"] for topic in topics.written()}

    for event in events():
        # what comes in is kept by the portal, and what is for upkeep is asked anew: both leave their topics soon
        if not event.topic.startswith((FROM_OUTSIDE, FOR_UPKEEP)):
            assert policy[event.topic] == ("compact" if event.carries == "state" else "delete"), event.topic


@pytest.mark.parametrize("event", events(), ids=lambda event: event.topic)
def test_every_topic_has_an_example_and_it_parses(event: type[Event]) -> None:
    examples = sorted(EXAMPLES.glob(f"{event.topic}*.json"))

    assert examples
    for example in examples:
        parsed = event.model_validate_json(example.read_text())
        assert parsed.key
        unknown = set(json.loads(example.read_text())) - set(event.model_json_schema(by_alias=True)["properties"])
        assert not unknown, f"{example.name} has what the contract does not know: {unknown}"


def test_no_example_is_of_a_topic_that_is_gone() -> None:
    known = {event.topic for event in events()}

    assert not [file.name for file in EXAMPLES.iterdir() if not any(file.name.startswith(topic) for topic in known)]


def test_no_event_of_ours_has_room_for_personal_data() -> None:
    for event in events():
        if event.topic.startswith(FROM_OUTSIDE):
            continue
        schema = json.loads(json.dumps(event.model_json_schema()))
        names = {name for part in [schema, *schema.get("$defs", {}).values()] for name in part.get("properties", {})}

        assert not {name for name in names if PERSONAL.search(name)}, event.topic
