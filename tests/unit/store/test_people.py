"""Who somebody is, under whichever key they were met."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import cast

import pytest
import structlog

from bot.errors import StoreError
from bot.store.interface import Record
from bot.store.keys import KeyBook
from bot.store.people import People
from bot.store.person import fingerprint, person_key
from bot.store.sql.store import SqlStore
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW, event

NEW, OLD, OLDER = (letter * 32 for letter in (b"n", b"o", b"p"))
LAN = {secret: person_key(secret, "telegram", "lan") for secret in (NEW, OLD, OLDER)}


class Asked:
    """What a book of keys was asked; broken, it cannot be read."""

    def __init__(self, book: KeyBook) -> None:
        self._book = book
        self.names: list[str] = []
        self.is_broken = False

    def __getattr__(self, name: str) -> Callable[..., Awaitable[object]]:
        async def call(*values: object) -> object:
            self.names.append(name)
            if self.is_broken:
                raise StoreError("disk full")
            return await getattr(self._book, name)(*values)

        return call


def people(book: object, *earlier: bytes) -> People:
    return People(cast(KeyBook, book), NEW, earlier, clock=lambda: NOW)


async def test_without_an_earlier_key_nothing_is_looked_up(store: SqlStore) -> None:
    asked = Asked(store.office.keys)
    known = people(asked)
    assert (await known.meet("telegram", "lan"), await known.find("telegram", "lan")) == (LAN[NEW], False)
    assert asked.names == []


@pytest.mark.parametrize("known_under", [OLD, OLDER])
async def test_who_is_known_under_an_earlier_key_is_the_same_person(store: SqlStore, known_under: bytes) -> None:
    await store.record(Record(event(person=LAN[known_under]), '"kept"'))
    asked = Asked(store.office.keys)
    known = people(asked, OLD, OLDER)
    assert [await known.meet("telegram", "lan") for _ in range(3)] == [LAN[NEW]] * 3
    assert asked.names == ["known", "move"]
    assert (await store.conversation(LAN[NEW]), await store.conversation(LAN[known_under])) == ('"kept"', None)
    assert await look(store, "select person, fingerprint from rekeyed") == [(LAN[NEW], fingerprint(NEW))]


async def test_of_a_new_person_there_is_one_look_up(store: SqlStore) -> None:
    asked = Asked(store.office.keys)
    known = people(asked, OLD)
    assert [await known.meet("telegram", "new") for _ in range(2)] == [person_key(NEW, "telegram", "new")] * 2
    assert asked.names == ["known"]


async def test_two_processes_with_the_keys_in_turn_lose_nothing(store: SqlStore) -> None:
    """While processes are restarted one by one, some know people under the one key and some under the other."""
    book = store.office.keys
    new, old = people(book, OLD), People(book, OLD, (NEW,), clock=lambda: NOW)
    await store.record(Record(event(person=LAN[OLD]), '"kept"'))
    for process, secret in ((new, NEW), (old, OLD), (new, NEW), (old, OLD)):
        assert await process.find("telegram", "lan")
        assert await store.conversation(LAN[secret]) == '"kept"'


async def test_a_store_that_fails_keeps_nobody_from_being_answered(store: SqlStore) -> None:
    await store.record(Record(event(person=LAN[OLD]), '"kept"'))
    asked = Asked(store.office.keys)
    asked.is_broken, known = True, people(asked, OLD)
    with structlog.testing.capture_logs() as logs:
        assert (await known.meet("telegram", "lan"), await known.find("telegram", "lan")) == (LAN[NEW], False)
    line = {"event": "person_not_looked_up", "channel": "telegram", "error": "disk full", "log_level": "error"}
    assert logs == [line, line]
    asked.is_broken = False
    await known.meet("telegram", "lan")
    assert await store.conversation(LAN[NEW]) == '"kept"'


def test_no_key_is_printed(store: SqlStore) -> None:
    assert "nnn" not in repr(people(store.office.keys, OLD))


async def test_for_what_must_miss_nothing_they_are_looked_for_again_and_under_keys_that_are_finished(
    store: SqlStore,
) -> None:
    known = People(store.office.keys, NEW, (OLD,), (OLD, OLDER), clock=lambda: NOW)
    await known.meet("telegram", "lan")
    for secret in (OLD, OLDER):
        await store.record(Record(event(person=LAN[secret]), "{}"))
    assert await known.gather("telegram", "lan") == LAN[NEW]
    assert await look(store, "select person from events") == [(LAN[NEW],)] * 2


async def test_what_must_miss_nothing_fails_where_it_cannot_be_told(store: SqlStore) -> None:
    asked = Asked(store.office.keys)
    asked.is_broken = True
    with pytest.raises(StoreError, match="disk full"):
        await People(cast(KeyBook, asked), NEW, former=(OLD,), clock=lambda: NOW).gather("telegram", "lan")
    # Without a key before there is nothing to look for.
    assert await people(asked).gather("telegram", "lan") == LAN[NEW]
