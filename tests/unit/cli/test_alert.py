"""`python -m bot alert test`, on a Telegram that is played here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.cli.support import FAILED, UNUSABLE
from tests.fakes.failures import Fault
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram_failures import BLOCKED, UNAUTHORIZED, bad_request, too_many_requests

CHAT = "-1001234567890"


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def telegram() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as started:
        yield started


async def run(**settings: str) -> Result:
    return await asyncio.to_thread(CliRunner().invoke, main, ("alert", "test"), None, settings)


async def tried(telegram: FakeTelegram, **settings: str) -> tuple[int, str]:
    known = {
        "TELEGRAM_BOT_TOKEN": telegram.token,
        "TELEGRAM_BASE_URL": telegram.url,
        "ALERT_CHANNEL": "telegram",
        "ALERT_ADDRESS": CHAT,
    }
    result = await run(**known | settings)
    return result.exit_code, result.output


async def test_a_trial_line_is_sent_without_a_store(telegram: FakeTelegram) -> None:
    said = await tried(telegram, DATABASE_URL="sqlite:////nowhere/at/all.sqlite")
    assert said == (0, "sent: telegram has taken the line for ALERT_ADDRESS; look whether it is in the chat\n")
    assert [sent.chat_id for sent in telegram.sent] == [int(CHAT)]
    assert str(telegram.sent[0].shown).startswith("Tin thử của trợ lý Một Cửa. Máy: ")


@pytest.mark.parametrize(
    ("failure", "what"),
    [
        (BLOCKED, "ALERT_ADDRESS cannot be written to: add the bot to the group, or let the person write to it first"),
        (UNAUTHORIZED, "the keys of this channel are wrong or have ended; `python -m bot doctor` says more"),
        (too_many_requests(7), "the messenger asks to wait; try again later"),
        (
            bad_request("message text is odd").failure,
            "the messenger does not take it: is ALERT_ADDRESS the number of a chat?",
        ),
    ],
)
async def test_what_came_back_is_told(telegram: FakeTelegram, failure: Fault, what: str) -> None:
    telegram.fail_next("sendMessage", failure)
    code, said = await tried(telegram)
    assert (code, said.startswith("not sent: "), said.endswith(f"; {what}\n")) == (FAILED, True, True)
    assert telegram.token not in said


async def test_what_is_no_address(telegram: FakeTelegram) -> None:
    what = (
        "the address is none of this channel's; the messenger does not take it: is ALERT_ADDRESS the number of a chat?"
    )
    assert await tried(telegram, ALERT_ADDRESS="nhóm trực") == (FAILED, f"not sent: {what}\n")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "ALERT_CHANNEL and ALERT_ADDRESS: are not set; errors are told in the log only\n"),
        (
            {"ALERT_CHANNEL": "telegram", "ALERT_ADDRESS": CHAT},
            "ALERT_CHANNEL: telegram is not connected; set TELEGRAM_BOT_TOKEN, or leave ALERT_CHANNEL empty\n",
        ),
        (
            {"ALERT_CHANNEL": "zalo_bot", "ALERT_ADDRESS": "6ede"},
            "ALERT_CHANNEL: zalo_bot is not connected; set ZALO_BOT_TOKEN, or leave ALERT_CHANNEL empty\n",
        ),
        (
            {"ALERT_CHANNEL": "telegram"},
            (
                "ALERT_ADDRESS: has to be set together with ALERT_CHANNEL; leave both empty for no alerts in a chat; "
                "for example ALERT_ADDRESS=-1001234567890\n"
            ),
        ),
        (
            {"ALERT_CHANNEL": "fax", "ALERT_ADDRESS": "1"},
            "ALERT_CHANNEL: must be one of 'telegram', 'zalo_oa' or 'zalo_bot'; for example ALERT_CHANNEL=telegram\n",
        ),
    ],
)
async def test_settings_that_do_not_do(settings: dict[str, str], said: str) -> None:
    result = await run(**settings)
    assert (result.exit_code, result.output) == (UNUSABLE, said)
