from __future__ import annotations

import pytest

from bot.channels.telegram.deep_links import choice_behind, link, payload_of


@pytest.mark.parametrize(
    ("payload", "choice"),
    [
        ("tt_1_001193", "tt:1.001193"),
        ("hq_full-process", "hq:full-process"),
        ("le_having-a-child", "le:having-a-child"),
        ("ag_H99_05", "ag:H99.05"),
        ("menu", "menu"),
        ("ol", "ol"),
    ],
)
def test_a_view_can_be_linked(payload: str, choice: str) -> None:
    assert (choice_behind(payload), payload_of(choice)) == (choice, payload)


@pytest.mark.parametrize(
    "payload", ["", "inline", "me_erased", "me", "ok_yes", "cm_H99_101", "lang_en", "tt:1", "a" * 65]
)
def test_a_link_of_somebody_else_changes_nothing(payload: str) -> None:
    assert choice_behind(payload) is None


@pytest.mark.parametrize("choice", ["tt:1.001193@H99.05", "pick:1.001193+1.000689", "start", "le:x:2", ""])
def test_what_cannot_be_written_has_no_payload(choice: str) -> None:
    assert payload_of(choice) is None


def test_link() -> None:
    assert link("dvc_mau_bot", "tt_1_001193") == "https://t.me/dvc_mau_bot?start=tt_1_001193"
