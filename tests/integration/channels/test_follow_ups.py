"""From a link that is opened to the question how it went: real process, faked platforms, and a clock set forward.

The page is opened through the process as an operator starts it. Hours later the same service is opened here on the same
file, with its clock set forward: what it does by itself it does at once when it starts.
"""

from __future__ import annotations

import asyncio
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.app import service
from bot.operations.configuration import read_settings
from bot.ratings.periods import VIETNAM
from tests.integration.channels.town import Town, at_work, open_town

SITE = "https://town.test"
ZALO, TELEGRAM = "246845883529197922", 4711
LINK = re.compile(rf"{SITE}(/r/[\w.~-]+)")
BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 14)", "Accept-Language": "vi"}
QUESTION = "Anh/chị đã"
"""How the question how it went begins; no card holds it."""


def night_after(moment: datetime) -> datetime:
    """22:00 in Vietnam."""
    local = moment.astimezone(VIETNAM)
    night = datetime.combine(local.date(), time(22), VIETNAM)
    return (night if night > local else night + timedelta(days=1)).astimezone(UTC)


def said(town: Town) -> dict[str, list[str]]:
    """What both people have been sent, in order."""
    return {
        "zalo_oa": [one.text or "" for one in town.zalo_oa.sent if one.user_id == ZALO],
        "telegram": [one.shown or "" for one in town.telegram.sent if one.chat_id == TELEGRAM and one.shown],
    }


def asked(town: Town) -> dict[str, int]:
    """How often each of them was asked how it went."""
    return {channel: sum(QUESTION in text for text in texts) for channel, texts in said(town).items()}


def rows(town: Town, query: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(town.data / "mot-cua.sqlite")) as connection:
        return connection.execute(query).fetchall()


async def open_page(town: Town, url: str) -> None:
    """Both ask for a procedure, and open its page of the portal through the link that they get."""
    assert await town.zalo_oa.push(town.zalo_oa.text(ZALO, "đăng ký khai sinh")) == 200
    assert await town.telegram.push(town.telegram.message(TELEGRAM, "đăng ký khai sinh")) == 200
    # Each looks again when something comes to itself.
    await town.zalo_oa.until(lambda: bool(said(town)["zalo_oa"]))
    await town.telegram.until(lambda: bool(said(town)["telegram"]))
    written = {"zalo_oa": said(town)["zalo_oa"][0], "telegram": str(town.telegram.sent[-1].reply_markup)}
    paths = {channel: found[1] for channel, text in written.items() if (found := LINK.search(text))}
    assert paths.keys() == written.keys()
    async with aiohttp.ClientSession() as session:
        for path in paths.values():
            async with session.get(url + path, headers=BROWSER, allow_redirects=False) as answer:
                assert (answer.status, answer.headers["Location"][:27]) == (303, "https://dichvucong.gov.vn/t")


async def open_later(town: Town, at: datetime, query: str, expected: list[tuple[object, ...]]) -> None:
    """The service at that time, until the file says what is expected and nothing is open any more."""
    settings = read_settings()
    clock = pytest.MonkeyPatch()
    clock.setattr(service, "now", lambda: at)
    try:
        async with service.open_service(settings), asyncio.timeout(20):
            while rows(town, query) != expected or rows(town, "select 1 from inbox where closed is null"):
                await asyncio.sleep(0.02)
    finally:
        clock.undo()


async def test_asked_once_in_the_morning_after(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_town(tmp_path, PUBLIC_URL=SITE, FOLLOW_UP_HOURS="1") as town:
        async with at_work(town) as server:
            began = datetime.now(UTC)
            await open_page(town, server.url)
            assert server.stop()[0] == 0
        monkeypatch.chdir(tmp_path)
        for name, value in town.settings.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("DATABASE_URL", f"sqlite:///{town.data}/mot-cua.sqlite")
        night = night_after(began + timedelta(hours=1, minutes=1))
        morning = night + timedelta(hours=9)

        # It is due, and it is night: it waits until seven.
        until = morning.isoformat(timespec="microseconds")
        await open_later(town, night, "select how, due_at from follow_ups", [(None, until)] * 2)
        assert asked(town) == {"zalo_oa": 0, "telegram": 0}

        await open_later(town, morning, "select how, due_at from follow_ups", [("asked", until)] * 2)
        assert asked(town) == {"zalo_oa": 1, "telegram": 1}
        question = said(town)["zalo_oa"][-1]
        assert LINK.search(question) is None or "~~" in question

        # Never again, whatever is opened afterwards and whenever.
        async with at_work(town) as server:
            before = len(said(town)["zalo_oa"])
            assert await town.zalo_oa.push(town.zalo_oa.text(ZALO, "1")) == 200
            await town.zalo_oa.until(lambda: len(said(town)["zalo_oa"]) > before)
            server.stop()
        await open_later(town, morning + timedelta(hours=3), "select how from follow_ups", [("asked",)] * 2)
        assert asked(town)["telegram"] == 1
        assert sum(text == question for text in said(town)["zalo_oa"]) == 1
