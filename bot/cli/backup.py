"""`python -m bot backup`: everything in the store as one checked file, made while the assistant runs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from bot.cli.progress import shown_progress
from bot.cli.support import UNUSABLE, leave, settings_of_process, told
from bot.operations.backup.encrypting import Recipients, Seal, recipients_of
from bot.operations.backup.making import Made, Wanted, back_up
from bot.operations.keys.ring import known_keyring
from bot.operations.times import in_vietnam, now
from bot.settings import SHIPPED_CATALOGUE, Settings
from bot.store.person import KEY_FILE, fingerprint

_ENCRYPTED = {Seal.AGE: ", encrypted with age", Seal.GPG: ", encrypted with gpg", Seal.NONE: ""}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--recipient",
    multiple=True,
    help="Encrypt for this public key of age (age1…, ssh-…), or for those in a file, one a line. Repeatable.",
)
@click.option("--gpg-recipient", multiple=True, help="Encrypt by the program gpg for this key. Repeatable.")
@click.option("--overwrite", is_flag=True, help="Put it in the place of FILE, where that is there already.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def backup(
    file: Path, recipient: tuple[str, ...], gpg_recipient: tuple[str, ...], *, overwrite: bool, as_json: bool
) -> None:
    """Write everything that is in the store to FILE, while the assistant goes on running.

    FILE is of one moment, and checked: every page, and how many rows each table has. It is there whole or not at all,
    and only its owner may read it. What has been published, drafts and the accounts of staff are in it, and the tokens
    of the Official Account too.

    The secret key is not in it (SECRET_KEY, or person.key beside the database), nor is CATALOG_DIR. Without that key
    nobody is known again and printed codes do not work: keep it too, but not in the same place, for who has both can
    tell which ratings are of one person.

    `python -m bot restore` puts it back. Leaves with 1 where no backup was made; then FILE is as it was.
    """
    if recipient and gpg_recipient:
        raise click.UsageError("give --recipient (age) or --gpg-recipient, not both")
    with told():
        settings = settings_of_process()
        if not settings.has_store:
            leave(f"There is no database at {settings.database_path}: nothing to back up.", UNUSABLE)
        recipients = Recipients(recipients_of(recipient), gpg_recipient)
        wanted = Wanted(settings.database_url, file, key_of(settings), recipients, overwrite)
        with shown_progress() as progress:
            made = back_up(wanted, now, progress)
        if as_json:
            click.echo(json.dumps(_as_json(made, file, recipients.seal)))
            return
        click.echo(_as_line(made, file, recipients.seal))
        for line in _left_out(settings):
            click.echo(line, err=True)


def key_of(settings: Settings) -> str:
    """The fingerprint of the secret key; empty where there is none yet. None is made."""
    keyring = known_keyring(settings)
    return "" if keyring is None else fingerprint(keyring.current)


def _as_json(made: Made, file: Path, seal: Seal) -> dict[str, object]:
    manifest = made.manifest
    return {
        "file": str(file),
        "bytes": made.size,
        "encrypted": seal.value,
        "made_at": manifest.made_at.isoformat(),
        "engine": manifest.engine,
        "key": manifest.key,
        "newest": manifest.newest,
        "tables": [asdict(one) for one in manifest.sums],
    }


def _as_line(made: Made, file: Path, seal: Seal) -> str:
    manifest = made.manifest
    what = f"{manifest.rows:,} rows of {len(manifest.sums)} tables, as of {in_vietnam(manifest.made_at)}"
    return f"{file}: {what}; {made.size:,} bytes{_ENCRYPTED[seal]}, checked"


def _left_out(settings: Settings) -> list[str]:
    kept = settings.secret_key is None
    key = f"in {settings.database_path.with_name(KEY_FILE)}" if kept else "SECRET_KEY"
    lines = [f"not in it: the secret key ({key}); keep it in another place"]
    if settings.catalog_dir.resolve() != SHIPPED_CATALOGUE:
        lines.append(f"not in it: the folder {settings.catalog_dir} (CATALOG_DIR); what was published from it is")
    return lines
