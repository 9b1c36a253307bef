"""Killed at any moment and started again: what was acknowledged is answered once, in order."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.fakes.telegram_chats import Sent
from tests.integration.channels.town import Town, at_work, open_town

PEOPLE = range(1, 13)
QUESTIONS = ("đăng ký khai sinh", "đăng ký khai tử")
ANSWERS = ["Đăng ký khai sinh", "Đăng ký khai tử"]


def answers(town: Town, user: int) -> list[str]:
    """The names on the cards that a person got, in order."""
    sent = [one for one in town.telegram.sent if one.chat_id == user]
    return [name(one) for one in sent]


def name(sent: Sent) -> str:
    return re.sub(r"</?b>", "", (sent.text or "").partition("\n")[0])


async def send_all(town: Town) -> None:
    for question in QUESTIONS:
        for user in PEOPLE:
            assert await town.telegram.push_until_accepted(town.telegram.message(user, question), tries=1) == 200


@pytest.mark.parametrize("after", [0, 5, 17])
async def test_what_was_acknowledged_is_answered_once(tmp_path: Path, after: int) -> None:
    """`after`: how many answers have reached people when the process is killed."""
    async with open_town(tmp_path) as town:
        town.telegram.slow(0.02)
        async with at_work(town) as server:
            await send_all(town)
            await town.telegram.wait_for_sent(after)
            server.process.kill()
        town.telegram.slow(0.0)
        async with at_work(town) as server:
            # Whatever comes again is known.
            await town.telegram.until(lambda: all(answers(town, user)[-1:] == ANSWERS[-1:] for user in PEOPLE), 30)
            _, said = server.stop()
        uncertain = said.count("send_uncertain")
        given = {user: answers(town, user) for user in PEOPLE}
        assert all(found in (ANSWERS, ANSWERS[1:]) for found in given.values()), given
        assert sum(found != ANSWERS for found in given.values()) <= uncertain
