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
ACCOUNT = Link("Cách làm tài khoản VNeID", "https://id.test")
PAGE = "Mở trang thủ tục trên Cổng Dịch vụ công quốc gia"
CENTRE = "Nộp trực tiếp: Trung tâm Phục vụ hành chính công nào trong tỉnh Mẫu cũng nhận, của tỉnh hay của xã, phường."
FULL = """Làm được toàn bộ trên mạng (dịch vụ công trực tuyến toàn trình).
Anh/chị làm được tại nhà, đăng nhập bằng tài khoản VNeID. Kết quả nhận trên mạng hoặc qua bưu điện."""
PARTIAL = """Làm được một phần trên mạng (dịch vụ công trực tuyến một phần).
Còn ít nhất một bước không làm trên mạng được. Bước nào thì xem trang của thủ tục. \
Phần trên mạng thì đăng nhập bằng tài khoản VNeID."""
LINE = "Mã {}. Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu, ngày 3/10/2026."
NATIONAL = "Mã {}. Nguồn: Cơ sở dữ liệu quốc gia về thủ tục hành chính, ngày 10/6/2026."
TWIN = (
    "Còn một thủ tục cùng tên, mã 1.000008, do nơi khác giải quyết: "
    "Sở Đất đai; các chi nhánh Văn phòng Đăng ký đất đai."
)
DIFFERENCE = "Trẻ mới sinh, chưa từng khai sinh; khai lại là thủ tục khác."
BIRTH = Choice("le:birth", "Xem thêm: Sinh con")
NEAR_MARRIAGE = Choice("tt:1.000006", "Hay là Đăng ký kết hôn?")
NEAR_DEATH = Choice("tt:1.000007", "Hay là Đăng ký khai tử?")
COMMUNES = "Nơi giải quyết: Ủy ban nhân dân xã, phường."


def search_page(code: str) -> Link:
    return Link(PAGE, f"https://portal.test/s?keyword={code}")


def test_full_everywhere() -> None:
    assert card.show(turn(), "1.000001") == Outcome(
        Reply(
            Status.ANSWERED,
            "\n".join(["Đăng ký khai sinh", DIFFERENCE, FULL, CENTRE, COMMUNES, LINE.format("1.000001")]),
            (BIRTH, AGAIN),
            (Link(PAGE, "https://portal.test/p/aaaa"), ACCOUNT),
            ("1.000001",),
        ),
        procedure="1.000001",
    )


def test_partial_with_a_long_name_and_doubt() -> None:
    outcome = card.show(turn(), "1.000002")
    name = f"Cấp giấy phép {'khai thác khoáng sản và ' * 4}khai…"
    doubt = "Thủ tục này có thể đã được thay bằng thủ tục khác. Anh/chị xem trang của thủ tục trước khi làm."
    assert outcome.reply == Reply(
        Status.ANSWERED,
        "\n".join([name, PARTIAL, doubt, CENTRE, "Nơi giải quyết: Sở Đất đai.", LINE.format("1.000002")]),
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
Làm trên mạng được đến đâu thì tùy nơi giải quyết:
• Ủy ban nhân dân xã, phường Cửa Lò: làm được một phần trên mạng.
• Xã, phường khác: làm được toàn bộ trên mạng.
Tính theo nơi có đất, không phải nơi anh/chị ở.
Việc của anh/chị thuộc nơi nào?
"""
            + LINE.format("1.000003"),
            (
                Choice("tt:1.000003@H99.102", "Cửa Lò"),
                Choice("tt:1.000003@H99.100", "Xã, phường khác"),
                AGAIN,
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
                    "Lệ phí và thời gian: ghi trên trang của thủ tục, mở ở bên dưới.",
                    PARTIAL,
                    CENTRE,
                    "Nơi giải quyết: Ủy ban nhân dân xã, phường Cửa Lò.",
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
        AGAIN,
    )


def test_unknown_but_listed_at_the_police() -> None:
    assert card.show(turn(), "1.000004").reply == Reply(
        Status.ANSWERED,
        "\n".join(
            [
                "Đăng ký thường trú",
                "Nộp được trên mạng, theo dữ liệu chung của cả nước.",
                "Riêng ở Mẫu, tôi chưa biết có làm được toàn bộ trên mạng hay không. Anh/chị xem trang của thủ tục.",
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
                "Dữ liệu chung của cả nước không ghi là thủ tục này nộp được trên mạng.",
                "Anh/chị xem trang của thủ tục để biết chắc.",
                CENTRE,
                "Nơi giải quyết: cấp xã, phường.",
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
                "Tôi chưa biết thủ tục này có làm được trên mạng hay không.",
                "Anh/chị xem trang của thủ tục.",
                CENTRE,
                "Nơi giải quyết: cấp tỉnh hoặc cấp xã, phường, tùy trường hợp.",
                NATIONAL.format("1.000009"),
            ]
        ),
        (BIRTH, AGAIN),
        (search_page("1.000009"),),
        ("1.000009",),
    )


def test_depends_on_the_case_and_is_on_trial() -> None:
    assert card.show(turn(), "1.000006").reply.text.splitlines() == [
        "Đăng ký kết hôn",
        "Tùy trường hợp, làm được toàn bộ hoặc chỉ một phần trên mạng.",
        "Anh/chị xem trường hợp của mình trên trang của thủ tục. Làm trên mạng thì đăng nhập bằng tài khoản VNeID.",
        "Cách làm trên mạng này đang được làm thử.",
        CENTRE,
        COMMUNES,
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
    assert lines == ["Đăng ký khai sinh", DIFFERENCE, CENTRE, *FULL.splitlines(), COMMUNES, LINE.format("1.000001")]


def test_the_other_wishes_wait_below() -> None:
    waiting = (Choice("tt:1.000001", "Khai sinh"), Choice("tt:1.000006", "Kết hôn"))
    outcome = card.open_card(turn(target=CardChoice("1.000001"), conversation=Conversation(waiting=waiting)))
    assert outcome.reply.choices == (Choice("tt:1.000006", "Việc kế tiếp – Kết hôn"), BIRTH, AGAIN)
    assert outcome.waiting == (Choice("tt:1.000006", "Kết hôn"),)


def test_what_came_near_is_offered_below_but_not_twice() -> None:
    near = ("1.000005", "1.000001", "1.000006", "1.000007", "1.000004", "1.000009")
    choices = card.show(turn(), "1.000001", near=near).reply.choices
    assert choices == (
        NEAR_MARRIAGE,
        NEAR_DEATH,
        Choice("tt:1.000004", "Hay là Đăng ký thường trú?"),
        BIRTH,
        AGAIN,
    )
    twins = card.show(turn(), "1.000003", "H99.102", near=("1.000008",)).reply.choices
    assert twins == (Choice("tt:1.000008", "Cùng tên, nơi giải quyết khác"), AGAIN)


def test_the_rest_of_the_list_stays_open_and_the_card_before_is_the_way_back() -> None:
    offered = (Choice("tt:1.000006", "Kết hôn"), Choice("tt:1.000007", "Khai tử"), AGAIN)
    listed = card.open_card(turn(target=CardChoice("1.000006"), conversation=Conversation(offered)))
    assert listed.reply.choices == (NEAR_DEATH, AGAIN)
    seen = Conversation(listed.reply.choices, procedure="1.000006")
    assert card.open_card(turn(target=CardChoice("1.000006"), conversation=seen)) == listed
    assert card.open_card(turn(target=CardChoice("1.000007"), conversation=seen)).reply.choices == (
        NEAR_MARRIAGE,
        AGAIN,
    )


@pytest.mark.parametrize(
    "offered",
    [
        (Choice("tt:1.000001", "Khai sinh"), Choice("tt:1.000009", "Nhận cha, mẹ, con"), AGAIN),
        (Choice("tt:1.000006", "Kết hôn"), AGAIN),
    ],
)
def test_a_situation_leads_back_to_itself_and_an_old_list_is_over(offered: tuple[Choice, ...]) -> None:
    outcome = card.open_card(turn(target=CardChoice("1.000001"), conversation=Conversation(offered)))
    assert outcome.reply.choices == (BIRTH, AGAIN)


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
