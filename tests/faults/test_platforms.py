"""A platform that hangs, fails, cuts the line or answers slowly: what waits is bounded, others go on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from tests.benchmarks.channel_figures import judge
from tests.fakes.failures import BAD_GATEWAY, Cut, Fault
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_oa import FakeZaloOA
from tests.faults.crowd import Crowd, crowd_at, kept, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town
from tests.log import lines_of

SECONDS_OF_PEACE = 3.0
SECONDS_OF_FAULT = 8.0
MOST_WAITING = 80
"""So few that the bound is reached within seconds."""
MOST_SECONDS_OF_OTHERS = 2.0
"""The slowest answer on a channel that works, while another does not."""
LOADS = {"telegram": 20.0, "zalo_oa": 20.0}


@dataclass(frozen=True, slots=True)
class Trouble:
    """`begin` breaks the platform, and its own `heal` mends it."""

    said: str
    begin: Callable[[FakeTelegram | FakeZaloOA], None]


def failing(fault: Fault) -> Callable[[FakeTelegram | FakeZaloOA], None]:
    return lambda fake: fake.fail_next("*", fault, 10_000)


HANGS = Trouble("does not answer", failing(Cut.HANG_UNREAD))
FAILS = Trouble("answers 502", failing(BAD_GATEWAY))
CUTS = Trouble("cuts the line", failing(Cut.DROP_UNREAD))
SLOW = Trouble("answers after 10 s", lambda fake: fake.slow(10.0))


def slowest(crowd: Crowd, name: str, since: float) -> float:
    """Seconds from the acknowledgement to the answer, on this channel, of what was said since then."""
    channel = crowd.channels[name]
    said = [one for one in channel.run.said if one.acked_at is not None and one.acked_at >= since]
    return judge(said, channel.platform.since(0), (), 0.0, 0).answer_p99 / 1000


@pytest.mark.parametrize(
    ("broken", "trouble"),
    [("telegram", HANGS), ("zalo_oa", FAILS), ("telegram", CUTS), ("zalo_oa", SLOW)],
    ids=["telegram hangs", "zalo fails", "telegram cuts", "zalo is slow"],
)
async def test_a_platform_in_trouble(
    town: Town, nursery: Nursery, report: Report, seed: int, broken: str, trouble: Trouble
) -> None:
    assistant = Assistant(nursery, town.data, town.settings | {"MAX_WAITING_UPDATES": str(MOST_WAITING)})
    fake: FakeTelegram | FakeZaloOA = town.telegram if broken == "telegram" else town.zalo_oa
    other = "zalo_oa" if broken == "telegram" else "telegram"
    clock = asyncio.get_running_loop().time
    async with crowd_at(town, [assistant], seed) as crowd:
        async with talking(crowd, LOADS):
            await asyncio.sleep(SECONDS_OF_PEACE)
            in_peace = slowest(crowd, other, 0.0)
            trouble.begin(fake)
            began, most = clock(), 0
            while clock() < began + SECONDS_OF_FAULT:
                await asyncio.sleep(0.1)
                most = max(most, crowd.open_updates(broken))
            meanwhile = slowest(crowd, other, began)
        fake.heal()
        fake.slow(0.0)
        seconds = await crowd.settle()
    said = kept(crowd.figures(assistant.log()))
    assert most <= MOST_WAITING
    assert {line["channel"] for line in lines_of(assistant.log()) if line["event"] == "inbox_full"} == {broken}
    assert meanwhile <= MOST_SECONDS_OF_OTHERS
    report.add(
        f"{broken} {trouble.said} for {SECONDS_OF_FAULT:.0f} s",
        "1",
        f"at most {MOST_WAITING} wait, then 503; {other} is answered within "
        f"{MOST_SECONDS_OF_OTHERS:.0f} s; afterwards all is answered",
        f"{said}; most waiting {most}; {other} p99 {in_peace * 1000:.0f} ms before, "
        f"{meanwhile * 1000:.0f} ms meanwhile; all answered {seconds:.1f} s after it was mended",
    )
