"""Every column of every service's database is in the copy of whose it is, or is named here with why it is not."""
import re
from importlib import import_module

import pytest

from shared.messaging.own_data import gather
from tests.architecture.tree import SERVICES
from tests.conftest import MakeDatabase

OURS = frozenset({
    "outbox_log", "outbox_pending", "outbox_latest", "relay_state", "timeline", "inbox", "key_state", "attempt", "parked",
    "told_again_asked", "parked_decision", "skipped", "digest_round", "reconciled", "listing_asked", "adrift", "upkeep_heard",
    "migration", "erased",
})  # fmt: skip
"""How events come and go: ids and what other tables hold anyway, forgotten by age."""
NOBODYS = {
    "matcher": {
        "due_ranking": "what is to be ranked next", "index_clock": "a clock", "lore": "tables of rules",
        "gap_week": "counts of many",
        "index_cover": "made of the profiles, to start sooner", "index_block": "the same",
        "earlier_list": "a list as it was, for half an hour, while somebody turns its pages",
    },
    "notifier": {
        "channel_turn": "which provider is asked first", "gap_copy": "published counts", "medium": "the council's own recordings",
        "translation": "the council's own words", "translation_asked": "work of the council's",
        "translation_edition": "a counter",
    },
    "portal": {
        "sign_in_ask": "hashes that nobody can read, kept for a day", "data_part": "the copy itself, while it is gathered",
        "data_copy": "the copy itself",
    },
    "registry": {},
}  # fmt: skip
SECRET = {("portal", "session"): {"token_hash", "form_token"}, ("notifier", "capability"): {"code_hash"},
          ("notifier", "sign_in_code"): {"code"}, ("portal", "sign_in_code"): {"browser_hash", "code_hash"},
          ("portal", "support_request"): {"named_hash"}}  # fmt: skip
"""Whoever has one can act as them."""
NOT_THEIRS = {
    ("notifier", "artefact"): {"body"},  # the same words as a file: it is behind the message on the page of messages
    ("notifier", "pool_copy"): {"people"},  # who the others are
    ("matcher", "profile_history"): {"clock"}, ("matcher", "plan_history"): {"clock"}, ("matcher", "profile"): {"changed"},
    ("matcher", "told_list"): {"clock"}, ("matcher", "shortlist"): {"edition", "read_until", "last_change", "lore_version"},
    ("matcher", "journey"): {"due_at"},
    ("portal", "data_request"): {"look_at", "revision"}, ("portal", "pool_member"): {"nth"}, ("portal", "pool"): {"revision"},
    ("portal", "support_request"): {"revision"},  # it would tell a supporter whether anybody was asked
}  # fmt: skip
OF_THE_PARTY = {"council", "party_id", "profile_id", "person_id", "account_id", "role", "id", "look_id", "entry_id", "by"}
COLUMNS = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
SOME_ID = "6f1c2b1e-5a1f-4a57-9a52-0f7f1d2c3b4a"


@pytest.mark.parametrize("service", SERVICES)
async def test_whatever_a_service_holds_of_somebody_is_in_their_copy(service: str, database_for: MakeDatabase) -> None:
    database = await database_for(service)
    read = [part.statement for part in import_module(f"services.{service}.store.own_data").OWN_DATA.values()]
    async with database.transaction() as connection:
        tables = {row["tablename"] for row in await connection.fetch(TABLES)}
        columns = [tuple(row) for row in await connection.fetch(COLUMNS)]

    left_out = set()
    for table, column in columns:
        if table not in tables or table in OURS or table in NOBODYS[service] or column.startswith("of_the_next_release"):
            continue
        mine = [statement for statement in read if re.search(rf"\b(FROM|JOIN) {table}\b", statement)]
        excused = OF_THE_PARTY | SECRET.get((service, table), set()) | NOT_THEIRS.get((service, table), set())
        if column not in excused and not any(re.search(rf"\b{column}\b", statement.partition("FROM")[0]) for statement in mine):
            left_out.add((table, column))
    assert left_out == set()


@pytest.mark.parametrize("service", SERVICES)
async def test_of_somebody_nobody_knows_there_is_nothing(service: str, database_for: MakeDatabase) -> None:
    database = await database_for(service)
    async with database.view() as connection:
        found = await gather(connection, import_module(f"services.{service}.store.own_data").OWN_DATA, "leicester", SOME_ID)

    assert found == {}
