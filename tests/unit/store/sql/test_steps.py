"""Steps are read: what each statement does, and whether older versions of the program stand it."""

from __future__ import annotations

import pytest

from bot.store.sql.steps import Change, Step, described


@pytest.mark.parametrize(
    ("statement", "words", "only_adds"),
    [
        ("create table a (n integer, m text)", "makes the table a", True),
        ('CREATE TABLE IF NOT EXISTS "a" (\n  "n" INTEGER -- not null\n)', "makes the table a", True),
        ("create index i on b (n)", "makes the index i on b; who writes there waits until it is made", True),
        (
            "create unique index i on b (n)",
            "makes the unique index i on b; who writes there waits until it is made",
            False,
        ),
        ("alter table b add column c text", "adds the column c to b", True),
        ("alter table b add c text not null default ''", "adds the column c to b", True),
        ("alter table b add column c text not null", "adds the column c to b", False),
        ("alter table b add column c text unique", "adds the column c to b", False),
        ("alter table b add column c integer references a (n)", "adds the column c to b", False),
        ("alter table b add column c integer check (c > 0)", "adds the column c to b", False),
        ("insert into b values (1)", "writes rows into b", False),
        ("create trigger t after insert on b begin select 1; end", "makes the trigger t", False),
        ("create function f() returns trigger as $$ $$", "makes the function f", False),
        ("alter table b drop column c", "alter table b drop column c", False),
        ("alter table b rename to c", "alter table b rename to c", False),
        ("alter table b add column c text, drop column d", "alter table b add column c text, drop column d", False),
        ("drop table b", "drop table b", False),
        ("drop index i", "drop index i", False),
        ("update b set n = 1", "update b set n = 1", False),
        ("create view v as select 1", "create view v as select 1", False),
    ],
)
def test_a_statement_by_itself(statement: str, words: str, only_adds: bool) -> None:
    assert Step("s", "", (statement,)).changes == (Change(words, only_adds),)


@pytest.mark.parametrize(
    "statement",
    [
        "create unique index i on a (n)",
        "insert into a values (1, 0)",
        "create trigger t after insert on a begin update a set n = n + 1; end",
    ],
)
def test_with_a_table_that_the_step_has_made_itself_nobody_works_yet(statement: str) -> None:
    assert Step("s", "", ("create table a (n integer)", statement)).is_safe
    assert not Step("s", "", (statement, "create table a (n integer)")).is_safe


@pytest.mark.parametrize(
    ("statement", "is_safe"),
    [
        ("update b set c = case when d = 1 then 'x, n = 2' end where d > 0", True),
        ("update b set c = f(d, n = 2), e = (select 1 where d = 2)", True),
        ("update b set c = 1, d = 2", False),
        ("update b set d = 1", False),
        ("update a set c = 1", False),
    ],
)
def test_what_is_filled_is_what_the_step_has_added(statement: str, is_safe: bool) -> None:
    adding = ("alter table b add column c text", "alter table b add column e text")
    assert Step("s", "", (*adding, statement)).is_safe == is_safe


def test_what_is_written_at_its_head() -> None:
    text = """
        What it is for,
        in two lines.

        judged safe: nobody does that
        last used by: 1.2.0
        left out: where there is no such thing
    """
    step = described("s", text, ["drop table a"])
    assert step == Step(
        *("s", "What it is for, in two lines.", ("drop table a",)),
        *("nobody does that", "1.2.0", "where there is no such thing"),
    )
    assert step.is_safe


def test_the_tables_that_it_makes() -> None:
    assert Step(
        "s", "", ("create table a (n integer)", "create index i on a (n)", 'CREATE TABLE "b" (n int)')
    ).tables == (
        "a",
        "b",
    )
