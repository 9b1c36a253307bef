"""How statements are said to a server of PostgreSQL's family."""

from __future__ import annotations

import pytest

from bot.store.postgres.dialect import for_engine, translated
from bot.store.postgres.steps import all_steps

COCKROACH = "CockroachDB CCL v24.1.0 (x86_64-pc-linux-gnu, built 2024/05/15 21:28:29, go1.22.2)"
POSTGRES = "PostgreSQL 16.4 on x86_64-pc-linux-gnu, compiled by gcc, 64-bit"
YUGABYTE = "PostgreSQL 11.2-YB-2024.2.3.0-b0 on x86_64-pc-linux-gnu, compiled by clang, 64-bit"
TABLE = """create table t (a text collate "C" primary key, b text
    COLLATE "C" not null, c text collate "vi" default '')"""


def test_cockroachdb_is_told_of_no_order_by_bytes() -> None:
    assert for_engine(TABLE, COCKROACH) == (
        "create table t (a text primary key, b text not null, c text collate \"vi\" default '')"
    )


@pytest.mark.parametrize("version", [POSTGRES, YUGABYTE])
def test_others_are_given_what_is_written(version: str) -> None:
    assert for_engine(TABLE, version) == TABLE


def test_nothing_that_cockroachdb_refuses_is_left_of_the_steps() -> None:
    said = [for_engine(each, COCKROACH) for step in all_steps() for each in step.statements]
    assert [each for each in said if "collate" in each.lower()] == []


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("select 1 from t where a = ? and b = :b", "select 1 from t where a = %s and b = %(b)s"),
        ("select '?', ':b', 10 % 3", "select '?', ':b', 10 %% 3"),
        ("select a from t where a like '5%'", "select a from t where a like '5%%'"),
        ("select a from t /*! for update skip locked */", "select a from t  for update skip locked "),
        ("select a from t indexed by t_a where b = ?", "select a from t  where b = %s"),
        ("select a::text from t", "select a::text from t"),
    ],
)
def test_values_and_what_only_one_engine_is_told(statement: str, said: str) -> None:
    assert translated(statement) == said
