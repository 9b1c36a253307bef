"""Nothing secret and nothing of a person gets into the log, however talkative it is and whatever breaks."""

from __future__ import annotations

from pathlib import Path

from tests.fakes import telegram_failures, zalo_oa_failures
from tests.fakes.failures import Cut, Fault
from tests.integration.channels.town import APP_SECRET, SECRET, TELEGRAM_TOKEN, ZALO_BOT_TOKEN, Town, at_work, open_town

WORDS = "đăng ký khai sinh cho bé Tí nhà cô Lượm"
EXPIRED, WRONG = zalo_oa_failures.error(-216, "expired"), zalo_oa_failures.error(-201, "wrong")
FAULTS: tuple[Fault, ...] = (Cut.DROP_RECORDED,)
"""One: after each of which it is not known what became of it, the channel waits longer."""


async def provoke(town: Town) -> None:
    """Every channel, with each of its faults, and updates that are none."""
    for number, fault in enumerate((*FAULTS, telegram_failures.UNAUTHORIZED, telegram_failures.CANT_PARSE), start=1):
        town.telegram.fail_next("sendMessage", fault)
        await town.telegram.push(town.telegram.message(number, WORDS))
    for number, fault in enumerate((*FAULTS, EXPIRED, WRONG)):
        town.zalo_oa.fail_next("message/cs", fault)
        await town.zalo_oa.push(town.zalo_oa.text(f"24684588352919792{number}", WORDS))
    for number, fault in enumerate(FAULTS):
        town.zalo_bot.fail_next("sendMessage", fault)
        await town.zalo_bot.push(town.zalo_bot.text(f"6ede9afa66b88fe6d6a{number}", WORDS))
    await town.zalo_oa.push(b'{"event_name": "user_send_text", "message": ')
    await town.zalo_oa.push(town.zalo_oa.text("246845883529197929", WORDS), sign="wrong")
    await town.telegram.wait_for_sent(2, 20)
    await town.zalo_oa.wait_for_sent(2, 20)
    await town.zalo_bot.wait_for_sent(1)


async def test_the_log_holds_no_secret_and_no_person(tmp_path: Path) -> None:
    async with open_town(tmp_path, LOG_LEVEL="DEBUG") as town:
        first = (town.zalo_oa.tokens.access, town.zalo_oa.tokens.refresh)
        async with at_work(town) as server:
            await provoke(town)
            _, said = server.stop()
        secrets = (TELEGRAM_TOKEN, ZALO_BOT_TOKEN, SECRET, APP_SECRET, town.zalo_oa.oa_secret, *first)
        people = ("Lượm", "bé Tí", "24684588352919792", "6ede9afa66b88fe6d6a")
        assert "send_" in said
        assert [word for word in (*secrets, *people) if word in said] == []
