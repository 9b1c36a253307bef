"""What people ask of their own data is done before it is told, and what failed is tried again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app.answering import make_handlers
from bot.dialogue.choices import PrivacyChoice, PrivacyStep
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.own_links import person_of_token
from bot.dialogue.receipts import make_receipt
from bot.dialogue.remembering import Moment
from bot.dialogue.rights import Rights
from bot.dialogue.signed_links import Signer
from bot.dialogue.turn import Outcome
from bot.errors import StoreError
from bot.store.erasing import Deleted
from bot.store.interface import Record, Store
from bot.store.people import People
from bot.store.person import person_key
from bot.store.sqlite.store import SqliteStore
from handlers.own_data import in_group, shown, too_often
from handlers.privacy import privacy
from handlers.receipt import erased
from tests.unit.handlers.example import FileFree, turn
from tests.unit.store.samples import FailingStore, event

SECRET, OLD = b"k" * 32, b"o" * 32
SIGNER = Signer(SECRET)
INCOMING = Incoming("web", "u", choice="me:erased")
AT = datetime(2026, 11, 22, 8, 21, 33, tzinfo=UTC)
PERSON, UNDER_OLD = (person_key(secret, "web", "u") for secret in (SECRET, OLD))
MOMENT = Moment(PERSON, AT)
ASKED = turn(target=PrivacyChoice(PrivacyStep.ERASED))


@pytest.fixture
async def store() -> FailingStore:
    """With what a person has left."""
    made = FailingStore()
    made.broken = False
    await made.record(Record(event(1, PERSON), "state"))
    return made


def rights_on(store: Store) -> Rights:
    people = People(
        store.office.keys, SECRET, former=(OLD,) if isinstance(store, SqliteStore) else (), clock=lambda: AT
    )
    return Rights(store, people, SIGNER, make_handlers(FileFree()), lambda: AT)


async def test_what_was_deleted_is_receipted(store: FailingStore) -> None:
    receipt = make_receipt(SIGNER, AT, Deleted(remembered=1, uses=1))
    assert await rights_on(store).carry_out(INCOMING, MOMENT, ASKED, privacy(ASKED)) == erased(ASKED, receipt)
    assert await store.conversation(PERSON) is None


async def test_nothing_is_done_that_was_not_asked_for(store: FailingStore) -> None:
    other = Outcome(Reply(Status.HELPED, "…"))
    assert await rights_on(store).carry_out(INCOMING, MOMENT, ASKED, other) is other
    assert await store.conversation(PERSON) == "state"


async def test_what_fails_is_said_and_done_later(store: FailingStore) -> None:
    rights = rights_on(store)
    store.broken = True
    assert await rights.carry_out(INCOMING, MOMENT, ASKED, privacy(ASKED)) == replace(privacy(ASKED), erase=False)
    assert await rights.try_again() == 0
    store.broken = False
    assert await store.conversation(PERSON) == "state"
    assert await rights.try_again() == 1
    assert await store.conversation(PERSON) is None
    assert await rights.try_again() == 0


async def test_who_asks_again_in_time_is_not_deleted_twice(store: FailingStore) -> None:
    """They may have come back since."""
    rights = rights_on(store)
    store.broken = True
    await rights.carry_out(INCOMING, MOMENT, ASKED, privacy(ASKED))
    store.broken = False
    await rights.carry_out(INCOMING, MOMENT, ASKED, privacy(ASKED))
    await store.record(Record(event(2, PERSON), "came back"))
    assert await rights.try_again() == 0
    assert await store.conversation(PERSON) == "came back"


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "data.sqlite")
    await opened.record(Record(event(1, PERSON), "{}"))
    yield opened
    await opened.close()


async def test_who_asks_is_told_what_is_held_of_them(kept: SqliteStore) -> None:
    see = turn(target=PrivacyChoice(PrivacyStep.SHOWN))
    rights, moment = rights_on(kept), Moment(PERSON, AT)
    asked = privacy(see)
    assert (asked.reply.status, asked.shows_own) == (Status.FAILED, True)
    browser = await rights.carry_out(INCOMING, moment, see, asked)
    held = await kept.office.own_data.of(PERSON)
    assert browser == shown(see, held, "https://site.test/du-lieu-cua-toi")
    messenger = await rights.carry_out(replace(INCOMING, task=1), moment, see, asked)
    (link,) = messenger.reply.links
    start, _, token = link.url.rpartition("/")
    assert (start, person_of_token(SECRET, token, AT)) == ("https://site.test/du-lieu-cua-toi", PERSON)
    group = await rights.carry_out(replace(INCOMING, task=1, is_in_group=True), moment, see, asked)
    assert group == in_group(see)
    assert (await rights.carry_out(INCOMING, moment, see, asked)).reply.status is Status.OWN_DATA
    assert await rights.carry_out(INCOMING, moment, see, asked) == too_often(see)


async def test_what_cannot_be_read_is_said(store: FailingStore) -> None:
    see = turn(target=PrivacyChoice(PrivacyStep.SHOWN))
    assert await rights_on(store).carry_out(INCOMING, MOMENT, see, privacy(see)) == privacy(see)


async def test_what_is_done_later_is_done_under_earlier_keys_and_noted_for_their_backups(
    kept: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise StoreError("disk full")

    await kept.record(Record(event(2, UNDER_OLD), "{}"))
    rights = rights_on(kept)
    with monkeypatch.context() as broken:
        broken.setattr(kept, "erase", full)
        asked = await rights.carry_out(INCOMING, MOMENT, ASKED, privacy(ASKED))
    assert (asked.reply.status, await rights.try_again()) == (Status.FAILED, 1)
    assert [await kept.conversation(person) for person in (PERSON, UNDER_OLD)] == [None, None]
    assert {one.person for one in await kept.office.erasures.noted()} == {PERSON, UNDER_OLD}


async def test_nothing_is_called_deleted_or_all_where_an_earlier_key_could_not_be_looked_under(
    kept: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> None:
        raise StoreError("disk full")

    await kept.record(Record(event(2, UNDER_OLD), "{}"))
    monkeypatch.setattr(kept.office.keys, "known", away)
    rights, see = rights_on(kept), turn(target=PrivacyChoice(PrivacyStep.SHOWN))
    assert await rights.carry_out(INCOMING, MOMENT, ASKED, privacy(ASKED)) == replace(privacy(ASKED), erase=False)
    assert await rights.carry_out(INCOMING, MOMENT, see, privacy(see)) == privacy(see)
    assert await kept.conversation(UNDER_OLD) == "{}"
