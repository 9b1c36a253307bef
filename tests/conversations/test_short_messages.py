"""A few words answer or ask on as the plain words do, or a tap: tests/fixtures/short_messages.txt says which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conversations.script import Conversation, Step
from tests.conversations.stage import House, play

TABLE = Path(__file__).parents[1] / "fixtures" / "short_messages.txt"
_SCREEN = re.compile(r"@ (\w+) (.+)")
_HEAD = re.compile(r"== (\w+) = (.+)")
_SAID = re.compile(r"([>*]) (.+?)(?= [>*] |$)")


@dataclass(frozen=True, slots=True)
class Row:
    """`screen`: what leads to it. `meant`: a tap or plain words. `said`: the message that means the same."""

    name: str
    screen: tuple[Step, ...]
    meant: Step
    said: Step


def steps(text: str) -> tuple[Step, ...]:
    """`> words * choice` as steps."""
    return tuple(Step((f"{mark} {words}",)) for mark, words in _SAID.findall(text))


def rows() -> Iterator[Row]:
    screens: dict[str, tuple[Step, ...]] = {}
    head = ("", "")
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if match := _SCREEN.fullmatch(line):
            english = (Step(("@ lang=en",)),) if match[1].endswith("_en") else ()
            screens[match[1]] = (*english, *steps(match[2]))
        elif match := _HEAD.fullmatch(line):
            head = (match[1], match[2])
        elif line and not line.startswith("#"):
            screen, meant = head
            yield Row(screen, screens[screen], steps(meant)[0], Step((f"> {line}",)))


ROWS = list(rows())


async def answer(house: House, screen: tuple[Step, ...], said: Step) -> tuple[str, ...]:
    played = await play(house, Conversation("short", "", (*screen, said)))
    return played.steps[-1].answer


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.name}: {row.said.lines[0][2:]}")
async def test_it_is_answered_as_what_is_meant(house: House, row: Row) -> None:
    assert await answer(house, row.screen, row.said) == await answer(house, row.screen, row.meant)


def test_no_row_stands_twice() -> None:
    assert len({(row.name, row.meant, row.said) for row in ROWS}) == len(ROWS)
