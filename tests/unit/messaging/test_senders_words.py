"""What a sender puts where nothing belongs is not repeated where events set aside are listed."""
import json

from shared.contracts.intake import SupportPlanReceived
from shared.messaging.envelope import Arrival, Unreadable, read


def test_the_name_of_a_field_that_nobody_knows_is_not_kept() -> None:
    body = {"council": "leicester", "Amina Warsame 07700900123": 1, "wishes": [{"criterion": "sex", "her own words": "no men"}]}
    headers = (("ce_id", b"1"),)

    letter = read(Arrival("intake.support_plan.v1", 0, 0, headers, json.dumps(body).encode()),
                  {SupportPlanReceived.topic: SupportPlanReceived})  # fmt: skip

    assert isinstance(letter, Unreadable)
    assert "Amina" not in repr(letter.fields) and "her own" not in repr(letter.fields)
    assert {"source_id", "wishes.0.strength", "wishes.0.(a field we do not know)"} <= set(letter.fields)
