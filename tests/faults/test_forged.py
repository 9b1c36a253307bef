"""The same update again and again, late and in another order; and updates that the platform did not send."""

from __future__ import annotations

import io
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import aiohttp

from tests.fakes.failures import JsonObject, compact
from tests.fakes.telegram import SECRET_HEADER as TELEGRAM_HEADER
from tests.fakes.zalo_bot import SECRET_HEADER as ZALO_BOT_HEADER
from tests.fakes.zalo_oa import SIGNATURE_HEADER, zalo_mac
from tests.faults.crowd import QUESTIONS, Crowd, crowd_at, kept
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town

PEOPLE = 60
TIMES = 5
FORGED = 200
"""On each channel, a fifth of them in each way."""


def rows(data: Path) -> dict[str, int]:
    """How much is stored of updates and people."""
    with closing(sqlite3.connect(f"file:{data / 'mot-cua.sqlite'}?mode=ro", uri=True)) as database:
        tables = ("inbox", "contacts", "conversations", "events")
        return {table: database.execute(f"select count(*) from {table}").fetchone()[0] for table in tables}  # noqa: S608


async def test_replayed_updates(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    """Each five times: at once, later in another order, and once more after the process was killed."""
    chance = random.Random(seed)  # noqa: S311
    assistant = Assistant(nursery, town.data, town.settings, is_fast=True)
    async with crowd_at(town, [assistant], seed) as crowd:
        events = {name: events_of(crowd, name) for name in crowd.channels}
        for time_ in range(TIMES):
            if time_ == TIMES - 1:
                await crowd.settle()
                await assistant.kill()
                assistant.start()
                await assistant.until_it_answers()
            pushes = [(name, event) for name, made in events.items() for event in made]
            if time_:
                chance.shuffle(pushes)
            for name, event in pushes:
                assert await crowd.channels[name].platform.push(event, time_) == 200
        await crowd.settle()
        stored = rows(town.data)
    count = sum(map(len, events.values()))
    said = kept(crowd.figures(assistant.log()))
    assert all(one.lost == 0 for one in crowd.figures("").values())
    # The rehearsal's are there as well.
    assert stored["inbox"] == count + len(QUESTIONS)
    report.add(
        "webhooks replayed",
        f"{count} x {TIMES}",
        "each is acknowledged each time, kept once and answered once: at once, late, in other order, after a kill",
        f"{count * TIMES:,} requests, {stored['inbox'] - len(QUESTIONS)} kept; {said}",
    )


def events_of(crowd: Crowd, name: str) -> list[JsonObject]:
    """What people of a channel say, and that it is waited for."""
    channel = crowd.channels[name]
    made = []
    for number in range(PEOPLE):
        question = QUESTIONS[number % len(QUESTIONS)]
        made.append(channel.platform.event(channel.next_person + number, question))
        channel.expect(channel.next_person + number, question)
    return made


async def test_forged_updates(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    assistant = Assistant(nursery, town.data, town.settings, is_fast=True)
    async with crowd_at(town, [assistant], seed) as crowd, aiohttp.ClientSession() as client:
        await crowd.settle()
        before, sent = rows(town.data), len(town.telegram.sent) + len(town.zalo_oa.sent) + len(town.zalo_bot.sent)
        statuses: dict[str, set[int]] = {}
        for number in range(FORGED):
            for channel, how, raw, headers in forged(town, number):
                path = crowd.channels[channel].platform.path
                async with client.post(
                    f"{assistant.url}/webhooks/{path}", data=io.BytesIO(raw), headers=headers
                ) as response:
                    statuses.setdefault(f"{channel}, {how}", set()).add(response.status)
        # What is brought rightly afterwards is answered: nothing waits behind what was refused.
        for name, talker in crowd.channels.items():
            talker.run.say(talker.next_person, QUESTIONS[0])
            del name
        await crowd.settle()
        after = rows(town.data)
    kept(crowd.figures(assistant.log()))
    now_sent = len(town.telegram.sent) + len(town.zalo_oa.sent) + len(town.zalo_bot.sent)
    added = {table: after[table] - before[table] for table in before}
    assert added == {"inbox": 3, "contacts": 3, "conversations": 3, "events": 3}
    assert now_sent == sent + 3
    # The console of an Official Account tests an address without a signature: 200, and nothing is done.
    unsigned = statuses.pop("zalo_oa, no signature")
    assert unsigned == {200}
    assert set().union(*statuses.values()) == {403}, statuses
    report.add(
        "webhooks forged",
        f"{FORGED} x {len(statuses) + 1} ways",
        "refused (403; unsigned ones of Zalo OA: 200), nothing stored, nothing sent, real ones answered",
        f"{FORGED * (len(statuses) + 1):,} requests, stored 0, sent 0; "
        + "; ".join([*statuses, "zalo_oa, no signature"]),
    )


def forged(town: Town, number: int) -> list[tuple[str, str, bytes, dict[str, str]]]:
    """Channel, in which way, body and headers."""
    person = 77_000_000 + number
    telegram = compact(town.telegram.message(person, "1.900001")).encode()
    zalo_bot = compact(town.zalo_bot.text(str(person), "1.900001")).encode()
    event = town.zalo_oa.text(str(person), "1.900001")
    zalo_oa, other = compact(event).encode(), compact(town.zalo_oa.text(str(person), "1.900003")).encode()
    old = compact(event | {"timestamp": str(int((time.time() - 90_000) * 1000))}).encode()

    def mac(raw: bytes, timestamp: str, key: str) -> dict[str, str]:
        return {SIGNATURE_HEADER: f"mac={zalo_mac(town.zalo_oa.app_id, raw, timestamp, key)}"}

    stamp, right = event["timestamp"], town.zalo_oa.oa_secret
    return [
        ("telegram", "no secret", telegram, {}),
        ("telegram", "wrong secret", telegram, {TELEGRAM_HEADER: "a-secret-of-another-town"}),
        ("telegram", "the secret of another header", telegram, {ZALO_BOT_HEADER: "a-secret-of-the-town"}),
        ("zalo_bot", "no secret", zalo_bot, {}),
        ("zalo_bot", "wrong secret", zalo_bot, {ZALO_BOT_HEADER: "A-secret-of-the-town"}),
        ("zalo_oa", "no signature", zalo_oa, {}),
        ("zalo_oa", "wrong key", zalo_oa, mac(zalo_oa, stamp, "ANOTHER_KEY")),
        ("zalo_oa", "another's signature", zalo_oa, mac(other, stamp, right)),
        ("zalo_oa", "another time in the body", old, mac(zalo_oa, stamp, right)),
        ("zalo_oa", "one byte more", zalo_oa + b" ", mac(zalo_oa, stamp, right)),
    ]
