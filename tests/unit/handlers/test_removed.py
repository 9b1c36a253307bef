"""Procedures that left the list: what is said in the place of their cards, and where they are not brought up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.editorial import Editorial, Notice, Scope
from bot.catalog.model import Removal
from bot.dialogue.choices import CardChoice, FullNameChoice, PickChoice, RelatedChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.rating_choices import RateChoice
from bot.ratings.model import Subject
from bot.search.model import Candidate, Decision, SearchResult, Verdict
from handlers import card, choice_expired
from handlers.find import find
from handlers.full_name import full_name
from handlers.other import pick
from handlers.rating import asked_later, rate
from handlers.related import related
from tests.unit.handlers.example import answered, catalogue, turn
from tests.unit.handlers.removed_data import SINCE, without

AGAIN = Choice("start", "Việc khác")
WAYS = Choice("menu", "Tìm theo cách khác")
REMARRYING = Choice("tt:1.000010", "Đăng ký lại kết hôn")
MARRIAGE = """Đăng ký kết hôn
Thủ tục này không còn trong danh mục của tỉnh Mẫu từ ngày 2/11/2026.
Danh mục không ghi lý do. Thủ tục có thể đã đổi mã, hoặc đã bị bỏ.
Anh/chị đã nộp hồ sơ rồi thì hỏi nơi đã nhận hồ sơ.
Bên dưới là thủ tục gần giống, còn trong danh mục.
Không đúng việc cần làm thì anh/chị nhắn lại bằng lời khác, hoặc hỏi Trung tâm Phục vụ hành chính công.
Mã 1.000006. Nguồn: danh mục dịch vụ công trực tuyến của tỉnh Mẫu, ngày 3/10/2026."""
SEARCH = Link("Tìm mã này trên Cổng Dịch vụ công quốc gia", "https://portal.test/s?keyword=1.000006")
RATE = Choice("rate:1.000006", "Đánh giá dịch vụ này")
GONE = Reply(Status.ANSWERED, MARRIAGE, (REMARRYING, WAYS, RATE, AGAIN), (SEARCH,), ("1.000006",))


@pytest.mark.parametrize("services", [True, False])
@pytest.mark.parametrize("agency", [None, "H99.101", "H99.05", "H99.999"])
def test_a_kept_choice_is_answered_with_the_sentence(agency: str | None, services: bool) -> None:
    data = without("1.000006", services=services)
    assert card.open_card(turn(target=CardChoice("1.000006", agency), data=data)).reply == GONE


def test_a_notice_is_told_of_it_too() -> None:
    notice = Notice(Scope.PROCEDURE, "1.000006", "Từ nay làm ở xã.", SINCE, SINCE)
    data = replace(without("1.000006"), editorial=Editorial(notices=(notice,)))
    shown = card.open_card(replace(turn(target=CardChoice("1.000006"), data=data), today=SINCE)).reply.text
    assert shown.split("\n")[:2] == ["Đăng ký kết hôn", "Thông báo đến hết ngày 2/11/2026: Từ nay làm ở xã."]


def test_a_typed_code_and_words_are_answered_with_the_sentence() -> None:
    table = {"kết hôn": SearchResult((answered("1.000006"),))}
    assert find(turn("kết hôn", data=without("1.000006"), table=table)).reply == GONE


def test_a_choice_between_several_still_leads_to_it() -> None:
    given = turn(target=PickChoice(("1.000006", "1.000007")), data=without("1.000006"))
    assert pick(given).reply.choices == (
        Choice("tt:1.000006", "Đăng ký kết hôn"),
        Choice("tt:1.000007", "Đăng ký khai tử"),
        AGAIN,
    )
    assert pick(turn(target=PickChoice(("1.000006",)), data=without("1.000006"))).reply == GONE


def test_the_decision_is_named_where_it_is_known() -> None:
    data = without("1.000006", decision="12/QĐ-UBND")
    said = card.open_card(turn(target=CardChoice("1.000006"), data=data)).reply.text.split("\n")
    assert said[1] == ("Thủ tục này không còn trong danh mục của tỉnh Mẫu từ ngày 2/11/2026, theo văn bản 12/QĐ-UBND.")


def test_without_anything_like_it_that_is_said_too() -> None:
    reply = card.open_card(turn(target=CardChoice("1.000004"), data=without("1.000004"))).reply
    assert reply.text.split("\n")[4] == "Tôi không thấy thủ tục nào gần giống trong danh mục."
    assert reply.choices == (WAYS, Choice("rate:1.000004", "Đánh giá dịch vụ này"), AGAIN)


def test_the_same_title_in_another_field_is_likest() -> None:
    data = without("1.000003")
    assert card.open_card(turn(target=CardChoice("1.000003"), data=data)).reply.choices[0].id == "tt:1.000008"


def test_in_english() -> None:
    reply = card.open_card(turn(target=CardChoice("1.000001"), data=without("1.000001"), language="en")).reply
    assert (
        reply.text
        == """Registration of birth
Vietnamese name: Đăng ký khai sinh. The English name is unofficial.
This procedure has not been in the list of Mẫu province since 2 November 2026.
The list does not say why. Its code may have changed, or it may have been dropped.
If you have filed already, please ask where you handed in your papers.
Procedures like it that are in the list: please choose below.
If none of this fits, please say it in other words, \
or ask at the public service centre (Trung tâm Phục vụ hành chính công).
Code 1.000001. Source: list of online public services of Mẫu province, 3 October 2026."""
    )


@pytest.mark.parametrize(
    ("decision", "note"),
    [
        ("", "Mã 1.000005 không còn trong danh mục từ ngày 2/11/2026. Mã 1.000001 thay cho mã đó."),
        (
            "12/QĐ-UBND",
            (
                "Mã 1.000005 không còn trong danh mục từ ngày 2/11/2026, theo văn bản 12/QĐ-UBND. "
                "Mã 1.000001 thay cho mã đó."
            ),
        ),
    ],
)
@pytest.mark.parametrize("agency", [None, "H99.05", "H99.999"])
def test_the_card_of_what_took_its_place_says_since_when(decision: str, note: str, agency: str | None) -> None:
    given = turn(target=CardChoice("1.000005", agency), data=without("1.000005", decision=decision))
    plain = card.open_card(turn(target=CardChoice("1.000001"), data=catalogue())).reply
    assert card.open_card(given).reply.text == plain.text.replace("\n", f"\n{note}\n", 1)


def test_what_took_its_place_may_have_left_too() -> None:
    reply = card.open_card(turn(target=CardChoice("1.000005"), data=without("1.000001"))).reply
    assert reply.text.split("\n")[:3] == [
        "Đăng ký khai sinh",
        "Mã 1.000005 đã được thay bằng mã 1.000001.",
        "Thủ tục này không còn trong danh mục của tỉnh Mẫu từ ngày 2/11/2026.",
    ]


def test_a_body_that_is_no_more_opens_the_whole_card() -> None:
    gone = turn(target=CardChoice("1.000001", "H99.999"))
    whole = turn(target=CardChoice("1.000001"))
    assert card.open_card(gone).reply == card.open_card(whole).reply


def test_what_is_asked_about_it_is_answered_with_the_sentence_again() -> None:
    wish = Decision("lệ phí", Verdict.NOT_FOUND, asks=("fee",))
    spoken_of = Conversation(procedure="1.000006", trail=("start", "tt:1.000006"))
    given = turn("lệ phí", conversation=spoken_of, data=without("1.000006"), table={"lệ phí": SearchResult((wish,))})
    assert find(given).reply == GONE


def test_it_is_not_brought_up_beside_others() -> None:
    data = without("1.000006", "1.000004")
    wish = Decision("", Verdict.ANSWERED, (Candidate("1.000009", 1.0), Candidate("1.000006", 0.9)))
    shown = find(turn("x", data=data, table={"x": SearchResult((wish,))})).reply
    assert "tt:1.000006" not in {choice.id for choice in shown.choices}
    guide = turn(data=data).guide
    assert "1.000006" not in {code for kin in guide.kin.values() for code in kin}
    assert "1.000006" not in {code for shelf in (*guide.fields, *guide.agencies) for code in shelf.codes}
    assert "1.000006" not in {row.procedure.code for row in guide.online.rows}
    # What usually follows a birth is "Đăng ký thường trú", which left the list.
    given = turn(target=RelatedChoice("1.000001"), data=data)
    assert related(given) == choice_expired.expired(given)


def test_its_full_name_can_still_be_read() -> None:
    assert full_name(turn(target=FullNameChoice("1.000002"), data=without("1.000002"))).reply.status is Status.ANSWERED


@pytest.mark.parametrize("services", [True, False])
def test_whoever_used_it_can_still_rate_it(services: bool) -> None:
    data = without("1.000006", services=services)
    outcome = rate(turn(target=RateChoice("1.000006", "H99.101"), data=data))
    assert outcome.asked is not None
    subject = outcome.asked.subject
    assert (subject.code, subject.agency, subject.commune) == ("1.000006", "H99.101", "H99.101")
    assert outcome.reply.text.split("\n")[0] == "Đăng ký kết hôn"


def test_a_body_that_never_offered_it_is_no_service() -> None:
    given = turn(target=RateChoice("1.000006", "H99.05"), data=without("1.000006"))
    assert rate(given) == choice_expired.expired(given)


def test_a_kept_rating_of_a_replaced_code_counts_for_what_took_its_place() -> None:
    outcome = rate(turn(target=RateChoice("1.000005", "H99.05"), data=without("1.000005")))
    assert outcome.asked is not None
    assert outcome.asked.subject == Subject("1.000001", "", "", "")


def test_nobody_is_asked_unasked_how_it_went() -> None:
    given = turn(data=without("1.000006"))
    assert asked_later(given, Subject("1.000006", "", "", "")) == choice_expired.expired(given)


def test_whose_commune_is_no_more_is_asked_again_once() -> None:
    moved = Conversation(profile=Profile(commune="H99.999", commune_asked=True))
    outcome = card.open_card(turn(target=CardChoice("1.000001"), conversation=moved))
    assert outcome.reply.text.split("\n")[-1] == ("Anh/chị ở xã, phường nào? Viết tên, tôi sẽ nói rõ cho nơi đó.")
    assert outcome.profile == Profile(commune=None, commune_asked=True)
    again = card.open_card(turn(target=CardChoice("1.000001"), conversation=replace(moved, profile=outcome.profile)))
    assert again.reply.text.split("\n")[-1] != outcome.reply.text.split("\n")[-1]


def test_a_procedure_that_was_never_in_the_list_is_unaffected() -> None:
    target = CardChoice("1.000007")
    assert card.open_card(turn(target=target, data=without("1.000006"))).reply == (
        card.open_card(turn(target=target)).reply
    )
    assert Removal(SINCE, "") == without("1.000006").procedures["1.000006"].removal
