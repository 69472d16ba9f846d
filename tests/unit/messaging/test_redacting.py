"""A redacted copy holds nothing that a sender could have typed, whatever they sent."""
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shared.contracts.intake import SupportPlanReceived
from shared.contracts.portal import SupporterChanged
from shared.messaging.envelope import UNKNOWN_FIELD
from shared.messaging.redacting import headers_without_words, shape

SECRET = "Margaret Ellis 07700900123"
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.just(SECRET), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=25),
        st.dictionaries(st.sampled_from(["state", "wishes", "scopes", "slots", "person_id", SECRET]), inner, max_size=4),
    ),
    max_leaves=30,
)


@given(body=JSON, kind=st.sampled_from([SupporterChanged, SupportPlanReceived, None]))
def test_nothing_typed_comes_out(body: Any, kind: Any) -> None:
    told = json.dumps(shape(json.dumps(body).encode(), kind))

    assert "Margaret" not in told and "07700900123" not in told


@given(body=st.binary(max_size=60))
def test_what_is_not_json_is_only_counted(body: bytes) -> None:
    shape(body, SupporterChanged)  # never raises


def test_our_own_words_and_field_names_are_shown() -> None:
    plan = {"state": "open", "wishes": [{"criterion": "language", "strength": "must", "value": SECRET}], "nickname": SECRET}

    assert shape(json.dumps(plan).encode(), SupportPlanReceived) == {
        "state": "open", "wishes": [{"criterion": "language", "strength": "must", "value": f"text, {len(SECRET)} long"}],
        UNKNOWN_FIELD: f"text, {len(SECRET)} long",
    }


def test_deep_nesting_and_long_lists_are_cut() -> None:
    assert shape(b"[" * 100_000, None) == "100000 bytes that are not JSON"
    assert shape(json.dumps([1] * 30).encode(), None)[-1] == "and 10 more"
    assert "more" in json.dumps(shape(b"[" * 60 + b"]" * 60, None))


def test_headers_of_ours_are_shown_and_all_others_only_measured() -> None:
    headers = {"ce_version": "3", "ce_type": "pa.portal.supporter.v1", "ce_time": SECRET, SECRET: "x", "CE_TIMELINE": "٣"}

    assert headers_without_words(headers, SupporterChanged) == {
        "ce_version": "3", "ce_type": "pa.portal.supporter.v1", "ce_time": f"text, {len(SECRET)} long",
        "ce_timeline": "text, 1 long",
    }
