from __future__ import annotations

from datetime import timedelta

import pyotp
import pytest

from bot.operations.staff.accounts import Accounts, Doer, Given, Wrong
from bot.operations.staff.chat_links import link_chat, make_chat_code
from bot.operations.staff.entering import Entered, Refused
from bot.operations.staff.passwords import Weakness
from bot.store.staff import Account, Role
from tests.unit.operations.staff.conftest import PASSWORD, Desk

BY = Doer("chi", "đổi việc")


async def test_somebody_new(desk: Desk) -> None:
    given = await desk.accounts.add("lan", " Bà Lan ", Role.VIEWER, ("H27.118", "H27.118"), BY)
    assert isinstance(given, Given)
    assert await desk.book.account("lan") == Account("lan", "Bà Lan", Role.VIEWER, ("H27.118",), desk.clock.at)
    assert (await desk.come_in("lan", given.password)).account.must_change


@pytest.mark.parametrize(
    ("login", "name", "role", "agencies", "reason", "wrong"),
    [
        ("la", "Lan", Role.VIEWER, (), "", Wrong.LOGIN),
        ("Lan", "Lan", Role.VIEWER, (), "", Wrong.LOGIN),
        ("lân", "Lan", Role.VIEWER, (), "", Wrong.LOGIN),
        (".lan", "Lan", Role.VIEWER, (), "", Wrong.LOGIN),
        ("lan\n", "Lan", Role.VIEWER, (), "", Wrong.LOGIN),
        ("l" * 33, "Lan", Role.VIEWER, (), "", Wrong.LOGIN),
        ("lan", " ", Role.VIEWER, (), "", Wrong.NAME),
        ("lan", "L" * 81, Role.VIEWER, (), "", Wrong.NAME),
        ("lan", "Lan\x1b[2J", Role.VIEWER, (), "", Wrong.NAME),
        ("lan", "Lan", Role.VIEWER, ("H27.999",), "", Wrong.AGENCY),
        ("lan", "Lan", Role.EDITOR, ("H27.118",), "", Wrong.LIMITED),
        ("lan", "Lan", Role.VIEWER, (), "a" * 301, Wrong.REASON),
        ("chi", "Lan", Role.VIEWER, (), "", Wrong.TAKEN),
    ],
)
async def test_what_is_not_added(
    desk: Desk, login: str, name: str, role: Role, agencies: tuple[str, ...], reason: str, wrong: Wrong
) -> None:
    await desk.hire("chi", Role.ADMIN)
    assert await desk.accounts.add(login, name, role, agencies, Doer("chi", reason)) == wrong
    assert [account.login for account in await desk.book.accounts()] == ["chi"]


async def test_who_is_disabled_is_out_at_once_and_not_in_again(desk: Desk) -> None:
    await desk.hire("chi", Role.ADMIN)
    await desk.hire("lan", Role.VIEWER)
    present = await desk.come_in("lan")
    assert await desk.accounts.disable("lan", BY) is None
    assert await desk.entrance.present(present.token) is None
    assert await desk.entrance.log_in("lan", PASSWORD, "") == Refused()
    assert await desk.accounts.enable("lan", BY) is None
    assert isinstance(await desk.entrance.log_in("lan", PASSWORD, ""), Entered)


async def test_a_reset_takes_everything_back(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    present = await desk.come_in("lan")
    await turn_codes_on(desk, "lan")
    code = await make_chat_code(desk.book, "lan", desk.clock.at)
    await link_chat(desk.book, "person", code, desk.clock.at)
    given = await desk.accounts.reset("lan", BY)
    assert isinstance(given, Given)
    assert await desk.entrance.present(present.token) is None
    assert await desk.book.staff_of_chat("person") is None
    assert await desk.entrance.log_in("lan", PASSWORD, "") == Refused()
    account = (await desk.come_in("lan", given.password)).account
    assert (account.must_change, account.has_codes) == (True, False)


async def turn_codes_on(desk: Desk, login: str) -> None:
    secret = pyotp.random_base32()
    present = await desk.come_in(login)
    assert await desk.own.use_codes(present, PASSWORD, secret, pyotp.TOTP(secret).at(desk.clock.at)) is None


@pytest.mark.parametrize("method", [Accounts.disable, Accounts.enable, Accounts.reset, Accounts.set])
async def test_nobody_is_changed_who_is_not_there(desk: Desk, method: object) -> None:
    assert callable(method)
    assert await method(desk.accounts, "ai", BY) is Wrong.UNKNOWN


@pytest.mark.parametrize(
    ("role", "agencies", "kept", "is_out"),
    [
        (None, None, (Role.VIEWER, ("H27.118",)), False),
        (None, ("H27.05",), (Role.VIEWER, ("H27.05",)), True),
        (None, (), (Role.VIEWER, ()), True),
        (Role.EDITOR, None, (Role.EDITOR, ()), True),
        (Role.VIEWER, ("H27.118",), (Role.VIEWER, ("H27.118",)), False),
    ],
)
async def test_whose_rights_become_other_logs_in_anew(
    desk: Desk, role: Role | None, agencies: tuple[str, ...] | None, kept: tuple[Role, tuple[str, ...]], is_out: bool
) -> None:
    await desk.hire("lan", Role.VIEWER)
    await desk.accounts.set("lan", BY, agencies=("H27.118",))
    present = await desk.come_in("lan")
    assert await desk.accounts.set("lan", BY, "Bà Lan Anh", role, agencies) is None
    account = await desk.book.account("lan")
    assert account is not None
    assert (account.name, account.role, account.agencies) == ("Bà Lan Anh", *kept)
    assert (await desk.entrance.present(present.token) is None) is is_out


async def test_an_editor_is_not_limited(desk: Desk) -> None:
    await desk.hire("lan", Role.EDITOR)
    assert await desk.accounts.set("lan", BY, agencies=("H27.118",)) is Wrong.LIMITED


async def test_a_password_is_changed_and_the_other_sessions_end(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER, must_change=True)
    elsewhere, here = await desk.come_in("lan"), await desk.come_in("lan")
    assert await desk.own.change_password(here, PASSWORD, "một câu khác hẳn trước") is None
    assert await desk.entrance.present(elsewhere.token) is None
    still = await desk.entrance.present(here.token)
    assert still is not None
    assert not still.account.must_change
    assert (await desk.told())[-1] == ("lan", "password", "lan")
    assert isinstance(await desk.entrance.log_in("lan", "một câu khác hẳn trước", ""), Entered)


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("sai", "một câu khác hẳn trước", Wrong.PASSWORD),
        (PASSWORD, PASSWORD, Weakness.SAME),
        (PASSWORD, "ngắn", Weakness.SHORT),
    ],
)
async def test_a_password_that_is_not_changed(desk: Desk, old: str, new: str, wrong: Weakness | Wrong) -> None:
    await desk.hire("lan", Role.VIEWER)
    here = await desk.come_in("lan")
    assert await desk.own.change_password(here, old, new) == wrong
    assert isinstance(await desk.entrance.log_in("lan", PASSWORD, ""), Entered)


async def test_a_new_password_unlinks_the_chats(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    here = await desk.come_in("lan")
    code = await desk.own.chat_code(here, PASSWORD)
    assert isinstance(code, str)
    await link_chat(desk.book, "whoever came in with the old one", code, desk.clock.at)
    assert await desk.own.change_password(here, PASSWORD, "một câu khác hẳn trước") is None
    assert await desk.book.chats_of("lan") == ()


async def test_no_chat_is_linked_without_the_password(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    here = await desk.come_in("lan")
    assert await desk.own.chat_code(here, "sai") is Wrong.PASSWORD


async def test_codes_are_turned_on_by_one_and_off_by_password_and_code(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    here, secret = await desk.come_in("lan"), pyotp.random_base32()
    code = pyotp.TOTP(secret).at(desk.clock.at)
    assert await desk.own.use_codes(here, "sai", secret, code) is Wrong.PASSWORD
    assert await desk.own.use_codes(here, PASSWORD, secret, "000 00a") is Wrong.CODE
    assert await desk.own.use_codes(here, PASSWORD, secret, f"{code[:3]} {code[3:]}") is None
    here = await desk.seen(here)
    other = pyotp.random_base32()
    mine = pyotp.TOTP(other).at(desk.clock.at)
    assert await desk.own.use_codes(here, PASSWORD, other, mine) is Wrong.CODE
    assert await desk.own.stop_codes(here, "sai", code) is Wrong.PASSWORD
    assert await desk.own.stop_codes(here, PASSWORD, code) is Wrong.CODE, "it has served"
    desk.clock.pass_by(seconds=60)
    assert await desk.own.stop_codes(here, PASSWORD, "") is Wrong.CODE
    assert await desk.own.stop_codes(here, PASSWORD, pyotp.TOTP(secret).at(desk.clock.at)) is None
    account = await desk.book.account("lan")
    assert account is not None
    assert not account.has_codes


async def test_codes_cannot_be_tried_for_ever_to_stop_them(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    here, secret = await desk.come_in("lan"), pyotp.random_base32()
    await desk.own.use_codes(here, PASSWORD, secret, pyotp.TOTP(secret).at(desk.clock.at))
    here = await desk.seen(here)
    desk.clock.pass_by(seconds=60)
    tries = [await desk.own.stop_codes(here, PASSWORD, "000000") for _ in range(6)]
    assert tries == [Wrong.CODE] * 5 + [Refused(desk.clock.at + timedelta(minutes=1))]


async def test_one_logs_out_at_one_place(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    await desk.hire("mai", Role.VIEWER)
    mai = await desk.come_in("mai")
    places = [await desk.come_in("lan") for _ in range(3)]
    here = places[0]
    assert await desk.own.end_others(here, PASSWORD, places[1].session.key) is None
    assert await desk.own.end_others(here, PASSWORD, mai.session.key) is None, "nothing of somebody else's ends"
    left = [await desk.entrance.present(place.token) is not None for place in (*places, mai)]
    assert left == [True, False, True, True]
    assert [action for _, action, _ in await desk.told()].count("log_out_one") == 1


async def test_an_administrator_logs_somebody_out(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    present = await desk.come_in("lan")
    assert await desk.accounts.end_sessions("lan", BY) is None
    assert await desk.entrance.present(present.token) is None
    assert (await desk.told())[-1][1:] == ("end_sessions", "lan")
    assert await desk.accounts.end_sessions("nobody", BY) is Wrong.UNKNOWN


async def test_one_logs_out_everywhere_else(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    elsewhere, here = await desk.come_in("lan"), await desk.come_in("lan")
    assert await desk.own.end_others(here, "sai") is Wrong.PASSWORD
    assert await desk.entrance.present(elsewhere.token) is not None
    assert await desk.own.end_others(here, PASSWORD) is None
    assert await desk.entrance.present(elsewhere.token) is None
    assert await desk.entrance.present(here.token) is not None
    assert (await desk.told())[-1] == ("lan", "log_out_others", "lan")
