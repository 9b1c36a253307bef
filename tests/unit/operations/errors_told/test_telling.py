"""What operators are told, in the log and in their chat, and when the chat cannot be reached."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime

from bot.dialogue.personal_data import masker_of
from bot.operations.errors_told.model import Kind, Round, Told
from bot.operations.errors_told.noticing import ErrorsNoticed, noticing
from bot.operations.errors_told.telling import RETRY_SECONDS, SEND_SECONDS, AlertChat, Teller
from bot.operations.errors_told.wording import trial, worded
from bot.operations.messages.sending import (
    Delivery,
    GoneError,
    NotSentError,
    RefusedError,
    UncertainError,
    UnreachableError,
    WaitError,
)
from bot.texts import LANGUAGES, load_texts
from tests.unit.operations.channel_double import Clock, ListSender
from tests.unit.operations.errors_told.heard import Line, hearing
from tests.unit.virtual_time import run

MASKER = masker_of(map(load_texts, LANGUAGES))
VI = load_texts("vi")
HOST = "may-1:8080/7"
SINCE = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
FIRST = Told(Kind("job_failed", "StoreError", "bot/x.py:1"), 12, SINCE, is_new=True, message="77", sample="words")
AGAIN = Told(Kind("update_not_kept", "", "bot/y.py:2"), 3, SINCE, is_new=False)
TRIAL = "Tin thử của trợ lý Một Cửa. Máy: may-1:8080/7. Khi có lỗi, tin báo sẽ đến đây."


def fail(event: str, times: int = 1) -> None:
    for _ in range(times):
        logging.getLogger("bot.app.service").error(event)


def error_events(lines: list[Line]) -> list[tuple[object, object, object]]:
    return [(line["event"], line.get("what"), line.get("count")) for line in map(dict, lines)]


class Office:
    """A chat of operators, and what it was told when."""

    def __init__(self, sender: ListSender) -> None:
        self.sender = sender
        self.chat = AlertChat(sender, "-100", VI, HOST)

    def teller(self, noticed: ErrorsNoticed) -> Teller:
        return Teller(noticed, HOST, self.chat, asyncio.get_running_loop().time)


def noticed() -> ErrorsNoticed:
    return ErrorsNoticed(MASKER, Clock(SINCE), asyncio.get_running_loop().time)


def message(*lines: str) -> str:
    head = "Trợ lý Một Cửa báo lỗi. Máy: may-1:8080/7."
    return "\n".join((head, *lines, "Xem nhật ký của máy này, các dòng errors_grouped."))


def line(event: str, times: int) -> str:
    return f"• {event}: {times} lần, từ 2026-11-22 10:00 (Vietnam)."


def test_the_words_hold_names_and_counts_only() -> None:
    assert worded(Round((FIRST, AGAIN), 4, 90), VI, HOST) == message(
        "• job_failed (StoreError): 12 lần, từ 2026-11-22 10:00 (Vietnam).",
        "Mã tin nhắn gần nhất: 77.",
        "• update_not_kept: lại thêm 3 lần, từ 2026-11-22 10:00 (Vietnam).",
        "• Còn 4 loại lỗi khác, tổng cộng 90 lần.",
    )
    assert trial(VI, HOST) == TRIAL


def test_a_thousand_errors_are_one_message_and_a_line_for_each_kind() -> None:
    sender = ListSender()

    async def main() -> list[Line]:
        async with noticing(noticed()) as heard:
            telling_now = asyncio.create_task(Office(sender).teller(heard).keep_telling())
            with hearing() as lines:
                fail("job_failed", 1000)
                fail("update_not_kept", 5)
                await asyncio.sleep(1800)
            telling_now.cancel()
        return [dict(one) for one in lines]

    lines = run(main())
    assert error_events(lines) == [
        ("errors_grouped", "job_failed", 1000),
        ("errors_grouped", "update_not_kept", 5),
    ]
    assert sender.sent == [("-100", message(line("job_failed", 1000), line("update_not_kept", 5)), 0)]


def test_the_line_of_the_log() -> None:
    async def main() -> Line:
        async with noticing(noticed()) as heard:
            fail("job_failed", 2)
            await asyncio.sleep(60)
            with hearing() as lines:
                await Teller(heard, HOST, None, asyncio.get_running_loop().time).look()
        (only,) = lines
        return dict(only)

    told = run(main())
    place = str(told.pop("place"))
    assert place.rpartition(":")[0] == "errors_told/test_telling.py"
    assert told == {
        "event": "errors_grouped",
        "level": "error",
        "what": "job_failed",
        "error": "",
        "count": 2,
        "since": "2026-11-22T03:00:00+00:00",
        "new": True,
        "message": "",
        "process": HOST,
        "sample": "job_failed",
    }


def _after(failures: list[Exception | None], *steps: tuple[float, str]) -> tuple[list[tuple[float, str]], list[str]]:
    """What was sent at which second, and what the log said of it; `steps`: seconds to wait, and what breaks then."""
    at: list[tuple[float, str]] = []

    async def main() -> list[str]:
        loop = asyncio.get_running_loop()

        class Timed(ListSender):
            async def send(self, delivery: Delivery, part: int) -> None:
                await ListSender.send(self, delivery, part)
                at.append((round(loop.time()), delivery.reply.text))

        sender = Timed(failures=failures)
        async with noticing(noticed()) as heard:
            telling_now = asyncio.create_task(Office(sender).teller(heard).keep_telling())
            with hearing() as lines:
                for seconds, event in steps:
                    await asyncio.sleep(seconds)
                    fail(event)
                await asyncio.sleep(600)
            telling_now.cancel()
        return [f"{one.get('error')}" for one in lines if one["event"] == "alert_not_sent"]

    return at, run(main())


def test_what_could_not_be_sent_is_sent_later_with_what_came_meanwhile() -> None:
    failures: list[Exception | None] = [UnreachableError("away"), NotSentError("still away")]
    sent, said = _after(failures, (0.5, "job_failed"), (40.0, "update_not_kept"))
    assert said == ["away", "still away"]
    told = message(line("job_failed", 1), line("update_not_kept", 1))
    assert sent == [(5 + 2 * RETRY_SECONDS, told)]


def test_the_platform_is_given_the_time_that_it_asks_for() -> None:
    sent, said = _after([WaitError("too much", 300.0)], (0.5, "job_failed"))
    assert (sent, said) == ([(305, message(line("job_failed", 1)))], ["too much"])


def test_what_may_have_arrived_or_never_will_is_not_sent_again() -> None:
    for error in (UncertainError("cut"), GoneError("blocked"), RefusedError("no chat")):
        sent, said = _after([error], (0.5, "job_failed"), (100.0, "update_not_kept"))
        assert said == [str(error)]
        assert [text for _, text in sent] == [message(line("update_not_kept", 1))]


def test_a_fault_of_ours_ends_nothing() -> None:
    sent, said = _after([ValueError("0912345678")], (0.5, "job_failed"), (100.0, "update_not_kept"))
    assert said == ["ValueError"]
    assert [text for _, text in sent] == [message(line("update_not_kept", 1))]


def test_a_platform_that_does_not_answer_holds_up_nothing() -> None:
    async def main() -> tuple[float, list[str]]:
        loop = asyncio.get_running_loop()
        sender = ListSender(gates={"-100": asyncio.Event()})
        async with noticing(noticed()) as heard:
            fail("job_failed")
            await asyncio.sleep(60)
            began = loop.time()
            with hearing() as lines:
                await Office(sender).teller(heard).look()
        return loop.time() - began, [str(one["error"]) for one in lines if one["event"] == "alert_not_sent"]

    seconds, said = run(main())
    assert (round(seconds), said) == (SEND_SECONDS, ["TimeoutError"])


def test_an_error_of_the_sending_itself_is_told_once_and_not_in_a_circle() -> None:
    """A channel that logs an error each time it is used: an hour, and a handful of tries."""

    async def main() -> int:
        class Loud(ListSender):
            tries = 0

            async def send(self, delivery: Delivery, part: int) -> None:  # noqa: ARG002 - as it is asked
                self.tries += 1
                fail("zalo_needs_administrator")
                raise GoneError("away")

        sender = Loud()
        async with noticing(noticed()) as heard:
            telling_now = asyncio.create_task(Office(sender).teller(heard).keep_telling())
            with hearing():
                fail("job_failed")
                await asyncio.sleep(3600)
            telling_now.cancel()
        return sender.tries

    # The first error, and the one of telling it.
    assert run(main()) == 2


def test_what_was_not_told_when_the_process_ends_is_told_to_the_log() -> None:
    async def main() -> list[tuple[object, object, object]]:
        async with noticing(noticed()) as heard:
            teller = asyncio.create_task(Office(ListSender()).teller(heard).keep_telling())
            await asyncio.sleep(2)
            with hearing() as lines:
                fail("job_failed", 3)
                teller.cancel()
                await asyncio.wait({teller})
        return error_events([dict(one) for one in lines])

    assert run(main()) == [("errors_grouped", "job_failed", 3)]
