"""Switches and tokens in SQL."""

from __future__ import annotations

from datetime import datetime

from bot.store.inbox import CLOCKS_APART
from bot.store.registry import Switch, Tokens
from bot.store.sql.session import Database, Readers, Transaction, Writer
from bot.store.sql.times import stamp

_SWITCHES = "select channel, is_on, reason, changed_at from switches order by channel"
_SET_SWITCH = """
    insert into switches (channel, is_on, reason, changed_at) values (?, ?, ?, ?) on conflict (channel)
    do update set is_on = excluded.is_on, reason = excluded.reason, changed_at = excluded.changed_at
"""
_TOKENS = "select access, refresh, made_at, expires_at from tokens where account = ? and refresh <> ''"
_KEEP = "update tokens set access = ?, refresh = ?, made_at = ?, expires_at = ? where account = ? and holder = ?"
_ROW = "insert into tokens (account) values (?) on conflict (account) do nothing"
# A lock that ends much later than one that began now was made by a clock that was ahead.
_LOCK = """
    update tokens set holder = ?, held_until = ?
    where account = ? and (held_until < ? or held_until > ? or holder = ?)
"""
_UNLOCK = "update tokens set holder = '', held_until = '' where account = ? and holder = ?"


class SqlRegistry:
    """`bot.store.registry.Registry` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer

    async def switches(self) -> tuple[Switch, ...]:
        def read(database: Database) -> tuple[Switch, ...]:
            rows = database.execute(_SWITCHES).fetchall()
            return tuple(Switch(channel, bool(on), why, datetime.fromisoformat(at)) for channel, on, why, at in rows)

        return await self._readers.run(read)

    async def set_switch(self, switch: Switch) -> None:
        row = [switch.channel, int(switch.is_on), switch.reason, stamp(switch.changed_at)]
        await self._writer.run(lambda database: database.execute(_SET_SWITCH, row))

    async def tokens(self, account: str) -> Tokens | None:
        def read(database: Database) -> Tokens | None:
            row = database.execute(_TOKENS, [account]).fetchone()
            if row is None:
                return None
            access, refresh, made_at, expires_at = row
            return Tokens(access, refresh, datetime.fromisoformat(made_at), datetime.fromisoformat(expires_at))

        return await self._readers.run(read)

    async def keep_tokens(self, account: str, tokens: Tokens, holder: str) -> bool:
        pair = [tokens.access, tokens.refresh, stamp(tokens.made_at), stamp(tokens.expires_at)]
        return await self._change(_KEEP, *pair, account, holder)

    async def lock_tokens(self, account: str, holder: str, now: datetime, until: datetime) -> bool:
        locked = [holder, stamp(until), account, stamp(now), stamp(until + CLOCKS_APART), holder]

        def write(database: Transaction) -> bool:
            database.execute(_ROW, [account])
            return bool(database.execute(_LOCK, locked).rowcount)

        return await self._writer.run(write)

    async def unlock_tokens(self, account: str, holder: str) -> None:
        await self._change(_UNLOCK, account, holder)

    async def _change(self, statement: str, *values: str) -> bool:
        """Whether a row was changed."""
        return await self._writer.run(lambda database: bool(database.execute(statement, values).rowcount))
