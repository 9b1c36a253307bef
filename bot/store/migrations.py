"""The tables, as named steps: a step that has been released is never changed, a new one is added below."""

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
