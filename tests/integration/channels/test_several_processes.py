"""Two processes on one PostgreSQL, and messengers that bring their updates to whichever of them."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.integration.channels.test_kill import PEOPLE, answers
from tests.integration.channels.town import open_town
from tests.integration.several import rows, running, settings_for, until
from tests.unit.operations.publishing.samples import SECOND_PROVINCE

PERSON = "8001"
QUESTIONS = ("1.900001", "1.900003", "1.900002")
ANSWERS = ["Đăng ký khai sinh", "Tách thửa hoặc hợp thửa đất", "Cấp bản sao trích lục hộ tịch (cấp xã)"]
SMALL = {"CATALOG_DIR": str(SECOND_PROVINCE)}


async def test_each_is_answered_once_and_in_order_whoever_was_told(tmp_path: Path, postgres_address: str) -> None:
    async with open_town(tmp_path, **settings_for(postgres_address, **SMALL)) as town:
        town.telegram.slow(0.02)
        async with running(tmp_path, 2, town.settings) as servers:
            doors = itertools.cycle(f"{server.url}/webhooks/telegram" for server in servers)
            for question in QUESTIONS:
                for user in PEOPLE:
                    update = town.telegram.message(user, question)
                    # Brought to one, and once more to the other, as when the first took long to say that it has it.
                    for _ in servers:
                        town.telegram.webhook_url = next(doors)
                        assert await town.telegram.push(update) == 200
                # What the one was told first, the other is told next.
                next(doors)
            await town.telegram.until(lambda: all(len(answers(town, user)) >= len(QUESTIONS) for user in PEOPLE), 60)
            await until(lambda: not rows(postgres_address, "select 1 from inbox where closed is null"), 60)
    assert {user: answers(town, user) for user in PEOPLE} == dict.fromkeys(PEOPLE, ANSWERS)


async def test_of_two_processes_one_renews_the_tokens(tmp_path: Path, postgres_address: str) -> None:
    """Both find at their start that there is no access token; a second renewal with the same token would be refused."""
    async with open_town(tmp_path, ZALO_OA_ACCESS_TOKEN="", **settings_for(postgres_address, **SMALL)) as town:
        issued = town.zalo_oa.tokens.issued
        async with running(tmp_path, 2, town.settings) as servers:
            for number, server in enumerate(servers):
                town.zalo_oa.webhook_url = f"{server.url}/webhooks/zalo-oa"
                assert await town.zalo_oa.push(town.zalo_oa.text(f"{PERSON}{number}", "đăng ký khai sinh")) == 200
            await town.zalo_oa.until(lambda: len({one.user_id for one in town.zalo_oa.sent}) == len(servers), 60)
            assert town.zalo_oa.tokens.issued == issued + 1
            assert rows(postgres_address, "select access, holder from tokens") == [(town.zalo_oa.tokens.access, "")]
