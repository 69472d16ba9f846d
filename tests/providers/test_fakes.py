"""The fakes are fair: what they accepted is in their ledgers, whatever they said, and nothing else is."""
import asyncio
import base64
import hashlib
import hmac
import json
import sys
import time
from pathlib import Path
from typing import Any

import aiosmtplib
import httpx
import pytest

from tests.providers.fake_notify import FakeNotify
from tests.providers.fake_smtp import FakeSmtp
from tests.providers.ledger import Ledger
from tests.providers.notify_shapes import KEY
from tests.providers.plain_http import Answer, served

TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


def bearer(key: str = KEY, issued: float | None = None) -> dict[str, str]:
    claims = {"iss": key[-73:-37], "iat": int(issued or time.time())}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, claims)]
    signature = base64.urlsafe_b64encode(hmac.digest(key[-36:].encode(), b".".join(parts), hashlib.sha256)).rstrip(b"=")
    return {"Authorization": "Bearer " + b".".join([*parts, signature]).decode()}


async def text(url: str, reference: str, **others: Any) -> int:
    """The status of the answer; 0 = the connection was cut."""
    body = {"reference": reference, "phone_number": "+447700900001", "template_id": TEMPLATE, "personalisation": {"body": "Hi"}}
    async with httpx.AsyncClient(trust_env=False, headers=bearer()) as http:
        try:
            return (await http.post(f"{url}/v2/notifications/sms", json={**body, **others})).status_code
        except httpx.TransportError:
            return 0


async def listed(url: str, reference: str) -> list[dict[str, Any]]:
    async with httpx.AsyncClient(trust_env=False, headers=bearer()) as http:
        answer = await http.get(f"{url}/v2/notifications", params={"reference": reference})
    return list(answer.json()["notifications"])


@pytest.mark.parametrize(
    ("fault", "hears", "accepted", "shown"),
    [
        ("none", 201, 1, 1), ("accept_then_die", 0, 1, 1), ("accept_then_500", 500, 1, 1), ("accept_unlisted", 201, 1, 0),
        ("die", 0, 0, 0), ("answer_429", 429, 0, 0), ("answer_500", 500, 0, 0), ("answer_503", 503, 0, 0),
        ("answer_400", 400, 0, 0), ("answer_403", 403, 0, 0), ("stall", 201, 1, 1), ("accept_then_stall", 201, 1, 1),
    ],
)
async def test_what_is_heard_and_what_was_accepted_are_two_things(
    tmp_path: Path, fault: str, hears: int, accepted: int, shown: int
) -> None:
    async with FakeNotify(Ledger(tmp_path / "ledger")).running() as fake:
        fake.behaviour.next, fake.behaviour.stall_seconds = [fault], 0.05

        assert await text(fake.url, "a") == hears
        assert (fake.ledger.times()["a"], len(await listed(fake.url, "a"))) == (accepted, shown)


async def test_a_wrong_key_or_a_wrong_clock_is_let_in_nowhere(tmp_path: Path) -> None:
    wrong = [bearer(KEY[:-1] + "1"), bearer(issued=time.time() - 60), {}]
    async with FakeNotify(Ledger(tmp_path / "ledger")).running() as fake, httpx.AsyncClient(trust_env=False) as http:
        answers = [await http.get(f"{fake.url}/v2/notifications", headers=headers) for headers in wrong]

    assert [answer.status_code for answer in answers] == [403, 403, 401]


async def test_a_program_that_is_ended_and_begun_again_knows_what_it_accepted(tmp_path: Path) -> None:
    begin = [sys.executable, "-m", "tests.providers.fake_notify", "--ledger", str(tmp_path / "ledger"), "--seed", "7"]
    shown = []
    for reference in ("before", "after"):
        program = await asyncio.create_subprocess_exec(*begin, stdout=asyncio.subprocess.PIPE)
        assert program.stdout is not None
        url = (await program.stdout.readline()).decode().strip()
        async with httpx.AsyncClient(trust_env=False) as http:
            refused = await http.post(f"{url}/control", json={"faults": {"no_such_fault": 1}})
            await http.post(f"{url}/control", json={"faults": {"accept_then_die": 1.0}})
        await text(url, reference)
        shown.append([one["reference"] for one in await listed(url, "before")])
        program.kill()
        await program.wait()

    assert refused.status_code == 400
    assert shown == [["before"], ["before"]]
    assert Ledger(tmp_path / "ledger").times() == {"before": 1, "after": 1}


async def test_the_same_seed_brings_the_same_faults(tmp_path: Path) -> None:
    heard = []
    for run in range(2):
        async with FakeNotify(Ledger(tmp_path / str(run))).running() as fake:
            fake.behaviour.change({"faults": {"accept_then_die": 0.3, "answer_503": 0.3}, "seed": 11}, {})
            heard.append([await text(fake.url, str(n)) for n in range(20)])

    assert heard[0] == heard[1]
    assert set(heard[0]) == {0, 201, 503}


@pytest.mark.parametrize(
    ("fault", "statuses"),
    [
        ("none", ["delivered"]), ("lose", []), ("repeat", ["delivered"] * 3),
        ("backwards", ["delivered", "temporary-failure", "created"]),
    ],
)
async def test_receipts_come_as_told(tmp_path: Path, fault: str, statuses: list[str]) -> None:
    told: list[dict[str, Any]] = []

    async def take(request: Any) -> Any:
        assert request.headers["authorization"] == "Bearer the token"
        told.append(request.json())
        return Answer(204, None)

    async with served(take) as callback, FakeNotify(Ledger(tmp_path / "ledger")).running() as fake:
        fake.behaviour.callback, fake.behaviour.token = callback, "the token"
        fake.behaviour.receipts, fake.behaviour.receipt_after_seconds = {fault: 1.0}, 0.01
        await text(fake.url, "a")
        await asyncio.gather(*fake.receipts.going)

    assert [one["status"] for one in told] == statuses
    assert {one["reference"] for one in told} <= {"a"}


@pytest.mark.parametrize(
    ("fault", "accepted"), [("none", 1), ("accept_then_die", 1), ("die", 0), ("busy", 0), ("refuse_after_data", 0)]
)
async def test_the_mail_server_keeps_what_it_took(tmp_path: Path, fault: str, accepted: int) -> None:
    mail = b"Message-ID: <1.2.0b0e6a4e-9b4c-4a60-a8a5-0c7a3f4a1c11@x>\r\nSubject: Hello\r\n\r\nHello\r\n"
    async with FakeSmtp(Ledger(tmp_path / "ledger")).running() as fake:
        fake.behaviour.next = [fault]
        client = aiosmtplib.SMTP(hostname="127.0.0.1", port=int(fake.url.rpartition(":")[2]), timeout=2)
        try:
            await client.connect()
            await client.sendmail("us@example.org", ["them@example.org"], mail)
        except (aiosmtplib.SMTPException, OSError):
            assert fault != "none"
        client.close()
        entries = fake.ledger.entries()

    assert [entry["reference"] for entry in entries] == ["0b0e6a4e-9b4c-4a60-a8a5-0c7a3f4a1c11"] * accepted
