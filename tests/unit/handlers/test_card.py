"""The card: what is said for each level, each place, each kind of name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.choices import CardChoice, FullNameChoice, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from handlers import card, choice_expired
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
ACCOUNT = Link("Cách làm tài khoản VNeID", "https://id.test")
PAGE = "Mở trang thủ tục trên Cổng Dịch vụ công quốc gia"
CENTRE = "Nộp trực tiếp: Trung tâm Phục vụ hành chính công nào trong tỉnh Mẫu cũng nhận, của tỉnh hay của xã, phường."
OWN_CENTRE = "Nộp trực tiếp: Trung tâm Phục vụ hành chính công xã Bình Minh, hoặc trung tâm nào khác trong tỉnh Mẫu."
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
BIRTH_HEAD = ("Đăng ký khai sinh", DIFFERENCE)
BIRTH = Choice("le:birth", "Xem thêm: Sinh con")
RELATED = Choice("kin:1.000001", "Việc liên quan, việc làm tiếp")
SKIP = Choice("cm:skip", "Không nói nơi ở")
WHICH_COMMUNE = "Anh/chị ở xã, phường nào? Viết tên, tôi sẽ nói rõ cho nơi đó."
HELPED = "Câu trả lời này có giúp được anh/chị không?"
HELPFUL = (Choice("ok:yes", "Có giúp được"), Choice("ok:no", "Không giúp được"))
ASKED = Profile(commune_asked=True)
AT_HOME = Profile(commune="H99.101", commune_asked=True)
BY_CASE = (
    "Tùy trường hợp, làm được toàn bộ hoặc chỉ một phần trên mạng.",
    "Anh/chị xem trường hợp của mình trên trang của thủ tục. Làm trên mạng thì đăng nhập bằng tài khoản VNeID.",
    "Cách làm trên mạng này đang được làm thử.",
)
TWIN_CHOICE = Choice("tt:1.000008", "Cùng tên, nơi giải quyết khác")
LAND_RELATED = Choice("kin:1.000003", "Việc liên quan, việc làm tiếp")
NEAR_MARRIAGE = Choice("tt:1.000006", "Hay là Đăng ký kết hôn?")
NEAR_DEATH = Choice("tt:1.000007", "Hay là Đăng ký khai tử?")
COMMUNES = "Nơi giải quyết: Ủy ban nhân dân xã, phường."


def rating_of(service: str) -> Choice:
    return Choice(f"rate:{service}", "Đánh giá dịch vụ này")


def share_of(service: str) -> Choice:
    return Choice(f"share:{service}", "Chia sẻ cho người khác")


def search_page(code: str) -> Link:
    return Link(PAGE, f"https://portal.test/s?keyword={code}")


def test_full_everywhere() -> None:
    assert card.show(turn(), "1.000001") == Outcome(
        Reply(
            Status.ANSWERED,
            "\n".join(
                ["Đăng ký khai sinh", DIFFERENCE, FULL, CENTRE, COMMUNES, LINE.format("1.000001"), WHICH_COMMUNE]
            ),
            (RELATED, BIRTH, rating_of("1.000001"), SKIP, share_of("1.000001"), AGAIN),
            (Link(PAGE, "https://portal.test/p/aaaa"), ACCOUNT),
            ("1.000001",),
        ),
        procedure="1.000001",
        view=CardChoice("1.000001"),
        profile=ASKED,
    )


def test_in_english_with_the_name_that_counts() -> None:
    outcome = card.show(turn(language="en"), "1.000001")
    assert outcome.reply.text.splitlines()[:3] == [
        "Registration of birth",
        "Vietnamese name: Đăng ký khai sinh. The English name is unofficial.",
        "For a child never registered.",
    ]
    assert card.show(turn(language="en"), "1.000006").reply.text.splitlines()[:2] == [
        "Đăng ký kết hôn",
        "This name is in Vietnamese only; there is no English name yet.",
    ]


def test_the_commune_is_asked_once_and_then_if_it_helps() -> None:
    """One question at the end of an answer, never two; the second one only from the second answer on."""
    rating, share = rating_of("1.000006"), share_of("1.000006")
    first = card.show(turn(conversation=Conversation(profile=ASKED)), "1.000006")
    assert (first.reply.choices, first.profile) == ((rating, share, AGAIN), None)
    second = card.show(turn(conversation=Conversation(profile=ASKED, procedure="1.000007")), "1.000006")
    assert (second.reply.choices, second.reply.text.splitlines()[-1]) == ((rating, *HELPFUL, share, AGAIN), HELPED)
    judged = Conversation(profile=ASKED, procedure="1.000007", judged=True)
    assert card.show(turn(conversation=judged), "1.000006").reply == first.reply


def test_what_lies_elsewhere_does_not_ask_where_one_lives() -> None:
    assert card.show(turn(), "1.000003", "H99.102").profile is None


def test_at_home_it_says_where_that_is_near() -> None:
    assert card.show(turn(conversation=Conversation(profile=AT_HOME)), "1.000006") == Outcome(
        Reply(
            Status.ANSWERED,
            "\n".join(
                [
                    "Đăng ký kết hôn",
                    *BY_CASE,
                    OWN_CENTRE,
                    "Nơi giải quyết: Bình Minh.",
                    LINE.format("1.000006"),
                ]
            ),
            (rating_of("1.000006"), share_of("1.000006"), AGAIN),
            (search_page("1.000006"), ACCOUNT),
            ("1.000006",),
        ),
        procedure="1.000006",
        view=CardChoice("1.000006"),
    )
    police = card.show(turn(conversation=Conversation(profile=AT_HOME)), "1.000004").reply.text.splitlines()
    assert police[3] == "Nộp trực tiếp: công an xã Bình Minh."


def test_for_land_ones_home_is_only_the_first_suggestion() -> None:
    asked, at_home = (
        card.show(turn(conversation=Conversation(profile=profile)), "1.000003") for profile in (ASKED, AT_HOME)
    )
    own = Choice("tt:1.000003@H99.101", "Đất ở xã Bình Minh")
    assert at_home == replace(asked, reply=replace(asked.reply, choices=(own, *asked.reply.choices)))


def test_partial_with_a_long_name_and_doubt() -> None:
    outcome = card.show(turn(), "1.000002")
    name = f"Cấp giấy phép {'khai thác khoáng sản và ' * 4}khai…"
    doubt = "Thủ tục này có thể đã được thay bằng thủ tục khác. Anh/chị xem trang của thủ tục trước khi làm."
    assert outcome.reply == Reply(
        Status.ANSWERED,
        "\n".join([name, PARTIAL, doubt, CENTRE, "Nơi giải quyết: Sở Đất đai.", LINE.format("1.000002")]),
        (Choice("more:1.000002", "Xem tên đầy đủ"), rating_of("1.000002"), share_of("1.000002"), AGAIN),
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
• Cửa Lò: làm được một phần trên mạng.
• Xã, phường khác: làm được toàn bộ trên mạng.
Tính theo nơi có đất, không phải nơi anh/chị ở.
"""
            + LINE.format("1.000003")
            + "\nĐất ở xã, phường nào? Viết tên, hoặc chọn dưới đây.",
            (
                Choice("tt:1.000003@H99.102", "Cửa Lò"),
                Choice("tt:1.000003@H99.100~", "Xã, phường khác"),
                AGAIN,
            ),
            (search_page("1.000003"), ACCOUNT),
            ("1.000003",),
        ),
        asks=("fee",),
        procedure="1.000003",
        view=CardChoice("1.000003"),
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
                    "Nơi giải quyết: Cửa Lò.",
                    TWIN,
                    LINE.format("1.000003"),
                ]
            ),
            (TWIN_CHOICE, LAND_RELATED, rating_of("1.000003@H99.102"), share_of("1.000003@H99.102"), AGAIN),
            (search_page("1.000003"), ACCOUNT),
            ("1.000003",),
        ),
        asks=("fee", "time"),
        procedure="1.000003",
        agency="H99.102",
        view=CardChoice("1.000003", "H99.102"),
    )


def test_the_rating_of_a_group_is_not_of_the_one_that_stands_for_it() -> None:
    ids = [
        [choice.id for choice in card.open_card(turn(target=target)).reply.choices if choice.id.startswith("rate:")]
        for target in (CardChoice("1.000003", "H99.100", alike=True), CardChoice("1.000003", "H99.100"))
    ]
    assert ids == [["rate:1.000003"], ["rate:1.000003@H99.100"]]


def test_a_group_of_communes_is_no_single_one_of_them() -> None:
    """ "The other communes" is tapped by people of each of them."""
    target = CardChoice("1.000003", "H99.100", alike=True)
    outcome = card.open_card(turn(target=target))
    assert (outcome.reply.text.splitlines()[4], outcome.agency, outcome.view) == (
        "Nơi giải quyết: Ủy ban nhân dân xã, phường An Bình, Bình Minh.",
        None,
        target,
    )
    branches = card.open_card(turn(target=CardChoice("1.000008", "H99.05.06.1", alike=True)))
    assert "Nơi giải quyết: các chi nhánh Văn phòng Đăng ký đất đai." in branches.reply.text.splitlines()
    assert branches.agency is None


def test_a_commune_of_a_link_is_meant_alone() -> None:
    outcome = card.open_card(turn(target=CardChoice("1.000003", "H99.100")))
    assert (outcome.reply.text.splitlines()[4], outcome.agency) == ("Nơi giải quyết: An Bình.", "H99.100")


def test_ones_own_commune_is_meant_alone_and_tapped_apart_from_its_group() -> None:
    conversation = Conversation(profile=Profile(commune="H99.100", commune_asked=True))
    assert card.show(turn(conversation=conversation), "1.000003").reply.choices == (
        Choice("tt:1.000003@H99.100", "Đất ở xã An Bình"),
        Choice("tt:1.000003@H99.102", "Cửa Lò"),
        Choice("tt:1.000003@H99.100~", "Xã, phường khác"),
        AGAIN,
    )
    outcome = card.open_card(turn(target=CardChoice("1.000003", "H99.100"), conversation=conversation))
    assert (outcome.reply.text.splitlines()[4], outcome.agency) == ("Nơi giải quyết: An Bình.", "H99.100")


def test_branches_come_before_the_department() -> None:
    assert card.show(turn(), "1.000008").reply.choices == (
        Choice("tt:1.000008@H99.05.06.1~", "Chi nhánh Văn phòng Đăng ký đất đai"),
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
        (rating_of("1.000004"), share_of("1.000004"), AGAIN),
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
        (rating_of("1.000007"), share_of("1.000007"), AGAIN),
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
        (BIRTH, rating_of("1.000009"), share_of("1.000009"), AGAIN),
        (search_page("1.000009"),),
        ("1.000009",),
    )


def test_depends_on_the_case_and_is_on_trial() -> None:
    assert card.show(turn(), "1.000006").reply.text.splitlines() == [
        "Đăng ký kết hôn",
        *BY_CASE,
        CENTRE,
        COMMUNES,
        LINE.format("1.000006"),
        WHICH_COMMUNE,
    ]


def test_a_replaced_code_leads_to_its_successor() -> None:
    old, new = card.show(turn(), "1.000005"), card.show(turn(), "1.000001")
    name, _, rest = new.reply.text.partition("\n")
    assert old.reply.text == f"{name}\nMã 1.000005 đã được thay bằng mã 1.000001.\n{rest}"
    assert (old.reply.choices, old.reply.links, old.reply.codes) == (
        new.reply.choices,
        new.reply.links,
        ("1.000001",),
    )


def test_who_asks_where_is_told_where_first() -> None:
    lines = card.show(turn(), "1.000001", asks=("place",)).reply.text.splitlines()
    assert lines == [
        "Đăng ký khai sinh",
        DIFFERENCE,
        CENTRE,
        *FULL.splitlines(),
        COMMUNES,
        LINE.format("1.000001"),
        WHICH_COMMUNE,
    ]


def test_the_other_wishes_wait_below() -> None:
    waiting = (Choice("tt:1.000001", "Khai sinh"), Choice("tt:1.000006", "Kết hôn"))
    conversation = Conversation(profile=ASKED, waiting=waiting)
    outcome = card.open_card(turn(target=CardChoice("1.000001"), conversation=conversation))
    assert outcome.reply.choices == (
        Choice("tt:1.000006", "Việc kế tiếp – Kết hôn"),
        RELATED,
        BIRTH,
        rating_of("1.000001"),
        share_of("1.000001"),
        AGAIN,
    )
    assert outcome.waiting == (Choice("tt:1.000006", "Kết hôn"),)


def test_what_came_near_is_offered_below_but_not_twice() -> None:
    given = turn(conversation=Conversation(profile=ASKED))
    near = ("1.000005", "1.000001", "1.000006", "1.000007", "1.000004", "1.000009")
    outcome = card.show(given, "1.000001", near=near)
    assert outcome.reply.choices == (
        NEAR_MARRIAGE,
        NEAR_DEATH,
        Choice("tt:1.000004", "Hay là Đăng ký thường trú?"),
        RELATED,
        BIRTH,
        rating_of("1.000001"),
        share_of("1.000001"),
        AGAIN,
    )
    assert outcome.others == near
    twins = card.show(given, "1.000003", "H99.102", near=("1.000008",)).reply.choices
    assert twins == (TWIN_CHOICE, LAND_RELATED, rating_of("1.000003@H99.102"), share_of("1.000003@H99.102"), AGAIN)


def test_no_more_than_eight_choices_and_the_question_at_the_end_keeps_its_own() -> None:
    waiting = tuple(Choice(f"tt:1.00000{n}", f"Việc {n}") for n in (3, 4, 6, 7, 8, 9))
    conversation = Conversation(profile=ASKED, waiting=waiting, procedure="1.000007")
    choices = card.show(turn(conversation=conversation), "1.000001", near=("1.000006",)).reply.choices
    assert [choice.id for choice in choices] == [
        *(choice.id for choice in waiting[:3]),
        "rate:1.000001",
        "ok:yes",
        "ok:no",
        "share:1.000001",
        "start",
    ]


def test_the_rest_of_what_was_asked_back_stays_in_reach_and_so_does_the_card_before() -> None:
    picked = Conversation(profile=ASKED, trail=("pick:1.000006+1.000007",))
    chosen = card.open_card(turn(target=CardChoice("1.000006"), conversation=picked))
    assert (chosen.reply.choices, chosen.others) == (
        (NEAR_DEATH, rating_of("1.000006"), share_of("1.000006"), AGAIN),
        ("1.000007",),
    )
    seen = Conversation(
        profile=ASKED,
        choices=chosen.reply.choices,
        procedure="1.000006",
        others=("1.000007",),
        trail=("pick:1.000006+1.000007", "tt:1.000006"),
    )
    assert card.open_card(turn(target=CardChoice("1.000006"), conversation=seen)) == chosen
    other = card.open_card(turn(target=CardChoice("1.000007"), conversation=seen))
    assert (other.reply.choices, other.others) == (
        (NEAR_MARRIAGE, rating_of("1.000007"), *HELPFUL, share_of("1.000007"), AGAIN),
        ("1.000006", "1.000007"),
    )


def test_a_second_tap_is_answered_like_the_first() -> None:
    first = card.open_card(turn(target=CardChoice("1.000006")))
    seen = Conversation(
        profile=ASKED, choices=first.reply.choices, procedure="1.000006", trail=("start", "tt:1.000006")
    )
    again = card.open_card(turn(target=CardChoice("1.000006"), conversation=seen))
    assert (again.reply, again.view) == (first.reply, first.view)
    asked = Conversation(
        profile=ASKED, choices=HELPFUL, procedure="1.000006", trail=("start", "tt:1.000006"), judged=True
    )
    assert card.open_card(turn(target=CardChoice("1.000006"), conversation=asked)).reply.choices == (
        rating_of("1.000006"),
        *HELPFUL,
        share_of("1.000006"),
        AGAIN,
    )


@pytest.mark.parametrize("trail", [("start", "le:birth"), ("start", "fi:ho-tich"), ("start", "menu"), ()])
def test_what_one_browses_offers_many_things_on_purpose(trail: tuple[str, ...]) -> None:
    offered = (Choice("tt:1.000001", "Khai sinh"), Choice("tt:1.000009", "Nhận cha, mẹ, con"), AGAIN)
    conversation = Conversation(profile=ASKED, choices=offered, trail=trail)
    outcome = card.open_card(turn(target=CardChoice("1.000001"), conversation=conversation))
    assert outcome.reply.choices == (RELATED, BIRTH, rating_of("1.000001"), share_of("1.000001"), AGAIN)


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
