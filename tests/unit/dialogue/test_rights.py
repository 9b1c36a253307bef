"""What people ask of their own data is done before it is told, and what failed is tried again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.app.answering import make_handlers
from bot.dialogue.choices import PrivacyChoice, PrivacyStep
from bot.dialogue.messages import Reply, Status
from bot.dialogue.receipts import make_receipt
from bot.dialogue.remembering import Moment
from bot.dialogue.rights import Rights
from bot.dialogue.signed_links import Signer
from bot.dialogue.turn import Outcome
from bot.store.erasing import Deleted
from bot.store.interface import Record
from handlers.privacy import privacy
from handlers.receipt import erased
from tests.unit.handlers.example import FileFree, turn
from tests.unit.store.samples import FailingStore, event

SIGNER = Signer(b"k" * 32)
AT = datetime(2026, 11, 22, 8, 21, 33, tzinfo=UTC)
MOMENT = Moment("p", AT)
ASKED = turn(target=PrivacyChoice(PrivacyStep.ERASED))


@pytest.fixture
async def store() -> FailingStore:
    """With what a person has left."""
    made = FailingStore()
    made.broken = False
    await made.record(Record(event(1), "state"))
    return made


def rights_on(store: FailingStore) -> Rights:
    return Rights(store, SIGNER, make_handlers(FileFree()), lambda: AT)


async def test_what_was_deleted_is_receipted(store: FailingStore) -> None:
    receipt = make_receipt(SIGNER, AT, Deleted(remembered=1, uses=1))
    assert await rights_on(store).carry_out(MOMENT, ASKED, privacy(ASKED)) == erased(ASKED, receipt)
    assert await store.conversation("p") is None


async def test_nothing_is_done_that_was_not_asked_for(store: FailingStore) -> None:
    other = Outcome(Reply(Status.HELPED, "…"))
    assert await rights_on(store).carry_out(MOMENT, ASKED, other) is other
    assert await store.conversation("p") == "state"


async def test_what_fails_is_said_and_done_later(store: FailingStore) -> None:
    rights = rights_on(store)
    store.broken = True
    assert await rights.carry_out(MOMENT, ASKED, privacy(ASKED)) == replace(privacy(ASKED), erase=False)
    assert await rights.try_again() == 0
    store.broken = False
    assert await store.conversation("p") == "state"
    assert await rights.try_again() == 1
    assert await store.conversation("p") is None
    assert await rights.try_again() == 0


async def test_who_asks_again_in_time_is_not_deleted_twice(store: FailingStore) -> None:
    """They may have come back since."""
    rights = rights_on(store)
    store.broken = True
    await rights.carry_out(MOMENT, ASKED, privacy(ASKED))
    store.broken = False
    await rights.carry_out(MOMENT, ASKED, privacy(ASKED))
    await store.record(Record(event(2), "came back"))
    assert await rights.try_again() == 0
    assert await store.conversation("p") == "came back"
