"""An alias that is added beside running processes changes their answers, and taking it away changes them back."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.app import House, open_house
from bot.dialogue.messages import Incoming
from bot.settings import Settings
from bot.store.learning import TaughtAlias
from bot.store.staff import Act
from tests.unit.store.samples import NOW

CATALOGUE = Path(__file__).resolve().parents[1] / "fixtures" / "second_province"
ACT = Act(NOW, "chi.lan", "alias")
WORDS, LAND = "trái cây đầu mùa", "1.900003"


async def says(house: House) -> tuple[str, tuple[str, ...]]:
    reply = await house.assistant.answer(Incoming("test", "p", WORDS))
    return reply.status.value, reply.codes


async def test_running_processes_learn_and_forget_without_a_restart(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path}/data.sqlite", catalog_dir=CATALOGUE, max_messages_per_minute=0
    )
    async with open_house(settings) as one, open_house(settings) as other:
        houses = (one, other)

        async def until(status: str, codes: tuple[str, ...]) -> None:
            async with asyncio.timeout(30):
                while {await says(house) for house in houses} != {(status, codes)}:
                    await asyncio.sleep(0.05)

        await until("not_found", ())
        learning = one.store.office.learning
        assert await learning.teach(TaughtAlias(WORDS, LAND, "chi.lan", NOW), ACT)
        await until("answered", (LAND,))
        await learning.unteach(WORDS, ACT)
        await until("not_found", ())
