"""`python -m bot store`: the data as a whole."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

import click

from bot.cli.progress import shown_progress
from bot.cli.support import settings_of_process, told
from bot.errors import StoreError
from bot.store.moving.copying import Moved, compare, copy
from bot.store.moving.opening import check, opened_source, opened_target
from bot.store.moving.serving import kept_from_others, newer_rows, newest_of, users
from bot.store.opening import file_of, is_known, shown
from bot.store.person import KEY_FILE

_KNOWN = "begins with sqlite:/// and the path of a file, or with postgresql://"


@click.group()
def store() -> None:
    """The data as a whole: move it to another database."""


@dataclass(frozen=True, slots=True)
class _Outcome:
    """`why_not_final`: who worked on the source meanwhile; nobody where the copy is all there is."""

    source: str
    target: str
    tables: tuple[Moved, ...]
    seconds: float
    is_dry: bool
    why_not_final: tuple[str, ...]

    @property
    def is_final(self) -> bool:
        return not self.is_dry and not self.why_not_final


@store.command("copy")
@click.option("--from", "source", help="The address to read from; by default DATABASE_URL.")
@click.option("--to", "target", required=True, help="The address to write to.")
@click.option("--replace", "is_replaced", is_flag=True, help="Overwrite what the target holds, whatever it is.")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def copy_store(source: str | None, target: str, *, is_replaced: bool, dry_run: bool, as_json: bool) -> None:
    """Make the database at one address the copy of another one, of either kind; tables are made where there are none.

    An address is sqlite:///PATH or postgresql://USER@HOST/NAME; a password is better left in PGPASSWORD or ~/.pgpass
    than given here. What the target has already is not written again: run it while the service is running, stop the
    service, run it again, and the second run has little to do. Ctrl-C loses nothing. At the end both sides were
    counted and compared. A target is refused where it holds other data, or has been in service (--replace).

    With --json: {"from", "to", "seconds", "is_dry_run", "is_final", "why_not_final": [], "tables": [{"table", "rows",
    "found", "added", "changed", "removed", "checksum"}]}.
    """
    with told():
        for option, address in (("--from", source), ("--to", target)):
            if address is not None and not is_known(address):
                raise click.UsageError(f"{option}: an address {_KNOWN}")
        outcome = _run(source or settings_of_process().database_url, target, is_replaced=is_replaced, is_dry=dry_run)
        if as_json:
            click.echo(json.dumps(_object(outcome), ensure_ascii=False))
            return
        for line in (*_table(outcome.tables), "", *_said(outcome)):
            click.echo(line)


def _run(source: str, target: str, *, is_replaced: bool, is_dry: bool) -> _Outcome:
    begun = time.monotonic()
    before = () if is_dry else users(source)
    with opened_source(source) as ours:
        if is_dry:
            with opened_target(target, is_written=False) as theirs, shown_progress("rows") as progress:
                check(ours, theirs, is_replaced=is_replaced)
                moved = compare(ours, theirs, progress)
        else:
            # Looked at first: where it is refused, not even its tables are made.
            with opened_target(target, is_written=False) as theirs:
                check(ours, theirs, is_replaced=is_replaced)
            with kept_from_others(target), opened_target(target) as theirs, shown_progress("rows") as progress:
                try:
                    moved = copy(ours, theirs, progress)
                except StoreError as error:
                    raise StoreError(f"{error}. What has been copied stays: run the same again to go on") from error
        newest = newest_of(ours)
    others = set() if is_dry else {*before, *users(source), *newer_rows(source, newest)}
    return _Outcome(shown(source), shown(target), moved, time.monotonic() - begun, is_dry, tuple(sorted(others)))


def _object(outcome: _Outcome) -> dict[str, object]:
    return {
        "from": outcome.source,
        "to": outcome.target,
        "seconds": round(outcome.seconds, 1),
        "is_dry_run": outcome.is_dry,
        "is_final": outcome.is_final,
        "why_not_final": list(outcome.why_not_final),
        "tables": [asdict(moved) for moved in outcome.tables],
    }


def _table(tables: Sequence[Moved]) -> Iterator[str]:
    used = [moved for moved in tables if moved.rows or moved.found]
    width = max(len(moved.table) for moved in tables)
    heads = ("rows", "on target", "added", "changed", "removed")
    yield f"{'table':<{width}}" + "".join(f"{head:>12}" for head in heads) + "  checksum of both sides"
    for moved in used:
        numbers = (moved.rows, moved.found, moved.added, moved.changed, moved.removed)
        line = f"{moved.table:<{width}}" + "".join(f"{number:>12,}" for number in numbers)
        yield f"{line}  {moved.checksum}".rstrip()
    if len(used) < len(tables):
        yield f"and {len(tables) - len(used)} tables without rows on both sides"


def _said(outcome: _Outcome) -> Iterator[str]:
    rows, written = (sum(getattr(moved, name) for moved in outcome.tables) for name in ("rows", "written"))
    if outcome.is_dry:
        yield f"{written:,} rows of {outcome.target} would be written, of {rows:,} in {outcome.source}"
        return
    yield (
        f"{rows:,} rows in {outcome.source}, {written:,} written to {outcome.target} in {outcome.seconds:.1f} s; "
        "counts and checksums are the same on both sides"
    )
    if outcome.why_not_final:
        yield (
            f"NOT FINAL: the source was worked on meanwhile ({', '.join(outcome.why_not_final)}). Stop that, and run "
            "the same again: it copies what has changed since"
        )
        return
    yield "the copy is final: nobody was working on the source"
    file = file_of(outcome.source)
    key = None if file is None else file.parent / KEY_FILE
    if key is not None and key.exists() and key.parent != getattr(file_of(outcome.target), "parent", None):
        yield f"{key} is not copied: SECRET_KEY has to be what stands in it, or everybody is a new person"
