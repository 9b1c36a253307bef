"""A copy is the same on both engines, whatever the target held, and writes only what differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store.moving import walking
from bot.store.moving.copying import compare, copy
from bot.store.moving.opening import opened_source, opened_target
from bot.store.sql.session import Row
from tests.unit.store.moving.sides import ENGINES, Address, contents, database, fill, move, rows_of, written

PAIRS = [(one, other) for one in ENGINES for other in ENGINES]
both_ways = pytest.mark.parametrize(("one", "other"), PAIRS)

_ODD = {
    "sqlite": "create table odd (word text not null, n integer not null, maybe text, big integer, part blob"
    ", primary key (word, n)) without rowid",
    "postgres": 'create table odd (n bigint not null, word text collate "C" not null, part bytea, maybe text, '
    "big bigint, primary key (word, n))",
}
"""A table that a later release may bring; its columns lie in another order on each engine."""
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_BIG = st.integers(-(2**63), 2**63 - 1)
_ODD_ROWS = st.dictionaries(
    st.tuples(_TEXTS, st.integers(-2, 2)),
    st.tuples(
        st.none() | _TEXTS,
        st.none() | _BIG,
        st.none() | st.binary(max_size=9),
    ),
    max_size=12,
)
_Rows = dict[tuple[str, int], tuple[str | None, int | None, bytes | None]]


@both_ways
async def test_a_copy_holds_the_same_and_a_second_one_writes_nothing(new: Address, one: str, other: str) -> None:
    source, target = new(one), new(other)
    await fill(source)
    first = move(source, target)
    assert contents(target) == contents(source)
    assert written(first)["events"] == (80, 0, 0)
    second = move(source, target)
    assert written(second) == {}
    assert [(moved.table, moved.rows, moved.checksum) for moved in second] == [
        (moved.table, moved.rows, moved.checksum) for moved in first
    ]


async def test_there_and_back_again_the_checksums_are_the_same(new: Address) -> None:
    source, server, back = new("sqlite"), new("postgres"), new("sqlite")
    await fill(source, 0, 10)
    there, again = move(source, server), move(server, back)
    assert [(moved.table, moved.rows, moved.checksum) for moved in there] == [
        (moved.table, moved.rows, moved.checksum) for moved in again
    ]
    assert contents(back) == contents(source)


@both_ways
def test_a_new_table_is_copied_whatever_stands_in_it(new: Address, one: str, other: str) -> None:
    source, target = new(one), new(other)
    for address, engine in ((source, one), (target, other)):
        with opened_target(address), database(address) as say:
            say(_ODD[engine])

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(ours=_ODD_ROWS, theirs=_ODD_ROWS, size=st.integers(1, 5))
    def check(ours: _Rows, theirs: _Rows, size: int) -> None:
        for address, rows in ((source, ours), (target, theirs)):
            with database(address) as say:
                say("delete from odd")
                for key, values in rows.items():
                    say("insert into odd (word, n, maybe, big, part) values (?, ?, ?, ?, ?)", [*key, *values])
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(walking, "LARGE_ROWS_AT_ONCE", size)
            with opened_source(source) as side, opened_target(target) as other_side:
                promised = compare(side, other_side)
                moved = copy(side, other_side)
                found = rows_of(side, "odd")
                assert rows_of(other_side, "odd") == found
        assert len(found) == len(ours)
        assert written(promised) == written(moved)
        same = {key for key, values in ours.items() if theirs.get(key) == values}
        changed = (ours.keys() & theirs.keys()) - same
        counts = (len(ours.keys() - theirs.keys()), len(changed), len(theirs.keys() - ours.keys()))
        assert written(moved) == ({"odd": counts} if any(counts) else {})

    check()


@both_ways
async def test_what_changed_between_two_runs_is_all_that_the_second_one_writes(
    new: Address, one: str, other: str
) -> None:
    source, target = new(one), new(other)
    await fill(source, 0, 20)
    move(source, target)
    with database(source) as say:
        say("update events set person = '' where id in (3, 4)")
        say("delete from helpfulness where id = 1")
        say("insert into switches (channel, is_on, reason, changed_at) values ('web', 0, 'x', '2026')")
    assert written(move(source, target)) == {
        "events": (0, 2, 0),
        "helpfulness": (0, 0, 1),
        "switches": (1, 0, 0),
    }
    assert contents(target) == contents(source)


@both_ways
async def test_a_value_that_only_one_row_may_have_goes_over_to_another_row(new: Address, one: str, other: str) -> None:
    """As where somebody changes their rating: the row before counts no longer, a new one does."""
    source, target = new(one), new(other)
    await fill(source, 0, 9)
    move(source, target)
    with database(source) as say:
        say("update inbox set key = 'away' where id = 2")
        say("update inbox set key = 'key 1' where id = 1")
        say("update inbox set key = 'key 0' where id = 2")
        say("update inbox set key = 'swapped' where id = 7")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walking, "ROWS_AT_ONCE", 2)
        move(source, target)
    assert contents(target) == contents(source)


@both_ways
async def test_rows_that_others_refer_to_go_after_those_and_come_before_them(
    new: Address, one: str, other: str
) -> None:
    source, target = new(one), new(other)
    await fill(source, 0, 1)
    move(source, target)
    draft = (
        "insert into drafts (number, state, files, whole, by, at, part, content) "
        "values (?, 'open', '', 0, 'a', '2026', '', ?)"
    )
    answer = (
        "insert into draft_answers (draft, finding, action, value, by, at, reason) "
        "values (?, 'f', 'accept', '', 'a', '2026', '')"
    )
    with database(source) as say:
        for number in (1, 2, 3):
            say(draft, [number, bytes([number, 0, 255])])
            say(answer, [number])
    assert written(move(source, target)) == {"drafts": (3, 0, 0), "draft_answers": (3, 0, 0)}
    with database(source) as say:
        say("delete from draft_answers where draft < 3")
        say("delete from drafts where number < 3")
        say("update drafts set state = 'dropped' where number = 3")
    assert written(move(source, target)) == {"drafts": (0, 1, 2), "draft_answers": (0, 0, 2)}
    assert contents(target) == contents(source)


@both_ways
async def test_what_a_database_does_when_rows_change_is_not_done_for_a_copy(new: Address, one: str, other: str) -> None:
    """The log may not be changed, and words that are taught are counted: a copy changes and counts nothing."""
    source, target = new(one), new(other)
    line = (
        "insert into staff_log (at, actor, action, subject, reason, before, after) "
        "values ('2026', ?, 'b', 'c', '', '', '')"
    )
    for address, count in ((source, 2), (target, 3)):
        await fill(address, 0, 1)
        with database(address) as say:
            for number in range(count):
                say(line, [f"{address[:4]} {number}"])
                say("insert into taught_aliases (phrase, code, by, at) values (?, 'c', 'b', 'a')", [f"word {number}"])
    move(source, target, is_replaced=True)
    assert contents(target) == contents(source)
    with database(target) as say, pytest.raises(Exception, match="the log of changes is only added to"):
        say("update staff_log set actor = 'x'")


@both_ways
async def test_a_number_is_never_given_again(new: Address, one: str, other: str) -> None:
    source, target = new(one), new(other)
    team = "insert into community_teams (name, key, commune, is_active, at) values (?, ?, 'c', 1, '2026')"
    await fill(source, 0, 3)
    with database(source) as say:
        for name in "abc":
            say(team, [name, name])
        say("delete from community_teams where number = 3")
    move(source, target)
    with database(target) as say:
        say(team, ["d", "d"])
        assert say("select number from community_teams where key = 'd'") == [(4,)]
    await fill(target, 3, 4)
    with database(target) as say:
        assert say("select count(*), max(id) from events") == [(8, 8)]


async def test_where_there_is_nothing_yet_a_dry_run_makes_nothing(new: Address, tmp_path: Path) -> None:
    source, target, server = new("sqlite"), new("sqlite"), new("postgres")
    await fill(source, 0, 2)
    for address in (target, server):
        with opened_source(source) as ours, opened_target(address, is_written=False) as theirs:
            moved = compare(ours, theirs)
            assert theirs.tables == ()
        assert written(moved)["events"] == (4, 0, 0)
        assert {one.checksum for one in moved} == {""}
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".sqlite"] == ["store-0.sqlite"]


@pytest.mark.parametrize("engine", ENGINES)
async def test_a_row_that_is_changed_behind_the_copy_is_found(new: Address, engine: str) -> None:
    """As a faulty disk or a stray hand would: after the last stretch was written, before both are compared."""
    source, target = new("sqlite"), new(engine)
    await fill(source, 0, 5)

    def spoil(table: str, done: int, total: int, /) -> None:
        if table == "events" and done == total:
            with database(target) as say:
                say("update events set codes = 'other' where id = 2")

    with opened_source(source) as ours, opened_target(target) as theirs, pytest.raises(StoreError) as raised:
        copy(ours, theirs, spoil)
    assert str(raised.value).startswith("table events is not the same on both sides: 10 rows with the checksum ")
    with pytest.raises(StoreError, match="a copy that was broken off"), opened_source(target):
        pass
    assert written(move(source, target)) == {"events": (0, 1, 0)}
    assert contents(target) == contents(source)


async def test_what_postgresql_cannot_keep_is_told_without_what_stands_there(new: Address) -> None:
    source, target = new("sqlite"), new("postgres")
    await fill(source, 0, 3)
    with database(source) as say:
        say("update events set codes = 'secret' || char(0) where id = 2")
    with pytest.raises(StoreError) as raised:
        move(source, target)
    assert str(raised.value) == ("row 2 of table events has a NUL in column codes, which the target cannot keep")
    with database(source) as say:
        say("update events set codes = 'fine', at = x'00ff' where id = 2")
    with pytest.raises(StoreError) as raised:
        move(source, target)
    assert str(raised.value) == ("row 2 of table events has something in column at that is not text")


async def test_tables_that_the_target_lacks_are_told_before_anything_is_written(new: Address) -> None:
    source, target = new("sqlite"), new("postgres")
    await fill(source, 0, 1)
    with opened_target(target):
        pass
    with database(source) as say:
        say("create table later (id integer primary key)")
    before = contents(target)
    with pytest.raises(StoreError) as raised:
        move(source, target)
    assert str(raised.value) == (
        "the target has no table later: the two stores are not of the same release; "
        "bring both up to date (python -m bot migrate)"
    )
    assert contents(target) == before


async def test_the_source_may_be_written_to_meanwhile(new: Address) -> None:
    source, target = new("sqlite"), new("postgres")
    await fill(source, 0, 5)
    before = contents(source)
    events: list[Row] = before["events"]
    with opened_source(source) as ours:
        await fill(source, 5, 9)
        with opened_target(target) as theirs:
            copy(ours, theirs)
            assert rows_of(theirs, "events") == events
    assert contents(target) == before
    move(source, target)
    assert contents(target) == contents(source)
