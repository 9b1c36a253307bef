"""Staff: accounts, sessions, the log, and their accounts in the messengers."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua_staff")


@migrations()
def create_staff_chats(db: Database) -> None:
    """Which person of a messenger is which member of staff."""
    db.execute("create table staff_chats (person text primary key, staff text not null, linked_at text not null)")


@migrations()
def create_staff(db: Database) -> None:
    """Passwords, tokens and codes as hashes; the secret of the codes of a telephone as it is, for it must be used."""
    db.execute(
        """
        create table staff (
            login text primary key, name text not null, role text not null, agencies text not null,
            created_at text not null, is_active integer not null, must_change integer not null,
            password_hash text not null, code_secret text not null default '', code_step integer not null default 0
        )
        """
    )
    db.execute(
        """
        create table staff_sessions (
            key text primary key, login text not null, stage text not null, made_at text not null,
            seen_at text not null, ends_at text not null
        )
        """
    )
    db.execute("create index staff_sessions_login on staff_sessions (login)")
    db.execute(
        """
        create table staff_tries (
            key text primary key, failures integer not null, last_at text not null, locked_until text not null
        )
        """
    )
    db.execute("create table staff_codes (login text primary key, key text not null, expires_at text not null)")
    db.execute("create index staff_chats_staff on staff_chats (staff)")


@migrations()
def create_staff_log(db: Database) -> None:
    """What has been written there stays: the file itself refuses anything else."""
    db.execute(
        """
        create table staff_log (
            id integer primary key autoincrement, at text not null, actor text not null, action text not null,
            subject text not null, reason text not null, before text not null, after text not null
        )
        """
    )
    for verb in ("update", "delete"):
        db.execute(
            f"create trigger staff_log_no_{verb} before {verb} on staff_log "
            "begin select raise(abort, 'the log of changes is only added to'); end"
        )


@migrations()
def note_when_a_password_was_given_out(db: Database) -> None:
    """So that it runs out; empty where its owner chose it, or where nobody noted it."""
    db.execute("alter table staff add column given_at text not null default ''")
