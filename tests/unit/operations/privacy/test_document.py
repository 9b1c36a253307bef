"""`docs/privacy.md` is the register, and nobody's own words."""

from __future__ import annotations

from pathlib import Path

from bot.operations.privacy.document import document
from bot.store.register import Column, End, Entry, Nature, Register, Term, load_register

ROOT = Path(__file__).resolve().parents[4]


def test_the_document_is_current() -> None:
    """If not: `.venv/bin/python -m bot privacy register --write docs/privacy.md`."""
    assert (ROOT / "docs" / "privacy.md").read_text("utf-8") == document(load_register())


def test_each_kind_says_how_it_is_protected() -> None:
    told = document(Register((), {}))
    rows = told[told.index("| of a person | how it is protected") : told.index("## Terms")].strip().splitlines()[2:]
    meanings = told[told.index("| of a person | what it means") : told.index("## How it")].strip().splitlines()[2:]
    assert [row.split("|")[1] for row in rows] == [row.split("|")[1] for row in meanings]
    assert len(rows) == len(Nature)


def test_security_has_no_table_of_its_own_of_the_database() -> None:
    text = (ROOT / "SECURITY.md").read_text("utf-8")
    assert "docs/privacy.md" in text
    assert [line for line in text.splitlines() if line.startswith("| database")] == []


def test_each_column_says_what_how_long_and_what_on_request() -> None:
    daily = Term("events", True, "KEEP_EVENTS_DAYS", "", "", "")
    soon = Term("soon", False, "", "an hour", "it came", "a round")
    columns = (
        Column("person", Nature.HASH, "who"),
        Column("body", Nature.WORDS, "what"),
        Column("at", Nature.USE, "when"),
        Column("n", Nature.NONE, "how many"),
    )
    ends = (End(daily, ("row",)), End(soon, ("body",)))
    entry = Entry("citizens", ("t",), "one", "so", "nobody", columns, ends, on_request=("person",), note="Noted.")
    told = document(Register((entry,), {"events": daily, "soon": soon}))
    assert told[told.index("| events") : told.index("## Of the people")] == (
        "| events | `KEEP_EVENTS_DAYS` (90 days) | the moment it was written | the daily round |\n"
        "| soon | an hour | it came | a round |\n\n"
    )
    assert told[told.index("### `t`") : told.index("\n## Sums")] == (
        "### `t`\n\nRows: one. Why: so. Seen by: nobody.\nNoted.\n\n"
        "| column | of a person | why | how long | when the person asks |\n|---|---|---|---|---|\n"
        "| `person` | keyed hash | who | `KEEP_EVENTS_DAYS` (90 days) | emptied |\n"
        "| `body` | free words, masked | what | an hour | stays, of nobody |\n"
        "| `at` | what was done | when | `KEEP_EVENTS_DAYS` (90 days) | stays, of nobody |\n"
        "| `n` | nothing | how many | `KEEP_EVENTS_DAYS` (90 days) | – |\n"
    )
