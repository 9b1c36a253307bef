"""The picture of the live view: of a process that answers on three channels, one of which cannot send everything."""

from __future__ import annotations

import asyncio
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import aiohttp
from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console

from bot.cli.top import screen
from bot.operations.live.looking import Looker, targets_of
from bot.operations.live.model import View
from bot.operations.live.show import WIDTH
from bot.settings import Settings
from tests.fakes.telegram_failures import too_many_requests
from tests.integration.channels.town import Town, at_work, open_town

HERE = Path(__file__).parent
QUESTIONS = ("khai sinh cho con", "đổi bằng lái", "1.001193", "đăng ký kết hôn", "sổ đỏ", "zzzz qqqq")
PEOPLE = 40
USUAL = "sqlite:////var/lib/mot-cua/mot-cua.sqlite"
SECONDS_APART = 0.15
_FONTS = re.compile(r"\s*@font-face \{\{.*?\}\}", re.DOTALL)


def take_top(folder: Path) -> None:
    """Writes `top.svg`. Fonts are those of whoever looks: a picture asks no other machine for any."""
    seen = asyncio.run(_seen(folder))
    # Where such a file usually lies, and not in this picture's temporary folder.
    view = replace(seen, store=replace(seen.store, address=USUAL))
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    console.print(screen(view))
    told = console.export_svg(
        title="python -m bot top", code_format=_FONTS.sub("", CONSOLE_SVG_FORMAT), unique_id="top"
    )
    (HERE / "top.svg").write_text(told, encoding="utf-8")


async def _seen(folder: Path) -> View:
    async with open_town(folder) as town, at_work(town) as server:
        port = int(server.url.rpartition(":")[2])
        known = {"database_url": f"sqlite:///{folder}/mot-cua.sqlite", "port": port}
        settings = Settings.model_validate(known | {"metrics_token": town.settings["METRICS_TOKEN"]})
        looker = Looker(settings, targets_of(settings, ()))
        try:
            await looker.look()
            town.telegram.fail_next("sendMessage", too_many_requests(1))
            await _talk(town, server.url)
            return await looker.look()
        finally:
            await looker.close()


async def _talk(town: Town, url: str) -> None:
    async with aiohttp.ClientSession() as browser:
        for number in range(PEOPLE):
            words = QUESTIONS[number % len(QUESTIONS)]
            await town.zalo_oa.push(town.zalo_oa.text(f"2468458835291{number:05}", words))
            await town.telegram.push(town.telegram.message(500_000 + number, words))
            headers = {"Content-Type": "application/json"}
            async with browser.post(f"{url}/api/chat", data=json.dumps({"text": words}), headers=headers) as answer:
                await answer.read()
            await asyncio.sleep(SECONDS_APART)
