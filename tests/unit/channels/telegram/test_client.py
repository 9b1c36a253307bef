from __future__ import annotations

import os
from contextlib import suppress
from typing import Any

import pytest
from telegram.error import TelegramError

from bot.channels.telegram.client import build_bot, close
from bot.errors import SettingsError
from tests.unit.channels.telegram.configured import TOKEN, connected, settings_with
from tests.unit.channels.telegram.payloads import payload
from tests.unit.channels.telegram.platform import CUT, Platform


async def test_addresses_are_those_that_are_set() -> None:
    bot = build_bot(connected(telegram_base_url="http://127.0.0.1:9/proxy", telegram_proxy="http://127.0.0.1:10"))
    assert (bot.base_url, bot.base_file_url) == (
        f"http://127.0.0.1:9/proxy/bot{TOKEN}",
        f"http://127.0.0.1:9/proxy/file/bot{TOKEN}",
    )
    await close(bot)


async def test_times_are_asked_for_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTB_TIMEDELTA")
    await close(build_bot(connected()))
    assert os.environ["PTB_TIMEDELTA"] == "1"


@pytest.mark.parametrize("answer", [payload("response_send_message"), payload("error_429"), payload("error_401"), CUT])
async def test_neither_the_token_nor_what_is_said_is_logged(
    telegram: Platform, caplog: pytest.LogCaptureFixture, answer: dict[str, Any] | str
) -> None:
    telegram.answers.append(answer)
    with caplog.at_level("DEBUG"):
        bot = build_bot(connected(telegram_base_url=telegram.url))
        with suppress(TelegramError):
            await bot.send_message(111, "Đăng ký khai sinh")
        await close(bot)
    # The platform of the test keeps an access log; it is not ours.
    said = "\n".join(record.getMessage() for record in caplog.records if record.name != "aiohttp.access")
    assert (TOKEN in said, "khai sinh" in said) == (False, False)


def test_without_a_token_it_is_told() -> None:
    with pytest.raises(SettingsError, match=r"^TELEGRAM_BOT_TOKEN: is not set"):
        build_bot(settings_with())
