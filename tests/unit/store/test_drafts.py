"""Lists between reading and publishing: kept whole, decided about, closed once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, ListTier, Spot
from bot.catalog.imports.own_files import OwnPart, part_of
from bot.catalog.model import OnlineLevel, Tier
from bot.errors import StoreError
from bot.store.drafts import Decided, Draft, Drafts, DraftState
from bot.store.sql.store import SqlStore
from bot.store.staff import Act, Entry
from tests.unit.catalog.imports.made_lists import contents_of, reading, row
from tests.unit.store.looking import change
from tests.unit.store.samples import NOW

ACT = Act(NOW, "lan", "draft_add", "danh mục mới")
DRAFT = Draft(0, DraftState.OPEN, ("danh-muc.xlsx",), True, "lan", NOW)
UNREAD = Finding("x", FindingKind.UNREADABLE, Spot("a", "b", 9), "", "?", "", Answer(Action.LEAVE_OUT))
READING = replace(
    reading(
        row("1.900001", "Khai sinh", "Sở Tư pháp", level=OnlineLevel.FULL, field="Hộ tịch", tier=Tier.PROVINCE),
        row("", "Cấp thẻ", level=None, written="1014217", level_written="Mức độ 3", list_tier=ListTier.DISTRICT),
        tier=ListTier.COMMUNE,
    ),
    unread=(UNREAD,),
)
USE, LEAVE_OUT = Answer(Action.USE, "1.900001"), Answer(Action.LEAVE_OUT)


@pytest.fixture
def drafts(store: SqlStore) -> Drafts:
    return store.office.drafts


async def test_what_was_read_is_kept_to_the_letter(drafts: Drafts) -> None:
    own = part_of(contents_of(), OwnPart.WORDS)
    files = replace(DRAFT, part=OwnPart.WORDS, whole=False)
    assert [await drafts.add(DRAFT, READING, ACT), await drafts.add(files, own, ACT)] == [1, 2]
    assert await drafts.draft(1) == (replace(DRAFT, number=1), READING)
    assert await drafts.draft(2) == (replace(files, number=2), own)
    assert await drafts.listed() == (replace(files, number=2), replace(DRAFT, number=1))
    assert await drafts.draft(3) is None


async def test_answers_are_kept_changed_and_taken_back(drafts: Drafts) -> None:
    number = await drafts.add(DRAFT, READING, ACT)
    first, second = replace(ACT, actor="hoa", reason="đã hỏi"), replace(ACT, action="draft_decide", reason="")
    assert await drafts.decide(number, {"a": USE, "b": LEAVE_OUT}, first)
    assert await drafts.decide(number, {"b": USE}, second)
    assert await drafts.decisions(number) == {
        "a": Decided(USE, "hoa", NOW, "đã hỏi"),
        "b": Decided(USE, "lan", NOW, ""),
    }
    assert await drafts.decide(number, {"a": Answer(Action.ASK)}, second)
    assert (await drafts.decisions(number)).keys() == {"b"}
    assert await drafts.decisions(99) == {}


@pytest.mark.parametrize("state", [DraftState.PUBLISHED, DraftState.DROPPED])
async def test_a_closed_draft_stays_as_it_is(drafts: Drafts, state: DraftState) -> None:
    number = await drafts.add(DRAFT, READING, ACT)
    assert await drafts.close(number, state, ACT)
    assert not await drafts.close(number, DraftState.DROPPED, ACT)
    assert not await drafts.decide(number, {"a": USE}, ACT)
    assert not await drafts.close(99, state, ACT)
    assert (await drafts.decisions(number), (await drafts.listed())[0].state) == ({}, state)


@pytest.mark.parametrize("state", [DraftState.PUBLISHED, DraftState.DROPPED])
async def test_a_closed_draft_is_taken_up_again_with_its_answers(
    store: SqlStore, drafts: Drafts, state: DraftState
) -> None:
    number = await drafts.add(DRAFT, READING, ACT)
    await drafts.decide(number, {"a": USE}, ACT)
    again = replace(ACT, action="draft_reopen")
    assert not await drafts.reopen(number, again)
    assert not await drafts.reopen(99, again)
    await drafts.close(number, state, ACT)
    assert await drafts.reopen(number, again)
    assert (await drafts.listed())[0] == replace(DRAFT, number=number)
    assert await drafts.decisions(number) == {"a": Decided(USE, "lan", NOW, "danh mục mới")}
    (entry,) = await store.office.staff.entries(1)
    assert replace(entry, number=0) == Entry(again, "draft:1", {"state": state.value}, {"state": "open"})


async def test_each_change_has_its_line_in_the_log(store: SqlStore, drafts: Drafts) -> None:
    number = await drafts.add(DRAFT, READING, ACT)
    await drafts.decide(number, {"a": USE}, replace(ACT, action="draft_decide"))
    await drafts.decide(number, {"a": USE, "b": LEAVE_OUT}, replace(ACT, action="draft_decide"))
    await drafts.close(number, DraftState.DROPPED, replace(ACT, action="draft_drop"))
    entries = await store.office.staff.entries(9)
    decide = replace(ACT, action="draft_decide")
    assert [replace(entry, number=0) for entry in reversed(entries)] == [
        Entry(ACT, "draft:1", {}, {"files": ["danh-muc.xlsx"], "whole": True}),
        Entry(decide, "draft:1", {}, {"finding": "a", "answer": "use 1.900001"}),
        Entry(decide, "draft:1", {}, {"answers": 2}),
        Entry(replace(ACT, action="draft_drop"), "draft:1", {"state": "open"}, {"state": "dropped"}),
    ]


async def test_what_cannot_be_read_any_more_is_told(store: SqlStore, drafts: Drafts) -> None:
    await drafts.add(DRAFT, READING, ACT)
    await change(store, "update drafts set content = ?", [b"\0"])
    with pytest.raises(StoreError, match="draft 1"):
        await drafts.draft(1)
