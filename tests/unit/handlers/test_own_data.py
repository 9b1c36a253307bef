"""What people read who ask what is held of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.store.own_data import OwnRows
from bot.store.register import load_register
from bot.texts import LANGUAGES, load_texts
from handlers.own_data import in_group, shown, titled, too_often
from tests.unit.handlers.example import turn

ERASE, AGAIN = Choice("me:erase", "Xóa dữ liệu của tôi"), Choice("start", "Việc khác")
HELD = (OwnRows("events", 1200, ()), OwnRows("ratings", 3, ()))


def test_in_short_with_the_way_to_all_of_it() -> None:
    given = turn(conversation=Conversation(profile=Profile(commune="H99.101")))
    told = """Đây là những gì tôi đang giữ của anh/chị:
Hiện tôi nhớ anh/chị ở xã Bình Minh.
• 1.200 lượt hỏi đáp: giờ nào, việc gì, không có lời của anh/chị.
• 3 lượt đánh giá, kèm lời góp ý nếu có.
"""
    alone = "Muốn lấy bản đầy đủ thì mở đường dẫn dưới đây. Chỉ mở được bằng chính máy này."
    page = (Link("Tải bản đầy đủ", "https://x.test/y"),)
    browser = shown(given, HELD, "https://x.test/y").reply
    assert browser == Reply(Status.OWN_DATA, told + alone, (ERASE, AGAIN), page)
    ends = "Muốn lấy bản đầy đủ thì mở đường dẫn dưới đây trong 15 phút. Xin đừng gửi đường dẫn này cho ai."
    messenger = shown(replace(given, is_reachable=True), HELD, "https://x.test/y").reply
    assert messenger == replace(browser, text=told + ends)


def test_of_nothing_there_is_no_file() -> None:
    assert shown(turn(), (), "…").reply == Reply(Status.OWN_DATA, "Tôi không giữ gì của anh/chị.", (AGAIN,))


def test_nothing_is_shown_where_others_read_or_too_often() -> None:
    assert [(one.reply.status, one.reply.links) for one in (in_group(turn()), too_often(turn()))] == [
        (Status.HELPED, ()),
        (Status.TOO_FAST, ()),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_that_is_given_has_its_words(language: str) -> None:
    texts = load_texts(language)
    given = [entry.tables[0] for entry in load_register().entries if entry.exported]
    uncounted = [table for table in given if "7" not in titled(texts, OwnRows(table, 7, ()))]
    # Of these there is one or none of a person: no number is to be told.
    assert uncounted == ["conversations", "erasures"]
    assert {name for name in texts.sentences if name.startswith("own.held.")} == {f"own.held.{one}" for one in given}
