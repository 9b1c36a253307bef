"""The card: what is said for each level, each place, each kind of name."""

from __future__ import annotations

import pytest

from bot.dialogue.choices import CardChoice, FullNameChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome
from handlers import card, choice_expired
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
ACCOUNT = Link("Cách có tài khoản VNeID", "https://id.test")
PAGE = "Mở trang thủ tục trên Cổng Dịch vụ công quốc gia"
CENTRE = "Nộp trực tiếp: bất kỳ Trung tâm Phục vụ hành chính công nào trong tỉnh Mẫu, cấp tỉnh hay cấp xã đều nhận."
FULL = """Làm được toàn bộ trên mạng (dịch vụ công trực tuyến toàn trình).
Anh/chị làm tại nhà, đăng nhập bằng VNeID. Kết quả trả trên mạng hoặc gửi qua bưu điện."""
PARTIAL = """Làm được một phần trên mạng (dịch vụ công trực tuyến một phần).
Anh/chị nộp hồ sơ trên mạng được bằng VNeID, nhưng có ít nhất một bước không làm trên mạng. \
Bước nào thì xem trang của thủ tục."""
LINE = "Mã {}. Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu. Dữ liệu ngày 3/10/2026."
NATIONAL = "Mã {}. Nguồn: Cơ sở dữ liệu quốc gia về thủ tục hành chính. Dữ liệu ngày 10/6/2026."
TWIN = "Có thủ tục cùng tên, mã 1.000008, do nơi khác giải quyết: Sở Đất đai; các chi nhánh Văn phòng Đăng ký đất đai."
COMMUNES = "Nơi giải quyết: Ủy ban nhân dân xã, phường."


def search_page(code: str) -> Link:
    return Link(PAGE, f"https://portal.test/s?keyword={code}")


def test_full_everywhere() -> None:
    assert card.show(turn(), "1.000001") == Outcome(
        Reply(
            Status.ANSWERED,
            "\n".join(["Đăng ký khai sinh", FULL, COMMUNES, CENTRE, LINE.format("1.000001")]),
            (AGAIN,),
            (Link(PAGE, "https://portal.test/p/aaaa"), ACCOUNT),
            ("1.000001",),
        ),
        procedure="1.000001",
    )


def test_partial_with_a_long_name_and_doubt() -> None:
    outcome = card.show(turn(), "1.000002")
    name = f"Cấp giấy phép {'khai thác khoáng sản và ' * 4}khai…"
    doubt = "Thủ tục này có thể đã được thay thế. Anh/chị xem lại trên trang của thủ tục trước khi làm."
    assert outcome.reply == Reply(
        Status.ANSWERED,
        "\n".join([name, PARTIAL, doubt, "Nơi giải quyết: Sở Đất đai.", CENTRE, LINE.format("1.000002")]),
        (Choice("more:1.000002", "Xem tên đầy đủ"), AGAIN),
        (search_page("1.000002"), ACCOUNT),
        ("1.000002",),
    )


def test_communes_differ_so_it_asks_which() -> None:
    outcome = card.show(turn(), "1.000003", asks=("fee",))
    assert outcome == Outcome(
        Reply(
            Status.ASKED_BACK,
            """Tách thửa đất
Mức độ làm trên mạng khác nhau giữa các nơi giải quyết. Hồ sơ của anh/chị thuộc nơi nào?
Ủy ban nhân dân xã, phường Cửa Lò: làm được một phần trên mạng
Xã, phường khác: làm được toàn bộ trên mạng
Nơi có đất quyết định, không phải nơi anh/chị ở.
"""
            + LINE.format("1.000003"),
            (
                Choice("tt:1.000003@H99.102", "Cửa Lò"),
                Choice("tt:1.000003@H99.100", "Xã, phường khác"),
            ),
            (search_page("1.000003"), ACCOUNT),
            ("1.000003",),
        ),
        asks=("fee",),
        procedure="1.000003",
    )


def test_the_card_for_one_of_them() -> None:
    given = turn(target=CardChoice("1.000003", "H99.102"), conversation=Conversation(asks=("fee", "time")))
    assert card.open_card(given) == Outcome(
        Reply(
            Status.ANSWERED,
            "\n".join(
                [
                    "Tách thửa đất",
                    "Lệ phí và thời gian: xem trang của thủ tục, theo liên kết bên dưới.",
                    PARTIAL,
                    "Nơi giải quyết: Ủy ban nhân dân xã, phường Cửa Lò.",
                    CENTRE,
                    TWIN,
                    LINE.format("1.000003"),
                ]
            ),
            (Choice("tt:1.000008", "Cùng tên, nơi giải quyết khác"), AGAIN),
            (search_page("1.000003"), ACCOUNT),
            ("1.000003",),
        ),
        asks=("fee", "time"),
        procedure="1.000003",
    )


def test_branches_come_before_the_department() -> None:
    assert card.show(turn(), "1.000008").reply.choices == (
        Choice("tt:1.000008@H99.05.06.1", "Chi nhánh Văn phòng Đăng ký đất đai"),
        Choice("tt:1.000008@H99.05", "Sở Đất đai"),
    )


def test_unknown_but_listed_at_the_police() -> None:
    assert card.show(turn(), "1.000004").reply == Reply(
        Status.ANSWERED,
        "\n".join(
            [
                "Đăng ký thường trú",
                "Dữ liệu quốc gia ghi thủ tục này nộp trực tuyến được.",
                "Tôi chưa có dữ liệu để nói ở Mẫu có làm toàn bộ trên mạng hay không. Anh/chị xem trang của thủ tục.",
                "Nộp trực tiếp: công an xã, phường.",
                NATIONAL.format("1.000004"),
            ]
        ),
        (AGAIN,),
        (search_page("1.000004"), ACCOUNT),
        ("1.000004",),
    )


def test_unknown_and_not_listed() -> None:
    assert card.show(turn(), "1.000007").reply == Reply(
        Status.ANSWERED,
        "\n".join(
            [
                "Đăng ký khai tử",
                "Dữ liệu quốc gia không ghi cách nộp trực tuyến cho thủ tục này.",
                "Anh/chị xem trên Cổng Dịch vụ công quốc gia để biết chắc.",
                "Cấp giải quyết: xã, phường.",
                CENTRE,
                NATIONAL.format("1.000007"),
            ]
        ),
        (AGAIN,),
        (search_page("1.000007"),),
        ("1.000007",),
    )


def test_unknown_altogether() -> None:
    assert card.show(turn(), "1.000009").reply == Reply(
        Status.ANSWERED,
        "\n".join(
            [
                "Nhận cha, mẹ, con",
                "Tôi chưa có dữ liệu về việc làm thủ tục này trên mạng.",
                "Anh/chị xem trên Cổng Dịch vụ công quốc gia.",
                "Cấp giải quyết: tỉnh hoặc xã, phường, tùy trường hợp.",
                CENTRE,
                NATIONAL.format("1.000009"),
            ]
        ),
        (AGAIN,),
        (search_page("1.000009"),),
        ("1.000009",),
    )


def test_depends_on_the_case_and_is_on_trial() -> None:
    assert card.show(turn(), "1.000006").reply.text.splitlines() == [
        "Đăng ký kết hôn",
        "Tùy trường hợp: có trường hợp làm toàn bộ trên mạng, có trường hợp chỉ làm được một phần.",
        "Anh/chị xem trường hợp của mình trên trang của thủ tục. Đăng nhập bằng VNeID.",
        "Dịch vụ trực tuyến này đang thử nghiệm.",
        COMMUNES,
        CENTRE,
        LINE.format("1.000006"),
    ]


def test_a_replaced_code_leads_to_its_successor() -> None:
    old, new = card.show(turn(), "1.000005"), card.show(turn(), "1.000001")
    assert old.reply.text == f"Mã 1.000005 đã được thay bằng mã 1.000001.\n{new.reply.text}"
    assert (old.reply.choices, old.reply.links, old.reply.codes) == (
        new.reply.choices,
        new.reply.links,
        ("1.000001",),
    )


def test_who_asks_where_is_told_where_first() -> None:
    lines = card.show(turn(), "1.000001", asks=("place",)).reply.text.splitlines()
    assert lines == ["Đăng ký khai sinh", CENTRE, *FULL.splitlines(), COMMUNES, LINE.format("1.000001")]


def test_the_other_wishes_wait_below() -> None:
    waiting = (Choice("tt:1.000001", "Khai sinh"), Choice("tt:1.000006", "Kết hôn"))
    outcome = card.open_card(turn(target=CardChoice("1.000001"), conversation=Conversation(waiting=waiting)))
    assert outcome.reply.choices == (Choice("tt:1.000006", "Việc kế tiếp: Kết hôn"), AGAIN)
    assert outcome.waiting == (Choice("tt:1.000006", "Kết hôn"),)


@pytest.mark.parametrize(
    "target",
    [CardChoice("9.999999"), CardChoice("1.000001", "H99.05"), CardChoice("1.000004", "H99"), StartChoice(), None],
)
def test_what_is_not_there_is_an_expired_choice(target: CardChoice | StartChoice | None) -> None:
    given = turn(target=target)
    assert card.open_card(given) == choice_expired.expired(given)


def test_full_name() -> None:
    from handlers.full_name import full_name
    from tests.unit.handlers.example import LONG_TITLE

    assert full_name(turn(target=FullNameChoice("1.000002"))).reply == Reply(
        Status.ANSWERED,
        f"Tên đầy đủ của thủ tục 1.000002:\n{LONG_TITLE}",
        (Choice("tt:1.000002", "Về thủ tục này"), AGAIN),
        codes=("1.000002",),
    )
    given = turn(target=FullNameChoice("9.999999"))
    assert full_name(given) == choice_expired.expired(given)
