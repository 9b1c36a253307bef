"""What an operator does from the command line, against the fake platforms and beside a running process."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

from tests.e2e.process import ROOT
from tests.integration.channels.town import SECRET, Town, at_work, open_town

PUBLIC = "https://mot-cua.example.gov.vn"


async def bot(town: Town, *words: str, **settings: str) -> tuple[int, str]:
    """`python -m bot …` with the town's settings: exit code, and what it printed on both streams."""
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment |= {"DATABASE_URL": f"sqlite:///{town.data}/mot-cua.sqlite", "PYTHONPATH": str(ROOT)}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *words),
        cwd=town.data,
        env=environment | town.settings | settings,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def test_a_webhook_is_set_shown_and_deleted(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        assert await bot(town, "webhook", "set", PUBLIC_URL=PUBLIC) == (
            0,
            f"telegram: the webhook is set to {PUBLIC}/webhooks/telegram\n",
        )
        code, said = await bot(town, "webhook", "show", "--json", PUBLIC_URL=PUBLIC)
        assert (code, json.loads(said)["url"]) == (0, f"{PUBLIC}/webhooks/telegram")
        assert await bot(town, "webhook", "delete") == (0, "telegram: no webhook is set any more\n")
        assert await bot(town, "webhook", "show") == (0, "telegram: no webhook is set\n")


async def test_a_webhook_needs_a_public_address(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        code, said = await bot(town, "webhook", "set")
        assert (code, said.partition(":")[0]) == (2, "PUBLIC_URL")


async def test_the_commands_are_set_for_everyone_and_in_both_languages(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        code, _ = await bot(town, "telegram", "setup")
        assert code == 0
        calls = [call for call in town.telegram.calls if call.name == "setMyCommands"]
        assert sorted(call.fields.get("language_code", "") for call in calls) == ["", "en", "vi"]


async def test_the_doctor_says_what_is_missing_and_how_to_mend_it(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town:
        code, said = await bot(town, "doctor", "--json")
        found = {(one["area"], one["what"]): (one["state"], one["mend"]) for one in json.loads(said)["findings"]}
        assert code == 1
        assert found["address", "PUBLIC_URL is not set"][0] == "warning"
        await bot(town, "webhook", "set", PUBLIC_URL=PUBLIC)
        await bot(town, "webhook", "set", "--channel", "zalo-bot", PUBLIC_URL=PUBLIC)
        code, said = await bot(town, "doctor", PUBLIC_URL=PUBLIC)
        assert f"ok      telegram   the token works; the bot is @{town.telegram.bot['username']}" in said
        assert f"ok      zalo_bot   updates come to {PUBLIC}/webhooks/zalo-bot" in said
        assert SECRET not in said


async def test_the_doctor_tells_of_a_platform_that_is_not_there(tmp_path: Path) -> None:
    async with open_town(tmp_path, TELEGRAM_BASE_URL="http://127.0.0.1:9") as town:
        code, said = await bot(town, "doctor")
        assert code == 1
        assert "BROKEN  telegram" in said


async def test_a_channel_is_switched_off_and_on_while_it_runs(tmp_path: Path) -> None:
    async with open_town(tmp_path) as town, at_work(town):
        people = iter(range(500, 600))

        async def answer() -> str:
            user = next(people)
            await town.telegram.push(town.telegram.message(user, "đăng ký khai sinh"))
            await town.telegram.until(lambda: any(sent.chat_id == user for sent in town.telegram.sent))
            return next(sent.text or "" for sent in town.telegram.sent if sent.chat_id == user)

        async def until(beginning: str) -> None:
            async with asyncio.timeout(10):
                while not (await answer()).startswith(beginning):
                    await asyncio.sleep(0.2)

        assert (await answer()).startswith("<b>Đăng ký khai sinh</b>")
        assert await bot(town, "channel", "off", "telegram", "--reason", "bảo trì") == (
            0,
            "telegram is off; running processes follow within seconds\n",
        )
        await until("Tôi là trợ lý tự động, đang tạm nghỉ")
        code, said = await bot(town, "channel", "show")
        assert (code, said.splitlines()[1].endswith(": bảo trì")) == (0, True)
        await bot(town, "channel", "on", "telegram")
        await until("<b>Đăng ký khai sinh</b>")
