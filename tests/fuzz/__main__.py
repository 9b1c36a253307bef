"""`make fuzz`: minutes of it, with a seed of its own, told at the beginning; 1 where something failed."""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

import click

from tests.fuzz.furniture import furnish
from tests.fuzz.house import running
from tests.fuzz.run import Fuzzer, Tally, totals
from tests.unit.catalog.conftest import SECOND_PROVINCE


@click.command()
@click.option("--seed", "seed_number", type=int, help="As before; without it another one each time.")
@click.option("--minutes", default=5.0, show_default=True, help="All routes in turn, until they are over.")
@click.option("--only", default="", help="Only routes with this in their names.")
def main(seed_number: int | None, minutes: float, only: str) -> None:
    """Send what is meant, what is nearly meant and what is not meant to every route."""
    chosen = random.randrange(10**6) if seed_number is None else seed_number  # noqa: S311
    click.echo(f"seed {chosen}")
    tallies: dict[str, Tally] = {}
    ends = time.monotonic() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder, running(Path(folder), SECOND_PROVINCE) as house:
        furnish(house)
        rounds = 0
        while rounds == 0 or time.monotonic() < ends:
            fuzzer = Fuzzer(house, chosen + rounds)
            for aimed in fuzzer.routes():
                if only in aimed.name:
                    _join(tallies, fuzzer.fuzz(aimed, 10, 10))
                if time.monotonic() > ends and rounds > 0:
                    break
            rounds += 1
    for said in totals(list(tallies.values())):
        click.echo(said)
    sys.exit(any(tally.failures for tally in tallies.values()))


def _join(tallies: dict[str, Tally], more: Tally) -> None:
    before = tallies.setdefault(more.name, Tally(more.name))
    before.asked += more.asked
    before.statuses += more.statuses
    for fault, shown in more.failures.items():
        before.failures.setdefault(fault, shown)


if __name__ == "__main__":
    main()
