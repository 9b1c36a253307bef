from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram.deep_links import choice_behind, link, payload_of
from bot.dialogue.signed_links import ShareLink, Signer

SIGNER = Signer(b"k" * 32)


@pytest.mark.parametrize(
    ("payload", "choice"),
    [
        ("tt_1_001193", "tt:1.001193"),
        ("hq_full-process", "hq:full-process"),
        ("le_having-a-child", "le:having-a-child"),
        ("ag_H99_05", "ag:H99.05"),
        ("menu", "menu"),
        ("ol", "ol"),
        ("s_1001193_12_18073_Ab3_-x", "s:1001193.12.18073.Ab3_-x"),
        ("s_1001193_____-__x", "s:1001193...__-__x"),
        ("s_f-ho-tich__18073_Ab3__x", "s:f-ho-tich..18073.Ab3__x"),
    ],
)
def test_a_view_can_be_linked(payload: str, choice: str) -> None:
    assert (choice_behind(payload), payload_of(choice)) == (choice, payload)


@pytest.mark.parametrize(
    "payload", ["", "inline", "me_erased", "me", "ok_yes", "cm_H99_101", "lang_en", "tt:1", "a" * 65]
)
def test_a_link_of_somebody_else_changes_nothing(payload: str) -> None:
    assert choice_behind(payload) is None


@pytest.mark.parametrize(
    "choice",
    ["tt:1.001193@H99.05", "s:1001193.12.18073.Ab3_-x@H99.05", "s:", "pick:1.001193+1.000689", "start", "le:x:2", ""],
)
def test_what_cannot_be_written_has_no_payload(choice: str) -> None:
    assert payload_of(choice) is None


def test_link() -> None:
    assert link("dvc_mau_bot", "tt_1_001193") == "https://t.me/dvc_mau_bot?start=tt_1_001193"


@given(
    st.from_regex(r"[1-9][0-9]{6}|[ef]-[a-z0-9]{1,38}", fullmatch=True),
    st.integers(0, 999_999),
    st.sampled_from(["", "18073", "99999"]),
)
def test_every_shared_link_fits_into_an_address(target: str, team: int, commune: str) -> None:
    choice = f"s:{SIGNER.share_id(ShareLink(target, team, commune))}"
    payload = payload_of(choice)
    assert payload is not None
    assert (len(payload) <= 64, choice_behind(payload)) == (True, choice)
