"""What people ask about their own data: by when it is due, who may ask and take, what the copy says, what is decided and when."""
import io
import json
import zipfile
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from services.portal.domain.accounts import Account, AccountIsErased, AccountNotFound, Role, Session, Viewer
from services.portal.domain.copies import MessageCopy
from services.portal.domain.own_data import (
    About,
    DataRequestNotFound,
    DecidedAlready,
    DoneAlready,
    Kind,
    NeedsAReason,
    NoCopyNow,
    Reason,
    State,
    Why,
    a_month_after,
)
from services.portal.pages.data_copy import PAGE, zipped
from services.portal.usecases import accounts, erasing, own_data, signing_in
from shared.contracts.data_requests import DataRequestChanged
from tests.unit.portal.memory import Memory

NOW = datetime(2026, 11, 28, 12, tzinfo=UTC)


def viewer(role: Role, account_id: UUID | None = None) -> Viewer:
    account = Account("leicester", account_id or uuid4(), role, "Somebody")
    return Viewer(account, Session("leicester", b"", "", account.account_id, role, NOW, NOW, NOW + timedelta(days=1)))


@pytest.mark.parametrize(("asked", "due"), [
    ("2026-11-28", "2026-12-28"), ("2026-12-31", "2027-01-31"), ("2027-01-31", "2027-02-28"), ("2028-01-30", "2028-02-29"),
    ("2026-03-31", "2026-04-30"),
])  # fmt: skip
def test_a_month_is_counted_as_the_commissioner_counts_it(asked: str, due: str) -> None:
    assert a_month_after(date.fromisoformat(asked)) == date.fromisoformat(due)


async def test_the_same_is_asked_once_until_it_is_done_and_only_ids_are_told() -> None:
    memory, person = Memory(), viewer(Role.PERSON)

    asked = [await own_data.ask(person, Kind.COPY, memory.work, now=NOW, request_id=uuid4(), words="My own words") for _ in "12"]

    assert asked == [True, False]
    (told,) = memory.outbox.of(DataRequestChanged)
    assert (told.party_id, told.kind, told.state) == (person.account_id, "copy", "asked")
    assert "My own words" not in told.model_dump_json()


async def test_a_council_worker_asks_for_somebody_and_for_nobody_who_is_not_there_nor_for_themself() -> None:
    memory, staff, pa = Memory(), viewer(Role.STAFF), viewer(Role.PA)
    for one in (staff, pa):
        await memory.accounts.put(one.account)

    assert await own_data.ask(staff, Kind.COPY, memory.work, now=NOW, request_id=uuid4(), party_id=pa.account_id)
    (asked,) = await own_data.waiting("leicester", memory.work)
    assert (asked.party_id, asked.asked_by, asked.due_on) == (pa.account_id, staff.account_id, date(2026, 12, 28))
    for nobody in (None, uuid4(), staff.account_id):
        with pytest.raises(AccountNotFound):
            await own_data.ask(staff, Kind.COPY, memory.work, now=NOW, request_id=uuid4(), party_id=nobody)


async def test_a_copy_is_taken_only_by_whose_it_is_or_a_worker_and_each_taking_is_written_down() -> None:
    memory, person, staff, number = Memory(), viewer(Role.PERSON), viewer(Role.STAFF), uuid4()
    await own_data.ask(person, Kind.COPY, memory.work, now=NOW, request_id=number)
    with pytest.raises(NoCopyNow):
        await own_data.take_copy(person, number, memory.work, now=NOW)
    request = await own_data.take_up(NOW, memory.work)
    assert request is not None
    await own_data.make_ready(request, b"zip", memory.work, now=NOW)

    assert [await own_data.take_copy(one, number, memory.work, now=NOW) for one in (person, staff)] == [b"zip", b"zip"]
    with pytest.raises(DataRequestNotFound):
        await own_data.take_copy(viewer(Role.PERSON), number, memory.work, now=NOW)
    assert [one.look.by for one in await own_data.who_took(person, memory.work)] == [staff.account_id, person.account_id]


async def test_a_copy_is_forgotten_after_its_fourteen_days_and_another_can_be_asked_for() -> None:
    memory, person, number = Memory(), viewer(Role.PERSON), uuid4()
    await own_data.ask(person, Kind.COPY, memory.work, now=NOW, request_id=number)
    request = await own_data.take_up(NOW, memory.work)
    assert request is not None
    await own_data.make_ready(request, b"zip", memory.work, now=NOW)

    assert await own_data.take_up(NOW + timedelta(days=14), memory.work) is None
    over = await own_data.take_up(NOW + timedelta(days=15), memory.work)
    assert over is not None
    await own_data.forget_copy(over, memory.work)

    assert [one.state for one in await own_data.asked_by(person, memory.work)] == [State.OVER]
    assert memory.data_requests.copies == {}
    assert await own_data.take_up(NOW + timedelta(days=99), memory.work) is None
    assert await own_data.ask(person, Kind.COPY, memory.work, now=NOW, request_id=uuid4())


def test_the_copy_to_read_says_each_thing_in_words_and_nothing_that_somebody_typed_becomes_a_part_of_the_page() -> None:
    documents = {
        "portal": {"parts": {"plans": [{
            "own_words": "Shoes off! <script>alert(1)</script>", "changed_at": "2026-11-28T09:30:00+00:00", "open": True,
            "wishes": [{"criterion": "language", "values": ["so", "en"]}], "answers": {"Qwblorf/x": None},
        }]}},
        "registry": {"parts": {}}, "matcher": {"parts": {}}, "notifier": {"parts": {}},
    }  # fmt: skip

    with zipfile.ZipFile(io.BytesIO(zipped(documents, NOW))) as copy:
        page = copy.read(PAGE).decode()
        again = json.loads(copy.read("for-machines/portal.json"))

    assert again == documents["portal"]
    for said in ("Own words", "Shoes off! &lt;script&gt;", "28 November 2026 at 9:30am", "<dd>Yes</dd>", "<dd>so, en</dd>"):
        assert said in page
    assert "<script" not in page and "http" not in page


WHY = {
    State.HELD: Why(Reason.LAW, "Because of a law about pay"),
    State.NOT_CHANGED: Why(Reason.RIGHT, "You told us so in May", About.PLAN),
}


async def ask_and_decide(memory: Memory, kind: Kind, *states: State, words: str | None = None) -> tuple[Viewer, UUID]:
    person, number = viewer(Role.PERSON), uuid4()
    await memory.accounts.put(person.account)
    await own_data.ask(person, kind, memory.work, now=NOW, request_id=number, words=words)
    for state in states:
        await own_data.decide(viewer(Role.STAFF), number, state, WHY.get(state), memory.work, now=NOW)
    return person, number


@pytest.mark.parametrize(("kind", "states"), [
    (Kind.COPY, [State.CORRECTED]), (Kind.CORRECT, [State.AGREED]), (Kind.ERASE, [State.NOT_CHANGED]),
    (Kind.CORRECT, [State.CORRECTED, State.NOT_CHANGED]), (Kind.ERASE, [State.AGREED, State.HELD]), (Kind.ERASE, [State.ERASED]),
    (Kind.ERASE, [State.HELD, State.HELD]),
])  # fmt: skip
async def test_what_was_decided_is_decided_and_each_question_has_its_own_answers(kind: Kind, states: list[State]) -> None:
    with pytest.raises(DecidedAlready):
        await ask_and_decide(Memory(), kind, *states)


async def test_what_is_held_can_be_agreed_to_later_and_neither_words_nor_reasons_are_told() -> None:
    memory = Memory()
    await ask_and_decide(memory, Kind.ERASE, State.HELD, State.AGREED, words="My own words")

    told = memory.outbox.of(DataRequestChanged)
    assert [(one.state, one.reason) for one in told] == [("asked", None), ("held", "law"), ("agreed", None)]
    assert not any(words in one.model_dump_json() for one in told for words in ("about pay", "words"))


@pytest.mark.parametrize(("kind", "state", "why"), [
    (Kind.CORRECT, State.NOT_CHANGED, None), (Kind.CORRECT, State.NOT_CHANGED, WHY[State.HELD]),
    (Kind.ERASE, State.HELD, None), (Kind.ERASE, State.HELD, WHY[State.NOT_CHANGED]),
])  # fmt: skip
async def test_a_no_has_a_reason_that_fits_it(kind: Kind, state: State, why: Why | None) -> None:
    memory = Memory()
    _, number = await ask_and_decide(memory, kind)

    with pytest.raises(NeedsAReason):
        await own_data.decide(viewer(Role.STAFF), number, state, why, memory.work, now=NOW)


async def test_what_was_not_changed_and_why_is_told_in_codes() -> None:
    memory = Memory()
    await ask_and_decide(memory, Kind.CORRECT, State.NOT_CHANGED, words="I moved")

    *_, told = memory.outbox.of(DataRequestChanged)
    assert (told.state, told.reason, told.about) == ("not_changed", "right", "plan")
    assert "May" not in told.model_dump_json()


@pytest.mark.parametrize(("kind", "states"), [
    (Kind.COPY, []), (Kind.CORRECT, []), (Kind.ERASE, []), (Kind.ERASE, [State.HELD]), (Kind.ERASE, [State.HELD, State.AGREED]),
])  # fmt: skip
async def test_what_is_not_done_yet_can_be_taken_back_once_and_asked_anew(kind: Kind, states: list[State]) -> None:
    memory = Memory()
    person, number = await ask_and_decide(memory, kind, *states, words="I moved")
    if kind is Kind.COPY:
        await own_data.keep_part(await own_data.theirs(person, number, memory.work), "portal", {"parts": {}}, memory.work)
    before = await own_data.theirs(person, number, memory.work)

    for _ in "12":
        await own_data.take_back(person, number, memory.work, now=NOW)

    (back,) = await own_data.asked_by(person, memory.work)
    assert (back.state, back.taken_back_by, back.taken_back_at) == (State.TAKEN_BACK, person.account_id, NOW)
    assert (back.words, back.answer, back.reason, back.look_at) == (None, None, None, None)
    assert (back.decided_by, back.decided_at) == (before.decided_by, before.decided_at)
    assert [one.state for one in memory.outbox.of(DataRequestChanged)] == ["asked", *states, "taken_back"]
    assert await own_data.waiting("leicester", memory.work) == [] and memory.data_requests.heard == {}
    assert await own_data.taken_back_lately("leicester", memory.work, now=NOW + timedelta(days=29)) == [back]
    assert await own_data.taken_back_lately("leicester", memory.work, now=NOW + timedelta(days=31)) == []
    assert await own_data.ask(person, kind, memory.work, now=NOW, request_id=uuid4())


@pytest.mark.parametrize(("kind", "state"), [(Kind.CORRECT, State.CORRECTED), (Kind.CORRECT, State.NOT_CHANGED)])
async def test_what_is_done_cannot_be_taken_back(kind: Kind, state: State) -> None:
    memory = Memory()
    person, number = await ask_and_decide(memory, kind, state)

    with pytest.raises(DoneAlready):
        await own_data.take_back(person, number, memory.work, now=NOW)


async def test_who_is_being_erased_cannot_take_it_back_and_what_was_taken_back_is_not_erased_nor_gathered() -> None:
    memory = Memory()
    person, number = await ask_and_decide(memory, Kind.ERASE, State.AGREED)
    agreed = await own_data.theirs(person, number, memory.work)
    other, copy = await ask_and_decide(memory, Kind.COPY)
    gathered = await own_data.theirs(other, copy, memory.work)
    await own_data.take_back(person, number, memory.work, now=NOW)
    await own_data.take_back(other, copy, memory.work, now=NOW)

    await erasing.begin(agreed, memory.work, now=NOW)
    await own_data.keep_part(gathered, "portal", {"parts": {}}, memory.work)
    await own_data.make_ready(gathered, b"zip", memory.work, now=NOW)

    assert {one.state for one in memory.data_requests.kept.values()} == {State.TAKEN_BACK}
    assert memory.data_requests.heard == memory.data_requests.copies == {}
    begun, number = await ask_and_decide(memory, Kind.ERASE, State.AGREED)
    await erasing.begin(await own_data.theirs(begun, number, memory.work), memory.work, now=NOW)
    with pytest.raises(DoneAlready):
        await own_data.take_back(begun, number, memory.work, now=NOW)


async def test_a_worker_takes_it_back_for_somebody_who_told_them_and_nobody_else_does() -> None:
    memory = Memory()
    person, number = await ask_and_decide(memory, Kind.ERASE)
    staff = viewer(Role.STAFF)

    for stranger in (viewer(Role.PERSON), viewer(Role.BROKER)):
        with pytest.raises(DataRequestNotFound):
            await own_data.take_back(stranger, number, memory.work, now=NOW)
    back = await own_data.take_back(staff, number, memory.work, now=NOW)

    assert (back.party_id, back.taken_back_by) == (person.account_id, staff.account_id)


def last_message(person: Viewer, state: str, method: str) -> MessageCopy:
    return MessageCopy("leicester", uuid4(), person.account_id, erasing.LAST_MESSAGE, state, NOW, 1, method=method)


@pytest.mark.parametrize(("state", "method", "days"), [
    ("handed_over", "text", 0), ("done_by_task", "phone", 0), ("dropped", "email", 0), ("handed_over", "letter", 7),
    ("written", "text", 7), ("task", "phone", 7),
])  # fmt: skip
async def test_the_erasing_waits_for_the_last_message_a_letter_has_its_days_and_nothing_waits_longer(
    state: str, method: str, days: int
) -> None:
    memory = Memory()
    person, number = await ask_and_decide(memory, Kind.ERASE, State.AGREED)

    await erasing.hear_last_message(last_message(person, state, method), memory.work, now=NOW)

    (asked,) = await own_data.asked_by(person, memory.work)
    assert (asked.request_id, asked.look_at) == (number, NOW + timedelta(days=days))


async def test_who_is_erased_has_no_way_back_in_by_the_same_number() -> None:
    memory = Memory()
    person, number = await ask_and_decide(memory, Kind.ERASE, State.AGREED)
    await own_data.ask(person, Kind.CORRECT, memory.work, now=NOW, request_id=uuid4(), words="My name is wrong")
    request = await own_data.theirs(person, number, memory.work)
    memory.accounts.refs["leicester", "casework", "P-7"] = person.account_id
    nameless = Account("leicester", person.account_id, Role.PERSON)

    await erasing.begin(request, memory.work, now=NOW)
    assert memory.erased.known_as == [{"person_ref": "P-7", "source": "casework"}]
    memory.accounts.kept["leicester", person.account_id] = nameless  # as the tables have it then
    await erasing.begin(request, memory.work, now=NOW)

    asked = {one.kind: (one.state, one.words) for one in await own_data.asked_by(person, memory.work)}
    assert asked == {Kind.ERASE: (State.ERASING, None), Kind.CORRECT: (State.OVER, None)}
    assert [one.state for one in memory.outbox.of(DataRequestChanged) if one.kind == "erase"] == ["asked", "agreed", "erasing"]
    with pytest.raises(AccountIsErased):
        await accounts.put_account(person.account, memory.work)
    with pytest.raises(AccountNotFound):
        await signing_in.sign_in("leicester", person.account_id, memory.work, now=NOW, secret="s", form_token="f")
