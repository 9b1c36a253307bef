from __future__ import annotations

import socket
from typing import Any

import pytest

from bot.channels.zalo_bot import client as client_file
from bot.channels.zalo_bot.client import ZaloBotClient
from bot.channels.zalo_bot.sender import WAIT_SECONDS, ZaloBotSender
from bot.dialogue.messages import Choice, Reply, Status
from bot.operations.messages.sending import (
    Delivery,
    GoneError,
    OperatorError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
    WaitError,
)
from tests.fixtures.platforms import payload
from tests.unit.channels.zalo_bot.fake_platform import DISCONNECT, SILENCE, TOKEN, client_and_platform

LONG = Reply(Status.ANSWERED, f"{'a' * 1500}\n\n{'b' * 1500}", (Choice("start", "Về đầu"),))
DELIVERY = Delivery("6ede9afa66b88fe6d6a9", LONG, {})


async def test_each_part_is_a_message() -> None:
    async with client_and_platform((200, payload("zalo_bot", "send_message_ok"))) as (client, platform):
        sender = ZaloBotSender(client)
        assert (sender.channel, sender.window, sender.count_parts(DELIVERY)) == ("zalo_bot", None, 2)
        await sender.acknowledge({})
        await sender.send(DELIVERY, 0)
        await sender.send(DELIVERY, 1)
        await sender.close()
    assert platform.calls == [
        (f"/bot{TOKEN}/sendMessage", {"chat_id": "6ede9afa66b88fe6d6a9", "text": f"{'a' * 1500}\n(1/2)"}),
        (f"/bot{TOKEN}/sendMessage", {"chat_id": "6ede9afa66b88fe6d6a9", "text": f"{'b' * 1500}\n\n1. Về đầu\n(2/2)"}),
    ]


def refusal(code: int | None, words: str) -> dict[str, Any]:
    return {"ok": False, "description": words} | ({} if code is None else {"error_code": code})


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (200, payload("zalo_bot", "error_401"), (OperatorError, "Zalo Bot answered 401 Unauthorized")),
        (401, payload("zalo_bot", "error_401"), (OperatorError, "Zalo Bot answered 401 Unauthorized")),
        (200, payload("zalo_bot", "error_429"), (OperatorError, "Zalo Bot answered 429 Quota exceeded")),
        (429, refusal(429, "Too many requests"), (WaitError, "Zalo Bot answered 429 Too many requests")),
        (429, "slow down", (WaitError, "Zalo Bot answered 429 without saying why")),
        (200, refusal(400, "Bad\nRequest"), (RefusedError, "Zalo Bot answered 400 Bad Request")),
        (400, refusal(None, "Bad Request"), (RefusedError, "Zalo Bot answered 400 Bad Request")),
        (200, refusal(None, ""), (RefusedError, "Zalo Bot answered 200")),
        (403, refusal(403, "Forbidden"), (GoneError, "Zalo Bot answered 403 Forbidden")),
        (200, refusal(404, "Chat not found"), (GoneError, "Zalo Bot answered 404 Chat not found")),
        (404, "<html>", (OperatorError, "Zalo Bot answered 404 without saying why")),
        (302, "", (OperatorError, "Zalo Bot answered 302 without saying why")),
        (200, "<html>", (UncertainError, "Zalo Bot answered 200 without saying why")),
        (200, {"ok": "yes"}, (UncertainError, "Zalo Bot answered 200 without saying why")),
        (500, refusal(500, "Internal"), (UnreachableError, "Zalo Bot answered 500 Internal")),
        (504, "<html>", (UncertainError, "Zalo Bot answered 504 without saying why")),
        (408, refusal(408, "Request timeout"), (UncertainError, "Zalo Bot answered 408 Request timeout")),
        (200, refusal(400, f"no {TOKEN}"), (RefusedError, "Zalo Bot answered 400 no …")),
        (200, refusal(400, "x" * 500), (RefusedError, f"Zalo Bot answered 400 {'x' * 120}")),
        (200, DISCONNECT, (UncertainError, "Zalo Bot did not answer: ServerDisconnectedError")),
    ],
)
async def test_what_the_platforms_answers_mean(status: int, body: Any, expected: tuple[type[SendError], str]) -> None:
    async with client_and_platform((status, body)) as (client, _):
        with pytest.raises(SendError) as caught:
            await ZaloBotSender(client).send(DELIVERY, 0)
    assert (type(caught.value), str(caught.value)) == expected


async def test_how_long_to_wait_is_said() -> None:
    async with client_and_platform((429, refusal(429, "Too many"))) as (client, _):
        with pytest.raises(WaitError) as caught:
            await ZaloBotSender(client).send(DELIVERY, 0)
    assert caught.value.seconds == WAIT_SECONDS


async def test_no_answer_in_time_leaves_it_open_whether_it_was_sent() -> None:
    async with client_and_platform((200, SILENCE)) as (client, _):
        with pytest.raises(UncertainError, match=r"^Zalo Bot did not answer: TimeoutError$"):
            await client.call("sendMessage", {}, total=0.05)


async def test_nobody_listening_means_not_sent() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    sender = ZaloBotSender(ZaloBotClient(f"http://127.0.0.1:{port}", TOKEN))
    with pytest.raises(UnreachableError, match=r"^Zalo Bot cannot be reached: ClientConnectorError$") as caught:
        await sender.send(DELIVERY, 0)
    await sender.close()
    assert caught.value.__cause__ is None


async def test_no_connection_in_time_means_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A listener that accepts nobody: its queue is full, and the next one waits for the connection."""
    monkeypatch.setattr(client_file, "CONNECT_SECONDS", 0.05)
    with socket.socket() as deaf, socket.socket() as first, socket.socket() as second:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for early in (first, second):
            early.setblocking(False)
            early.connect_ex(deaf.getsockname())
        client = ZaloBotClient(f"http://127.0.0.1:{deaf.getsockname()[1]}", TOKEN)
        with pytest.raises(UnreachableError, match=r"^Zalo Bot cannot be reached: ConnectionTimeoutError$"):
            await client.call("sendMessage")
        await client.close()


async def test_the_token_shows_nowhere() -> None:
    client = ZaloBotClient("http://127.0.0.1:9", TOKEN)
    assert TOKEN not in repr(client) + repr(ZaloBotSender(client))
