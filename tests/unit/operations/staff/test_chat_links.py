from __future__ import annotations

from datetime import timedelta

from structlog.testing import capture_logs

from bot.dialogue.personal_data import masker_of
from bot.operations.staff.chat_links import (
    _LETTERS,
    _SIGNS,
    LASTS,
    is_code,
    link_chat,
    make_chat_code,
    new_code,
    plain,
    unlink_chat,
)
from bot.operations.staff.entering import FREE_TRIES
from bot.store.staff import Role
from bot.texts import load_texts
from tests.unit.operations.staff.conftest import Desk


async def test_a_chat_is_linked_however_the_code_is_typed(desk: Desk) -> None:
    lan = await desk.hire("lan", Role.VIEWER)
    code = await make_chat_code(desk.book, "lan", desk.clock.at)
    typed = f" {code.lower().replace('-', ' ')} "
    assert await link_chat(desk.book, "person", typed, desk.clock.at) == lan
    assert await desk.book.staff_of_chat("person") == lan
    assert await link_chat(desk.book, "other", code, desk.clock.at) is None
    assert await unlink_chat(desk.book, "person", desk.clock.at)
    assert await desk.told() == [("cli:test", "add", "lan"), ("lan", "link", "lan"), ("lan", "unlink", "lan")]


async def test_a_code_runs_out(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    code = await make_chat_code(desk.book, "lan", desk.clock.at)
    assert await link_chat(desk.book, "person", code, desk.clock.at + LASTS) is None


async def test_codes_cannot_be_tried_for_ever(desk: Desk) -> None:
    await desk.hire("lan", Role.VIEWER)
    code = await make_chat_code(desk.book, "lan", desk.clock.at)
    tries = [await link_chat(desk.book, "person", "BBBB-BBBB-BBBB", desk.clock.at) for _ in range(FREE_TRIES)]
    assert tries == [None] * FREE_TRIES
    assert await link_chat(desk.book, "person", code, desk.clock.at) == desk.clock.at + timedelta(minutes=1)


async def test_a_wrong_code_leaves_a_line_without_the_person(desk: Desk) -> None:
    with capture_logs() as lines:
        for _ in range(FREE_TRIES + 1):
            await link_chat(desk.book, "person", "BBBB-BBBB-BBBB", desk.clock.at)
    refused = {"event": "chat_code_refused", "log_level": "warning"}
    assert lines == [refused] * FREE_TRIES + [{"event": "chat_code_tries_used_up", "log_level": "warning"}]


def test_no_beginning_of_a_code_is_taken_for_a_password() -> None:
    masker = masker_of([load_texts()])
    begun = [f"{first}{second}" for first in _LETTERS for second in _SIGNS]
    assert [two for two in begun if masker.mask(f"liên kết {two}99-V2HP-K345").found] == []


def test_a_code_is_nobodys_number() -> None:
    """It passes through the chat as it was typed."""
    masker = masker_of([load_texts()])
    codes = [new_code() for _ in range(500)]
    assert [code for code in codes if masker.mask(f"liên kết {code}").found] == []
    assert {len(plain(code)) for code in codes} == {12}


def test_a_code_is_not_guessed_in_its_ten_minutes() -> None:
    """Each person has five tries: a hundred thousand of them meet one of ten codes once in a hundred million times."""
    assert [code for code in (new_code() for _ in range(200)) if not is_code(code)] == []
    ways = (len(_LETTERS) * len(_SIGNS) ** 3) ** 3
    assert 10 * 100_000 * FREE_TRIES / ways < 10**-8
    assert not is_code("BBBB-BBBB")
    assert not is_code("BBBB-2BBB-BBBB")
