"""The process that leads is killed: another does what is done once for all."""

from __future__ import annotations

from bot.operations.members import BEAT_SECONDS, GONE_SECONDS
from tests.faults.crowd import crowd_at, kept, log_of, talking
from tests.faults.process import Assistant, Nursery
from tests.faults.report import Report
from tests.integration.channels.town import Town
from tests.integration.several import SECRET_KEY, leader_of, rows, until

PROCESSES = 3
KILLS = 4
LOADS = {"telegram": 5.0, "zalo_oa": 5.0}
MOST_SECONDS = GONE_SECONDS + 2 * BEAT_SECONDS + 5.0
"""As `bot.operations.members` promises, and room for a machine that does other things as well."""


async def test_the_leader_is_killed(
    town: Town, nursery: Nursery, report: Report, seed: int, postgres_address: str
) -> None:
    settings = town.settings | {"DATABASE_URL": postgres_address, "SECRET_KEY": SECRET_KEY}
    assistants = [Assistant(nursery, town.data, settings) for _ in range(PROCESSES)]
    seconds: list[float] = []

    def leader() -> Assistant | None:
        label = f"{leader_of(postgres_address)},"
        return next((one for one in assistants if f"port {one.port}, process {one.pid}," in label), None)

    async with crowd_at(town, assistants, seed, postgres_address) as crowd:
        async with talking(crowd, LOADS):
            for _ in range(KILLS):
                await until(leader, MOST_SECONDS)
                first = leader()
                assert first is not None
                await first.kill()
                # A job that is due only in a minute: whoever takes over does it at once.
                rows(postgres_address, "insert into told (person, message, reply, at) values ('p', 'm', '{}', '2020')")
                took_over = await until(leader, MOST_SECONDS)
                assert leader() is not first
                await until(lambda: not rows(postgres_address, "select 1 from told where person = 'p'"), MOST_SECONDS)
                seconds.append(took_over)
                first.start()
                await first.until_it_answers()
        await crowd.settle()
        said = kept(crowd.figures(log_of(assistants)))
        leading = rows(postgres_address, "select count(*) from leases where name = 'leader'")
        assert leading == [(1,)]
    report.add(
        f"the leader of {PROCESSES} processes killed",
        str(KILLS),
        f"another leads within {MOST_SECONDS:.0f} s and does what was due",
        f"led by another after {', '.join(f'{one:.1f}' for one in seconds)} s; {said}",
    )
