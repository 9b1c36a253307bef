"""`python -m bot demo-data`: fill an empty store with a made-up year of a busy province."""

from __future__ import annotations

import click

from bot.cli.support import UNUSABLE, leave, served_catalogue, settings_of_process, told
from bot.operations.demo import filling as demonstration
from bot.operations.times import now
from bot.store.sqlite.demonstration import Holding
from bot.texts import load_texts

_EVENTS_A_RATING = 10
_ONLY_A_FILE = (
    "demo-data fills an SQLite file only, and DATABASE_URL names a server. Fill a file (DATABASE_URL=sqlite:///PATH), "
    "then copy it there: `python -m bot store copy --from sqlite:///PATH --to postgresql://…`"
)


@click.command("demo-data")
@click.option("--ratings", type=click.IntRange(1, 10_000_000), required=True, help="How many ratings are counted.")
@click.option(
    "--events", type=click.IntRange(0, 100_000_000), help=f"How many events; by default {_EVENTS_A_RATING} a rating."
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="The same seed, the same data.")
@click.option("--months", type=click.IntRange(1, 60), default=12, show_default=True, help="Report months to yesterday.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before.")
def demo_data(ratings: int, events: int | None, seed: int, months: int, *, dry_run: bool, yes: bool) -> None:
    """Fill the store with made-up ratings and events, to show and to measure.

    They are marked as a demonstration everywhere. A store that holds real data is refused; a demonstration that it
    holds already is replaced. The assistant must not be running on it. DATABASE_URL has to name an SQLite file;
    `python -m bot store copy` brings it to PostgreSQL.
    """
    with told():
        settings = settings_of_process()
        if settings.is_shared:
            leave(_ONLY_A_FILE, UNUSABLE)
        path = settings.database_path
        count = ratings * _EVENTS_A_RATING if events is None else events
        demo = demonstration.Demo(ratings, count, months, seed, settings.report_start_day)
        found = demonstration.check_free(path)
        replaced = ", in place of the demonstration that is there" if found is Holding.DEMONSTRATION else ""
        plan = f"{ratings:,} ratings and {count:,} events over {months} report months (seed {seed}) in {path}{replaced}"
        if dry_run:
            click.echo(f"would make up {plan}")
            return
        if not yes:
            click.confirm(f"Make up {plan}?", abort=True)
        catalogue = served_catalogue(settings)
        with click.progressbar(length=demo.rows, label="rows", show_pos=True) as bar:
            demonstration.fill(path, demo, catalogue, load_texts(), now(), bar.update)
        click.echo(f"made up {plan}; figures and pages say that it is a demonstration")
