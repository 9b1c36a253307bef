"""The handbooks for editors and for teams say what is so: names of pages and buttons, numbers, kinds, commands."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from bot.catalog.editorial import MAX_TEXT_CHARS, MOST_NOTICES, ItemKind
from bot.catalog.editorial_check import MOST_DAYS
from bot.catalog.imports.model import FindingKind
from bot.cli import main
from bot.dialogue.sharing import KEPT_FOR
from bot.operations.freshness.review import Why
from bot.operations.rating_links import making
from bot.operations.sharing.message import message
from bot.operations.sharing.most_used import MOST as MOST_ON_A_SHEET
from bot.operations.sharing.spoken import MOST_SECONDS, spoken
from bot.operations.sharing.teams import MOST_NAME_CHARS
from bot.ratings.satisfaction import FEWEST_PUBLISHED
from bot.settings import Settings
from bot.store.freshness import LinkOutcome
from bot.store.sharing import Count
from bot.texts import load_texts
from bot.texts.plain import MOST_WORDS
from bot.web.uploads import MOST_UPLOAD_BYTES
from tests.unit.handbooks import EDITORS, HANDBOOKS, TEAMS, first_bold, not_on_pages
from tests.unit.operations.sharing.samples import FULL, material

TEXTS = load_texts()


@pytest.mark.parametrize("name", HANDBOOKS)
def test_what_is_shown_in_bold_stands_on_the_pages(name: str) -> None:
    assert not_on_pages(name) == []


def test_editors_are_told_of_every_kind_of_finding() -> None:
    kinds = [TEXTS.find(f"web.staff.import_finding.kind.{kind}") for kind in FindingKind]
    assert first_bold(EDITORS, "Chỗ máy hỏi | Nghĩa là | Nên chọn") == kinds


def test_editors_are_told_of_everything_they_can_say() -> None:
    kinds = [TEXTS.find(f"web.staff.value.{kind}") for kind in ItemKind]
    assert first_bold(EDITORS, "Loại | Dùng khi | Người dân thấy gì") == kinds


def test_editors_are_told_why_something_is_to_be_looked_at() -> None:
    reasons = [TEXTS.find(f"web.staff.freshness.reason.{why}") for why in Why]
    assert sorted(first_bold(EDITORS, "Lý do | Nên làm")) == sorted(str(reason) for reason in reasons)


def test_editors_are_told_of_every_outcome_of_a_link_check() -> None:
    outcomes = {one: one.value for one in LinkOutcome} | {LinkOutcome.COULD_NOT_CHECK: "unanswered"}
    said = {TEXTS.find(f"web.staff.freshness.checks.{word}") for word in (*outcomes.values(), "never")}
    assert set(first_bold(EDITORS, "Kết quả | Nghĩa là | Nên làm")) == said


def test_teams_are_told_of_everything_that_is_counted() -> None:
    columns = [TEXTS.find(f"web.staff.teams.column.{count}") for count in Count]
    assert first_bold(TEAMS, "Cột | Đếm gì") == columns


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (EDITORS, f"không quá {MOST_UPLOAD_BYTES // (1024 * 1024)} megabyte"),
        (EDITORS, f"không quá {MOST_WORDS} chữ, cả nội dung không quá {MAX_TEXT_CHARS} ký tự"),
        (EDITORS, f"dài nhất {MOST_DAYS} ngày"),
        (EDITORS, f"cũ hơn {Settings.model_fields['data_old_days'].default} ngày"),
        (EDITORS, f"quá {Settings.model_fields['links_check_days'].default} ngày"),
        (TEAMS, f"dài nhất {MOST_SECONDS:.0f} giây"),
        (TEAMS, f"trong {KEPT_FOR.days} ngày từ khi đến"),
        (TEAMS, f"Dưới {FEWEST_PUBLISHED} đánh giá"),
        (TEAMS, f"thường {making.USUAL_DAYS}, nhiều nhất {making.MOST_DAYS}"),
        (TEAMS, f"không quá {MOST_NAME_CHARS} ký tự"),
    ],
)
def test_the_limits_are_those_of_the_code(name: str, said: str) -> None:
    assert said in HANDBOOKS[name]


def test_the_numbers_in_words_are_those_of_the_code() -> None:
    """Numbers that are written out: two notices, twelve services."""
    assert (MOST_NOTICES, "nhiều nhất hai thông báo" in HANDBOOKS[EDITORS]) == (2, True)
    assert (MOST_ON_A_SHEET, "cả mười hai mã" in HANDBOOKS[TEAMS]) == (12, True)


def _examples(name: str) -> list[str]:
    """The blocks that are shown as they come."""
    return re.findall(r"^```\n(.*?)\n```$", HANDBOOKS[name], re.MULTILINE | re.DOTALL)


def test_the_examples_for_teams_are_what_the_assistant_makes() -> None:
    """The text for a group with its link shortened, and the words for the loudspeaker broken into lines."""
    shared = material(FULL)
    shown, read_out = _examples(TEAMS)
    begin, _, end = message(shared).partition(shared.link)
    assert re.fullmatch(f"{re.escape(begin)}https://…/s/\\S+…{re.escape(end)}", shown)
    assert read_out.split() == spoken(shared).text.split()


def _commands(group: click.Group, words: str) -> Iterator[str]:
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _commands(command, f"{words} {word}")
        else:
            yield f"{words} {word}"


def _told(name: str, heading: str) -> set[str]:
    """The commands in the table of a handbook, without what they are given."""
    part = HANDBOOKS[name].partition(heading)[2]
    known = set(_commands(main, "")) | {f" {word}" for word in main.commands}
    called = [" " + call for call in re.findall(r"`python -m bot ([^`]+)`", part)]
    return {max((one for one in known if call.startswith(one)), key=len) for call in called if "…" not in call}


def test_editors_have_every_command_of_theirs() -> None:
    """Looking at a catalogue is no work of theirs, and words are taught on a page of its own."""
    known = {one for one in _commands(main, "") if one.startswith(" catalog ")}
    others = {one for one in known if one.startswith((" catalog aliases", " catalog check", " catalog show"))}
    assert _told(EDITORS, "\n## Làm bằng dòng lệnh\n") == known - others | {" catalog check-links"}


def test_teams_have_every_command_of_theirs() -> None:
    known = {one for one in _commands(main, "") if one.startswith((" team ", " share", " rating-link"))}
    assert _told(TEAMS, "\n## Làm bằng dòng lệnh\n") == known
