"""Reading TOML with the place of every key."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.report import Report
from bot.catalog.toml_files import TomlFile


def open_file(content: bytes) -> tuple[TomlFile, Report]:
    report = Report()
    return TomlFile(content, "t.toml", report), report


def said(report: Report) -> list[str]:
    return [str(problem) for problem in report.problems()]


def test_values_are_read() -> None:
    content = 'top = "trên"\n[a]\nday = 2026-10-03\nlist = [1]\n[[b]]\nx = "1"\n[[b]]\nx = ""\n'
    file, report = open_file(content.encode())

    assert (
        file.top().text("top"),
        file.section("a").day("day"),
        file.section("a").get("list", list),
        [section.text("x", may_be_empty=True) for section in file.sections("b")],
        said(report),
    ) == ("trên", date(2026, 10, 3), [1], ["1", ""], [])


def test_place_is_that_of_the_key_in_its_own_table() -> None:
    file, report = open_file(b'x = "1"\n[[b]]\nx = "1"\n\n[[b]]\n  x = 5\n[c]\nx = " "\n')

    file.top().day("x")
    for section in file.sections("b"):
        section.text("x")
        section.text("y")
    file.section("c").text("x")

    assert said(report) == [
        "t.toml:1:1: x is not a date such as 2026-10-03; expected x = a date such as 2026-10-03",
        "t.toml:2:1: no y; expected y = text in quotes",
        "t.toml:5:1: no y; expected y = text in quotes",
        "t.toml:6:3: x is not text in quotes; expected x = text in quotes",
        "t.toml:8:1: x is empty; expected x = text in quotes",
    ]


def test_lines_inside_a_long_string_are_no_keys() -> None:
    file, report = open_file(b'note = """\nx = 1\n[a]\n"""\nx = 5\n')

    file.top().text("x")

    assert said(report) == ["t.toml:5:1: x is not text in quotes; expected x = text in quotes"]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"a = 1\nb = \n", ["t.toml:2:5: not TOML (Invalid value); expected valid TOML"]),
        (b"a = 1\na = 2\n", ["t.toml:2:6: not TOML (Cannot overwrite a value); expected valid TOML"]),
        (b"a = 1\nb = [1,", ["t.toml:2:8: not TOML (Invalid value); expected valid TOML"]),
        (
            b'a = "\xff"\n',
            ["t.toml:1:6: byte 0xff is not UTF-8; expected text in UTF-8"],
        ),
    ],
)
def test_what_does_not_parse_is_reported_once(content: bytes, problems: list[str]) -> None:
    file, report = open_file(content)
    file.top().text("a")
    file.section("s").text("a")
    file.sections("s")

    # Text that is not UTF-8 still parses, and then lacks its tables.
    assert said(report)[-1:] == problems if file.broken else problems[0] in said(report)


def test_missing_file_is_broken_and_silent() -> None:
    report = Report()
    file = TomlFile(None, "t.toml", report)

    assert (file.broken, file.top().text("a"), file.sections("b"), said(report)) == (True, "", [], [])


@given(st.binary(max_size=100))
def test_no_bytes_make_it_fail(content: bytes) -> None:
    file, _ = open_file(content)
    file.top().text("a")
    file.section("a").text("b")
    file.sections("a")
