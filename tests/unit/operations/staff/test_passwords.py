from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.staff.passwords import LEAST_CHARS, Passwords, Weakness, one_time_password, weakness

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class Counting(PasswordHasher):
    """Tells what was compared with."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - named so there
        self.compared.append(str(hash).split("$")[3])
        return super().verify(hash, password)


@pytest.mark.parametrize(
    ("password", "found"),
    [
        ("một câu dài dễ nhớ", None),
        ("Tr0ng-vườn-có-cây", None),
        ("x7Qm2LpaZv9k", None),
        ("ngắn quá 11", Weakness.SHORT),
        ("a" * 201, Weakness.LONG),
        ("aaaaaaaaaaaaaaa", Weakness.COMMON),
        ("121212121212", Weakness.COMMON),
        ("matkhau123456", Weakness.COMMON),
        ("Mật-Khẩu-2026!", Weakness.COMMON),
        ("Passw0rd!Password", Weakness.COMMON),
        ("tỉnhMẫu@2026motcua", Weakness.COMMON),
        ("qwerty123456", Weakness.COMMON),
        ("902461357580", Weakness.COMMON),
        ("lovemylovemylovemy", Weakness.COMMON),
        ("1qaz2wsx3edc", Weakness.COMMON),
        ("q1w2e3r4t5y6", Weakness.COMMON),
        ("qweasdzxc123", Weakness.COMMON),
        ("1234qwerasdfzxcv", Weakness.COMMON),
        ("tran.thi.lan", Weakness.LOGIN),
        ("tranthilan2026", Weakness.LOGIN),
        ("tran.thi.lan thích ăn cam", None),
    ],
)
def test_what_is_taken(password: str, found: Weakness | None) -> None:
    assert weakness(password, "tran.thi.lan", ("tỉnh Mẫu",)) == found


async def test_the_password_is_known_again_however_it_was_typed() -> None:
    passwords = Passwords(QUICK)
    hashed = await passwords.hash("một câu dài")
    assert hashed.startswith("$argon2id$")
    assert await passwords.verify(hashed, unicodedata.normalize("NFD", "một câu dài"))
    assert not await passwords.verify(hashed, "một câu dai")


@pytest.mark.parametrize("wrong", ["", "$argon2id$broken", "plain text"])
async def test_what_is_no_hash_is_nobodys_password(wrong: str) -> None:
    assert not await Passwords(QUICK).verify(wrong, "")


async def test_for_nobody_the_same_work_is_done() -> None:
    """With the same costs as for somebody, and the answer is no, whatever was typed."""
    hasher = Counting()
    passwords = Passwords(hasher)
    known = await passwords.hash("một câu dài dễ nhớ")
    assert not await passwords.verify(None, "một câu dài dễ nhớ")
    assert await passwords.verify(known, "một câu dài dễ nhớ")
    assert hasher.compared == ["m=8,t=1,p=1", "m=8,t=1,p=1"]


async def test_an_old_hash_is_known_for_one() -> None:
    old = await Passwords(QUICK).hash("một câu dài dễ nhớ")
    assert Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)).is_old(old)
    assert not Passwords(QUICK).is_old(old)


def test_given_passwords_are_good_ones() -> None:
    given_out = {one_time_password() for _ in range(100)}
    assert len(given_out) == 100
    assert {(len(password), weakness(password, "lan")) for password in given_out} == {(35, None)}


@given(st.text(max_size=300))
def test_anything_may_be_typed(password: str) -> None:
    found = weakness(password, "lan")
    assert found is not None or len(unicodedata.normalize("NFKC", password)) >= LEAST_CHARS
