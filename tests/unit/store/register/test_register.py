"""The register says what is so: of the tables of both engines, of what the daily round deletes, of erasing."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime

import pytest

from bot.settings import Settings
from bot.store.erasing import Deleted
from bot.store.interface import Cutoffs
from bot.store.register import ROW, Nature, Register, load_register
from bot.store.sql.store import SqlStore
from bot.store.sql.times import stamp
from tests.unit.store.engines import POSTGRES
from tests.unit.store.register.filling import OLD, PERSON, Given, fill, gone, standing, tables_of

REGISTER = load_register()
LONG_AGO, NOW = datetime(2000, 1, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC)
DAILY = [field.name for field in fields(Cutoffs)]
CLOSED: Given = {"staff_chats": {"person": "somebody else"}}
WAITING: Given = {"inbox": {"closed": None, "closed_at": None, "kind": "notice"}}
OF_SOMEBODY = {Nature.ADDRESS, Nature.HASH, Nature.WORDS}
NOBODY_KNOWS_WHOSE = {("unfound", "words"), ("unfound", "folded"), ("reviews", "remark"), ("cases", "note")}
"""Words without a hash beside them, and the words of staff."""
COUNTED = {
    "remembered": {"conversations", "told", "follow_ups", "stale_said", "inbox"},
    "accounts": {"contacts", "staff_chats"},
    "words": {"ratings", "obstacles"},
    "ratings": {"ratings"},
    "uses": {"events", "helpfulness", "askings", "obstacles"},
    "not": {"shared_ratings"},
}
"""As what somebody is told of what was deleted in which table."""
ASKED = ("erasures", "person")
"""The note that somebody asked."""


def taken(register: Register, term: str) -> dict[str, set[str]]:
    return {
        table: {column for end in ends for column in end.takes}
        for entry in register.entries
        if (ends := [end for end in entry.ends if end.term.name == term])
        for table in entry.tables
    }


async def test_every_column_of_every_table_and_no_other(store: SqlStore, engine: str) -> None:
    tables = await tables_of(store, engine)
    entries = [entry for entry in REGISTER.entries if entry.only_on in {"", engine}]
    named = [table for entry in entries for table in entry.tables]
    assert sorted(named) == sorted(tables)
    for entry in entries:
        columns = [column.name for column in entry.columns]
        assert len(columns) == len(set(columns)), entry.tables
        assert (entry.tables, set(columns)) == (
            entry.tables,
            {c for table in entry.tables for c in tables[table].columns},
        )


def test_only_one_engine_has_what_is_said_so() -> None:
    assert {entry.tables: entry.only_on for entry in REGISTER.entries if entry.only_on} == {("held_names",): POSTGRES}


def test_every_entry_says_why_how_long_and_who() -> None:
    for entry in REGISTER.entries:
        told = (entry.rows, entry.why, entry.seen_by, *(column.why for column in entry.columns))
        assert all(told), entry.tables
        columns = [column.name for column in entry.columns]
        assert all(entry.ends_of(column) for column in columns) != bool(entry.otherwise), entry.tables
        named = {*entry.on_request, *(column for end in entry.ends for column in end.takes)} - {ROW}
        assert named <= set(columns), entry.tables


def test_every_term_is_used_and_says_how_long() -> None:
    used = {end.term.name for entry in REGISTER.entries for end in entry.ends}
    assert used == set(REGISTER.terms)
    known = {name.upper() for name in Settings.model_fields}
    for term in REGISTER.terms.values():
        assert bool(term.setting) != bool(term.fixed), term.name
        assert bool(term.by) != term.is_daily, term.name
        assert not term.setting or term.setting in known, term.name


def test_the_daily_round_has_these_terms() -> None:
    assert {term.name for term in REGISTER.terms.values() if term.is_daily} == set(DAILY)


@pytest.mark.parametrize("term", DAILY)
async def test_the_daily_round_takes_what_the_register_says(store: SqlStore, engine: str, term: str) -> None:
    """With every table filled, and one term over: what it takes of all of them, and nothing else."""
    tables = await tables_of(store, engine)
    await fill(store, tables, CLOSED)
    before = await standing(store, tables)
    assert set(before) == set(tables)
    await store.forget(Cutoffs(**{name: NOW if name == term else LONG_AGO for name in DAILY}))
    after = await standing(store, tables)
    assert gone(before, after) == taken(REGISTER, term)


async def test_what_is_due_is_what_goes(store: SqlStore, engine: str) -> None:
    """All terms over at once: looking changes nothing, and tells of each what then goes."""
    tables = await tables_of(store, engine)
    await fill(store, tables, CLOSED)
    before, over = await standing(store, tables), Cutoffs(*[NOW] * len(DAILY))
    due = await store.office.holdings.due(over)
    assert await standing(store, tables) == before
    by_the_register = {(table, term): takes for term in DAILY for table, takes in taken(REGISTER, term).items()}
    assert {(one.table, one.term): set(one.takes) for one in due} == by_the_register
    # By whose link somebody came goes with their conversation.
    assert {(one.table, one.term) for one in due if one.rows != 1} == {("conversations", "brought")}
    assert await store.forget(over) == sum(one.rows for one in due) == len(due) - 1
    assert [one for one in await store.office.holdings.due(over) if one.rows] == []


async def test_all_that_is_held_is_counted_with_its_oldest_day(store: SqlStore, engine: str) -> None:
    tables = await tables_of(store, engine)
    await fill(store, tables, CLOSED)
    held = await store.office.holdings.held()
    dated = {table: entry.dated_by for entry in REGISTER.entries if not entry.only_on for table in entry.tables}
    expected = {table: (1, OLD[:10] if column else "") for table, column in dated.items()}
    assert {one.table: (one.rows, one.oldest) for one in held} == expected


async def test_of_nothing_nothing_is_held(store: SqlStore) -> None:
    held = await store.office.holdings.held()
    assert {one.table for one in held if one.rows} == {"taught_version", "editorial_version", "store_identity"}
    assert {one.oldest for one in held} == {""}
    assert await store.office.holdings.erased() == ()


async def test_who_asks_is_erased_as_the_register_says(store: SqlStore, engine: str) -> None:
    tables = await tables_of(store, engine)
    await fill(store, tables, WAITING)
    before = await standing(store, tables)
    deleted = await store.erase(PERSON, NOW)
    expected = {table: set(e.on_request) for e in REGISTER.entries if e.on_request for table in e.tables}
    # Of a message of the person's own nothing goes but by its answer; this one was to be sent unasked.
    after = await standing(store, tables)
    assert gone(before, after) == expected
    assert after["erasures"] == {"person": PERSON, "at": stamp(NOW)}
    # One row of each table; the words of a rating and of an obstacle; the rating that stood in a sum is told of once.
    # The note of which key a person is known under is told to nobody.
    assert {table for tables in COUNTED.values() for table in tables} == set(expected) - {"rekeyed"}
    assert deleted == Deleted(**{what: len(tables) for what, tables in COUNTED.items() if what != "not"})


async def test_answers_that_do_not_come_again_go(store: SqlStore, engine: str) -> None:
    tables = await tables_of(store, engine)
    await fill(store, tables, CLOSED)
    before = await standing(store, tables)
    await store.forget_told(NOW)
    assert gone(before, await standing(store, tables)) == taken(REGISTER, "told") == {"told": {ROW}}


async def test_a_message_is_emptied_when_it_is_answered_and_when_it_is_sent(store: SqlStore, engine: str) -> None:
    tables = await tables_of(store, engine)
    await fill(store, tables, {"inbox": {"closed": None, "closed_at": None, "reply": None}})
    before = await standing(store, tables)
    await store.inbox.keep_reply(1, "the answer")
    answered = await standing(store, tables)
    assert gone(before, answered) == taken(REGISTER, "answered")
    await store.inbox.close(1, "answered", NOW)
    kept = {**before, "inbox": {**before["inbox"], "reply": "the answer"}}
    assert gone(kept, await standing(store, tables)) == taken(REGISTER, "sent")


def test_what_says_who_somebody_is_goes_on_request_and_by_itself() -> None:
    """Each address, hash and word of a citizen."""
    found = {
        (table, column.name)
        for entry in REGISTER.entries
        if entry.part in {"citizens", "counts", "staff"}
        for table in entry.tables
        for column in entry.columns
        if column.nature in OF_SOMEBODY and not (entry.goes_on_request(column.name) and entry.ends_of(column.name))
    }
    assert found == NOBODY_KNOWS_WHOSE | {ASKED}
    assert [entry.tables for entry in REGISTER.entries if entry.stays] == [("erasures",)]


def test_a_column_with_that_name_is_what_its_name_says() -> None:
    """So that a hash does not come in as nothing."""
    other = [
        (entry.tables, column.name)
        for entry in REGISTER.entries
        for column in entry.columns
        if (column.name == "person") != (column.nature is Nature.HASH) and column.name != "address"
    ]
    assert other == []


def test_nothing_is_old_before_its_time() -> None:
    """The rows of these tests are."""
    assert LONG_AGO < datetime.fromisoformat(OLD) < NOW


def test_who_asks_is_given_all_that_is_theirs_or_it_is_said_why_not() -> None:
    """Each hash, word, address and use of each table; keyed hashes are given to nobody."""
    personal = {Nature.HASH, Nature.WORDS, Nature.USE, Nature.ADDRESS}
    unexplained = [
        (entry.tables, column.name)
        for entry in REGISTER.entries
        for column in entry.columns
        if column.nature in personal - {Nature.HASH}
        and column.name not in entry.exported
        and not (entry.left_out.get(column.name) or entry.left_out.get(ROW))
    ]
    assert unexplained == []
    hashes = [entry.tables for entry in REGISTER.entries for c in entry.columns if c.nature is Nature.HASH]
    assert [tables for tables in hashes if len(tables) != 1] == []
    columns = {entry.tables: {column.name for column in entry.columns} | {ROW} for entry in REGISTER.entries}
    assert [entry.tables for entry in REGISTER.entries if not entry.left_out.keys() <= columns[entry.tables]] == []
    given = {entry.tables[0]: set(entry.exported) for entry in REGISTER.entries if entry.exported}
    assert {table for table in given if given[table] & {"person"}} == set()
    assert "address" in given["contacts"]
    assert "address" not in given["ratings"]


async def test_what_somebody_is_given_is_what_the_register_says(store: SqlStore, engine: str) -> None:
    """With every table filled: of each that has their hash, and nothing of others."""
    tables = await tables_of(store, engine)
    await fill(store, tables, WAITING)
    before = await standing(store, tables)
    own = await store.office.own_data.of(PERSON)
    expected = {entry.tables[0]: entry.exported for entry in REGISTER.entries if entry.exported}
    found = {one.table: (one.count, one.rows) for one in own}
    assert found == {
        table: (1, ({name: before[table][name] for name in columns},)) for table, columns in expected.items()
    }
    assert await store.office.own_data.of("somebody else") == await store.office.own_data.of("") == ()
    await store.erase(PERSON, NOW)
    # Of a message that waits for its answer nothing goes but by that; here it was to be sent unasked.
    assert {one.table for one in await store.office.own_data.of(PERSON)} == {"erasures"}
