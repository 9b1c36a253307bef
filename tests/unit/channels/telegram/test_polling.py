from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.telegram.client import Client
from bot.channels.telegram.me import Me
from bot.channels.telegram.polling import poll
from bot.channels.telegram.receive import ALLOWED_UPDATES, TelegramReceiver
from bot.errors import StoreError
from bot.operations.messages.receiving import Arrival
from tests.log import Log
from tests.unit.channels.telegram.payloads import payload
from tests.unit.channels.telegram.platform import HANG, Platform, refusal

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
RECEIVER = TelegramReceiver(Me(123456, "dvc_mau_bot"), None)
TEXT, LINKED = payload("update_message_text"), payload("update_message_start_deeplink")
UNREADABLE = {"update_id": 10000, "message": {"text": "khai sinh"}}


def batch(*updates: dict[str, Any]) -> dict[str, Any]:
    return {"ok": True, "result": list(updates)}


class Asker:
    """Polls until `last` arrivals were put away, or so many pauses made; the store fails for the first `failing`."""

    def __init__(self, bot: Client, last: int = 1, pauses: int = 100, failing: int = 0) -> None:
        self.bot = bot
        self.stop = asyncio.Event()
        self.accepted: list[str] = []
        self.counted: list[str] = []
        self.paused: list[float] = []
        self._last, self._pauses, self._failing = last, pauses, failing

    async def accept(self, arrival: Arrival) -> bool:
        if self._failing:
            self._failing -= 1
            raise StoreError("the disk is full")
        self.accepted.append(arrival.key)
        return True

    def count(self, name: str) -> None:
        self.counted.append(name)
        if len(self.accepted) == self._last:
            self.stop.set()

    async def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        if len(self.paused) == self._pauses:
            self.stop.set()

    async def run(self) -> None:
        await poll(self.bot, RECEIVER, self.accept, self.stop, count=self.count, clock=lambda: NOW, pause=self.pause)


def asked(offset: int) -> tuple[str, dict[str, Any]]:
    return "getUpdates", {"offset": offset, "timeout": 50, "allowed_updates": list(ALLOWED_UPDATES)}


async def test_what_is_put_away_is_not_asked_for_again(telegram: Platform, bot: Client) -> None:
    telegram.answers.extend([batch(TEXT), batch(), batch(LINKED)])
    asker = Asker(bot, last=2)
    await asker.run()
    assert telegram.calls == [asked(0), asked(10002), asked(10002)]
    assert asker.accepted == ["update:10001", "update:10002"]
    assert (asker.counted, asker.paused) == (["message", "message"], [])


async def test_what_could_not_be_put_away_comes_again(telegram: Platform, bot: Client, log: Log) -> None:
    telegram.answers.extend([batch(TEXT, LINKED)] * 2)
    asker = Asker(bot, last=2, failing=1)
    await asker.run()
    assert telegram.calls == [asked(0), asked(0)]
    assert (asker.accepted, asker.paused) == (["update:10001", "update:10002"], [1.0])
    assert told(log) == [("warning", "the disk is full", 1.0)]


async def test_an_update_that_cannot_be_read_is_passed_over_and_not_repeated(
    telegram: Platform, bot: Client, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.answers.append(batch(UNREADABLE, TEXT))
    asker = Asker(bot)
    await asker.run()
    assert (asker.accepted, asker.counted) == (["update:10001"], ["malformed", "message"])
    assert "khai sinh" not in caplog.text


async def test_while_telegram_fails_it_is_asked_less_and_less(telegram: Platform, bot: Client, log: Log) -> None:
    telegram.answers.extend([refusal("Internal Server Error", 500)] * 8)
    asker = Asker(bot, pauses=8)
    await asker.run()
    assert asker.paused == [1, 2, 4, 8, 16, 32, 60, 60]
    assert told(log)[0] == ("warning", "no answer of Telegram: NetworkError (Internal Server Error)", 1.0)


async def test_after_a_success_failures_are_counted_anew(telegram: Platform, bot: Client) -> None:
    down = refusal("Bad Gateway", 502)
    telegram.answers.extend([down, down, batch(), down, batch(TEXT)])
    asker = Asker(bot)
    await asker.run()
    assert asker.paused == [1, 2, 1]


async def test_telegram_says_how_long_to_wait(telegram: Platform, bot: Client) -> None:
    telegram.answers.extend([payload("error_429"), batch(TEXT)])
    asker = Asker(bot)
    await asker.run()
    assert asker.paused == [7.0]


@pytest.mark.parametrize(
    ("answer", "line"),
    [
        (
            payload("error_409_conflict"),
            "a webhook is set, so nothing can be asked for; remove it: python -m bot webhook delete",
        ),
        (
            refusal("Conflict: terminated by other getUpdates request", 409),
            "another process asks with the same TELEGRAM_BOT_TOKEN; stop one of the two",
        ),
    ],
)
async def test_a_conflict_is_told_with_its_remedy(
    telegram: Platform, bot: Client, log: Log, answer: dict[str, Any], line: str
) -> None:
    telegram.answers.extend([answer, batch(TEXT)])
    asker = Asker(bot)
    await asker.run()
    assert (told(log), asker.paused) == ([("error", line, None)], [1.0])
    assert [name for name, _ in telegram.calls] == ["getUpdates"] * 2


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_that_is_refused_is_told_and_tried_seldom(
    telegram: Platform, bot: Client, log: Log, code: int
) -> None:
    wrong = refusal("Unauthorized", code)
    telegram.answers.extend([wrong, wrong, refusal("Bad Gateway", 502), batch(TEXT)])
    asker = Asker(bot)
    await asker.run()
    line = ("error", "Telegram does not accept TELEGRAM_BOT_TOKEN", 300.0)
    assert (asker.paused, told(log)[:2]) == ([300, 300, 1], [line] * 2)
    assert [level for level, *_ in told(log)] == ["error", "error", "warning"]


async def test_it_stops_while_it_waits_for_telegram(telegram: Platform, bot: Client) -> None:
    telegram.answers.append(HANG)
    asker = Asker(bot)
    running = asyncio.create_task(asker.run())
    await telegram.asked.wait()
    asker.stop.set()
    await running
    assert (asker.accepted, asker.paused) == ([], [])


async def test_it_can_be_cancelled(telegram: Platform, bot: Client) -> None:
    telegram.answers.append(HANG)
    running = asyncio.create_task(Asker(bot).run())
    await telegram.asked.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_it_stops_while_it_pauses(telegram: Platform, bot: Client) -> None:
    telegram.answers.append(refusal("Bad Gateway", 502))
    stop = asyncio.Event()

    running = asyncio.create_task(poll(bot, RECEIVER, Asker(bot).accept, stop))
    await telegram.asked.wait()
    stop.set()
    await running
    assert len(telegram.calls) == 1


def told(log: Log) -> list[tuple[object, object, object]]:
    """Of each line its level, what is wrong, and after how many seconds it is asked again."""
    lines = log.lines("bot.channels.telegram.polling")
    assert {line["event"] for line in lines} <= {"telegram_polling"}
    return [(line["level"], line["error"], line.get("again_in_s")) for line in lines]
