"""The guard over the queries' SQL: it refuses what one of the engines does not have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.store.postgres.steps import all_steps
from tests.unit.store.spoken import FUNCTIONS, KEYWORDS, KINDS, OF_STEPS, outside

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "scale.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("listen inbox", ["listen"]),
        ("notify inbox", ["notify"]),
        ("select pg_advisory_xact_lock(%s)", ["pg_advisory_xact_lock"]),
        ("create temp table events (code integer)", ["create", "table", "temp"]),
        ("select id from inbox where person = %s for share", ["share"]),
        ("select id from inbox for no key update nowait", ["no", "nowait"]),
        ("select state::jsonb ->> 'brought' from conversations", ["jsonb"]),
        ("select id from inbox where now() > %s", ["now"]),
        ("truncate events", ["truncate"]),
        ("merge into events using inbox on true when matched then delete", ["matched", "merge", "true"]),
        ("select id from events, lateral (select 1) as one", ["lateral"]),
        ("select string_agg(person, ',') from events", ["string_agg"]),
        ("select id from events where at ilike %s", ["ilike"]),
        ("select 'for share; listen', \"listen\" from events", []),
    ],
)
def test_what_is_outside_of_the_list_is_told(statement: str, found: list[str]) -> None:
    assert outside(statement) == found


@pytest.mark.parametrize(
    "statement",
    [
        """with open as (select min(id) as first from inbox i where closed is null group by person)
            update inbox set owner = %(owner)s where id in (select first from open) returning id, key""",
        """insert into code_use (bucket, code, n) values (%s, %s, %s)
            on conflict (bucket, code) do update set n = code_use.n + excluded.n""",
        "select count(*) filter (where is_helped = 1) from ratings order by day desc limit 5 for update skip locked",
    ],
)
def test_what_all_engines_have_is_let_through(statement: str) -> None:
    assert outside(statement) == []


def test_the_steps_that_make_the_tables_say_no_more_than_what_is_listed() -> None:
    every = KEYWORDS | OF_STEPS
    said = {step.name: [outside(each, every) for each in step.statements] for step in all_steps() if not step.left_out}
    assert {name: [words for words in found if words] for name, found in said.items()} == {name: [] for name in said}


def test_the_page_lists_the_same_words() -> None:
    listed = re.search(r"^Words that statements may use: (.*?)\n\n", PAGE, re.MULTILINE | re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"\w+", listed[1])) == KEYWORDS | FUNCTIONS | KINDS | OF_STEPS
