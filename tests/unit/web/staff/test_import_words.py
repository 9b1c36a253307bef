"""Every finding and answer has words, in both languages."""

from __future__ import annotations

import pytest

from bot.catalog.imports.model import Action, Column, FindingKind, ListTier, NoteKind
from bot.catalog.imports.own_files import OwnPart
from bot.catalog.model import OnlineLevel, Tier
from bot.errors import Unreadable
from bot.operations.imports.own_format import OwnFormatFault
from bot.store.drafts import DraftState
from bot.texts import LANGUAGES, load_texts
from bot.web.staff.import_words import answer_of, sent_of, table_name

_OF_NEW = ("agency_unknown_of_new", "field_unknown_of_new", "spelled", "two_levels")
WANTED = {
    "import_finding.kind": set(FindingKind),
    "import_finding.what": {*FindingKind, *_OF_NEW},
    "import_finding.answer": {*Action, "leave_agency_out", "new_field", "offline", "replaced"} - {Action.ASK},
    "imports.column": set(Column),
    "imports.tier": {*ListTier, Tier.PROVINCE, Tier.COMMUNE},
    "imports.level": {*OnlineLevel, *(f"{one}_trial" for one in OnlineLevel if one is not OnlineLevel.UNKNOWN)},
    "imports.note": set(NoteKind),
    "imports.of": {*OwnPart, "list", "whole"},
    "imports.state_of": set(DraftState),
    "imports.unreadable": set(Unreadable),
    "imports.own_fault": set(OwnFormatFault),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("group", WANTED)
def test_there_are_words_for_each_and_no_others(language: str, group: str) -> None:
    prefix = f"web.staff.{group}."
    there = {i.removeprefix(prefix) for i in load_texts(language).sentences if i.startswith(prefix)}
    assert there == {str(one) for one in WANTED[group]}


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("Danh sách", "Danh sách"),
        ("table 2", "bảng 2"),
        ("page 3", "trang 3"),
        ("page 3 table 1", "trang 3, bảng 1"),
        ("table", "bảng"),
        ("", ""),
    ],
)
def test_tables_are_called_in_the_reader_s_language(sheet: str, said: str) -> None:
    assert table_name(sheet, load_texts("vi")) == said


@pytest.mark.parametrize("sent", ["use:1.001193", "use:a: b", "keep:", "remove:", "leave_out:", "ask:"])
def test_what_a_form_sends_is_an_answer(sent: str) -> None:
    answer = answer_of(sent)
    assert answer is not None
    assert sent_of(answer) == sent


@pytest.mark.parametrize("sent", ["", "x", "USE:1", ":", "use 1"])
def test_anything_else_is_none(sent: str) -> None:
    assert answer_of(sent) is None
