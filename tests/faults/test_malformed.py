"""Ten thousand updates on each channel that no platform would send, rightly signed; real ones in between."""

from __future__ import annotations

import asyncio
import io
from collections import Counter

import aiohttp

from bot.channels.zalo_oa.verify import HEADER, mac
from tests.fakes import telegram, zalo_bot
from tests.faults.crowd import QUESTIONS, crowd_at, kept
from tests.faults.mutations import PEOPLE, Mutations
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import SECRET, Town

UPDATES = 10_000
ONE_REAL_IN = 100
AT_ONCE = 20
MOST_MEGABYTES = 24
"""By how much it may be larger after the second half than after the first: what is remembered of people and updates."""
FAULTS = (
    "accept_failed",
    "task_failed",
    "store_write_failed",
    "send_failed",
    "turn_failed",
    "handler_failed",
    "request_failed",
    "job_failed",
    "Traceback",
)
_TIMESTAMP = b'"timestamp": "'


def headers_of(channel: str, town: Town, raw: bytes) -> dict[str, str]:
    """With which the platform itself would bring it."""
    if channel == "telegram":
        return {telegram.SECRET_HEADER: SECRET}
    if channel == "zalo_bot":
        return {zalo_bot.SECRET_HEADER: SECRET}
    fake = town.zalo_oa
    last = raw.rpartition(_TIMESTAMP)[2].partition(b'"')[0] if _TIMESTAMP in raw else b""
    return {HEADER: f"mac={mac(fake.app_id, raw, last[:40], fake.oa_secret)}"}


async def test_malformed_updates(town: Town, nursery: Nursery, report: Report, seed: int) -> None:
    settings = town.settings | {"MAX_MESSAGES_PER_MINUTE": "20"}
    assistant = Assistant(nursery, town.data, settings, is_fast=True)
    statuses: Counter[int] = Counter()
    sizes: list[int] = []

    async with crowd_at(town, [assistant], seed) as crowd, aiohttp.ClientSession() as client:
        for fake in (town.telegram, town.zalo_oa, town.zalo_bot):
            fake.slow(0.0)

        async def bring(channel: str, mutations: Mutations, count: int) -> None:
            url = f"{assistant.url}/webhooks/{crowd.channels[channel].platform.path}"
            for number in range(count):
                if number % ONE_REAL_IN == 0:
                    talker = crowd.channels[channel]
                    talker.run.say(talker.next_person, QUESTIONS[number // ONE_REAL_IN % len(QUESTIONS)])
                    talker.next_person += 1
                raw = mutations.next()
                async with client.post(url, data=io.BytesIO(raw), headers=headers_of(channel, town, raw)) as response:
                    statuses[response.status] += 1

        made = {channel: Mutations(channel, seed) for channel in crowd.channels}
        for _ in range(2):
            async with asyncio.TaskGroup() as group:
                for channel, mutations in made.items():
                    for _ in range(AT_ONCE // 4):
                        group.create_task(bring(channel, mutations, UPDATES // 2 // (AT_ONCE // 4)))
            await crowd.settle()
            sizes.append(assistant.memory())
    log = assistant.log()
    said = kept(crowd.figures(log))
    assert [line for line in log.splitlines() if any(fault in line for fault in FAULTS)] == []
    assert set(statuses) <= {200, 403, 413}, statuses
    assert statuses[200] > statuses.total() / 2
    grown = (sizes[1] - sizes[0]) / 2**20
    assert grown <= MOST_MEGABYTES, sizes
    report.add(
        "malformed updates",
        f"{UPDATES:,} on each of {len(made)} channels",
        f"answers 200, 403 or 413 only, no fault in the log, at most {MOST_MEGABYTES} MB more after the second half, "
        "real updates in between answered",
        f"answers {dict(sorted(statuses.items()))}; of real ones {said}; memory {sizes[0] / 2**20:.0f} MB at half, "
        f"{grown:+.1f} MB at the end; {PEOPLE} people a channel",
    )
