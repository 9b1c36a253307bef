"""Accounts, sessions, tries, chats and the log in a real database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store.sql.staff_sessions import FORGOTTEN_AFTER, delay
from bot.store.sql.store import SqlStore
from bot.store.staff import (
    Account,
    Act,
    Change,
    ChatCode,
    Entry,
    Keys,
    Limit,
    NewPassword,
    Outcome,
    Role,
    Session,
    StaffBook,
    Stage,
)
from tests.unit.store.looking import change, look
from tests.unit.store.samples import NEVER_KEPT

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
LAN = Account("lan", "Bà Lan", Role.VIEWER, ("H27.118", "H27.05"), AT)
CHI = Account("chi", "Ông Chi", Role.ADMIN, (), AT, must_change=False)


def act(action: str = "set", reason: str = "") -> Act:
    return Act(AT, "chi", action, reason)


@pytest.fixture
async def book(store: SqlStore) -> StaffBook:
    book = store.office.staff
    assert await book.add(LAN, Keys("hash of lan"), act("add", "mới về"))
    assert await book.add(CHI, Keys("hash of chi", "SECRET"), act("add"))
    return book


def session(key: str, login: str = "lan", stage: Stage = Stage.OPEN, made: datetime = AT) -> Session:
    return Session(key, login, stage, made, made, made + timedelta(hours=12))


async def test_what_is_kept_of_an_account(book: StaffBook) -> None:
    assert await book.account("lan") == LAN
    assert await book.accounts() == (replace(CHI, has_codes=True), LAN)
    assert await book.keys("chi") == Keys("hash of chi", "SECRET")
    assert (await book.account("ai"), await book.keys("ai")) == (None, None)
    assert (LAN.limited_to, CHI.limited_to) == (frozenset({"H27.118", "H27.05"}), None)


async def test_a_login_is_given_once_for_ever(book: StaffBook) -> None:
    await book.change("lan", Change(is_active=False), act())
    before = await book.entries(9)
    assert not await book.add(replace(LAN, name="Bà Khác"), Keys("other"), act("add"))
    assert await book.keys("lan") == Keys("hash of lan", given_at=AT)
    assert await book.entries(9) == before


async def test_a_change_and_its_line_in_the_log(book: StaffBook) -> None:
    change = Change("Bà Lan Anh", Role.EDITOR, (), password=NewPassword("new hash", must_change=False))
    assert await book.change("lan", change, act("set", "đổi việc")) is Outcome.DONE
    assert await book.account("lan") == replace(
        LAN, name="Bà Lan Anh", role=Role.EDITOR, agencies=(), must_change=False
    )
    assert await book.keys("lan") == Keys("new hash")
    newest, *_ = await book.entries(1)
    assert newest == Entry(
        act("set", "đổi việc"),
        "lan",
        {"name": "Bà Lan", "role": "viewer", "agencies": ["H27.118", "H27.05"], "must_change": True},
        {"name": "Bà Lan Anh", "role": "editor", "agencies": [], "must_change": False, "password": "changed"},
        number=3,
    )


async def test_no_secret_is_in_the_log(book: StaffBook, store: SqlStore) -> None:
    change = Change(password=NewPassword("hash-of-a-secret", must_change=False), code_secret="SECRETOFCODES")
    await book.change("lan", change, act())
    lines = str(await look(store, "select * from staff_log"))
    assert ("hash" in lines, "SECRET" in lines) == (False, False)


async def test_the_log_is_only_added_to(book: StaffBook, store: SqlStore) -> None:
    before = await book.entries(9)
    for statement in ("delete from staff_log", "update staff_log set actor = 'ai'"):
        with pytest.raises(StoreError, match="only added to"):
            await change(store, statement)
    assert await book.entries(9) == before


async def test_a_change_whose_line_cannot_be_written_is_none(book: StaffBook) -> None:
    with pytest.raises(StoreError):
        await book.change("lan", Change(role=Role.ADMIN), act("set", NEVER_KEPT))
    assert await book.account("lan") == LAN


async def test_the_log_is_read_in_parts(book: StaffBook) -> None:
    for number in range(3):
        await book.note(Entry(act("export", str(number)), "report"))
    numbers = [entry.number for entry in await book.entries(9)]
    assert numbers == [5, 4, 3, 2, 1]
    assert [entry.number for entry in await book.entries(2)] == numbers[:2]
    assert [entry.number for entry in await book.entries(9, before=4)] == numbers[2:]


@pytest.mark.parametrize("change", [Change(is_active=False), Change(role=Role.EDITOR)])
async def test_the_last_admin_stays(book: StaffBook, change: Change) -> None:
    before = await book.entries(9)
    assert await book.change("chi", change, act()) is Outcome.LAST_ADMIN
    assert (await book.account("chi"), await book.entries(9)) == (replace(CHI, has_codes=True), before)
    await book.change("lan", Change(role=Role.ADMIN), act())
    assert await book.change("chi", change, act()) is Outcome.DONE
    assert await book.change("lan", change, act()) is Outcome.LAST_ADMIN


async def test_who_does_not_exist_is_not_changed(book: StaffBook) -> None:
    before = await book.entries(9)
    assert await book.change("ai", Change(is_active=False), act()) is Outcome.UNKNOWN
    assert await book.entries(9) == before


async def test_sessions(book: StaffBook) -> None:
    one, two, code = session("1"), session("2", made=AT + timedelta(minutes=1)), session("3", stage=Stage.CODE)
    for made in (one, two, code):
        await book.open_session(made)
    assert await book.session("1") == (one, LAN)
    assert await book.session("none") is None
    assert await book.sessions("lan") == (two, one)
    later = AT + timedelta(minutes=5)
    await book.touch("1", later)
    assert await book.session("1") == (replace(one, seen_at=later), LAN)
    await book.end_session("1")
    assert await book.session("1") is None


async def test_sessions_end_with_a_change_but_for_the_one_that_makes_it(book: StaffBook) -> None:
    for key in ("1", "2"):
        await book.open_session(session(key))
    await book.open_session(session("other", "chi"))
    await book.change("lan", Change(ends_sessions=True, but_session="2"), act())
    assert await book.sessions("lan") == (session("2"),)
    await book.change("lan", Change(ends_sessions=True), act())
    assert await book.sessions("lan") == ()
    assert await book.sessions("chi") == (session("other", "chi"),)


async def test_who_is_disabled_has_no_session(book: StaffBook) -> None:
    await book.open_session(session("1"))
    await book.change("lan", Change(is_active=False), act())
    assert await book.session("1") is None


async def test_sessions_that_have_ended_are_cleared_away(book: StaffBook) -> None:
    await book.open_session(session("old"))
    await book.open_session(session("new", made=AT + timedelta(hours=12)))
    assert [kept.key for kept in await book.sessions("lan")] == ["new"]


async def test_a_step_serves_once_and_none_before_it(book: StaffBook) -> None:
    assert [await book.use_step("lan", step) for step in (7, 7, 6, 8)] == [True, False, False, True]
    await book.change("lan", Change(code_secret="NEW", code_step=9), act())
    assert [await book.use_step("lan", step) for step in (9, 10)] == [False, True]


async def test_a_hash_is_renewed_only_where_it_is_the_old_one(book: StaffBook) -> None:
    await book.renew_hash("lan", "another hash", "new hash")
    assert await book.keys("lan") == Keys("hash of lan", given_at=AT)
    await book.renew_hash("lan", "hash of lan", "new hash")
    assert await book.keys("lan") == Keys("new hash", given_at=AT)


async def test_tries_are_counted_before_they_are_made(book: StaffBook) -> None:
    limits = (Limit("name", 3), Limit("address", 5))
    waits = [await book.attempt(limits, AT) for _ in range(4)]
    one_minute = AT + timedelta(minutes=1)
    assert waits == [None, None, None, one_minute]
    assert await book.attempt((Limit("address", 5),), AT) is None
    assert await book.attempt(limits, one_minute) is None
    assert await book.attempt(limits, one_minute) == one_minute + timedelta(minutes=2)


async def test_who_was_right_is_absolved(book: StaffBook) -> None:
    limits = (Limit("name", 1), Limit("address", 2))
    assert await book.attempt(limits, AT) is None
    await book.absolve(("name",), ("address",))
    assert await book.attempt(limits, AT) is None
    await book.absolve(("name",))
    assert await book.attempt(limits, AT) is None
    assert await book.attempt((Limit("address", 2),), AT) == AT + timedelta(minutes=1)


async def test_failures_are_forgotten_after_a_day(book: StaffBook) -> None:
    limits = (Limit("name", 2),)
    await book.attempt(limits, AT)
    assert await book.attempt(limits, AT + FORGOTTEN_AFTER) is None
    assert await book.attempt(limits, AT + FORGOTTEN_AFTER) is None
    assert await book.attempt(limits, AT + FORGOTTEN_AFTER) is not None


def test_the_delay_grows_to_half_an_hour() -> None:
    assert [delay(failures, 5) // timedelta(minutes=1) for failures in range(5, 13)] == [1, 2, 4, 8, 16, 30, 30, 30]


@given(st.integers(1, 10**9), st.integers(1, 100))
def test_no_delay_is_longer_or_shrinks(failures: int, free: int) -> None:
    assert timedelta(minutes=1) <= delay(failures, free) <= delay(failures + 1, free) <= timedelta(minutes=30)


@pytest.fixture
async def linked(book: StaffBook) -> StaffBook:
    await book.keep_chat_code(ChatCode("code", "lan", AT + timedelta(minutes=10)))
    assert await book.link_chat("person", "code", Act(AT, "", "link")) == LAN
    return book


async def test_a_chat_is_somebodys(linked: StaffBook) -> None:
    assert await linked.staff_of_chat("person") == LAN
    assert await linked.staff_of_chat("other") is None
    assert await linked.chats_of("lan") == ("person",)
    newest, *_ = await linked.entries(1)
    assert newest == Entry(Act(AT, "lan", "link"), "lan", {}, {"chat": "linked"}, number=3)


async def test_a_code_serves_once(linked: StaffBook) -> None:
    assert await linked.link_chat("other", "code", Act(AT, "", "link")) is None
    assert await linked.staff_of_chat("other") is None


@pytest.mark.parametrize(("minutes", "is_good"), [(9, True), (10, False)])
async def test_a_code_runs_out(book: StaffBook, minutes: int, is_good: bool) -> None:
    await book.keep_chat_code(ChatCode("code", "lan", AT + timedelta(minutes=10)))
    late = Act(AT + timedelta(minutes=minutes), "", "link")
    assert (await book.link_chat("person", "code", late) == LAN) is is_good


async def test_an_earlier_code_is_good_no_longer(book: StaffBook) -> None:
    for key in ("first", "second"):
        await book.keep_chat_code(ChatCode(key, "lan", AT + timedelta(minutes=10)))
    assert await book.link_chat("person", "first", Act(AT, "", "link")) is None
    assert await book.link_chat("person", "second", Act(AT, "", "link")) == LAN


async def test_who_is_disabled_has_no_chat(linked: StaffBook) -> None:
    await linked.keep_chat_code(ChatCode("next", "lan", AT + timedelta(minutes=10)))
    await linked.change("lan", Change(is_active=False), act())
    assert await linked.staff_of_chat("person") is None
    assert await linked.link_chat("other", "next", Act(AT, "", "link")) is None


async def test_a_chat_is_unlinked(linked: StaffBook) -> None:
    assert await linked.unlink_chat("person", Act(AT, "", "unlink"))
    assert not await linked.unlink_chat("person", Act(AT, "", "unlink"))
    assert await linked.staff_of_chat("person") is None
    newest, *_ = await linked.entries(1)
    assert newest == Entry(Act(AT, "lan", "unlink"), "lan", {"chat": "linked"}, {}, number=4)


async def test_all_chats_are_unlinked(linked: StaffBook) -> None:
    assert [await linked.unlink_chats("lan", act("unlink")) for _ in range(2)] == [1, 0]
    assert await linked.chats_of("lan") == ()


async def test_who_has_themselves_erased_is_linked_no_longer(store: SqlStore, linked: StaffBook) -> None:
    await store.erase("person", AT)
    assert await linked.staff_of_chat("person") is None


def test_roles_are_in_order() -> None:
    may = {role: [least for least in Role if role.may(least)] for role in Role}
    assert may == {
        Role.VIEWER: [Role.VIEWER],
        Role.EDITOR: [Role.VIEWER, Role.EDITOR],
        Role.ADMIN: [Role.VIEWER, Role.EDITOR, Role.ADMIN],
    }


def test_secrets_are_not_printed() -> None:
    shown = f"{Keys('SECRET', 'SECRET')}{NewPassword('SECRET', must_change=True)}{Change(code_secret='SECRET')}"
    shown += f"{session('SECRET')}{ChatCode('SECRET', 'lan', AT)}"
    assert "SECRET" not in shown
