from __future__ import annotations

from pathlib import Path

import pytest

from bot.operations.staff.accounts import OwnAccount
from bot.operations.staff.passwords import Weakness
from bot.operations.staff.refused_passwords import RefusedPasswordsError, read_refused
from bot.store.staff import Role
from tests.unit.operations.staff.conftest import PASSWORD, Desk


@pytest.fixture
def leaked(tmp_path: Path) -> Path:
    file = tmp_path / "leaked.txt"
    file.write_bytes("ngắn\nfinalfantasy\r\nmột câu đã lộ ra\n\xff\n\n".encode() + b"\xff\xfe of no alphabet\n")
    return file


def test_what_stands_in_the_list(leaked: Path) -> None:
    refused = read_refused(leaked)
    asked = ("finalfantasy", "FinalFantasy", "một câu đã lộ ra", "ngắn", "", "finalfantasy ", "một câu khác hẳn")
    assert [password in refused for password in asked] == [True, True, True, False, False, False, False]
    assert len(refused) == 3


def test_without_a_list_nothing_is_refused() -> None:
    assert "finalfantasy" not in read_refused(None)


def test_a_list_that_is_not_there_is_told(tmp_path: Path) -> None:
    file = tmp_path / "none.txt"
    with pytest.raises(RefusedPasswordsError) as told:
        read_refused(file)
    assert str(told.value) == (
        f"the file of STAFF_REFUSED_PASSWORDS, {file}, cannot be read: No such file or directory"
    )


async def test_nobody_chooses_one_of_the_list(desk: Desk, leaked: Path) -> None:
    await desk.hire("lan", Role.VIEWER)
    here = await desk.come_in("lan")
    own = OwnAccount(desk.book, desk.passwords, desk.entrance, desk.clock, tuple, read_refused(leaked))
    assert await own.change_password(here, PASSWORD, "FinalFantasy") is Weakness.COMMON
    assert await own.change_password(here, PASSWORD, "một câu khác hẳn") is None
