"""Conversations, events, the inbox, switches and tokens."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("mot_cua")


@migrations()
def create_conversations(db: Database) -> None:
    db.table("conversations").create(
        {"person": str, "state": str, "updated_at": str}, pk="person", not_null={"state", "updated_at"}
    )


@migrations()
def create_events(db: Database) -> None:
    db.table("events").create(
        {
            "id": int,
            "at": str,
            "channel": str,
            "person": str,
            "status": str,
            "codes": str,
            "catalogue_version": str,
        },
        pk="id",
        not_null={"at", "channel", "person", "status", "codes", "catalogue_version"},
    )
    db.table("events").create_index(["at"])


@migrations()
def create_helpfulness(db: Database) -> None:
    db.table("helpfulness").create(
        {
            "id": int,
            "at": str,
            "channel": str,
            "person": str,
            "opinion": str,
            "code": str,
            "catalogue_version": str,
        },
        pk="id",
        not_null={"at", "channel", "person", "opinion", "catalogue_version"},
    )
    db.table("helpfulness").create_index(["at"])


@migrations()
def find_rows_of_a_person(db: Database) -> None:
    """Deleting a person's traces must not read the whole history."""
    db.table("events").create_index(["person"])
    db.table("helpfulness").create_index(["person"])


@migrations()
def create_inbox(db: Database) -> None:
    """`closed` is null while an update is open; see `bot.store.inbox`."""
    db.table("inbox").create(
        {
            "id": int,
            "channel": str,
            "key": str,
            "person": str,
            "address": str,
            "kind": str,
            "body": str,
            "sent_at": str,
            "expires_at": str,
            "received_at": str,
            "reply": str,
            "parts_sent": int,
            "is_attempted": int,
            "tries": int,
            "ready_at": str,
            "owner": str,
            "owned_until": str,
            "closed": str,
            "closed_at": str,
        },
        pk="id",
        not_null={"channel", "key", "person", "address", "kind", "body", "sent_at", "expires_at", "received_at"}
        | {"parts_sent", "is_attempted", "tries", "ready_at", "owned_until"},
        defaults={"parts_sent": 0, "is_attempted": 0, "tries": 0, "owned_until": ""},
    )
    db.table("inbox").create_index(["channel", "key"], unique=True)
    # What is closed is never looked for but by its key: the index stays as small as the queue.
    db.execute("create index inbox_open on inbox (channel, person, id) where closed is null")
    db.execute("create index inbox_ready on inbox (channel, ready_at, id) where closed is null")
    db.execute("create index inbox_closed on inbox (closed_at) where closed is not null")


@migrations()
def create_contacts(db: Database) -> None:
    db.table("contacts").create(
        {"person": str, "channel": str, "address": str, "last_seen": str, "gone": str, "silent_until": str},
        pk="person",
        not_null={"channel", "address", "last_seen"},
    )
    db.table("contacts").create_index(["last_seen"])


@migrations()
def create_switches_and_tokens(db: Database) -> None:
    db.table("switches").create(
        {"channel": str, "is_on": int, "reason": str, "changed_at": str},
        pk="channel",
        not_null={"is_on", "reason", "changed_at"},
    )
    db.table("tokens").create(
        {
            "account": str,
            "access": str,
            "refresh": str,
            "made_at": str,
            "expires_at": str,
            "holder": str,
            "held_until": str,
        },
        pk="account",
        not_null={"access", "refresh", "made_at", "expires_at", "holder", "held_until"},
        defaults={"access": "", "refresh": "", "made_at": "", "expires_at": "", "holder": "", "held_until": ""},
    )


BROUGHT_SINCE = "case when json_valid(state) then json_extract(state, '$.brought[2]') end"
"""Of a kept conversation: since when its person counts for a shared link. Written as here it is found by the index."""


@migrations()
def index_brought(db: Database) -> None:
    """By whose link somebody came is forgotten sooner than the rest, and nobody reads all rows for it."""
    db.execute(
        f"create index conversations_brought on conversations ({BROUGHT_SINCE}) where {BROUGHT_SINCE} is not null"
    )


@migrations()
def keep_since_when_somebody_was_brought(db: Database) -> None:
    """Beside the state, which not every engine can look into. The index above stays for the release before."""
    db.table("conversations").add_column("brought_since", str)
    db.execute(f"update conversations set brought_since = {BROUGHT_SINCE} where {BROUGHT_SINCE} is not null")  # noqa: S608
    db.execute(
        "create index conversations_brought_since on conversations (brought_since) where brought_since is not null"
    )
