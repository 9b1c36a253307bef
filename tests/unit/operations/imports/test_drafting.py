"""From what was read to what would be published, over a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.catalog.comparing import Changed, Difference, LevelChanged, Standing
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, ListTier
from bot.catalog.imports.own_files import OwnPart, part_of
from bot.catalog.load import read_catalogue
from bot.catalog.model import OnlineLevel
from bot.errors import CatalogueError
from bot.operations.imports import drafting
from bot.operations.imports.base import Base, base_of, folder_base
from bot.operations.imports.drafting import Decision
from bot.store.drafts import Drafts
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from tests.unit.catalog.conftest import SECOND_PROVINCE
from tests.unit.catalog.imports.made_lists import ISSUE, contents_of, list_of, reading, row, use
from tests.unit.operations.publishing.samples import changed
from tests.unit.store.samples import NOW

ACT = Act(NOW, "lan", drafting.ADD)
FULL, PARTIAL = OnlineLevel.FULL, OnlineLevel.PARTIAL
READING = reading(
    row("1.900001", "Đăng ký khai sinh", "H99.100", level=PARTIAL),
    row("1.900003", "Tách, hợp thửa", "H99.05", level=PARTIAL, number=4),
)
RENAMED = Changed("1.900003", "Tách thửa hoặc hợp thửa đất", "Tách, hợp thửa")
WORSE = LevelChanged("1.900001", "1.900001.01", Standing(FULL), Standing(PARTIAL), ("H99.100",))


@pytest.fixture
async def drafts(tmp_path: Path) -> AsyncIterator[Drafts]:
    store = await SqliteStore.open(tmp_path / "data.sqlite")
    yield store.office.drafts
    await store.close()


@pytest.fixture
async def base() -> Base:
    return await folder_base(SECOND_PROVINCE)


async def looked_at(drafts: Drafts, base: Base, number: int = 1) -> drafting.Looked:
    looked = await drafting.look(drafts, number, base)
    assert looked is not None
    return looked


async def test_what_is_open_stands_as_proposed(drafts: Drafts, base: Base) -> None:
    assert await drafting.add(drafts, READING, ("a.xlsx",), False, ACT) == 1
    looked = await looked_at(drafts, base)
    assert looked.counts() == {FindingKind.RENAMED: (1, 1), FindingKind.LEVEL_WORSE: (1, 1)}
    seen = await drafting.preview(looked, base, ISSUE)
    assert (seen.open, seen.problems, seen.words, seen.left_out) == (looked.findings, (), (), ())
    assert seen.difference == Difference(renamed=(RENAMED,), level_changed=(WORSE,))
    assert seen.catalogue == read_catalogue(seen.contents)


async def test_what_is_decided_holds(drafts: Drafts, base: Base) -> None:
    await drafting.add(drafts, READING, ("a.xlsx",), False, ACT)
    looked = await looked_at(drafts, base)
    worse, renamed = sorted(looked.findings, key=lambda one: one.code)
    answers = {worse.id: Answer(Action.KEEP), renamed.id: use("Tách thửa")}
    assert await drafting.decide(drafts, looked, base, answers, ACT) == Decision(True)
    after = await looked_at(drafts, base)
    assert (after.open, after.answers) == ((), answers)
    seen = await drafting.preview(after, base, ISSUE)
    assert (seen.open, seen.difference) == ((), Difference(renamed=(replace(RENAMED, after="Tách thửa"),)))


async def test_all_answers_are_kept_or_none(drafts: Drafts, base: Base) -> None:
    await drafting.add(drafts, READING, ("a.xlsx",), False, ACT)
    looked = await looked_at(drafts, base)
    one, other = looked.findings
    mixed = {one.id: one.proposal, other.id: Answer(Action.LEAVE_OUT), "unknown": use("x")}
    assert await drafting.decide(drafts, looked, base, mixed, ACT) == Decision(False, (other.id, "unknown"))
    assert await drafting.decide(drafts, looked, base, {}, ACT) == Decision(False)
    assert await drafts.decisions(1) == {}
    assert await drafting.drop(drafts, 1, ACT)
    assert await drafting.decide(drafts, looked, base, {one.id: one.proposal}, ACT) == Decision(False)


async def test_the_own_list_imported_and_published_changes_nothing(drafts: Drafts, base: Base) -> None:
    await drafting.add(drafts, reading(*list_of(base.catalogue)), ("a.xlsx",), True, ACT)
    looked = await looked_at(drafts, base)
    seen = await drafting.preview(looked, base, ISSUE)
    assert (looked.findings, seen.difference) == ((), Difference())
    # And once more, upon what was made of it.
    again = await base_of(seen.contents)
    repeated = await drafting.preview(await looked_at(drafts, again), again, ISSUE)
    assert (repeated.difference, repeated.contents) == (Difference(), seen.contents)


async def test_parts_in_our_own_format_are_drafts_too(drafts: Drafts, base: Base) -> None:
    contents = dict(contents_of())
    contents["most_used.csv"] = contents["most_used.csv"].replace(b"Birth", b"Births")
    await drafting.add(drafts, part_of(contents, OwnPart.WORDS), ("release",), False, ACT)
    looked = await looked_at(drafts, base)
    seen = await drafting.preview(looked, base, ISSUE)
    assert (looked.findings, seen.open, seen.difference, seen.words) == ((), (), Difference(), ("most_used.csv",))


async def test_what_could_not_be_served_is_told(drafts: Drafts, base: Base) -> None:
    broken = {**contents_of(), "labels.csv": b"code\n"}
    await drafting.add(drafts, part_of(broken, OwnPart.WORDS), ("release",), False, ACT)
    seen = await drafting.preview(await looked_at(drafts, base), base, ISSUE)
    assert ([problem.path for problem in seen.problems], seen.catalogue, seen.difference) == (
        ["labels.csv"],
        None,
        None,
    )
    with pytest.raises(CatalogueError):
        await base_of(seen.contents)


async def test_there_is_no_such_draft(drafts: Drafts, base: Base, tmp_path: Path) -> None:
    assert await drafting.look(drafts, 1, base) is None
    assert not await drafting.drop(drafts, 1, ACT)
    with pytest.raises(CatalogueError):
        await folder_base(tmp_path)


def test_a_person_may_say_whose_list_it_is() -> None:
    said = drafting.of_tier(READING, ListTier.COMMUNE)
    assert {part.list_tier for part in said.parts} | {one.list_tier for one in said.rows} == {ListTier.COMMUNE}
    assert drafting.of_tier(READING, None) is READING


def test_for_a_look_the_list_is_of_today() -> None:
    assert drafting.issue_of_today(date(2026, 12, 1)).since == date(2026, 12, 1)


async def test_what_was_found_last_is_found_again_only_when_something_changed(drafts: Drafts, base: Base) -> None:
    await drafting.add(drafts, READING, ("a.xlsx",), False, ACT)
    latest = drafting.Latest()

    async def findings(on: Base = base) -> tuple[Finding, ...]:
        looked = await drafting.look(drafts, 1, on, latest)
        assert looked is not None
        assert looked.findings == (await looked_at(drafts, on)).findings
        return looked.findings

    first = await findings()
    assert await findings() is first
    assert await drafts.decide(1, {first[0].id: Answer(Action.KEEP)}, ACT)
    assert await findings() is not first
    newer = changed(contents_of(), "procedures.csv", "Tách thửa hoặc hợp thửa đất", '"Tách, hợp thửa"')
    assert [one.kind for one in await findings(await base_of(newer))] == [FindingKind.LEVEL_WORSE]


async def test_labels_that_are_taken_away_are_told(drafts: Drafts, base: Base) -> None:
    labels = "1.900001,Khai sinh,Khai sinh: đăng ký,\n1.900003,Tách thửa,Khai sinh: đăng ký đất,\n"
    contents = {**contents_of(), "labels.csv": f"code,short_name,label,difference\n{labels}".encode()}
    apart = await base_of(contents)
    moved = reading(row("1.900003", "Tách thửa hoặc hợp thửa đất", "H99.05", level=PARTIAL, field="Hộ tịch"))
    await drafting.add(drafts, moved, ("a.xlsx",), False, ACT)
    seen = await drafting.preview(await looked_at(drafts, apart), apart, ISSUE)
    assert (seen.problems, seen.labels_lost) == ((), ("1.900003",))
