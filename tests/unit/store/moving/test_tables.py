"""The order of tables, and what is told where two stores have other ones."""

from __future__ import annotations

import pytest

from bot.errors import StoreError
from bot.store.moving.tables import Column, Kind, Table, differences, in_order

ID = Column("id", Kind.INTEGER)
WORD = Column("word", Kind.TEXT, may_be_null=True)


def table(name: str, *refers_to: str) -> Table:
    return Table(name, (ID, WORD), ("id",), refers_to)


def test_tables_that_others_refer_to_come_first() -> None:
    tables = [table("a", "c"), table("b", "a", "c"), table("c", "elsewhere"), table("d", "d")]
    assert [one.name for one in in_order(tables)] == ["c", "d", "a", "b"]


def test_tables_in_a_circle_cannot_be_copied() -> None:
    with pytest.raises(StoreError, match="the tables a, b refer to each other in a circle"):
        in_order([table("a", "b"), table("b", "a"), table("c")])


def test_what_is_other_is_told() -> None:
    ours = [table("a"), table("b"), table("c"), table("d")]
    theirs = [
        table("b"),
        Table("c", (ID, Column("word", Kind.BYTES)), ("id",)),
        Table("d", (ID, WORD), ("id", "word")),
        table("e"),
    ]
    assert differences(ours, theirs) == (
        "the target has no table a",
        "the source has no table e",
        "table c is other in the target: word",
        "table d has another primary key in the target",
    )
    assert differences(ours, list(reversed(ours))) == ()


def test_a_key_is_taken_from_a_row_in_its_own_order() -> None:
    odd = Table("odd", (Column("a", Kind.TEXT), Column("b", Kind.TEXT), Column("c", Kind.INTEGER)), ("c", "a"))
    assert odd.key_of(("x", "y", 3)) == (3, "x")
