"""That the secret key is another one than the store's is noticed, before everybody is a new person."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import structlog

from bot.errors import SettingsError
from bot.operations.findings import Finding, State
from bot.operations.keys.checking import begin_with_keys, checked_keys, examine_key
from bot.settings import Settings
from bot.store.keyring import EARLIER_FILE, load_keyring, replace_key
from bot.store.keys import UsedKey
from bot.store.memory import MemoryStore
from bot.store.person import KEY_FILE, fingerprint
from bot.store.sqlite.store import SqliteStore
from tests.unit.store.samples import NOW

A, B = "a" * 32, "b" * 32
MARK_A, MARK_B = fingerprint(A.encode()), fingerprint(B.encode())
LOST = "where it is lost for good, run `python -m bot privacy rotate-key --lost`: docs/runbooks/key-rotation.md"


def another(name: str, here: str, there: str) -> str:
    return (
        f"{name} is another key ({here}) than the one that the database was used with ({there}): with it everybody "
        "would be a new person, and printed codes and links would not work"
    )


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await SqliteStore.open(tmp_path / "kept.sqlite")
    yield opened
    await opened.close()


def settings(folder: Path, key: str | None = None, previous: str = "", leaked: str = "") -> Settings:
    values: dict[str, object] = {"database_url": f"sqlite:///{folder}/kept.sqlite", "secret_key": key}
    return Settings.model_validate(values | {"previous_secret_keys": previous, "leaked_secret_keys": leaked})


async def test_the_first_key_becomes_the_stores(store: SqliteStore, tmp_path: Path) -> None:
    book = store.office.keys
    keyring = await begin_with_keys(book, settings(tmp_path, A), NOW)
    assert (keyring.current, keyring.met_under) == (A.encode(), ())
    assert await book.used() == (UsedKey(MARK_A, NOW, NOW),)


async def test_another_key_that_was_set_is_refused(store: SqliteStore, tmp_path: Path) -> None:
    book = store.office.keys
    await begin_with_keys(book, settings(tmp_path, A), NOW)
    sentence = f"{another('SECRET_KEY', MARK_B, MARK_A)}. Put SECRET_KEY back as it was, or name the key of then in "
    sentence += f"PREVIOUS_SECRET_KEYS; {LOST}"
    for refused in (begin_with_keys, checked_keys):
        with pytest.raises(SettingsError) as raised:
            await refused(book, settings(tmp_path, B), NOW)
        assert str(raised.value) == sentence
    assert await book.used() == (UsedKey(MARK_A, NOW, NOW),)


@pytest.mark.parametrize("named", ["previous", "leaked"])
async def test_a_key_that_follows_another_is_the_stores_from_then_on(
    store: SqliteStore, tmp_path: Path, named: str
) -> None:
    book = store.office.keys
    await begin_with_keys(book, settings(tmp_path, A), NOW)
    follows = settings(tmp_path, B, **{named: A})
    keyring = await begin_with_keys(book, follows, NOW)
    assert (keyring.current, keyring.met_under) == (B.encode(), (A.encode(),))
    assert [one.fingerprint for one in await book.used()] == [MARK_B, MARK_A]
    assert keyring.previous == ((A.encode(),) if named == "previous" else ())
    await book.finish(MARK_B, NOW)
    done = await begin_with_keys(book, follows, NOW)
    assert (done.met_under, done.earlier) == ((), (A.encode(),))


async def test_with_another_key_beside_the_database_answering_goes_on_with_a_loud_alarm(
    store: SqliteStore, tmp_path: Path
) -> None:
    """Nobody chose that key: the file was lost at night."""
    book = store.office.keys
    lost = (await begin_with_keys(book, settings(tmp_path), NOW)).current
    (tmp_path / KEY_FILE).unlink()
    with structlog.testing.capture_logs() as logs:
        keyring = await begin_with_keys(book, settings(tmp_path), NOW)
    assert keyring.current == load_keyring(tmp_path).current != lost
    here, there = fingerprint(keyring.current), fingerprint(lost)
    assert logs == [
        {
            "event": "secret_key_is_another",
            "log_level": "error",
            "key": here,
            "key_of_store": there,
            "means": "everybody is a new person, and printed codes and links do not work",
            "mend": f"Put {KEY_FILE} back as it was, or name the key of then in {EARLIER_FILE}; {LOST}",
        }
    ]
    # The alarm stays until somebody decides; nothing is signed with such a key by a command.
    assert [one.fingerprint for one in await book.used()] == [there]
    with pytest.raises(SettingsError, match="is another key"):
        await checked_keys(book, settings(tmp_path), NOW)
    what, mend = another(KEY_FILE, here, there), logs[0]["mend"]
    assert await examine_key(book, settings(tmp_path)) == [Finding("key", State.BROKEN, what, mend)]


async def test_a_key_that_cannot_be_kept_is_not_the_stores(store: SqliteStore, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    await begin_with_keys(store.office.keys, settings(tmp_path / "file"), NOW)
    assert await store.office.keys.used() == ()


async def test_a_store_that_cannot_be_read_keeps_nobody_from_being_answered(tmp_path: Path) -> None:
    with structlog.testing.capture_logs() as logs:
        keyring = await begin_with_keys(MemoryStore().office.keys, settings(tmp_path, B, A), NOW)
    assert (keyring.current, keyring.met_under) == (B.encode(), (A.encode(),))
    assert logs == [{"event": "secret_key_not_checked", "log_level": "error", "error": "the store could not be opened"}]


async def test_a_command_that_signs_first_leaves_the_fingerprint_too(store: SqliteStore, tmp_path: Path) -> None:
    assert (await checked_keys(store.office.keys, settings(tmp_path, A), NOW)).current == A.encode()
    assert await store.office.keys.used() == (UsedKey(MARK_A, NOW, NOW),)
    # What follows becomes the store's when it is served with.
    assert (await checked_keys(store.office.keys, settings(tmp_path, B, A), NOW)).current == B.encode()
    assert await store.office.keys.used() == (UsedKey(MARK_A, NOW, NOW),)


async def test_what_doctor_says(store: SqliteStore, tmp_path: Path) -> None:
    book = store.office.keys
    assert await examine_key(book, settings(tmp_path)) == []
    await begin_with_keys(book, settings(tmp_path), NOW)
    first = fingerprint(load_keyring(tmp_path).current)
    [finding] = await examine_key(book, settings(tmp_path))
    assert finding == Finding("key", State.OK, f"the key is that of the database ({first})")
    second = fingerprint(replace_key(tmp_path, is_leaked=False).current)
    await begin_with_keys(book, settings(tmp_path), NOW)
    what = f"the key {second} follows another one: people are moved to it with their next message"
    [finding] = await examine_key(book, settings(tmp_path))
    assert finding == Finding("key", State.OK, what, "`python -m bot privacy rotate-key` tells how far it is.")
    (tmp_path / EARLIER_FILE).unlink()
    what = f"people may still be known only under the key {first}, which is not among the earlier keys"
    mend = f"Name it in {EARLIER_FILE}; if all are moved, `python -m bot privacy rotate-key --finish`."
    assert await examine_key(book, settings(tmp_path)) == [Finding("key", State.WARNING, what, mend)]
    (tmp_path / KEY_FILE).unlink()
    what = f"there is no {KEY_FILE} beside the database, which was used with the key {second}"
    mend = f"Put {KEY_FILE} back as it was, before anything is started; {LOST}."
    assert await examine_key(book, settings(tmp_path)) == [Finding("key", State.BROKEN, what, mend)]
