"""`python -m bot doctor`: is everything as it has to be, and if not, what is to be done?"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict

import click

from bot.cli.support import FAILED, settings_of_process, told
from bot.errors import StoreError, UnusableStore
from bot.operations.backup.examining import examine_store
from bot.operations.findings import Finding, State, examine_base
from bot.operations.publishing.examining import examine_catalogue
from bot.operations.times import now
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.memory import MemoryStore
from bot.store.office import Office
from bot.store.opening import open_store
from bot.store.planning import log_is_guarded
from bot.store.postgres.encrypted import is_safe_on_the_way

_IN_USE = (
    "If another program uses it, a backup for example, try again in a minute. Else look at the disk, and at the rights "
    "of the folder of DATABASE_URL."
)
_NOT_REACHED = (
    "Is the server running, are address, account and password in DATABASE_URL right, and may it be written to? Running "
    "processes answer on from memory meanwhile, and find it again by themselves."
)
_LOG_IS_OPEN = "lines of the log of changes can be changed and deleted"
_GUARD_THE_LOG = "Take these rights from the account of DATABASE_URL: docs/operations.md, The log of changes."
_IN_THE_OPEN = "whoever stands between here and the database server can read everything, or answer in its place"
_ENCRYPT = "Put sslmode=verify-full into DATABASE_URL: docs/operations.md, The connection to a server."
_SIGNS = {State.OK: "ok", State.OFF: "off", State.WARNING: "WARNING", State.BROKEN: "BROKEN"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def doctor(*, as_json: bool) -> None:
    """Look whether every part works, and say how to mend what does not. Nothing is changed, but for the tables of
    the database: they are brought up to date first, as by `migrate`.

    Leaves with 1 where something is broken.
    """
    with told():
        found = asyncio.run(_examine(settings_of_process()))
        if as_json:
            click.echo(json.dumps({"findings": [asdict(one) for one in found]}, ensure_ascii=False))
        else:
            for line in _lines(found):
                click.echo(line)
        if any(one.state is State.BROKEN for one in found):
            sys.exit(FAILED)


async def _examine(settings: Settings) -> list[Finding]:
    found: list[Finding] = []
    office: Office | None = None
    if not settings.has_store:
        what = f"there is no database yet at {settings.database_path}"
        mend = "Is DATABASE_URL right? If so, `python -m bot serve` makes it."
        found.append(Finding("store", State.WARNING, what, mend))
        store: Store = MemoryStore()
    else:
        try:
            store = await open_store(settings.database_url)
        except UnusableStore as error:
            found.append(Finding("store", State.BROKEN, error.what, error.mend))
            store = MemoryStore()
        except StoreError as error:
            mend = _NOT_REACHED if settings.is_shared else _IN_USE
            found.append(Finding("store", State.BROKEN, f"the database cannot be opened: {error}", mend))
            store = MemoryStore()
        else:
            found.append(await asyncio.to_thread(examine_store, settings.database_url))
            if not await log_is_guarded(settings.database_url):
                found.append(Finding("store", State.WARNING, _LOG_IS_OPEN, _GUARD_THE_LOG))
            if settings.is_shared and not is_safe_on_the_way(settings.database_url, os.environ):
                found.append(Finding("store", State.WARNING, _IN_THE_OPEN, _ENCRYPT))
            office = store.office
    try:
        # Where it cannot be served at all, nothing else matters: CatalogueError.
        publications = None if office is None else office.publications
        found = [*await examine_catalogue(publications, settings.catalog_dir, now()), *found]
        base = await examine_base(settings, store, now())
        # Of a store that cannot be read nobody knows who runs on it.
        is_known = office is not None or not settings.has_store
        found += [one for one in base if is_known or one.area != "processes"]
        found += await _zalo_oa(settings, store)
    finally:
        await store.close()
    for part in await asyncio.gather(_telegram(settings), _zalo_bot(settings)):
        found += part
    return found


async def _zalo_oa(settings: Settings, store: Store) -> list[Finding]:
    halves = {"ZALO_OA_APP_ID": settings.zalo_oa_app_id, "ZALO_OA_SECRET_KEY": settings.zalo_oa_secret_key}
    missing = [name for name, value in halves.items() if value is None]
    there = [name for name in halves if name not in missing]
    if missing and there:
        what = f"not connected: {there[0]} is set, but {missing[0]} is not"
        mend = f"Set {missing[0]}: it stands in the application's settings at developers.zalo.me."
        return [Finding("zalo_oa", State.WARNING, what, mend)]
    if missing:
        return [Finding("zalo_oa", State.OFF, "not connected: ZALO_OA_APP_ID or ZALO_OA_SECRET_KEY is not set")]
    # Here and not above: what asks Zalo is large, and the other commands do without.
    from bot.channels.zalo_oa.checks import examine

    return await examine(settings, store.registry, now())


async def _telegram(settings: Settings) -> list[Finding]:
    if not settings.telegram_is_set:
        return [Finding("telegram", State.OFF, "not connected: TELEGRAM_BOT_TOKEN is not set")]
    # Here and not above: the library is large, and the other commands do without.
    from bot.channels.telegram.checks import examine

    return await examine(settings)


async def _zalo_bot(settings: Settings) -> list[Finding]:
    if not settings.zalo_bot_is_set:
        return [Finding("zalo_bot", State.OFF, "not connected: ZALO_BOT_TOKEN is not set")]
    from bot.channels.zalo_bot.checks import examine

    return await examine(settings)


def _lines(found: Sequence[Finding]) -> list[str]:
    lines = []
    for one in found:
        lines.append(f"{_SIGNS[one.state]:<8}{one.area:<10} {one.what}")
        if one.mend:
            lines.append(f"{'':<19}→ {one.mend}")
    return lines
