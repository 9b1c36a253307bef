"""Calls: what goes over the wire, and what every failure says about whether it arrived."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port

from bot.channels.zalo_oa.client import ACCOUNT, SEND, ZaloOaClient
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.tokens import TokenKeeper
from bot.channels.zalo_oa.transport import Transport
from bot.operations.messages.sending import (
    GoneError,
    OperatorError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
    WaitError,
)
from tests.unit.channels.zalo_oa.payloads import SECRET_KEY, payload, settings
from tests.unit.channels.zalo_oa.platform import (
    TOKENS,
    Answer,
    Asked,
    Clock,
    MemoryRegistry,
    Platform,
    pair,
    served,
)

BODY = {"recipient": {"user_id": "1"}, "message": {"text": "Chào"}}


async def call(
    platform: Platform, registry: MemoryRegistry | None = None, path: str = SEND, body: object = BODY, **given: object
) -> object:
    """One call of a client of `platform`, with the pair A0, R0 in the store."""
    clock, store = Clock(), registry or MemoryRegistry(pair())
    chosen = settings(zalo_openapi_base=platform.url, zalo_oauth_base=platform.url, **given)
    transport = Transport(chosen.zalo_proxy_address, total=0.2 if platform.hangs else 15)
    address = TokenAddress(chosen, transport, clock)
    keeper = TokenKeeper(store, "account", None, address, clock, clock.pause, "me")
    client = ZaloOaClient(chosen, keeper, transport, clock)
    try:
        return await client.call(path, body if isinstance(body, dict) else None)
    finally:
        await client.close()


async def failure(platform: Platform, **given: object) -> SendError:
    with pytest.raises(SendError) as raised:
        await call(platform, **given)  # type: ignore[arg-type]
    return raised.value


async def test_a_call() -> None:
    platform = Platform()
    async with served(platform):
        assert await call(platform) == payload("response_cs_ok")["data"]
    assert platform.asked == [Asked(SEND, {"access_token": "A0"}, BODY)]


async def test_a_question_without_a_body() -> None:
    platform = Platform([{"error": 0, "data": {"name": "Một Cửa"}}])
    async with served(platform):
        assert await call(platform, path=ACCOUNT, body=None) == {"name": "Một Cửa"}
    assert platform.asked == [Asked(ACCOUNT, {"access_token": "A0"}, None)]


@pytest.mark.parametrize("data", [{}, {"data": None}, {"data": []}])
async def test_an_answer_without_data(data: dict[str, object]) -> None:
    platform = Platform([{"error": 0, **data}])
    async with served(platform):
        assert await call(platform) == {}


async def test_the_proof_of_the_secret_key() -> None:
    platform = Platform()
    async with served(platform):
        await call(platform, zalo_oa_appsecret_proof=True)
    proof = hmac.new(SECRET_KEY.encode(), b"A0", hashlib.sha256).hexdigest()
    assert platform.asked == [Asked(SEND, {"access_token": "A0", "appsecret_proof": proof}, BODY)]


@pytest.mark.parametrize("name", ["response_error_216", "response_error_220"])
async def test_a_token_that_is_refused_is_renewed_once(name: str) -> None:
    platform, registry = Platform([payload(name)]), MemoryRegistry(pair())
    async with served(platform):
        assert await call(platform, registry) == payload("response_cs_ok")["data"]
    assert [(asked.path, asked.headers) for asked in platform.asked] == [
        (SEND, {"access_token": "A0"}),
        (TOKENS, {"secret_key": SECRET_KEY}),
        (SEND, {"access_token": "A1"}),
    ]
    assert registry.pairs == {"account": pair(1)}


async def test_a_token_that_someone_else_has_renewed_is_only_read() -> None:
    platform, registry = Platform([payload("response_error_216")]), MemoryRegistry(pair(1))
    reads = iter([pair(0)])

    async def stale_at_first(account: str) -> object:
        return next(reads, pair(1))

    registry.tokens = stale_at_first  # type: ignore[method-assign, assignment]
    async with served(platform):
        await call(platform, registry)
    assert [asked.headers for asked in platform.asked] == [{"access_token": "A0"}, {"access_token": "A1"}]


async def test_a_token_that_is_refused_twice_needs_an_operator() -> None:
    platform = Platform([payload("response_error_216")] * 2)
    async with served(platform):
        error = await failure(platform)
    assert (type(error), platform.renewals, len(platform.asked)) == (OperatorError, 1, 3)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (payload("response_error_32"), WaitError),
        (payload("response_error_230"), GoneError),
        (payload("response_error_210"), RefusedError),
        ({"error": -221, "message": "OA is not verified"}, OperatorError),
        ({"error": -31999, "message": "?"}, RefusedError),
        ({}, RefusedError),
        (500, UncertainError),
        (502, UncertainError),
        (404, UnreachableError),
        (b"", UncertainError),
        (b"[]", UncertainError),
        (b"<html>", UncertainError),
        (b"\xff", UncertainError),
    ],
)
async def test_answers_that_are_no_success(answer: Answer, kind: type[SendError]) -> None:
    platform = Platform([answer])
    async with served(platform):
        assert type(await failure(platform)) is kind
    assert platform.paths == [SEND]


async def test_no_answer_in_time_leaves_it_uncertain() -> None:
    platform = Platform(hangs=True)
    async with served(platform):
        error = await failure(platform)
    assert (type(error), str(error)) == (UncertainError, "Zalo has not answered in time")


async def test_a_connection_that_breaks_leaves_it_uncertain() -> None:
    platform = Platform()

    async def cut(request: object) -> object:
        request.transport.abort()  # type: ignore[attr-defined]
        return None

    platform.answer = cut  # type: ignore[method-assign, assignment]
    async with served(platform):
        error = await failure(platform)
    assert (type(error), str(error)) == (UncertainError, "the connection to Zalo broke (ServerDisconnectedError)")


async def test_where_nobody_listens_nothing_was_sent() -> None:
    platform = Platform(url=f"http://127.0.0.1:{unused_port()}")
    error = await failure(platform)
    assert (type(error), str(error)) == (UnreachableError, "Zalo cannot be reached (ClientConnectorError)")


async def test_where_the_proxy_does_not_listen_nothing_was_sent() -> None:
    platform = Platform(url="http://zalo.test")
    error = await failure(platform, zalo_proxy=f"http://127.0.0.1:{unused_port()}")
    assert type(error) is UnreachableError


async def test_the_proxy_is_asked() -> None:
    """A proxy is asked for the whole address; the platform's name is never looked up here."""
    proxy, platform = Platform(), Platform(url="http://zalo.test")
    async with served(proxy) as address:
        await call(platform, zalo_proxy=address)
    assert [asked.headers for asked in proxy.asked] == [{"access_token": "A0"}]


async def test_a_redirect_is_not_followed() -> None:
    platform = Platform([302])
    async with served(platform):
        assert type(await failure(platform)) is UnreachableError
    assert platform.paths == [SEND]


async def test_without_a_token_nothing_is_sent() -> None:
    platform = Platform()
    async with served(platform):
        error = await failure(platform, registry=MemoryRegistry())
    assert (type(error), platform.asked) == (OperatorError, [])


async def test_a_token_that_has_ended_is_renewed_first() -> None:
    platform, old = Platform(), pair()
    registry = MemoryRegistry(replace(old, expires_at=old.made_at + timedelta(seconds=60)))
    async with served(platform):
        await call(platform, registry)
    assert platform.paths == [TOKENS, SEND]
