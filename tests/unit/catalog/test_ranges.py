"""Ranges of agency codes."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.ranges import RangeError, expand, is_agency_code

KNOWN = {"H99", "H99.07", "H99.08", "H99.09", "H99.10", "H99.05.001", "H99.05.002", "local.police-commune"}


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        ("H99", ("H99",)),
        ("local.police-commune", ("local.police-commune",)),
        ("H99.05.001-H99.05.002", ("H99.05.001", "H99.05.002")),
        ("H99.08-H99.10", ("H99.08", "H99.09", "H99.10")),
    ],
)
def test_item_names_its_agencies(item: str, codes: tuple[str, ...]) -> None:
    assert expand(item, KNOWN) == codes


@pytest.mark.parametrize(
    ("item", "what"),
    [
        ("H98", 'agency "H98" is not known'),
        ("", 'agency "" is not known'),
        ("H99.07-H99.11", "range H99.07-H99.11 runs over H99.11, which is not known"),
        ("H99.10-H99.08", "range H99.10-H99.08 does not rise"),
        ("H99.08-H99.08", "range H99.08-H99.08 does not rise"),
        ("H99.07-H99.100", "range H99.07-H99.100 has unlike ends"),
        ("H99.07-H98.08", "range H99.07-H98.08 has unlike ends"),
        ("H99.07-", "range H99.07- has unlike ends"),
        ("-", "range - has unlike ends"),
        ("H99.07-H99.08-H99.09", "range H99.07-H99.08-H99.09 has unlike ends"),
    ],
)
def test_what_names_nothing_is_refused(item: str, what: str) -> None:
    with pytest.raises(RangeError) as caught:
        expand(item, KNOWN)

    assert caught.value.what == what


@given(st.integers(0, 999), st.integers(1, 60))
def test_a_range_is_every_code_from_the_first_to_the_last(first: int, more: int) -> None:
    codes = tuple(f"H99.{number:04d}" for number in range(first, first + more + 1))

    assert expand(f"{codes[0]}-{codes[-1]}", set(codes)) == codes


@given(st.text(max_size=20))
def test_any_item_gives_known_codes_or_a_range_error(item: str) -> None:
    with contextlib.suppress(RangeError):
        assert set(expand(item, KNOWN)) <= KNOWN


def test_a_range_of_a_thousand_million_is_refused_at_once() -> None:
    with pytest.raises(RangeError):
        expand("H99.0000000001-H99.9999999999", KNOWN)


@pytest.mark.parametrize(
    ("code", "is_code"),
    [("H99", True), ("000.00.27.G66", True), ("local.police-commune", True), ("H99.", False), ("H 99", False),
     ("", False), ("Đ99", False)],
)  # fmt: skip
def test_agency_codes(code: str, is_code: bool) -> None:
    assert is_agency_code(code) is is_code
