"""Operators are told of what breaks, by a real process, in their chat on Telegram: once, and not at every turn."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from tests.e2e.process import operate
from tests.fakes.telegram_chats import Sent
from tests.integration.channels.town import at_work, open_town

CHAT = -1001234567890
ALERTS = {"ALERT_CHANNEL": "telegram", "ALERT_ADDRESS": str(CHAT)}
SECONDS = 120.0
ASKED = 60
PLACES_OF_ONE_EVENT = 3
FIRST_PERSON = 713_200_000
_KIND = re.compile(r"^• ([\w.]+).*: (\d+) lần, từ \d{4}-\d\d-\d\d \d\d:\d\d \(Vietnam\)\.$")
_ERROR = re.compile(r"\bERROR\b|\"level\": ?\"error\"")


async def test_a_store_that_breaks_is_told_once(tmp_path: Path) -> None:
    """The inbox is gone while people go on writing: looking into it fails each second, keeping a message each time."""
    async with open_town(tmp_path, **ALERTS) as town, at_work(town) as server:
        with closing(sqlite3.connect(tmp_path / "mot-cua.sqlite")) as file:
            file.execute("DROP TABLE inbox")
        await town.telegram.until(lambda: bool(to_operators(town.telegram.sent)), SECONDS)
        brought = [town.telegram.message(FIRST_PERSON + number, "khai sinh") for number in range(ASKED)]
        statuses = [await town.telegram.push(update) for update in brought]
        people = {FIRST_PERSON + number for number in range(ASKED)}
        await town.telegram.until(lambda: people <= {sent.chat_id for sent in town.telegram.sent}, SECONDS)
        # A kind that comes after the first telling waits for the next.
        await town.telegram.until(lambda: "store_write_failed" in kinds_in(town.telegram.sent), SECONDS)
        code, said = await asyncio.to_thread(server.stop)
    messages, kinds = to_operators(town.telegram.sent), kinds_in(town.telegram.sent)
    assert (code, statuses) == (0, [200] * ASKED)
    # By event, error and place: one event may be told of two places, and of none again.
    assert max(Counter(kinds).values()) <= PLACES_OF_ONE_EVENT
    # The log has all of them, and many more than were told.
    assert len([line for line in said.splitlines() if _ERROR.search(line)]) > 5 * len(kinds)
    first = messages[0].splitlines()
    assert re.fullmatch(
        rf"Trợ lý Một Cửa báo lỗi\. Máy: \S+:{server.url.rpartition(':')[2]}/{server.process.pid}\.", first[0]
    )
    assert first[-1] == "Xem nhật ký của máy này, các dòng errors_grouped."
    # Nothing of who wrote or what.
    assert [text for text in messages if "khai sinh" in text or str(FIRST_PERSON)[:4] in text] == []


def kinds_in(sent: list[Sent]) -> list[str]:
    lines = [line for text in to_operators(sent) for line in text.splitlines()]
    return [found[1] for line in lines if (found := _KIND.match(line))]


def to_operators(sent: list[Sent]) -> list[str]:
    return [one.shown or "" for one in sent if one.chat_id == CHAT]


async def test_a_trial_line(tmp_path: Path) -> None:
    async with open_town(tmp_path, **ALERTS) as town:
        said = await asyncio.to_thread(operate, tmp_path, "alert", "test", **town.settings)
    assert said == "sent: telegram has taken the line for ALERT_ADDRESS; look whether it is in the chat\n"
    (text,) = to_operators(town.telegram.sent)
    assert re.fullmatch(r"Tin thử của trợ lý Một Cửa\. Máy: \S+:8080/\d+\. Khi có lỗi, tin báo sẽ đến đây\.", text)
