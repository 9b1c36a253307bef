"""The pair of tokens: renewed by one, committed before it is used, never overwritten by anything but a pair."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from aiohttp.test_utils import unused_port

from bot.channels.zalo_oa.errors import LOG_IN
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.tokens import Pause, TokenKeeper, account_of, first_tokens
from bot.channels.zalo_oa.transport import TOTAL_SECONDS, Transport
from bot.errors import StoreError
from bot.operations.sending import NotSentError, OperatorError, UncertainError, UnreachableError, WaitError
from bot.store.registry import Tokens
from tests.unit.channels.zalo_oa.payloads import APP, SECRET_KEY, payload, settings
from tests.unit.channels.zalo_oa.platform import (
    NOW,
    TOKENS,
    Answer,
    Asked,
    Clock,
    MemoryRegistry,
    Platform,
    pair,
    served,
)

ENDED = replace(pair(), expires_at=NOW)
HOUR = timedelta(hours=1)


class Address:
    """Token addresses as a function, where no wire is needed. `asked`: the refresh tokens that came."""

    def __init__(self, answer: Callable[[], Tokens]) -> None:
        self.answer = answer
        self.asked: list[str] = []

    async def renew(self, refresh: str) -> Tokens:
        self.asked.append(refresh)
        await asyncio.sleep(0)
        return self.answer()


def raising(error: Exception) -> Callable[[], Tokens]:
    def answer() -> Tokens:
        raise error

    return answer


def keeper(
    registry: MemoryRegistry,
    address: Address | TokenAddress,
    clock: Clock | None = None,
    first: Tokens | None = None,
    holder: str = "me",
    pause: Pause | None = None,
) -> TokenKeeper:
    clock = clock or Clock()
    return TokenKeeper(registry, "account", first, address, clock, pause or clock.pause, holder)


async def failure(given: TokenKeeper) -> NotSentError:
    with pytest.raises(NotSentError) as raised:
        await given.access()
    return raised.value


def alarms(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]


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


async def test_what_is_asked_of_the_token_address() -> None:
    platform = Platform()
    async with served(platform) as url:
        transport = Transport()
        fresh = await TokenAddress(settings(zalo_oauth_base=url), transport, Clock()).renew("R0")
        await transport.close()
    assert fresh == pair(1)
    form = {"refresh_token": "R0", "grant_type": "refresh_token", "app_id": APP}
    assert platform.asked == [Asked(TOKENS, {"secret_key": SECRET_KEY}, form)]


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
async def test_what_is_no_pair_overwrites_nothing(answer: Answer, caplog: pytest.LogCaptureFixture) -> None:
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
    assert alarms(caplog) == [f"zalo_needs_administrator: {errors[0]}"]


async def test_a_refusal_is_tried_again_later_and_told_once_an_hour(caplog: pytest.LogCaptureFixture) -> None:
    clock, address = Clock(), Address(raising(OperatorError("no")))
    given = keeper(MemoryRegistry(ENDED), address, clock)
    for _ in range(13):
        await failure(given)
        clock.now += timedelta(minutes=5)
    assert (len(address.asked), alarms(caplog)) == (7, ["zalo_needs_administrator: no"] * 2)


async def test_a_new_login_is_taken_at_once() -> None:
    registry, address = MemoryRegistry(ENDED), Address(raising(OperatorError("no")))
    given = keeper(registry, address)
    await failure(given)
    registry.pairs["account"] = pair(3)
    assert await given.access() == "A3"


@pytest.mark.parametrize("error", [UncertainError("not answered in time"), UncertainError("HTTP 502")])
async def test_a_renewal_without_an_answer_keeps_the_old_pair_and_is_tried_again(
    error: UncertainError, caplog: pytest.LogCaptureFixture
) -> None:
    clock, registry, address = Clock(), MemoryRegistry(ENDED), Address(raising(error))
    given = keeper(registry, address, clock)
    assert [type(await failure(given)) for _ in range(3)] == [UnreachableError] * 3
    assert (address.asked, registry.pairs, registry.locks) == (["R0"], {"account": ENDED}, {})
    clock.now += timedelta(minutes=1)
    address.answer = lambda: pair(1)
    assert (await given.access(), address.asked) == ("A1", ["R0", "R0"])
    assert alarms(caplog) == [
        f"zalo_needs_administrator: renewing the tokens was not answered ({error}); if it goes on, {LOG_IN}"
    ]


async def test_where_the_token_address_cannot_be_reached_nobody_is_called(caplog: pytest.LogCaptureFixture) -> None:
    transport, clock = Transport(), Clock()
    address = TokenAddress(settings(zalo_oauth_base=f"http://127.0.0.1:{unused_port()}"), transport, clock)
    registry = MemoryRegistry(ENDED)
    assert type(await failure(keeper(registry, address, clock))) is UnreachableError
    await transport.close()
    assert (registry.pairs, alarms(caplog)) == ({"account": ENDED}, [])


async def test_too_many_calls_are_no_refusal() -> None:
    platform, clock = Platform(token_answers=[payload("response_error_32")]), Clock()
    async with served(platform) as url:
        transport = Transport()
        address = TokenAddress(settings(zalo_oauth_base=url), transport, clock)
        assert type(await failure(keeper(MemoryRegistry(ENDED), address, clock))) is WaitError
        await transport.close()


async def test_no_tokens_at_all(caplog: pytest.LogCaptureFixture) -> None:
    error = await failure(keeper(MemoryRegistry(), Address(lambda: pair(1))))
    assert (type(error), str(error)) == (OperatorError, f"there are no tokens: {LOG_IN}")
    assert alarms(caplog) == [f"zalo_needs_administrator: there are no tokens: {LOG_IN}"]


async def test_an_access_token_without_a_refresh_token_ends() -> None:
    address = Address(lambda: pair(1))
    error = await failure(keeper(MemoryRegistry(replace(ENDED, refresh="")), address))
    assert (type(error), address.asked) == (OperatorError, [])


async def test_a_store_that_cannot_be_read() -> None:
    registry = MemoryRegistry()

    async def broken(account: str) -> Tokens | None:
        raise StoreError("disk")

    registry.tokens = broken  # type: ignore[method-assign]
    assert type(await failure(keeper(registry, Address(lambda: pair(1))))) is UnreachableError


async def test_it_is_renewed_five_hours_before_its_end(caplog: pytest.LogCaptureFixture) -> None:
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
    assert "zalo_tokens_not_renewed: not now" in caplog.messages


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
    ("written", "life"),
    [
        ("90000", timedelta(hours=25)),
        (3600, HOUR),
        ("3600", HOUR),
        ("0", timedelta(hours=25)),
        ("-5", timedelta(hours=25)),
        ("soon", timedelta(hours=25)),
        (None, timedelta(hours=25)),
        ("99999999", timedelta(hours=25)),
        (10**30, timedelta(hours=25)),
    ],
)
async def test_how_long_a_token_works(written: object, life: timedelta) -> None:
    platform = Platform(token_answers=[{"access_token": "A1", "refresh_token": "R1", "expires_in": written}])
    async with served(platform) as url:
        transport = Transport()
        fresh = await TokenAddress(settings(zalo_oauth_base=url), transport, Clock()).renew("R0")
        await transport.close()
    assert fresh.expires_at - fresh.made_at == life


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
