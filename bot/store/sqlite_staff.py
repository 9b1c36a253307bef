"""Staff in SQLite."""

from __future__ import annotations

from bot.store.lanes import Readers, Writer


class SqliteStaffBook:
    """`bot.store.staff.StaffBook` says what the methods do."""

    def __init__(self, readers: Readers, writer: Writer) -> None:
        self._readers = readers
        self._writer = writer
