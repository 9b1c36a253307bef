"""A draft becomes a publication when everything is decided, and is closed with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.decided import decision_of_list
from bot.catalog.imports.model import Action, Answer, Listed
from bot.catalog.load import read_catalogue
from bot.operations.imports.base import base_of
from bot.operations.imports.drafting import add, decide, drop, look
from bot.operations.publishing.publish import Prepared, PublishingDesk, Refused, Wanted
from bot.store.drafts import DraftState
from bot.store.publications import NotPublished, Publication
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from tests.unit.catalog.imports.made_lists import list_of, reading
from tests.unit.operations.publishing.samples import ACT, LAND, SECOND_PROVINCE, SHIPPED
from tests.unit.store.samples import NOW

NEW = "Tách thửa đất"
BASE = read_catalogue(SHIPPED)
ADDED = Act(NOW, "chi.lan", "draft_add", "danh mục quý IV")
WANTED = Wanted("12/QĐ-UBND", date(2026, 11, 20), supersedes="1/KH-UBND")


@pytest.fixture
def desk(store: SqliteStore) -> PublishingDesk:
    return PublishingDesk(store.office.publications, store.office.drafts, SECOND_PROVINCE, lambda: NOW)


def rows() -> tuple[Listed, ...]:
    """The province's own list, with another name of the land procedure."""
    return tuple(replace(one, name=NEW) if one.code == LAND else one for one in list_of(BASE))


async def drafted(desk: PublishingDesk) -> int:
    return await add(desk.drafts, reading(*rows()), ("danh-muc.xlsx",), True, ADDED)


async def decided(desk: PublishingDesk, number: int) -> None:
    """Everything as the list says it."""
    base = await base_of(SHIPPED)
    looked = await look(desk.drafts, number, base)
    assert looked is not None
    answers = {
        one.id: one.proposal if one.proposal.action is not Action.ASK else Answer(Action.KEEP) for one in looked.open
    }
    assert (await decide(desk.drafts, looked, base, answers, ADDED)).is_kept


async def prepared(desk: PublishingDesk, number: int, wanted: Wanted = WANTED) -> Prepared:
    made = await desk.prepare_draft(number, wanted)
    assert isinstance(made, Prepared)
    return made


async def state(desk: PublishingDesk, number: int) -> DraftState:
    found = await desk.drafts.draft(number)
    assert found is not None
    return found[0].state


async def test_a_decided_draft_is_published_and_closed(desk: PublishingDesk, store: SqliteStore) -> None:
    number = await drafted(desk)
    assert await desk.prepare_draft(number, WANTED) is Refused.OPEN
    await decided(desk, number)
    made = await prepared(desk, number)
    assert (await state(desk, number), made.catalogue.procedures[LAND].name) == (DraftState.OPEN, NEW)
    decision = decision_of_list(made.catalogue)
    assert (decision and decision.number, made.catalogue.as_of) == ("12/QĐ-UBND", date(2026, 11, 20))
    done = await desk.publish(made, ACT)
    assert isinstance(done, Publication)
    assert (done.version, await state(desk, number)) == (made.catalogue.version, DraftState.PUBLISHED)
    assert [entry.subject for entry in await store.office.staff.entries(2)] == ["publication:1", "draft:1"]
    assert await desk.prepare_draft(number, WANTED) is Refused.DRAFT


async def test_a_correction_leaves_the_list_of_its_day_and_source(desk: PublishingDesk) -> None:
    number = await drafted(desk)
    await decided(desk, number)
    made = await prepared(desk, number, Wanted())
    assert (made.catalogue.as_of, made.catalogue.decisions) == (BASE.as_of, BASE.decisions)
    assert made.catalogue.procedures[LAND].name == NEW


async def test_a_draft_that_was_dropped_meanwhile_is_not_published(desk: PublishingDesk) -> None:
    number = await drafted(desk)
    await decided(desk, number)
    made = await prepared(desk, number)
    await drop(desk.drafts, number, ADDED)
    assert await desk.publish(made, ACT) is Refused.DRAFT
    assert (await desk.publications.listed(), await state(desk, number)) == ((), DraftState.DROPPED)


@pytest.mark.parametrize("wanted", [replace(WANTED, decided_on=None), replace(WANTED, supersedes="9/QĐ")])
async def test_what_is_wrong_is_told(desk: PublishingDesk, wanted: Wanted) -> None:
    number = await drafted(desk)
    await decided(desk, number)
    assert await desk.prepare_draft(number, wanted) in {Refused.DECISION, Refused.SUPERSEDED}
    assert await desk.prepare_draft(number + 1, WANTED) is Refused.DRAFT


async def test_when_another_is_published_first_the_draft_stays_open(desk: PublishingDesk) -> None:
    number = await drafted(desk)
    await decided(desk, number)
    made = await prepared(desk, number)
    other = await desk.prepare({**SHIPPED, "lexicon/fillers.csv": b"phrase,kind\n"}, Wanted())
    assert isinstance(other, Prepared)
    await desk.publish(other, ACT)
    assert await desk.publish(made, ACT) is Refused.CHANGED
    assert (await state(desk, number), (await prepared(desk, number)).after) == (DraftState.OPEN, 1)


def test_every_refusal_of_the_store_is_one_of_the_desk() -> None:
    assert {Refused(one.value) for one in NotPublished} == {Refused.CHANGED, Refused.WAITING, Refused.DRAFT}
