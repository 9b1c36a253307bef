"""Which store an address means."""

from __future__ import annotations

from pathlib import Path

from bot.settings import POSTGRES_PREFIX, SQLITE_PREFIX
from bot.store.interface import Store


def is_known(address: str) -> bool:
    """Whether it names a file or a server."""
    return address.startswith((SQLITE_PREFIX, POSTGRES_PREFIX)) and address not in (SQLITE_PREFIX, POSTGRES_PREFIX)


def shown(address: str) -> str:
    """The address as it may be printed: without a password."""
    if file_of(address) is not None:
        return address
    from bot.store.postgres.address import shown as without_password

    return without_password(address)


def file_of(address: str) -> Path | None:
    """The file behind `sqlite:///…`; None where the store is on a server."""
    return Path(address.removeprefix(SQLITE_PREFIX)).expanduser() if address.startswith(SQLITE_PREFIX) else None


async def open_store(address: str) -> Store:
    """`address`: `sqlite:///path` (made where missing) or `postgresql://…`; its tables are brought up to date.

    Raises StoreError.
    """
    file = file_of(address)
    # Here and not above: each needs a library that the other does without.
    if file is not None:
        from bot.store.sqlite.store import SqliteStore

        return await SqliteStore.open(file)
    from bot.store.postgres.store import PostgresStore

    return await PostgresStore.open(address)
