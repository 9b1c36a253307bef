"""A receipt says when and how much, is nobody else's to make, and is read however it is copied."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.receipts import Receipt, make_receipt, number_in, receipt_of
from bot.dialogue.signed_links import Signer
from bot.store.erasing import Deleted

SIGNER = Signer(b"k" * 32)
AT = datetime(2026, 11, 22, 8, 21, tzinfo=UTC)
RECEIPT = make_receipt(SIGNER, AT, Deleted(2, 1, 1, 3, 12))
COUNTS = st.integers(0, 2**28 - 1)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2057, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def read(number: str) -> Receipt | None:
    letters = number_in(number)
    return None if letters is None else receipt_of(SIGNER, letters)


@given(MOMENTS, st.builds(Deleted, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS))
def test_it_says_what_was_done(at: datetime, deleted: Deleted) -> None:
    made = make_receipt(SIGNER, at, deleted)
    assert (made.at, made.deleted) == (at.replace(second=0, microsecond=0), deleted)
    assert read(made.number) == made
    letters = number_in(made.number)
    assert letters is not None
    assert 28 <= len(letters) <= 52


def test_it_is_short_enough_to_copy() -> None:
    assert re.fullmatch(r"BNX(-[0-9A-HJKMNP-TV-Z]{4}){7}", RECEIPT.number)


def test_more_than_can_be_told_is_told_as_the_most() -> None:
    most = make_receipt(SIGNER, AT, Deleted(uses=2**28 - 1))
    assert make_receipt(SIGNER, AT, Deleted(uses=2**40)) == most == read(most.number)


@pytest.mark.parametrize(
    "written",
    [
        "{0}",
        "  {0} ",
        "Số biên nhận: {0}",
        "biên nhận {0} có đúng không?",
        "({0}).",
        "https://x.test/bien-nhan-xoa/{0}",
        "{0}\nAnh/chị chép số này lại",
    ],
)
def test_it_is_found_in_what_people_send(written: str) -> None:
    assert read(written.format(RECEIPT.number)) == RECEIPT


def test_it_is_read_however_it_is_copied() -> None:
    bare = RECEIPT.number.replace("-", "")
    dotted = f"{RECEIPT.number.replace('-', '. ')}."
    spaced = RECEIPT.number.replace("-", " ")
    alike = RECEIPT.number.replace("1", "l").replace("0", "o")
    told = f"so bien nhan {spaced.lower()} ?"
    for written in (bare, spaced, dotted, told, RECEIPT.number.lower(), spaced.lower(), alike, alike.replace("l", "I")):
        assert read(written) == RECEIPT


@given(st.integers(0, 27), st.sampled_from("0123456789ABCDEFGHJKMNPQRSTVWXYZ"))
def test_another_letter_makes_it_nobodys(place: int, letter: str) -> None:
    letters = number_in(RECEIPT.number) or ""
    changed = letters[:place] + letter + letters[place + 1 :]
    assert receipt_of(SIGNER, changed) == (RECEIPT if changed == letters else None)


def test_another_key_knows_it_not() -> None:
    assert receipt_of(Signer(b"l" * 32), number_in(RECEIPT.number) or "") is None


def test_of_a_key_before_it_is_told_as_the_person_has_it() -> None:
    letters, now = number_in(RECEIPT.number) or "", b"n" * 32
    assert receipt_of(Signer(now, [b"k" * 32]), letters) == RECEIPT
    # A key that others know is none that is taken.
    assert receipt_of(Signer(now), letters) is None


@given(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=28, max_size=52))
def test_what_nobody_signed_is_none(letters: str) -> None:
    assert receipt_of(SIGNER, letters) is None


@pytest.mark.parametrize(
    "text", ["", "BNX", "BNX-1234", "khai sinh", "BNX" + "U" * 28, "BNX" + "A" * 60, "XBNX" + "A" * 28]
)
def test_other_texts_hold_none(text: str) -> None:
    assert number_in(text) is None


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    assert number_in(f"{text} {RECEIPT.number}") in {number_in(RECEIPT.number), None}


def test_the_time_is_to_the_minute() -> None:
    assert make_receipt(SIGNER, AT + timedelta(seconds=59), Deleted()) == make_receipt(SIGNER, AT, Deleted())
