"""Staff: accounts, sessions, the log, and their accounts in the messengers."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_staff")


@migrations()
def create_staff_chats(db: Database) -> None:
    """Which person of a messenger is which member of staff."""
    db.execute("create table staff_chats (person text primary key, staff text not null, linked_at text not null)")
