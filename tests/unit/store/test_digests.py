"""Who of staff asked for which digests, and that each is sent once: in real databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.ratings.deadlines import DigestKind
from bot.store.digests import Subscription
from bot.store.inbox import Kind
from bot.store.sql.store import SqlStore
from bot.store.staff import Account, Act, Change, Keys, Role
from tests.unit.store.engines import Place
from tests.unit.store.samples import NOW, cutoffs, update

HOUR = timedelta(hours=1)
ACT = Act(NOW, "test", "add")
NOTICE = replace(update("notice:digest"), kind=Kind.NOTICE)


def at(moment: datetime) -> Act:
    return Act(moment, "an", "digests")


@pytest.fixture
async def store(place: Place) -> AsyncIterator[SqlStore]:
    opened = await place.open()
    for login in ("an", "binh"):
        await opened.office.staff.add(Account(login, login, Role.VIEWER, (), NOW), Keys("hash"), ACT)
    yield opened
    await opened.close()


async def test_what_was_asked_for_and_since_when(store: SqlStore) -> None:
    digests = store.office.digests
    await digests.subscribe("binh", {DigestKind.MONTHLY}, at(NOW))
    await digests.subscribe("an", {DigestKind.MONTHLY, DigestKind.YEARLY}, at(NOW))
    await digests.subscribe("an", [DigestKind.MONTHLY, DigestKind.QUARTERLY], at(NOW + HOUR))
    assert await digests.subscriptions() == (
        Subscription("an", DigestKind.MONTHLY, NOW),
        Subscription("an", DigestKind.QUARTERLY, NOW + HOUR),
        Subscription("binh", DigestKind.MONTHLY, NOW),
    )
    assert await digests.kinds_of("an") == {DigestKind.MONTHLY, DigestKind.QUARTERLY}
    await digests.subscribe("an", (), at(NOW))
    assert (await digests.kinds_of("an"), await digests.kinds_of("nobody")) == (frozenset(), frozenset())


async def test_who_is_no_longer_staff_gets_none(store: SqlStore) -> None:
    await store.office.digests.subscribe("an", {DigestKind.MONTHLY}, at(NOW))
    assert not await store.office.digests.subscribe("nobody", {DigestKind.MONTHLY}, at(NOW))
    await store.office.staff.change("an", Change(is_active=False), ACT)
    assert await store.office.digests.subscriptions() == ()


async def test_a_digest_is_handed_over_once(store: SqlStore) -> None:
    digests = store.office.digests
    given = [await digests.hand_over("an", "monthly:2026-11", NOTICE, NOW) for _ in range(2)]
    assert (given, await digests.sent("monthly:2026-11"), await digests.sent("yearly:2026")) == (
        [True, False],
        frozenset({"an"}),
        frozenset(),
    )
    (task,) = await store.inbox.claim("test", "one", NOW, NOW + HOUR, 9)
    assert task.update == NOTICE


async def test_the_chat_of_staff_is_kept_so_that_they_can_be_written_to(store: SqlStore) -> None:
    for person in ("of An", "of Lan"):
        await store.inbox.accept(update(person, person), NOW)
    await store._writer.run(
        lambda database: database.execute("insert into staff_chats values ('of An', 'an', ?)", [NOW.isoformat()])
    )
    await store.forget(cutoffs(NOW + HOUR, NOW))
    assert await store.inbox.contact("of An") is not None
    assert await store.inbox.contact("of Lan") is None


async def test_every_change_is_logged_and_nothing_else(store: SqlStore) -> None:
    for kinds in ({DigestKind.YEARLY, DigestKind.MONTHLY}, {DigestKind.MONTHLY, DigestKind.YEARLY}, set()):
        assert await store.office.digests.subscribe("an", kinds, at(NOW))
    entries = [(entry.act, entry.subject, entry.before, entry.after) for entry in await store.office.staff.entries(2)]
    both: list[str] = ["monthly", "yearly"]
    assert entries == [
        (at(NOW), "an", {"digests": both}, {"digests": []}),
        (at(NOW), "an", {"digests": []}, {"digests": both}),
    ]
