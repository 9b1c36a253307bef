"""Whatever a person sends is kept, on either engine."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.catalog.editorial import Pin
from bot.store.inbox import Contact
from bot.store.interface import Record, Unfound, Unmet
from bot.store.learning import TaughtAlias, UnfoundGroup
from bot.store.sql.store import SqlStore
from bot.store.sql.texts import kept, kept_text
from bot.store.staff import Act
from tests.unit.store.looking import change
from tests.unit.store.samples import NOW, event, opinion, update

CHARACTERS = st.characters(codec=None, exclude_categories=()) | st.sampled_from("\x00\ud800\udfff\ufffd😀ệ")
ANY = st.text(CHARACTERS, max_size=20)


@given(ANY)
@example("\x00a\ud83d\ude00")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_any_text_is_kept_and_found_again(store: SqlStore, text: str) -> None:
    for table in ("conversations", "contacts", "inbox", "unfound", "taught_aliases", "editorial_items"):
        await change(store, f"delete from {table}")  # noqa: S608 - our own names
    said = kept_text(text)
    await store.record(Record(replace(event(), person=text), text, replace(opinion(), person=text)))
    await store.record(Record(event(), unfound=Unfound(NOW, text, text, Unmet.NOT_FOUND)))
    assert await store.conversation(text) == said
    await store.inbox.accept(replace(update(text, text), address=text, body=text), NOW)
    assert await store.inbox.is_known("test", text)
    assert await store.inbox.contact(text) == Contact(said, "test", said, NOW)
    (task,) = await store.inbox.claim("test", text, NOW, NOW + timedelta(minutes=1), 9)
    assert (task.update.key, task.update.body) == (said, said)
    act = Act(NOW, text, text, text)
    assert await store.office.learning.teach(TaughtAlias(text, text, text, NOW), act)
    assert await store.office.learning.aliases() == (TaughtAlias(said, said, said, NOW),)
    today = NOW.date()
    assert await store.office.learning.unfound(today, today, 9) == (UnfoundGroup(said, said, 1, 0, today),)
    number = await store.office.editorial.add(Pin(text, "1.900001"), act)
    assert [one.number for one in await store.office.editorial.items()] == [number]
    (newest,) = await store.office.staff.entries(1)
    assert (newest.act, newest.subject) == (Act(NOW, said, said, said), f"editorial:{number}")


@given(ANY)
def test_what_can_be_kept_is_not_touched(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        assert kept_text(text) != text
    else:
        assert kept_text(text) == text.replace("\x00", "\ufffd")
    assert kept_text(kept_text(text)) == kept_text(text)
    assert len(kept_text(text)) == len(text)


def test_values_that_are_no_texts_stay_as_they_are() -> None:
    assert kept(["a\x00", 1, None, b"\x00"]) == ["a\ufffd", 1, None, b"\x00"]
    assert kept({"a": "\ud800", "b": 2}) == {"a": "\ufffd", "b": 2}
