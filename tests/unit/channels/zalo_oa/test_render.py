"""Replies as messages: every choice can be read and answered with its number, whatever its length."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo_oa.render import Button, Part, as_message, render
from bot.dialogue.messages import Choice, Link, Reply, Status
from handlers.start import PRIVACY_PAGE
from tests.unit.channels.zalo_oa.payloads import payload

_MARK = re.compile(r"\(\d/\d\)")
REPLY = Reply(
    Status.ANSWERED,
    "Tìm thấy 2 thủ tục:",
    (Choice("tt:1.001193", "Đăng ký khai sinh"), Choice("tt:1.004884", "Đăng ký lại khai sinh")),
    (Link("Nộp trực tuyến", "https://dichvucong.gov.vn"),),
)
TEXT = """\
Tìm thấy 2 thủ tục:

Nộp trực tuyến: https://dichvucong.gov.vn

1. Đăng ký khai sinh
2. Đăng ký lại khai sinh"""
BUTTONS = (
    Button("Nộp trực tuyến", "oa.open.url", {"url": "https://dichvucong.gov.vn"}),
    Button("1. Đăng ký khai sinh", "oa.query.hide", "tt:1.001193"),
    Button("2. Đăng ký lại khai sinh", "oa.query.hide", "tt:1.004884"),
)


def test_a_reply() -> None:
    assert render(REPLY, buttons=False) == (Part(TEXT),)
    assert render(REPLY, buttons=True) == (Part(TEXT, BUTTONS),)


def test_a_counted_link_is_opened_through_our_own_address() -> None:
    through = "https://hoidap.example.gov.vn/r/1.001193~~~AAAAAAAAAAAA"
    links = (Link("Nộp trực tuyến", "https://dichvucong.gov.vn", through),)
    assert render(Reply(Status.ANSWERED, "Khai sinh", (), links), buttons=True) == (
        Part(f"Khai sinh\n\nNộp trực tuyến: {through}", (Button("Nộp trực tuyến", "oa.open.url", {"url": through}),)),
    )


def test_a_reply_without_choices_has_no_buttons() -> None:
    assert render(Reply(Status.EMPTY, "Xin chào."), buttons=True) == (Part("Xin chào."),)


def test_choices_without_a_text() -> None:
    reply = Reply(Status.BROWSED, " ", (Choice("start", "Về  đầu\n"),))
    assert render(reply, buttons=False) == (Part("1. Về đầu"),)


def test_nothing_to_say() -> None:
    assert render(Reply(Status.EMPTY, ""), buttons=True) == (Part(""),)


def test_at_most_five_buttons_the_links_first_and_short_titles() -> None:
    choices = tuple(Choice(f"fi:x:{n}", "a" * 200) for n in range(1, 9))
    links = (Link("Gọi", "tel:115"), Link("Trang", "https://a.test"))
    (part,) = render(Reply(Status.ANSWERED, "Chọn:", choices, links), buttons=True)
    assert part.buttons == (
        Button("Trang", "oa.open.url", {"url": "https://a.test"}),
        *(Button(f"{n}. {'a' * 96}…", "oa.query.hide", f"fi:x:{n}") for n in range(1, 5)),
    )


def shown(*ids: str, links: tuple[Link, ...] = (), status: Status = Status.ANSWERED) -> list[object]:
    """What the buttons below these choices send."""
    (part,) = render(Reply(status, "Chọn:", tuple(Choice(one, one) for one in ids), links), buttons=True)
    return [button.payload for button in part.buttons]


@pytest.mark.parametrize(
    ("ids", "kept"),
    [
        (("a", "ok:yes", "ok:no", "b", "c"), ["a", "ok:yes", "ok:no", "b", "c"]),
        (("a", "b", "ok:yes", "ok:no", "c", "d"), ["a", "b", "ok:yes", "ok:no", "c"]),
        (("a", "b", "c", "d", "ok:yes", "ok:no", "e"), ["a", "b", "c", "d", "e"]),
        (("ok:yes", "a", "b", "c", "d", "ok:no"), ["ok:yes", "a", "b", "c", "ok:no"]),
        (("a", "b", "c", "d", "e", "start"), ["a", "b", "c", "d", "start"]),
        (("a", "b", "c", "ok:yes", "ok:no", "d", "start"), ["a", "b", "c", "d", "start"]),
        (("a", "b", "ok:yes", "ok:no", "c", "d", "start"), ["a", "b", "ok:yes", "ok:no", "start"]),
        (("a", "b", "c", "d", "e", "start:2"), ["a", "b", "c", "d", "e"]),
    ],
)
def test_a_question_is_asked_as_a_whole_and_the_way_home_stays(ids: tuple[str, ...], kept: list[str]) -> None:
    assert shown(*ids) == kept


def test_the_way_home_stays_beside_links() -> None:
    links = tuple(Link("Trang", f"https://a.test/{n}") for n in range(5))
    assert shown("a", "start", links=links) == [*({"url": link.url} for link in links[:4]), "start"]


def test_what_is_said_of_privacy_is_a_line_and_no_button() -> None:
    privacy = Link("Quyền riêng tư", f"https://a.test{PRIVACY_PAGE}")
    assert shown("a", links=(privacy, *REPLY.links)) == [{"url": REPLY.links[0].url}, "a"]
    (part,) = render(Reply(Status.STARTED, "Chào.", (), (privacy,)), buttons=True)
    assert part == Part(f"Chào.\n\nQuyền riêng tư: {privacy.url}")


def test_the_shape_of_a_message_is_the_platforms() -> None:
    documented = payload("send_cs_text_buttons")["message"]
    assert as_message(Part("Kính chào")) == {"text": "Kính chào"}
    message = as_message(Part(TEXT, BUTTONS))
    buttons = [{"title": button.title, "type": button.type, "payload": button.payload} for button in BUTTONS]
    assert message == {"text": TEXT, "attachment": {"type": "template", "payload": {"buttons": buttons}}}
    assert message.keys() == documented.keys()
    by_type = {button["type"]: button for button in documented["attachment"]["payload"]["buttons"]}
    assert [{k: type(v) for k, v in button.items()} for button in buttons] == [
        {k: type(v) for k, v in by_type[str(button["type"])].items()} for button in buttons
    ]


def test_a_long_reply_breaks_between_lines_and_has_its_buttons_last() -> None:
    choices = tuple(Choice(f"fi:x:{n}", f"Thủ tục thứ {n} " + "rất dài " * 20) for n in range(1, 31))
    parts = render(Reply(Status.BROWSED, "Anh/chị chọn:", choices, REPLY.links), buttons=True)
    lines = [line for part in parts for line in part.text.split("\n") if line and not _MARK.fullmatch(line)]
    assert lines == [
        "Anh/chị chọn:",
        "Nộp trực tuyến: https://dichvucong.gov.vn",
        *(f"{n}. {' '.join(choice.label.split())}" for n, choice in enumerate(choices, start=1)),
    ]
    assert [len(part.buttons) for part in parts] == [0, 0, 5]


LABELS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120)
REPLIES = st.builds(
    Reply,
    st.just(Status.BROWSED),
    st.text(st.characters(codec="utf-8"), max_size=9000) | st.text("a \n.ễ", max_size=9000),
    st.lists(st.builds(Choice, st.just("start"), LABELS), max_size=30).map(tuple),
    st.lists(st.builds(Link, LABELS, st.just("https://a.test/x")), max_size=5).map(tuple),
)


@given(REPLIES, st.booleans())
def test_whatever_is_said_fits_and_every_label_is_there(reply: Reply, buttons: bool) -> None:
    parts = render(reply, buttons=buttons)
    assert 1 <= len(parts) <= 99
    assert [len(part.text) for part in parts if len(unicodedata.normalize("NFC", part.text)) > 2000] == []
    assert all(len(button.title) <= 100 for part in parts for button in part.buttons)
    assert all(len(part.buttons) <= 5 for part in parts)
    together = "\n".join(part.text for part in parts)
    wanted = [f"{n}. {' '.join(choice.label.split())}" for n, choice in enumerate(reply.choices, start=1)]
    assert [label for label in wanted if unicodedata.normalize("NFC", label).strip() not in together] == []
    assert [part.text for part in render(reply, buttons=not buttons)] == [part.text for part in parts]


def test_where_there_is_to_choose_the_choices_come_first() -> None:
    (part,) = render(Reply(Status.STARTED, "Chọn:", (Choice("start", "Về đầu"),), REPLY.links[:1]), buttons=True)
    assert [button.type for button in part.buttons] == ["oa.query.hide", "oa.open.url"]
