"""The pair of tokens: renewed by one, in time, committed before it is used."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.tokens import account_of, first_tokens
from bot.channels.zalo_oa.transport import TOTAL_SECONDS, Transport
from bot.operations.messages.sending import OperatorError, UnreachableError
from bot.store.registry import Tokens
from tests.log import Log
from tests.unit.channels.zalo_oa.keepers import ENDED, Address, failure, keeper
from tests.unit.channels.zalo_oa.payloads import APP, settings
from tests.unit.channels.zalo_oa.platform import (
    NOW,
    TOKENS,
    Clock,
    MemoryRegistry,
    Platform,
    pair,
    served,
)


async def test_a_valid_token_is_given_out() -> None:
    address = Address(lambda: pair(1))
    assert await keeper(MemoryRegistry(pair()), address).access() == "A0"
    assert address.asked == []


async def test_the_pair_of_the_settings_serves_until_the_store_has_one() -> None:
    address = Address(lambda: pair(1))
    assert await keeper(MemoryRegistry(), address, first=pair(7)).access() == "A7"
    assert await keeper(MemoryRegistry(pair()), address, first=pair(7)).access() == "A0"
    registry = MemoryRegistry()
    assert await keeper(registry, address, first=replace(ENDED, access="", refresh="R7")).access() == "A1"
    assert (address.asked, registry.pairs) == (["R7"], {"account": pair(1)})


async def test_a_renewal_is_locked_committed_then_unlocked() -> None:
    registry = MemoryRegistry(ENDED)
    assert await keeper(registry, Address(lambda: pair(1))).access() == "A1"
    assert registry.log == ["me locks for 60 s", "me keeps A1", "me unlocks"]
    assert TOTAL_SECONDS < 60


async def test_two_processes_renew_once() -> None:
    """Over the wire, with refresh tokens that work once: the second waits and reads what the first has kept."""
    gate, waiting = asyncio.Event(), asyncio.Event()
    platform, registry, clock = Platform(gate=gate), MemoryRegistry(ENDED), Clock()

    async def until_changed(_: float) -> None:
        waiting.set()
        gate.set()
        await registry.changed.wait()
        registry.changed.clear()

    async with served(platform) as url:
        chosen = settings(zalo_oauth_base=url)
        transports = [Transport(), Transport()]
        keepers = [
            keeper(registry, TokenAddress(chosen, transport, clock), clock, holder=holder, pause=until_changed)
            for holder, transport in zip(("one", "two"), transports, strict=True)
        ]
        got = await asyncio.gather(*(given.access() for given in keepers))
        for transport in transports:
            await transport.close()
    assert (got, platform.renewals, platform.paths) == (["A1", "A1"], 1, [TOKENS])
    assert waiting.is_set()
    assert registry.log == ["one locks for 60 s", "one keeps A1", "one unlocks"]


async def test_any_number_of_messages_renew_once() -> None:
    address, registry = Address(lambda: pair(1)), MemoryRegistry(ENDED)
    given = keeper(registry, address)
    assert await asyncio.gather(*(given.access() for _ in range(20))) == ["A1"] * 20
    assert address.asked == ["R0"]


async def test_a_token_that_was_refused_is_renewed_only_if_it_is_still_the_one() -> None:
    address, registry = Address(lambda: pair(2)), MemoryRegistry(pair(1))
    given = keeper(registry, address)
    assert await given.access_instead("A0") == "A1"
    assert await given.access_instead("A1") == "A2"
    assert address.asked == ["R1"]


async def test_who_comes_after_the_renewal_of_another_takes_that_pair() -> None:
    registry, address = MemoryRegistry(ENDED), Address(lambda: pair(2))
    lock = registry.lock_tokens

    async def renewed_in_between(*given: object) -> bool:
        registry.pairs["account"] = pair(1)
        return await lock(*given)  # type: ignore[arg-type]

    registry.lock_tokens = renewed_in_between  # type: ignore[method-assign, assignment]
    assert await keeper(registry, address).access() == "A1"
    assert (address.asked, registry.log) == ([], ["me locks for 60 s", "me unlocks"])


async def test_a_lock_that_nobody_opens_ends_by_itself() -> None:
    clock, registry, address = Clock(), MemoryRegistry(ENDED), Address(lambda: pair(1))
    registry.locks["account"] = ("dead", NOW + timedelta(seconds=60))
    assert await keeper(registry, address, clock).access() == "A1"
    assert (clock.now - NOW, address.asked) == (timedelta(seconds=60), ["R0"])


async def test_nobody_waits_for_ever() -> None:
    clock, registry, address = Clock(), MemoryRegistry(ENDED), Address(lambda: pair(1))
    registry.locks["account"] = ("stuck", NOW + timedelta(days=1))
    error = await failure(keeper(registry, address, clock))
    assert (type(error), address.asked) == (UnreachableError, [])
    assert clock.now - NOW < timedelta(seconds=70)


async def test_a_pair_whose_lock_was_lost_is_thrown_away() -> None:
    registry = MemoryRegistry(ENDED)

    def overtaken() -> Tokens:
        registry.locks["account"] = ("other", NOW + timedelta(days=1))
        registry.pairs["account"] = pair(9)
        return pair(1)

    assert await keeper(registry, Address(overtaken)).access() == "A9"
    assert registry.pairs == {"account": pair(9)}


async def test_a_pair_whose_lock_was_lost_to_nobody_is_no_pair() -> None:
    registry = MemoryRegistry(ENDED)

    def overtaken() -> Tokens:
        registry.locks["account"] = ("other", NOW + timedelta(days=1))
        return pair(1)

    assert type(await failure(keeper(registry, Address(overtaken)))) is UnreachableError
    assert registry.pairs == {"account": ENDED}


async def test_it_is_renewed_five_hours_before_its_end(log: Log) -> None:
    clock, registry = Clock(), MemoryRegistry(pair())
    made: list[timedelta] = []

    def answer() -> Tokens:
        made.append(clock.now - NOW)
        if len(made) == 1:
            raise UnreachableError("not now")
        if len(made) == 4:
            raise asyncio.CancelledError
        return pair(len(made), clock.now)

    with pytest.raises(asyncio.CancelledError):
        await keeper(registry, Address(answer), clock).renew_in_time()
    # Checked every ten minutes: what failed is tried with the next check.
    later = [timedelta(hours=20), timedelta(hours=20, minutes=10), timedelta(hours=40, minutes=10)]
    assert made == [*later, timedelta(hours=60, minutes=10)]
    assert {"level": "warning", "event": "zalo_tokens_not_renewed", "error": "not now"} in log.lines()


async def test_a_renewal_is_finished_even_if_nobody_waits_for_it() -> None:
    registry, gate = MemoryRegistry(ENDED), asyncio.Event()

    class Slow(Address):
        async def renew(self, refresh: str) -> Tokens:
            await gate.wait()
            return await super().renew(refresh)

    given = keeper(registry, Slow(lambda: pair(1)))
    asking = asyncio.create_task(given.access())
    while not registry.log:
        await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    gate.set()
    await given.close()
    assert registry.pairs == {"account": pair(1)}


@pytest.mark.parametrize(
    ("access", "refresh", "tokens"),
    [
        (None, None, None),
        (" A0 ", "R0", pair()),
        (None, "R0", replace(ENDED, access="")),
        ("A0", None, replace(pair(), refresh="")),
    ],
)
def test_the_pair_of_the_settings(access: str | None, refresh: str | None, tokens: Tokens | None) -> None:
    given = {"zalo_oa_access_token": access, "zalo_oa_refresh_token": refresh}
    assert first_tokens(settings(**given), NOW) == tokens


def test_settings_that_hold_no_token() -> None:
    with pytest.raises(OperatorError) as raised:
        first_tokens(settings(zalo_oa_access_token="A 0"), NOW)
    assert str(raised.value) == "ZALO_OA_ACCESS_TOKEN or ZALO_OA_REFRESH_TOKEN is no token: copy it once more"


def test_the_account_is_the_applications() -> None:
    assert account_of(settings()) == f"zalo_oa:{APP}"
