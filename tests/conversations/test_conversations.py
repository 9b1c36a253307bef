"""Every conversation written down in this folder is answered as it stands there, to the letter."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import Target
from bot.dialogue.messages import Status
from tests.conversations.script import Conversation, as_text, read, scripts
from tests.conversations.stage import House, play

CONVERSATIONS = [conversation for path in scripts() for conversation in read(path).conversations]
_STATUS = re.compile(r"\[([a-z_]+)\] ")


@pytest.mark.parametrize("written", CONVERSATIONS, ids=lambda c: f"{c.file}: {c.title}")
async def test_it_is_answered_as_written(house: House, written: Conversation) -> None:
    assert await play(house, written) == written


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_a_file_is_in_the_recorders_form(path: Path) -> None:
    assert as_text(read(path)) == path.read_text(encoding="utf-8")


def test_no_two_conversations_of_a_file_bear_one_title() -> None:
    titles = Counter((conversation.file, conversation.title) for conversation in CONVERSATIONS)
    assert [title for title, count in titles.items() if count > 1] == []


def test_every_status_is_met() -> None:
    answers = [step.answer[0] for conversation in CONVERSATIONS for step in conversation.steps if step.answer]
    # What a member of staff is told needs an account first; it is tested with the accounts.
    assert {match[1] for answer in answers if (match := _STATUS.match(answer))} == set(Status) - {Status.STAFF}


def test_every_kind_of_choice_is_tapped() -> None:
    taps = [step.tap for conversation in CONVERSATIONS for step in conversation.steps if step.tap]
    assert set(get_args(Target)) - {type(parse(tap)) for tap in taps} == set()
