"""Choice ids come back from outside: only what is exactly ours is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.choices import (
    MAX_ID_CHARS,
    CardChoice,
    FullNameChoice,
    HelpChoice,
    HelpTopicChoice,
    LifeEventChoice,
    StartChoice,
    Target,
    parse,
)


@pytest.mark.parametrize(
    ("choice_id", "target"),
    [
        ("tt:1.001193", CardChoice("1.001193")),
        ("tt:1.001193@H27.05", CardChoice("1.001193", "H27.05")),
        ("tt:1.001193@000.00.27.G66", CardChoice("1.001193", "000.00.27.G66")),
        ("more:1.001193", FullNameChoice("1.001193")),
        ("le:having-a-child", LifeEventChoice("having-a-child")),
        ("le:having-a-child:2", LifeEventChoice("having-a-child", 2)),
        ("start", StartChoice()),
        ("start:2", StartChoice(2)),
        ("help", HelpChoice()),
        ("help:2", HelpChoice(2)),
        ("hq:full-process", HelpTopicChoice("full-process")),
    ],
)
def test_there_and_back(choice_id: str, target: Target) -> None:
    assert parse(choice_id) == target
    assert str(target) == choice_id


@pytest.mark.parametrize(
    "choice_id",
    [
        "", "tt:", "tt:1001193", "tt:1.0011931", "tt:1.00119", "tt:0.001193", "TT:1.001193", " tt:1.001193",
        "tt:1.001193\n", "tt:1.001193@", "tt:1.001193@H27;drop", "tt:١.٠٠١١٩٣", "le:", "le:Having", "le:a--b",
        "le:a:0", "le:a:100", "start:", "start:0", "help!", "help:0", "hq:", "hq:Full", "hq:a:2",
        "tt:1.001193@" + "H" * 60, "<b>", "1", "\ud800",
        None, 5, b"start", ["start"],
    ],
)  # fmt: skip
def test_anything_else_is_refused(choice_id: object) -> None:
    assert parse(choice_id) is None


@given(st.text(max_size=80))
def test_never_raises_and_reads_only_what_it_writes(text: str) -> None:
    target = parse(text)
    assert target is None or len(str(target)) <= MAX_ID_CHARS
