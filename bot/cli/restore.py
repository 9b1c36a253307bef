"""`python -m bot restore`: check a backup, say what it would change, and put it back."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from bot.cli.backup import key_of
from bot.cli.progress import shown_progress
from bot.cli.support import FAILED, leave, settings_of_process, told
from bot.operations.backup.restoring import Allowed, Outlook, Restored, Source, Target, look_at
from bot.operations.backup.restoring import restore as put_back
from bot.operations.keys.ring import known_keyring
from bot.operations.times import in_vietnam, now
from bot.store.backup.held import Held

_IMPORT = "`python -m bot privacy erasures import` a list of them before the service is started"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--identity", type=click.Path(path_type=Path), help="The file with the secret keys of age, or with one of ssh."
)
@click.option("--dry-run", is_flag=True, help="Check FILE, say what would be done, and do nothing.")
@click.option("--replace", is_flag=True, help="Put it back although the store is not empty; on a server that is lost.")
@click.option("--answer-open", is_flag=True, help="Answer what was not answered yet: the service was stopped before.")
@click.option("--other-key", is_flag=True, help="Put it back although the secret key is another.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def restore(
    file: Path,
    identity: Path | None,
    *,
    dry_run: bool,
    replace: bool,
    answer_open: bool,
    other_key: bool,
    as_json: bool,
) -> None:
    """Put the backup in FILE in the place of the store. The assistant must not be running.

    FILE is checked first: that it can be decrypted, each page, the tables, and a checksum of all rows of each. Then a
    store in a file is replaced all at once; the one that was there is kept beside it under another name. On a server
    rows are written table by table, and what was there is NOT kept: make a backup of it before. Broken off there, no
    process starts on it until the same has been run to its end.

    What had not been answered when the backup was made may have been since: it is closed unanswered, and nobody gets an
    answer twice. With --answer-open it is answered. All staff have to log in again. Who had their data deleted after
    the backup was made is deleted from it again, if the store that it replaces knows of it; where that is gone, by
    `python -m bot privacy erasures import`.

    Leaves with 1 where FILE is no good, or cannot be put back; nothing is changed then. With --dry-run too.
    """
    with told():
        settings = settings_of_process()
        source, allowed = Source(file, identity), Allowed(replace, answer_open, other_key)
        keyring = known_keyring(settings)
        earlier = frozenset[str]() if keyring is None else keyring.fingerprints
        target = Target(settings.database_url, key_of(settings), earlier)
        if dry_run:
            with shown_progress() as progress:
                outlook = look_at(source, target, allowed, progress)
            _tell(_outlook_as_json(outlook), _outlook_as_lines(outlook), as_json=as_json)
            if outlook.obstacles:
                leave("It would not be put back.", FAILED)
            return
        with shown_progress() as progress:
            restored = put_back(source, target, allowed, now, progress)
        told_of = _outlook_as_json(restored.outlook) | {
            "closed": restored.closed,
            "kept": _text(restored.kept),
            "deleted_again": restored.deleted,
        }
        _tell(told_of, [*_outlook_as_lines(restored.outlook), *_restored_as_lines(restored)], as_json=as_json)


def _tell(fields: dict[str, object], lines: list[str], *, as_json: bool) -> None:
    for line in [json.dumps(fields)] if as_json else lines:
        click.echo(line)


def _outlook_as_json(outlook: Outlook) -> dict[str, object]:
    manifest = outlook.checked.manifest
    return {
        "made_at": manifest.made_at.isoformat(),
        "engine": manifest.engine,
        "key": manifest.key,
        "new_steps": outlook.checked.new_steps,
        "backup": _held_as_json(outlook.checked.held),
        "now": None if outlook.now is None else _held_as_json(outlook.now),
        "damage": outlook.damage,
        "obstacles": list(outlook.obstacles),
        "deletions_since": len(outlook.since),
        "deletions_known": outlook.now is not None and not outlook.is_other_key,
    }


def _held_as_json(held: Held) -> dict[str, object]:
    return {"rows": held.rows, "newest": held.newest, "waiting": held.waiting}


def _outlook_as_lines(outlook: Outlook) -> list[str]:
    checked, manifest = outlook.checked, outlook.checked.manifest
    lines = [
        f"the backup of {in_vietnam(manifest.made_at)} is whole: {len(manifest.sums)} tables, all sums are right",
        f"  in the backup:  {_held(checked.held)}",
        f"  in the store:   {f'cannot be read: {outlook.damage}' if outlook.damage else _held(outlook.now)}",
    ]
    if checked.new_steps:
        lines.append(f"  it is of an earlier release: {checked.new_steps} steps bring its tables up to date")
    lines += _deletions_as_lines(outlook)
    if outlook.now is not None and outlook.now.newest > checked.held.newest:
        lines.append(f"  lost is what came after {_moment(checked.held.newest)}, to {_moment(outlook.now.newest)}")
    return lines + [f"  in the way: {obstacle}" for obstacle in outlook.obstacles]


def _deletions_as_lines(outlook: Outlook) -> list[str]:
    """What becomes of those who had their data deleted after the backup was made."""
    if outlook.is_other_key:
        return ["  who had their data deleted since cannot be found in it: the key is another"]
    if outlook.now is None:
        return [f"  who had their data deleted since is not known here: {_IMPORT}"]
    since = len(outlook.since)
    return [f"  {since:,} people had their data deleted since: theirs are deleted from it again"] if since else []


def _held(held: Held | None) -> str:
    if held is None:
        return "there is none"
    newest = f"the newest event {_moment(held.newest)}" if held.newest else "no event"
    return f"{held.rows:,} rows, {newest}, {held.waiting} messages not answered"


def _moment(at: str) -> str:
    return in_vietnam(datetime.fromisoformat(at)) if at else "nothing"


def _restored_as_lines(restored: Restored) -> list[str]:
    lines = ["put back; all staff have to log in again"]
    if restored.closed:
        lines.append(f"{restored.closed} messages that were not answered then are closed: they may have been since")
    if asked := len(restored.outlook.since):
        lines.append(f"{asked:,} people had their data deleted since; {restored.deleted:,} were in it: deleted again")
    if restored.kept is not None:
        lines.append(f"what was there before is in {restored.kept}: delete it once it is not needed any more")
    return lines


def _text(path: Path | None) -> str | None:
    return None if path is None else str(path)
