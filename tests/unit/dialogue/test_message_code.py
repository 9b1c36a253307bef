"""Codes of messages: short, the same for the same update, and nothing that is taken for somebody's number."""

from __future__ import annotations

import re

import structlog
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.message_code import apology, code_of, current_code, following, new_code
from bot.dialogue.personal_data import masker_of
from bot.texts import LANGUAGES, load_texts
from tests.log import Log

MASKER = masker_of(map(load_texts, LANGUAGES))


@given(st.text(), st.text())
def test_an_update_s_code_is_short_and_is_not_masked(channel: str, key: str) -> None:
    code = code_of(channel, key)
    assert re.fullmatch("[bcdfghjkmnpqrstvwxz]{8}", code)
    assert MASKER.hide(apology(load_texts(), code)) == apology(load_texts(), code)


def test_the_same_update_has_the_same_code_in_every_release() -> None:
    codes = [code_of("telegram", "update:1"), code_of("zalo_oa", "update:1"), code_of("telegram", "update:2")]
    assert codes == ["zbmgmggm", "xhcgmwdm", "sppckhwf"]


def test_new_ones_differ() -> None:
    assert len({new_code() for _ in range(1000)}) == 1000


def test_lines_have_the_code_within_the_block_alone(log: Log) -> None:
    logger = structlog.get_logger("tests.message_code")
    with following("outer"):
        with following("inner"):
            assert current_code() == "inner"
            logger.warning("one")
        logger.warning("two")
    logger.warning("three")
    assert current_code() == ""
    assert [(line["event"], line.get("message")) for line in log.lines()] == [
        ("one", "inner"),
        ("two", "outer"),
        ("three", None),
    ]


def test_who_met_a_failure_can_pass_the_code_on() -> None:
    assert apology(load_texts(), "bcdfghjk") == (
        "Xin lỗi, tôi đang gặp trục trặc. Anh/chị gửi lại giúp tôi sau ít phút.\n"
        "Nếu vẫn chưa được, anh/chị báo cán bộ mã này: bcdfghjk."
    )
    assert apology(load_texts("en"), "bcdfghjk").endswith("please tell an officer this code: bcdfghjk.")
    assert apology(load_texts(), "") == "Xin lỗi, tôi đang gặp trục trặc. Anh/chị gửi lại giúp tôi sau ít phút."
