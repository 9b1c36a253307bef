"""`python -m bot catalog publish` and what belongs to it: which versions there are, back to an older one, its files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn, TypeVar

import click

from bot.catalog.comparing import compare
from bot.cli.support import FAILED, UNUSABLE, leave, open_store, operator, settings_of_process, told
from bot.errors import MotCuaError
from bot.operations.publishing.examining import decision_of
from bot.operations.publishing.publish import Prepared, PublishingDesk, Refused, Wanted
from bot.operations.publishing.served import contents_of
from bot.operations.staff.accounts import MOST_REASON_CHARS
from bot.operations.times import in_vietnam, now
from bot.store.publications import Publication, PublicationKind
from bot.store.staff import Act

_T = TypeVar("_T")
_REFUSED = {
    Refused.REASON: f"--reason: why, in one line of at most {MOST_REASON_CHARS} characters; it is kept for good",
    Refused.DECISION: "--decision takes its number (12/QĐ-UBND) and --date its day; both, or neither for a correction",
    Refused.DATE: "--date: this day has not come yet; --since is the day from which it holds",
    Refused.SINCE: "--since: it cannot hold before it was decided",
    Refused.SUPERSEDED: "--supersedes: this number is not among the decisions of the catalogue (decisions.csv)",
    Refused.SAME: "this very catalogue is in force already",
    Refused.CHANGED: "something else was published meanwhile; look at it, and try again",
    Refused.WAITING: "another one waits for its day; `catalog versions` names it, `catalog withdraw` takes it back",
    Refused.DRAFT: "there is no such draft, or it is closed: `catalog drafts` lists them, `catalog reopen` opens one",
    Refused.OPEN: "something of the draft is still to be decided: `catalog findings DRAFT --open` lists it",
    Refused.UNKNOWN: "there is no such publication; `catalog versions` lists them",
}
_WAITS_NOT = "publication {number} does not wait for its day; `catalog versions` tells the state of each"
_NO_WAY_BACK = (
    "publication {number} is none that was in force before the one of today; `catalog versions` tells the state of each"
)
_NOTHING_OLDER = "nothing is published: what is shipped is in force already"
_WRONG_USE = frozenset({Refused.REASON, Refused.DECISION, Refused.DATE, Refused.SINCE, Refused.SUPERSEDED})
_DAY = click.DateTime(["%Y-%m-%d"])
_reason = click.option("--reason", required=True, help="Why; kept with it and in the log of changes.")
_json = click.option("--json", "as_json", is_flag=True, help="Write JSON.")
_dry = click.option("--dry-run", is_flag=True, help="Say what would become other, and publish nothing.")


@click.command()
@click.option("--draft", type=int, help="The number of a draft in which everything is decided.")
@click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder of a catalogue, like catalog_data.",
)
@click.option("--decision", default="", help="Number of the decision (12/QĐ-UBND); none for a correction.")
@click.option("--date", "decided_on", type=_DAY, help="The day on which it was decided (2026-11-20).")
@click.option("--since", type=_DAY, help="From which day it holds; by default from today.")
@click.option("--supersedes", default="", help="Number of the decision that is history then.")
@click.option("--issuer", default="", help="Who decided; by default as of the superseded one, or who runs this.")
@_reason
@_dry
@_json
def publish(
    *,
    draft: int | None,
    folder: Path | None,
    decision: str,
    decided_on: datetime | None,
    since: datetime | None,
    supersedes: str,
    issuer: str,
    reason: str,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Publish a draft or a folder: checked whole, kept for good, served by every process from its day on.

    What becomes other is told first, by its counts.
    """
    if (draft is None) == (folder is None):
        raise click.UsageError("give either --draft NUMBER or --folder PATH")
    wanted = Wanted(decision, _day(decided_on), _day(since), issuer, supersedes)

    async def work(desk: PublishingDesk) -> None:
        if folder is None:
            prepared = _taken(await desk.prepare_draft(draft or 0, wanted))
        else:
            prepared = _taken(await desk.prepare(contents_of(folder), wanted))
        await _finish(desk, prepared, _act("catalog_publish", reason), dry_run=dry_run, as_json=as_json)

    _run(work)


@click.command()
@click.argument("number", type=int, required=False)
@_reason
@_dry
@_json
def rollback(number: int | None, reason: str, *, dry_run: bool, as_json: bool) -> None:
    """Put an older catalogue back in force, by default the one before; 0 is what is shipped.

    It is a publication of its own: nothing that was in force is ever deleted.
    """

    async def work(desk: PublishingDesk) -> None:
        prepared = await desk.prepare_rollback(number)
        if prepared is Refused.UNKNOWN:
            leave(_NO_WAY_BACK.format(number=number) if number else _NOTHING_OLDER, FAILED)
        prepared = _taken(prepared)
        await _finish(desk, prepared, _act("catalog_rollback", reason), dry_run=dry_run, as_json=as_json)

    _run(work)


@click.command()
@click.argument("number", type=int)
@_reason
def withdraw(number: int, reason: str) -> None:
    """Take back publication NUMBER, which waits for its day."""

    async def work(desk: PublishingDesk) -> None:
        refused = await desk.withdraw(number, _act("catalog_withdraw", reason))
        if refused is Refused.UNKNOWN:
            leave(_WAITS_NOT.format(number=number), FAILED)
        if refused is not None:
            _refuse(refused)
        click.echo(f"publication {number} is withdrawn")

    _run(work)


@click.command()
@_json
def versions(*, as_json: bool) -> None:
    """List what was published, the newest first: in force, waiting, withdrawn, or history."""

    async def work(desk: PublishingDesk) -> None:
        current, listed = await desk.in_force(), await desk.publications.listed()
        states = [(one, one.state(current, desk.today).replace("_", " ")) for one in listed]
        if as_json:
            rows = [{**_row(one), "state": state} for one, state in states]
            click.echo(json.dumps(rows, ensure_ascii=False))
            return
        for one, state in states:
            click.echo(_line(one, state))
        if current is None:
            click.echo("what is shipped is in force")

    _run(work)


@click.command()
@click.argument("number", type=int)
@click.argument("folder", type=click.Path(path_type=Path))
def export(number: int, folder: Path) -> None:
    """Write the files of publication NUMBER (0: as shipped) into FOLDER, which is made: the same catalogue."""

    async def work(desk: PublishingDesk) -> None:
        contents = await desk.contents(number)
        if contents is None:
            _refuse(Refused.UNKNOWN)
        try:
            folder.mkdir(parents=True)
            here = folder.resolve()
            for path, content in contents.items():
                file = here / path
                if not file.resolve().is_relative_to(here):
                    raise MotCuaError(f"publication {number} holds a file that would lie outside of {folder}: {path!r}")
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        except FileExistsError:
            raise MotCuaError(f"{folder} is there already; give the name of a new folder") from None
        except OSError as error:
            raise MotCuaError(f"{folder} cannot be written: {error.strerror}") from None
        click.echo(f"{folder}: {len(contents)} files")

    _run(work)


COMMANDS = (publish, rollback, withdraw, versions, export)


def _run(work: Callable[[PublishingDesk], Awaitable[None]]) -> None:
    async def run() -> None:
        async with _desk() as desk:
            await work(desk)

    with told():
        asyncio.run(run())


@asynccontextmanager
async def _desk() -> AsyncIterator[PublishingDesk]:
    settings = settings_of_process()
    async with open_store(settings) as store:
        yield PublishingDesk(store.office.publications, store.office.drafts, settings.catalog_dir, now)


async def _finish(desk: PublishingDesk, prepared: Prepared, act: Act, *, dry_run: bool, as_json: bool) -> None:
    """Tell what becomes other, and publish it, unless this is to be seen only."""
    counts = {} if prepared.before is None else compare(prepared.before, prepared.catalogue).counts()
    if not as_json:
        for line in _counted(prepared, counts):
            click.echo(line)
    done = None if dry_run else _taken(await desk.publish(prepared, act))
    if as_json:
        row = (
            {"version": prepared.catalogue.version, "since": prepared.since.isoformat()} if done is None else _row(done)
        )
        click.echo(json.dumps({**row, "changes": counts, "published": done is not None}, ensure_ascii=False))
    elif done is None:
        click.echo(f"nothing is published: version {prepared.catalogue.version} would hold from {prepared.since}")
    else:
        click.echo(f"publication {done.number}: version {done.version} holds from {done.since}, {decision_of(done)}")


def _counted(prepared: Prepared, counts: dict[str, int]) -> list[str]:
    if prepared.before is None:
        return ["what is in force cannot be read: what becomes other is not known"]
    told_of = [f"{name.replace('_', ' ')}: {count}" for name, count in counts.items() if count]
    return told_of or ["no procedure changes its place, name, level, agency or field; other files differ"]


def _taken(made: _T | Refused) -> _T:
    if isinstance(made, Refused):
        _refuse(made)
    return made


def _refuse(refused: Refused) -> NoReturn:
    leave(_REFUSED[refused], UNUSABLE if refused in _WRONG_USE else FAILED)


def _act(action: str, reason: str) -> Act:
    return Act(now(), operator(), action, reason.strip())


def _day(given: datetime | None) -> date | None:
    return None if given is None else given.date()


def _row(one: Publication) -> dict[str, object]:
    return {
        "number": one.number,
        "version": one.version,
        "kind": one.kind.value,
        "since": one.since.isoformat(),
        "decision": one.decision,
        "decided_on": None if one.decided_on is None else one.decided_on.isoformat(),
        "by": one.by,
        "at": one.at.isoformat(timespec="seconds"),
        "reason": one.reason,
    }


def _line(one: Publication, state: str) -> str:
    back = ", put back" if one.kind is PublicationKind.ROLLED_BACK else ""
    what = f"{one.number:>4}  {state:<9}  since {one.since}  {one.version}  {decision_of(one)}{back}"
    return f"{what}  ({one.by}, {in_vietnam(one.at)}: {one.reason})"
