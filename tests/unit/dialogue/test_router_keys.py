"""Who wrote under an earlier key is known: with what they chose, and what they rated."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.app.answering import make_handlers
from bot.catalog.guide import Guide
from bot.dialogue.messages import Incoming
from bot.dialogue.router import Assistant
from bot.dialogue.rules import Rules
from bot.search.model import SearchResult
from bot.store.person import person_key
from bot.store.sqlite.store import SqliteStore
from bot.texts import load_texts
from tests.unit.handlers.example import FileFree, TableEngine, asked_back, catalogue
from tests.unit.store.looking import look
from tests.unit.store.samples import NOW

OLD, NEW = b"o" * 32, b"n" * 32
TABLE = {"giấy": SearchResult((asked_back("1.000001", "1.000006", asks=("fee",)),))}


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "kept.sqlite")
    yield opened
    await opened.close()


def assistant(store: SqliteStore, rules: Rules) -> Assistant:
    languages = {language: load_texts(language) for language in ("vi", "en")}
    handlers, engine = make_handlers(FileFree()), TableEngine(TABLE)
    return Assistant(Guide.of(catalogue()), engine, store, handlers, languages, rules, lambda: NOW)


async def test_a_typed_number_means_what_was_offered_under_the_key_before(store: SqliteStore) -> None:
    offered = await assistant(store, Rules(OLD)).answer(Incoming("web", "lan", text="giấy"))
    followed = assistant(store, Rules(NEW, met_under=(OLD,)))
    chosen = await followed.answer(Incoming("web", "lan", text="1"))
    as_before = await followed.answer(Incoming("web", "lan", choice=offered.choices[0].id))
    assert (chosen.status, chosen.text) == (as_before.status, as_before.text)
    assert chosen.text != offered.text
    people = await look(store, "select distinct person from events")
    assert people == [(person_key(NEW, "web", "lan"),)]


async def test_without_the_key_before_they_are_somebody_new(store: SqliteStore) -> None:
    await assistant(store, Rules(OLD)).answer(Incoming("web", "lan", text="giấy"))
    await assistant(store, Rules(NEW)).answer(Incoming("web", "lan", text="1"))
    people = await look(store, "select person from conversations order by person")
    assert people == sorted((person_key(secret, "web", "lan"),) for secret in (OLD, NEW))


async def test_their_data_are_deleted_whichever_key_they_were_kept_under(store: SqliteStore) -> None:
    await assistant(store, Rules(OLD)).answer(Incoming("web", "lan", text="giấy"))
    followed = assistant(store, Rules(NEW, met_under=(OLD,), former=(OLD,)))
    asked = await followed.answer(Incoming("web", "lan", text="xóa dữ liệu của tôi"))
    await followed.answer(Incoming("web", "lan", choice=asked.choices[0].id))
    assert await look(store, "select person from conversations") == []
    assert await look(store, "select distinct person from events") == [("",)]
    assert await look(store, "select person from rekeyed") == []
    # A backup of before holds them under the key of then.
    noted = await store.office.erasures.noted()
    assert {one.person for one in noted} == {person_key(secret, "web", "lan") for secret in (OLD, NEW)}


async def test_what_a_process_with_the_key_before_has_kept_meanwhile_is_deleted_too(store: SqliteStore) -> None:
    """While processes are restarted one by one: who is known under both keys is not looked for any more."""
    before = assistant(store, Rules(OLD))
    followed = assistant(store, Rules(NEW, met_under=(OLD,), former=(OLD,)))
    for process in (followed, before):
        await process.answer(Incoming("web", "lan", text="giấy"))
    asked = await followed.answer(Incoming("web", "lan", text="xóa dữ liệu của tôi"))
    await followed.answer(Incoming("web", "lan", choice=asked.choices[0].id))
    assert await look(store, "select person from conversations") == []
    assert await look(store, "select distinct person from events") == [("",)]
