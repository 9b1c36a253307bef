from __future__ import annotations

import unicodedata
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.render import LABEL_CHARS, MOST_CHARS, Button, Part, is_public, link_label, render
from bot.dialogue.messages import Choice, Forward, Link, Reply, Status
from bot.texts import load_texts

BIRTH = Choice("tt:1.001193", "Đăng ký khai sinh")
LONG = Choice("tt:1.000689", "Đăng ký khai sinh kết hợp nhận cha, mẹ, con")
HOME = Choice("start", "Về đầu")
PORTAL = Link("Mở trang thủ tục", "https://dichvucong.gov.vn/p/1")
COUNTED = Link(PORTAL.label, PORTAL.url, "https://hoidap.example.gov.vn/r/1.001193~~~AAAAAAAAAAAA")
HERE = Link("Quyền riêng tư", "http://127.0.0.1:8080/rieng-tu")


def test_short_labels_are_the_buttons() -> None:
    reply = Reply(Status.ASKED_BACK, "Anh/chị cần việc nào?", (BIRTH, HOME), (PORTAL,))
    assert render(reply) == (
        Part(
            "Anh/chị cần việc nào?",
            "Anh/chị cần việc nào?",
            "Anh/chị cần việc nào?\n\n1. Đăng ký khai sinh\n2. Về đầu\nMở trang thủ tục: https://dichvucong.gov.vn/p/1",
            (
                Button("Đăng ký khai sinh", choice="tt:1.001193"),
                Button("Về đầu", choice="start"),
                Button("Mở trang thủ tục", url="https://dichvucong.gov.vn/p/1"),
            ),
        ),
    )


def test_where_one_label_is_long_all_choices_stand_in_the_text() -> None:
    text = "Việc nào?\n\n1. Đăng ký khai sinh\n2. Đăng ký khai sinh kết hợp nhận cha, mẹ, con\n3. Về đầu"
    assert render(Reply(Status.ASKED_BACK, "Việc nào?", (BIRTH, LONG, HOME))) == (
        Part(
            *(text, text, text),
            (
                Button("1. Đăng ký khai sinh", choice="tt:1.001193"),
                Button("2. Đăng ký khai sinh kết hợp…", choice="tt:1.000689"),
                Button("3. Về đầu", choice="start"),
            ),
        ),
    )


def test_a_choice_whose_id_does_not_fit_is_left_to_its_number() -> None:
    text = "Việc nào?\n\n1. Về đầu\n2. Dài\n3. Trống"
    choices = (HOME, Choice("đ" * 33, "Dài"), Choice("", "Trống"))
    assert render(Reply(Status.BROWSED, "Việc nào?", choices)) == (
        Part(text, text, text, (Button("1. Về đầu", choice="start"),)),
    )


def test_the_first_line_of_a_card_is_bold_and_everything_is_escaped() -> None:
    assert render(Reply(Status.ANSWERED, "Cấp <giấy> A & B\nLàm được toàn bộ trên mạng.")) == (
        Part(
            "<b>Cấp &lt;giấy&gt; A &amp; B</b>\nLàm được toàn bộ trên mạng.",
            *("Cấp <giấy> A & B\nLàm được toàn bộ trên mạng.",) * 2,
        ),
    )


@pytest.mark.parametrize(("status", "name"), [(Status.HELPED, "Trợ giúp"), (Status.ANSWERED, "a " * 60 + "b")])
def test_no_other_line_is_bold(status: Status, name: str) -> None:
    assert render(Reply(status, f"{name}\nThêm")) == (Part(*(f"{name}\nThêm",) * 3),)


def test_a_link_that_others_cannot_reach_is_a_line() -> None:
    text = "Chào.\n\nQuyền riêng tư: http://127.0.0.1:8080/rieng-tu"
    assert render(Reply(Status.STARTED, "Chào.", (HOME,), (HERE,))) == (
        Part(text, text, f"{text}\n\n1. Về đầu", (Button("Về đầu", choice="start"),)),
    )


def test_a_counted_link_is_opened_through_our_own_address() -> None:
    (part,) = render(Reply(Status.ANSWERED, "Khai sinh", (), (COUNTED,)))
    assert part == Part(
        "<b>Khai sinh</b>",
        "Khai sinh",
        f"Khai sinh\n\nMở trang thủ tục: {COUNTED.through}",
        (Button("Mở trang thủ tục", url=COUNTED.through),),
    )


def test_what_a_phone_would_cut_off_a_link_is_cut_at_a_word() -> None:
    whole = "Mở trang thủ tục trên Cổng Dịch vụ công quốc gia"
    (part,) = render(Reply(Status.ANSWERED, "Khai sinh", (), (Link(whole, PORTAL.url),)))
    assert part == Part(
        "<b>Khai sinh</b>",
        "Khai sinh",
        f"Khai sinh\n\n{whole}: {PORTAL.url}",
        (Button("Mở trang thủ tục trên Cổng…", url=PORTAL.url),),
    )


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        (
            "vi",
            {
                "procedure": "Mở trang thủ tục trên Cổng…",
                "portal": "Mở Cổng Dịch vụ công quốc gia",
                "identity": "Cách làm tài khoản VNeID",
                "privacy": "Thông tin của anh/chị được giữ…",
                "online_list": "Mở cả danh sách để lọc, in, tải về",
            },
        ),
        (
            "en",
            {
                "procedure": "Open the page on the National…",
                "portal": "Open the National Public…",
                "identity": "How to get an account for VNeID…",
                "privacy": "How your data is kept",
                "online_list": "Open the whole list to filter…",
            },
        ),
    ],
)
def test_what_is_left_of_a_link_still_says_where_it_leads(language: str, shown: dict[str, str]) -> None:
    links = {
        name.removeprefix("link."): sentence
        for name, sentence in load_texts(language).sentences.items()
        if name.startswith("link.")
    }
    assert {name: link_label(label) for name, label in links.items()} == shown


def test_a_long_reply_has_its_buttons_below_the_last_message() -> None:
    line = "Anh/chị mang theo giấy tờ của mình. " * 30
    parts = render(Reply(Status.ANSWERED, "\n".join(["Tên", *[line.strip()] * 5]), (HOME,)))
    assert [part.buttons for part in parts] == [(), (Button("Về đầu", choice="start"),)]
    assert [part.plain.rsplit("\n", 1)[1] for part in parts] == ["(1/2)", "(2/2)"]
    assert [part.html.startswith("<b>Tên</b>\n") for part in parts] == [True, False]


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://dichvucong.gov.vn/x?a=1#b", True),
        ("http://example.vn:8080", True),
        *((f"{scheme}://dichvucong.gov.vn", False) for scheme in ("ftp", "javascript", "tg")),
        *(
            (f"http://{host}/", False)
            for host in ("localhost", "127.0.0.1", "[::1]", "10.0.0.1", "8.8.8.8", "may.local", "x.localhost", "may")
        ),
        *(
            (url, False)
            for url in ("", "dichvucong.gov.vn", "https://", "https://a@b.vn", "https://b.vn:x", "https://[b.vn")
        ),
        ("https://b.vn/a b", False),
    ],
)
def test_which_links_can_be_buttons(url: str, expected: bool) -> None:
    assert is_public(url) is expected


class Reader(HTMLParser):
    """What Telegram makes of the markup: the text, and an error for a tag that is not one of ours or stays open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.open = "", 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, attrs) == ("b", [])
        self.open += 1

    def handle_endtag(self, tag: str) -> None:
        assert tag == "b"
        self.open -= 1

    def handle_data(self, data: str) -> None:
        self.text += data


def read(markup: str) -> str:
    reader = Reader()
    reader.feed(markup)
    reader.close()
    assert reader.open == 0
    return reader.text


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=90)
CHOICES = st.lists(st.builds(Choice, st.text(max_size=70), WORDS), max_size=12)
LINKS = st.lists(st.builds(Link, WORDS, st.sampled_from([PORTAL.url, HERE.url, "x"])), max_size=3)
LINES = st.lists(WORDS | st.sampled_from(["<b>", "&amp;", "</b>", "x" * 5000, "một hai " * 700]), max_size=12)
REPLIES = st.builds(
    Reply, st.sampled_from(Status), LINES.map("\n".join), CHOICES.map(tuple), LINKS.map(tuple), st.just(())
)


@settings(max_examples=200, deadline=None)
@given(REPLIES)
def test_whatever_the_reply_telegram_can_take_it(reply: Reply) -> None:
    parts = render(reply)
    assert parts == render(reply)
    for part in parts:
        assert read(part.html) == part.plain
        assert 1 <= len(part.plain) <= MOST_CHARS
        assert len(part.bare) <= MOST_CHARS
        assert unicodedata.is_normalized("NFC", part.plain)
        assert part.bare.startswith(part.plain)
    assert [part.buttons for part in parts[:-1]] == [()] * (len(parts) - 1)
    assert len(parts[-1].buttons) <= 100
    for button in parts[-1].buttons:
        assert button.label
        assert button.url is None or len(button.label) <= LABEL_CHARS
        assert button.choice is None or 1 <= len(button.choice.encode()) <= 64
        assert (button.choice is None) != (button.url is None)


@settings(max_examples=200, deadline=None)
@given(REPLIES)
def test_every_choice_is_a_whole_button_or_a_line(reply: Reply) -> None:
    last = render(reply)[-1]
    labels = [" ".join(choice.label.split()) for choice in reply.choices]
    whole = "".join(part.plain for part in render(reply))
    numbered = any(button.choice is not None and button.label.startswith("1. ") for button in last.buttons)
    if not numbered and all(len(label) <= LABEL_CHARS for label in labels):
        return
    lines = [unicodedata.normalize("NFC", f"{number}. ") for number in range(1, len(labels) + 1)]
    assert [line for line in lines if line not in whole] == []


def test_the_keyboard_has_one_button_a_row() -> None:
    (part,) = render(Reply(Status.ASKED_BACK, "Việc nào?", (BIRTH, HOME), (PORTAL,)))
    assert part.keyboard is not None
    assert part.keyboard.to_dict() == {
        "inline_keyboard": [
            [{"text": "Đăng ký khai sinh", "callback_data": "tt:1.001193"}],
            [{"text": "Về đầu", "callback_data": "start"}],
            [{"text": "Mở trang thủ tục", "url": "https://dichvucong.gov.vn/p/1"}],
        ]
    }
    assert Part("x", "x", "x").keyboard is None


def test_below_a_card_its_page_comes_first() -> None:
    (part,) = render(Reply(Status.ANSWERED, "Đăng ký khai sinh", (HOME,), (PORTAL,)))
    assert [button.label for button in part.buttons] == ["Mở trang thủ tục", "Về đầu"]


def test_a_text_to_send_on_has_the_button_that_asks_where_to() -> None:
    reply = Reply(Status.SHARED, "Khai sinh\nMã 1.001193", codes=("1.001193",), forward=Forward("Gửi", "1.001193"))
    text = "Khai sinh\nMã 1.001193"
    (part,) = render(reply)
    assert part == Part(text, text, text, (Button("Gửi", inline="1.001193"),))
    assert part.keyboard is not None
    assert part.keyboard.to_dict() == {"inline_keyboard": [[{"text": "Gửi", "switch_inline_query": "1.001193"}]]}
