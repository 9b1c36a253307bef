from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from structlog.testing import capture_logs

from bot.operations.staff.entering import (
    FREE_TRIES,
    FREE_TRIES_OF_ADDRESS,
    FREE_TRIES_OF_NAME,
    CodeWanted,
    Entered,
    Entrance,
    Lasting,
    Refused,
    csrf_of,
)
from bot.operations.staff.passwords import Passwords
from bot.store.sql.lanes import WriterThread
from bot.store.sql.session import Write
from bot.store.staff import Act, Change, Role
from tests.unit.operations.staff.conftest import PASSWORD, Desk
from tests.unit.operations.staff.test_passwords import Counting

HERE = "192.0.2.7"


async def test_a_thousand_tries_at_once_are_five(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    tries = [desk.entrance.log_in("lan", "sai", "") for _ in range(30)]
    answers = await asyncio.gather(*tries)
    assert sum(answer == Refused() for answer in answers) == FREE_TRIES
    assert sum(answer == Refused(desk.clock.at + timedelta(minutes=1)) for answer in answers) == 30 - FREE_TRIES


async def test_the_right_password_does_not_shorten_the_wait(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    for _ in range(FREE_TRIES):
        await desk.entrance.log_in("lan", "sai", "")
    assert await desk.entrance.log_in("lan", PASSWORD, "") == Refused(desk.clock.at + timedelta(minutes=1))


async def test_names_tried_from_one_address_are_counted_together(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    for number in range(FREE_TRIES_OF_ADDRESS):
        assert await desk.entrance.log_in(f"ai-{number}", "sai", HERE) == Refused()
    assert await desk.entrance.log_in("lan", PASSWORD, HERE) == Refused(desk.clock.at + timedelta(minutes=1))
    assert isinstance(await desk.entrance.log_in("lan", PASSWORD, "192.0.2.8"), Entered)


async def test_ones_own_success_does_not_forgive_an_address(desk: Desk) -> None:
    """Who has an account must not be able to try those of others for ever."""
    await desk.hire("lan", Role.VIEWER)
    for number in range(FREE_TRIES_OF_ADDRESS):
        assert isinstance(await desk.entrance.log_in("lan", PASSWORD, HERE), Entered)
        assert await desk.entrance.log_in(f"ai-{number}", "sai", HERE) == Refused()
    assert isinstance(await desk.entrance.log_in("lan", PASSWORD, HERE), Refused)


async def test_nobody_elsewhere_keeps_somebody_from_coming_in(desk: Desk) -> None:
    """Login names are guessed easily: whoever tries one is made to wait, not whose it is."""
    await desk.hire("lan", Role.ADMIN)
    for _ in range(FREE_TRIES):
        assert await desk.entrance.log_in("lan", "sai", HERE) == Refused()
    assert await desk.entrance.log_in("lan", PASSWORD, HERE) == Refused(desk.clock.at + timedelta(minutes=1))
    assert isinstance(await desk.entrance.log_in("lan", PASSWORD, "192.0.2.8"), Entered)


async def test_one_name_is_not_tried_from_everywhere(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    for number in range(FREE_TRIES_OF_NAME):
        assert await desk.entrance.log_in("lan", "sai", f"192.0.2.{number}") == Refused()
    assert await desk.entrance.log_in("lan", PASSWORD, "192.0.3.1") == Refused(desk.clock.at + timedelta(minutes=1))


async def test_a_name_that_does_not_exist_costs_as_many_writes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is awaited: a disk that is flushed once more for known names would tell which they are."""
    await desk.hire("lan", Role.VIEWER)
    writes: list[str] = []
    run = WriterThread.run

    async def counted(writer: WriterThread, work: Write[object]) -> object:
        writes.append(name)
        return await run(writer, work)

    monkeypatch.setattr(WriterThread, "run", counted)
    for name in ("lan", "khong-co"):
        await desk.entrance.log_in(name, "sai", HERE)
    assert writes == ["lan"] * 2 + ["khong-co"] * 2


@pytest.mark.parametrize(
    ("login", "password"),
    [
        *(("lan", "sai mật khẩu rồi"), ("lan", ""), ("lan", "x" * 100_000), ("khong-co", PASSWORD), ("", "")),
        *(("nghi-viec", PASSWORD), ("nghi-viec", "sai mật khẩu rồi"), ("x" * 100_000, PASSWORD), ("\ud800", PASSWORD)),
    ],
)
async def test_every_refusal_costs_one_comparison_and_as_many_writes(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, login: str, password: str
) -> None:
    """Whether the name exists, is disabled, is absurd, or the password is: what takes time is done once."""
    hasher = Counting()
    desk.entrance = Entrance(
        *(desk.book, Passwords(hasher), b"k" * 32),
        *(Lasting(timedelta(minutes=30), timedelta(hours=12)), desk.clock),
    )
    await desk.hire("lan", Role.VIEWER)
    await desk.hire("nghi-viec", Role.VIEWER)
    await desk.book.change("nghi-viec", Change(is_active=False), Act(desk.clock.at, "lan", "disable"))
    writes: list[object] = []
    run = WriterThread.run

    async def counted(writer: WriterThread, work: Write[object]) -> object:
        writes.append(work)
        return await run(writer, work)

    monkeypatch.setattr(WriterThread, "run", counted)
    assert await desk.entrance.log_in(login, password, HERE) == Refused()
    assert (hasher.compared, len(writes)) == (["m=8,t=1,p=1"], 2)


async def test_names_are_read_without_regard_to_case_and_blanks(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    assert isinstance(await desk.entrance.log_in(" LAN ", PASSWORD, ""), Entered)


async def test_who_does_not_exist_leaves_no_line(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    with capture_logs() as lines:
        await desk.entrance.log_in("mật khẩu gõ nhầm chỗ", "sai", "")
        await desk.entrance.log_in("lan", "sai", "")
    assert lines == [{"event": "staff_login_unknown", "log_level": "warning"}]
    assert await desk.told() == [("cli:test", "add", "lan"), ("", "refused", "lan")]


async def test_a_hash_of_yesterday_is_renewed(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    costly = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    lasting = Lasting(timedelta(minutes=30), timedelta(hours=12))
    entrance = Entrance(desk.book, costly, b"k" * 32, lasting, desk.clock)
    assert isinstance(await entrance.log_in("lan", PASSWORD, ""), Entered)
    keys = await desk.book.keys("lan")
    assert keys is not None
    assert not costly.is_old(keys.password_hash)
    assert isinstance(await entrance.log_in("lan", PASSWORD, ""), Entered)


async def test_codes_are_tried_five_times_whatever_comes_between(desk: Desk) -> None:
    """Who knows the password cannot win back tries of codes by giving it again."""
    await desk.hire("lan", Role.VIEWER)
    await desk.book.change("lan", Change(code_secret="A" * 32), Act(desk.clock.at, "lan", "codes_on"))
    answers = []
    for _ in range(FREE_TRIES + 1):
        wanted = await desk.entrance.log_in("lan", PASSWORD, "")
        assert isinstance(wanted, CodeWanted)
        answers.append(await desk.entrance.give_code(wanted.token, "abcdef"))
    assert answers == [Refused()] * FREE_TRIES + [Refused(desk.clock.at + timedelta(minutes=1))]


async def test_the_token_of_the_first_step_opens_nothing(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    await desk.book.change("lan", Change(code_secret="A" * 32), Act(desk.clock.at, "lan", "codes_on"))
    wanted = await desk.entrance.log_in("lan", PASSWORD, "")
    assert isinstance(wanted, CodeWanted)
    assert await desk.entrance.present(wanted.token) is None


async def test_the_token_itself_is_not_kept(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    present = await desk.come_in("lan")
    assert present.token not in repr(await desk.book.sessions("lan"))
    assert await desk.entrance.present(present.session.key) is None


async def test_the_password_asked_for_again_is_counted_too(desk: Desk) -> None:
    account = await desk.hire("lan", Role.VIEWER)
    answers = [await desk.entrance.verify(account, "sai") for _ in range(FREE_TRIES + 1)]
    assert answers == [False] * FREE_TRIES + [Refused(desk.clock.at + timedelta(minutes=1))]
    desk.clock.pass_by(minutes=1)
    assert await desk.entrance.verify(account, PASSWORD) is True


def test_each_session_has_a_token_of_its_own_for_forms() -> None:
    assert csrf_of("one") == csrf_of("one")
    assert len({csrf_of("one"), csrf_of("two"), csrf_of("")}) == 3


async def test_a_password_that_was_given_out_runs_out(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER, must_change=True)
    await desk.hire("mai", Role.VIEWER)
    desk.clock.pass_by(days=3, seconds=-1)
    assert isinstance(await desk.entrance.log_in("lan", PASSWORD, ""), Entered)
    desk.clock.pass_by(seconds=1)
    assert await desk.entrance.log_in("lan", PASSWORD, "") == Refused()
    assert isinstance(await desk.entrance.log_in("mai", PASSWORD, ""), Entered), "chosen by its owner"


async def test_a_password_that_was_chosen_does_not_run_out(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER, must_change=True)
    assert await desk.own.change_password(await desk.come_in("lan"), PASSWORD, "một câu khác hẳn trước") is None
    desk.clock.pass_by(days=300)
    assert isinstance(await desk.entrance.log_in("lan", "một câu khác hẳn trước", ""), Entered)


async def test_what_is_asked_again_and_wrong_leaves_a_line(desk: Desk) -> None:
    account = await desk.hire("lan", Role.VIEWER)
    assert await desk.entrance.verify(account, "sai") is False
    assert await desk.entrance.verify_code(account, "000000") is False
    assert (await desk.told())[1:] == [("", "refused", "lan")] * 2
