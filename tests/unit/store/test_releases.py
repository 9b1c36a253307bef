"""The rule of steps, held against made-up ones and against ours; and no release without its steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.store.postgres import steps as postgres_steps
from bot.store.releases import RELEASES, Release, digest_of, faults
from bot.store.sql.steps import Step
from bot.store.sqlite import migrations
from tests.unit.store.engines import POSTGRES, SQLITE

OURS = {SQLITE: migrations.all_steps(), POSTGRES: postgres_steps.all_steps()}
BEGIN = Step("1", "", ("create table a (n integer, old text)",))
ADDS = Step("2", "", ("alter table a add column new text",))
DROP = ("alter table a drop column old",)
SLIPPED_IN = Step("3", "", ("alter table a add column must text not null",))


def released(*of: tuple[Step, ...]) -> tuple[Release, ...]:
    """0.1.0, 0.2.0 …, with these steps each."""
    return tuple(
        Release(f"0.{number}.0", {SQLITE: {step.name: digest_of(step) for step in steps}})
        for number, steps in enumerate(of, start=1)
    )


def found(steps: tuple[Step, ...], releases: tuple[Release, ...]) -> list[str]:
    return list(faults(SQLITE, steps, releases))


def test_what_only_adds_may_come_with_any_release() -> None:
    assert found((BEGIN, ADDS), ()) == found((BEGIN, ADDS), released((BEGIN,))) == []
    assert found((BEGIN, ADDS), released((BEGIN,), (ADDS,))) == []


def test_before_the_first_release_nothing_older_runs() -> None:
    assert found((BEGIN, SLIPPED_IN), ()) == []


def test_what_older_versions_do_not_stand_is_told() -> None:
    assert found((BEGIN, SLIPPED_IN), released((BEGIN,))) == [
        "3 does not only add, and says neither why it does no harm nor who used it last: adds the column must to a"
    ]


def test_what_somebody_has_judged_passes() -> None:
    judged = Step("3", "", SLIPPED_IN.statements, judged="nobody writes there yet")
    assert found((BEGIN, judged), released((BEGIN,))) == []


def test_what_is_used_no_longer_goes_one_release_later() -> None:
    drop = Step("3", "", DROP, last_used_by="0.1.0")
    assert found((BEGIN, drop), released((BEGIN,))) == [
        "3 removes what 0.1.0 uses, one release too early: it may be running beside it"
    ]
    assert found((BEGIN, drop), released((BEGIN,), ())) == []
    assert found((BEGIN, drop), released((BEGIN,), (drop,))) == [
        "3 removes what 0.1.0 uses, one release too early: it may be running beside it"
    ]
    assert found((BEGIN, drop), released((BEGIN,), (), (drop,))) == []


def test_what_used_it_last_was_a_release() -> None:
    drop = Step("3", "", DROP, last_used_by="9.9.9")
    assert found((BEGIN, drop), released((BEGIN,), ())) == ["3 removes what 9.9.9 used last, which is no release"]


def test_what_was_released_stays_as_it_is() -> None:
    other = Step("1", "said otherwise", ("create table a (n integer)",))
    assert found((other,), released((BEGIN,))) == ["1 was released and has been changed"]
    assert found((), released((BEGIN,))) == ["1 was released and is gone"]
    assert found((Step("1", "said otherwise", BEGIN.statements),), released((BEGIN,))) == []


@pytest.mark.parametrize("engine", [SQLITE, POSTGRES])
def test_our_steps_keep_to_the_rule(engine: str) -> None:
    assert list(faults(engine, OURS[engine], RELEASES)) == []


@pytest.mark.parametrize("engine", [SQLITE, POSTGRES])
def test_our_steps_would_keep_to_it_if_each_were_a_release(engine: str) -> None:
    """So that the first release may be made at any time: what is there now is safe step by step."""
    each = tuple(Release(str(n), {engine: {one.name: digest_of(one)}}) for n, one in enumerate(OURS[engine]))
    assert list(faults(engine, OURS[engine], each)) == []


@pytest.mark.parametrize("engine", [SQLITE, POSTGRES])
def test_every_step_is_read_and_says_what_it_is_for(engine: str) -> None:
    assert [step.name for step in OURS[engine] if not step.about or not step.changes] == []


def test_every_release_is_in_the_list() -> None:
    changelog = (Path(__file__).parents[3] / "CHANGELOG.md").read_text("utf-8")
    numbers = re.findall(r"^## \[(\d+\.\d+\.\d+)\]", changelog, re.MULTILINE)
    assert [release.number for release in RELEASES] == numbers[::-1]
