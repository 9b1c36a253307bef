"""docs/security-review.md speaks of every requirement once, and of files and tests that are there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from docs.security_review import PAGE, Line, Status, page_of, read_lines

ROOT = Path(__file__).resolve().parents[2]
LEVELS = """
    1.1 22  1.2 1111122223  1.3 112222222223  1.4 222  1.5 123
    2.1 122  2.2 112  2.3 12223  2.4 23
    3.1 3  3.2 113  3.3 12223  3.4 11222233  3.5 11122333  3.6 3  3.7 22333
    4.1 12233  4.2 23333  4.3 22  4.4 1222
    5.1 2  5.2 112333  5.3 113  5.4 222
    6.1 122  6.2 111111112222  6.3 11223333  6.4 112233  6.5 22222333  6.6 2223  6.7 33  6.8 2222
    7.1 222  7.2 1111  7.3 22  7.4 11222  7.5 223  7.6 22
    8.1 1233  8.2 1123  8.3 133  8.4 23
    9.1 111  9.2 1222
    10.1 22  10.2 223  10.3 22223  10.4 1111122222233333  10.5 22222  10.6 22  10.7 222
    11.1 2233  11.2 22233  11.3 11233  11.4 1222  11.5 23  11.6 23  11.7 33
    12.1 12233  12.2 11  12.3 22223
    13.1 2333  13.2 222223  13.3 2233  13.4 1222233
    14.1 22  14.2 12223333  14.3 122
    15.1 12233  15.2 12233  15.3 1222222  15.4 3333
    16.1 2  16.2 22222  16.3 2222  16.4 222  16.5 2223
    17.1 23  17.2 22223333  17.3 22
"""
"""Of each section of the standard (5.0.0) the levels of its requirements, in their order."""
_PATH = re.compile(r"`([\w./#-]+/[\w./#-]*|[\w-]+\.(?:md|toml|lock)(?:#[\w-]+)?)`")
LINES = read_lines()
IDS = [line.id for line in LINES]


def levels() -> dict[str, int]:
    """Of every requirement."""
    words = LEVELS.split()
    return {
        f"{section}.{number}": int(level)
        for section, each in zip(words[::2], words[1::2], strict=True)
        for number, level in enumerate(each, 1)
    }


@cache
def read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_list_is_the_whole_standard() -> None:
    every = list(levels().values())
    assert [every.count(level) for level in (1, 2, 3)] == [70, 183, 92]


def test_each_requirement_of_both_levels_has_one_line() -> None:
    assert [(line.id, line.level) for line in LINES] == [(id_, level) for id_, level in levels().items() if level < 3]


def test_the_page_is_current() -> None:
    assert read(PAGE) == page_of(LINES)


@pytest.mark.parametrize("line", LINES, ids=IDS)
def test_a_line_says_what_it_has_to(line: Line) -> None:
    said = (bool(line.where), bool(line.missing))
    assert line.asks
    assert (
        said
        in {
            Status.MET: {(True, False)},
            Status.PARTLY: {(True, True)},
            Status.NOT_MET: {(True, True), (False, True)},
            Status.NOT_APPLICABLE: {(False, True)},
        }[line.status]
    )
    if line.status is Status.NOT_APPLICABLE:
        assert line.tests == ()


@pytest.mark.parametrize("line", LINES, ids=IDS)
def test_what_is_named_is_there(line: Line) -> None:
    for path in _PATH.findall(f"{line.where} {line.missing}"):
        file, _, section = path.partition("#")
        assert (ROOT / file).exists() or file.startswith("/"), path
        if section:
            headings = re.findall(r"^#+ (.+)$", read(ROOT / file), re.MULTILINE)
            assert section in {heading.lower().replace(" ", "-") for heading in headings}, path
    for test in line.tests:
        file, _, name = test.partition("::")
        assert re.search(rf"^(?:async )?def {name}\(", read(ROOT / file), re.MULTILINE), test


def test_what_is_met_in_code_has_a_test() -> None:
    """Without one are only what documents say, and what a proxy does."""
    without = [line.id for line in LINES if line.status is Status.MET and not line.tests]
    places = [re.findall(r"`([^`]+)`", line.where)[0] for line in LINES if line.id in without]
    assert [place for place in places if place.startswith(("bot/", "handlers/"))] == []
