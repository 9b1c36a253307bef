"""What goes wrong while tokens are renewed: nothing but a pair overwrites a pair, and who is needed is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port

from bot.channels.zalo_oa.errors import LOG_IN
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.transport import Transport
from bot.errors import StoreError
from bot.operations.messages.sending import OperatorError, UncertainError, UnreachableError, WaitError
from bot.store.registry import Tokens
from tests.log import Log
from tests.unit.channels.zalo_oa.keepers import ENDED, Address, alarms, failure, keeper, raising
from tests.unit.channels.zalo_oa.payloads import payload, settings
from tests.unit.channels.zalo_oa.platform import (
    TOKENS,
    Answer,
    Clock,
    MemoryRegistry,
    Platform,
    pair,
    served,
)


async def test_a_new_pair_outlives_a_store_that_fails_for_a_while() -> None:
    clock, registry, address = Clock(), MemoryRegistry(ENDED), Address(lambda: pair(1))
    given = keeper(registry, address, clock)
    registry.broken = 5
    assert type(await failure(given)) is UnreachableError
    # Not used before it is committed, and not asked for again: the old refresh token works no longer.
    assert registry.pairs == {"account": ENDED}
    assert await given.access() == "A1"
    assert (address.asked, registry.pairs) == (["R0"], {"account": pair(1)})


@pytest.mark.parametrize(
    "answer",
    [
        payload("oauth_error"),
        {"error": -14014, "error_name": "Invalid refresh token"},
        {},
        {"access_token": None, "refresh_token": None},
        {"access_token": "A1"},
        {"access_token": "", "refresh_token": ""},
        {"access_token": "A\n1", "refresh_token": "R1"},
        {"refresh_token": "R1"},
    ],
)
async def test_what_is_no_pair_overwrites_nothing(answer: Answer, log: Log) -> None:
    platform, registry, clock = Platform(token_answers=[answer]), MemoryRegistry(ENDED), Clock()
    async with served(platform) as url:
        transport = Transport()
        given = keeper(registry, TokenAddress(settings(zalo_oauth_base=url), transport, clock), clock)
        errors = [await failure(given), await failure(given)]
        await transport.close()
    assert [type(error) for error in errors] == [OperatorError, OperatorError]
    assert str(errors[0]).endswith(LOG_IN)
    # A refresh token that is refused is not tried with every message.
    assert (registry.pairs, platform.paths, registry.locks) == ({"account": ENDED}, [TOKENS], {})
    assert alarms(log) == [str(errors[0])]


async def test_a_refusal_is_tried_again_later_and_told_once_an_hour(log: Log) -> None:
    clock, address = Clock(), Address(raising(OperatorError("no")))
    given = keeper(MemoryRegistry(ENDED), address, clock)
    for _ in range(13):
        await failure(given)
        clock.now += timedelta(minutes=5)
    assert (len(address.asked), alarms(log)) == (7, ["no"] * 2)


async def test_a_new_login_is_taken_at_once() -> None:
    registry, address = MemoryRegistry(ENDED), Address(raising(OperatorError("no")))
    given = keeper(registry, address)
    await failure(given)
    registry.pairs["account"] = pair(3)
    assert await given.access() == "A3"


@pytest.mark.parametrize("error", [UncertainError("not answered in time"), UncertainError("HTTP 502")])
async def test_a_renewal_without_an_answer_keeps_the_old_pair_and_is_tried_again(
    error: UncertainError, log: Log
) -> None:
    clock, registry, address = Clock(), MemoryRegistry(ENDED), Address(raising(error))
    given = keeper(registry, address, clock)
    assert [type(await failure(given)) for _ in range(3)] == [UnreachableError] * 3
    assert (address.asked, registry.pairs, registry.locks) == (["R0"], {"account": ENDED}, {})
    clock.now += timedelta(minutes=1)
    address.answer = lambda: pair(1)
    assert (await given.access(), address.asked) == ("A1", ["R0", "R0"])
    assert alarms(log) == [f"renewing the tokens was not answered ({error}); if it goes on, {LOG_IN}"]


async def test_where_the_token_address_cannot_be_reached_nobody_is_called(log: Log) -> None:
    transport, clock = Transport(), Clock()
    address = TokenAddress(settings(zalo_oauth_base=f"http://127.0.0.1:{unused_port()}"), transport, clock)
    registry = MemoryRegistry(ENDED)
    assert type(await failure(keeper(registry, address, clock))) is UnreachableError
    await transport.close()
    assert (registry.pairs, alarms(log)) == ({"account": ENDED}, [])


async def test_too_many_calls_are_no_refusal() -> None:
    platform, clock = Platform(token_answers=[payload("response_error_32")]), Clock()
    async with served(platform) as url:
        transport = Transport()
        address = TokenAddress(settings(zalo_oauth_base=url), transport, clock)
        assert type(await failure(keeper(MemoryRegistry(ENDED), address, clock))) is WaitError
        await transport.close()


async def test_no_tokens_at_all(log: Log) -> None:
    error = await failure(keeper(MemoryRegistry(), Address(lambda: pair(1))))
    assert (type(error), str(error)) == (OperatorError, f"there are no tokens: {LOG_IN}")
    assert alarms(log) == [f"there are no tokens: {LOG_IN}"]


async def test_an_access_token_without_a_refresh_token_ends() -> None:
    address = Address(lambda: pair(1))
    error = await failure(keeper(MemoryRegistry(replace(ENDED, refresh="")), address))
    assert (type(error), address.asked) == (OperatorError, [])


async def test_while_the_store_is_away_the_token_read_last_is_used_until_it_ends(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, registry, address = Clock(), MemoryRegistry(pair(1)), Address(lambda: pair(2))
    given = keeper(registry, address, clock)
    assert await given.access() == "A1"

    async def away(account: str) -> Tokens | None:
        raise StoreError("the server is away")

    monkeypatch.setattr(registry, "tokens", away)
    assert await given.access() == "A1"
    clock.now = pair(1).expires_at
    assert type(await failure(given)) is UnreachableError
    assert address.asked == []


async def test_a_store_that_cannot_be_read() -> None:
    registry = MemoryRegistry()

    async def broken(account: str) -> Tokens | None:
        raise StoreError("disk")

    registry.tokens = broken  # type: ignore[method-assign]
    address = Address(lambda: pair(1))
    assert type(await failure(keeper(registry, address))) is UnreachableError
    assert type(await failure(keeper(registry, address, first=ENDED))) is UnreachableError
    assert await keeper(registry, address, first=pair(7)).access() == "A7"
    assert address.asked == []
