"""A service that editors hide: what is said of it, and what no longer is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.editorial import Editorial, Hiding, Notice, Scope
from bot.catalog.guide import Guide
from bot.catalog.lookup import is_hidden, open_services
from bot.catalog.model import OnlineLevel
from bot.catalog.online_list import Standing
from bot.dialogue.choices import CardChoice, ShareChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome, Turn
from bot.operations.show import card_of
from bot.search.model import SearchResult
from bot.texts import load_texts
from handlers import card
from handlers.bodies import levels_by_agency
from handlers.find import find
from handlers.share import share
from tests.unit.handlers.example import answered, asked_back, catalogue, turn

DAY = date(2026, 11, 22)
BIRTH, LAND, DEPARTMENTS = "1.000001", "1.000003", "1.000008"
HIDING = Hiding(BIRTH, "Danh mục mới ghi khác", DAY)
AT_ONE = replace(HIDING, agency="H99.101")
ONWARD = "Trong lúc chờ, anh/chị xem trang của thủ tục, hoặc hỏi Trung tâm Phục vụ hành chính công."
SAID = (
    "Đăng ký khai sinh",
    "Thông tin về thủ tục này đang được kiểm tra lại, từ ngày 22/11/2026.",
    "Lý do: Danh mục mới ghi khác.",
    ONWARD,
    "Mã 1.000001.",
)
SAID_AT_ONE = (
    SAID[0],
    "Thông tin về thủ tục này tại Bình Minh đang được kiểm tra lại, từ ngày 22/11/2026.",
    *SAID[2:],
)
PAGE = Link("Mở trang thủ tục trên Cổng Dịch vụ công quốc gia", "https://portal.test/p/aaaa")
AGAIN = Choice("start", "Việc khác")


def hidden(*hidings: Hiding, conversation: Conversation | None = None, language: str = "vi", text: str = "") -> Turn:
    data = replace(catalogue(), editorial=Editorial(hidings=hidings))
    table = {text: SearchResult((replace(answered(BIRTH, asks=("place",)), candidates=()),))}
    return replace(turn(text, data=data, conversation=conversation, language=language, table=table), today=DAY)


def lines(outcome: Outcome) -> tuple[str, ...]:
    return tuple(outcome.reply.text.split("\n"))


def test_nothing_is_said_but_that_it_is_looked_into() -> None:
    assert card.show(hidden(HIDING), BIRTH) == Outcome(
        Reply(Status.ANSWERED, "\n".join(SAID), (AGAIN,), (PAGE,), (BIRTH,)),
        procedure=BIRTH,
        view=CardChoice(BIRTH),
    )


def test_what_tells_it_apart_is_not_told_either() -> None:
    table = {"giấy tờ": SearchResult((asked_back(BIRTH, "1.000006"),))}
    told = find(turn("giấy tờ", data=catalogue(), table=table)).reply.text
    kept = find(turn("giấy tờ", data=replace(catalogue(), editorial=Editorial(hidings=(HIDING,))), table=table))
    assert "• Khai sinh: lần đầu. Trẻ mới sinh, chưa từng khai sinh." in told
    assert kept.reply.text == told.partition("\n•")[0]


def test_the_way_to_others_stays_open() -> None:
    shown = card.show(hidden(HIDING), BIRTH, near=("1.000006",))
    assert shown.reply.choices == (Choice("tt:1.000006", "Hay là Đăng ký kết hôn?"), AGAIN)


def test_a_replaced_code_leads_to_it_and_says_so() -> None:
    assert lines(card.show(hidden(HIDING), "1.000005")) == (
        SAID[0],
        "Mã 1.000005 đã được thay bằng mã 1.000001.",
        *SAID[1:],
    )


def test_in_english() -> None:
    assert lines(card.show(hidden(HIDING, language="en"), BIRTH)) == (
        "Registration of birth",
        "Vietnamese name: Đăng ký khai sinh. The English name is unofficial.",
        "We have been checking what we say of this procedure since 22 November 2026.",
        "Why, in Vietnamese: Danh mục mới ghi khác.",
        "Until then, see the procedure's page, or ask a public service centre (Trung tâm Phục vụ hành chính công).",
        "Code 1.000001.",
    )


def test_a_notice_stands_above_it() -> None:
    asked = hidden(HIDING)
    notice = Notice(Scope.ALL, "", "Cổng tạm nghỉ.", DAY, DAY)
    said = replace(asked.catalogue.editorial, notices=(notice,))
    asked = replace(asked, guide=replace(asked.guide, catalogue=replace(asked.catalogue, editorial=said)))
    assert lines(card.show(asked, BIRTH))[1] == "Thông báo đến hết ngày 22/11/2026: Cổng tạm nghỉ."


@pytest.mark.parametrize("text", ["nộp ở đâu", "lệ phí", "có làm trên mạng được không"])
def test_what_is_asked_further_is_answered_likewise(text: str) -> None:
    speaking = Conversation(procedure=BIRTH)
    assert lines(find(hidden(HIDING, conversation=speaking, text=text))) == SAID


def test_a_body_at_which_it_is_hidden() -> None:
    assert lines(card.show(hidden(AT_ONE), BIRTH, "H99.101")) == SAID_AT_ONE
    beside = lines(card.show(hidden(AT_ONE), BIRTH, "H99.100"))
    assert beside == lines(card.show(hidden(), BIRTH, "H99.100"))


def test_a_group_is_not_hidden_with_the_one_it_is_called_by() -> None:
    hiding = replace(HIDING, code=LAND, agency="H99.100")
    asked = hidden(hiding)
    assert card.show(asked, LAND, "H99.100", alike=True) == card.show(asked, LAND)
    assert "tại An Bình đang được kiểm tra lại" in card.show(asked, LAND, "H99.100").reply.text


def test_whoever_lives_there_reads_that_it_is_hidden() -> None:
    at_home = Conversation(profile=Profile(commune="H99.101", commune_asked=True))
    assert lines(card.show(hidden(AT_ONE, conversation=at_home), BIRTH)) == SAID_AT_ONE


def test_where_land_lies_is_not_where_one_lives() -> None:
    at_home = Conversation(profile=Profile(commune="H99.101", commune_asked=True))
    hiding = replace(AT_ONE, code=LAND)
    shown = lines(card.show(hidden(hiding, conversation=at_home), LAND))
    assert "Riêng tại Bình Minh: thông tin đang được kiểm tra lại." in shown
    assert "• Bình Minh" not in "\n".join(shown)


def test_of_the_others_everything_is_said_and_of_this_one_that_it_is_hidden() -> None:
    before, after = lines(card.show(hidden(), BIRTH)), lines(card.show(hidden(AT_ONE), BIRTH))
    assert [line for line in after if line not in before] == [
        "Riêng tại Bình Minh: thông tin đang được kiểm tra lại.",
        "Nơi giải quyết: Ủy ban nhân dân xã, phường An Bình, Cửa Lò.",
    ]
    assert [line for line in before if line not in after] == ["Nơi giải quyết: Ủy ban nhân dân xã, phường."]


SOME = "Riêng tại Sở Đất đai: thông tin đang được kiểm tra lại."


def test_no_level_is_told_of_all_where_one_body_is_hidden() -> None:
    hiding = replace(HIDING, code=DEPARTMENTS, agency="H99.05")
    shown = lines(card.show(hidden(hiding), DEPARTMENTS))
    level = next(at for at, line in enumerate(shown) if line.startswith("Làm được một phần"))
    assert SOME in shown[level + 1 : level + 3]
    sent = share(replace(hidden(hiding), target=ShareChoice(DEPARTMENTS))).reply.text.split("\n")
    assert [line for line in sent if line.endswith(SOME) and line != SOME] != []


@pytest.mark.parametrize("asks", ["online", "place"])
def test_who_asks_further_is_told_so_too(asks: str) -> None:
    hiding = replace(HIDING, code=DEPARTMENTS, agency="H99.05")
    data = replace(catalogue(), editorial=Editorial(hidings=(hiding,)))
    table = {"hỏi": SearchResult((replace(answered(DEPARTMENTS, asks=(asks,)), candidates=()),))}

    def told(agency: str | None) -> bool:
        speaking = Conversation(procedure=DEPARTMENTS, agency=agency)
        return SOME in lines(find(turn("hỏi", data=data, conversation=speaking, table=table)))

    assert (told(None), told("H99.05.06.1")) == (True, False)


def test_hidden_at_each_body_it_is_hidden() -> None:
    each = tuple(replace(HIDING, agency=f"H99.10{n}") for n in range(3))
    asked = hidden(*each)
    assert (is_hidden(asked.catalogue, BIRTH), is_hidden(hidden(*each[1:]).catalogue, BIRTH)) == (True, False)
    assert lines(card.show(asked, BIRTH))[2:] == SAID[2:]


def test_no_level_and_no_body_is_left_for_whoever_reads_of_them() -> None:
    data = hidden(HIDING).catalogue
    guide = Guide.of(data)
    assert (open_services(data, BIRTH), levels_by_agency(data, BIRTH)) == ((), {})
    row = next(row for row in guide.online.rows if row.procedure.code == BIRTH)
    assert (row.is_hidden, row.standing) == (True, Standing.UNKNOWN)
    assert [place.agencies for place in row.places] == [()]
    assert [shelf.id for shelf in guide.agencies if BIRTH in shelf.codes] == []
    assert [shelf.id for shelf in guide.fields if BIRTH in shelf.codes] == ["ho-tich"]


def test_it_stays_in_the_counts_as_unknown_and_the_others_stay_as_they_were() -> None:
    before, after = Guide.of(catalogue()).online, Guide.of(hidden(HIDING).catalogue).online
    assert after.counts == replace(before.counts, full=before.counts.full - 1, unknown=before.counts.unknown + 1)
    assert [row for row in after.rows if row.procedure.code != BIRTH] == [
        row for row in before.rows if row.procedure.code != BIRTH
    ]


def test_services_are_narrowed_to_the_bodies_that_are_open() -> None:
    data = hidden(replace(AT_ONE, code=LAND)).catalogue
    assert [(s.agencies, s.level) for s in open_services(data, LAND)] == [
        (("H99.100",), OnlineLevel.FULL),
        (("H99.102",), OnlineLevel.PARTIAL),
    ]
    assert open_services(data, BIRTH) is data.services[BIRTH]


def test_a_card_without_a_conversation() -> None:
    guide, texts = Guide.of(hidden(HIDING).catalogue), load_texts()
    whole = card_of(guide, texts, BIRTH, today=DAY)
    assert whole is not None
    assert whole.text == "\n".join(SAID)
    at_body = card_of(guide, texts, BIRTH, "H99.101", may_ask=False, today=DAY)
    assert at_body is not None
    assert at_body.text == "\n".join(SAID)
