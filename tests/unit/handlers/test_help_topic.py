"""The help section: a topic, the list of topics, and which messages lead there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.model import Catalogue, HelpTopic
from bot.dialogue.choices import CardChoice, HelpChoice, HelpTopicChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import Keeping
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome
from bot.search.model import Candidate, Decision, SearchResult, Verdict
from bot.texts import TextError, load_texts
from handlers import choice_expired, find, help_topic, personal_data
from handlers.help import help_, unknown_command
from handlers.help_topic import open_topic
from handlers.offering import MOST
from tests.unit.handlers.example import answered, asked_back, catalogue, outside, turn

DAY = date(2026, 11, 21)
AGAIN = Choice("start", "Việc khác")
ALL = Choice("help", "Tất cả mục hướng dẫn")
NEXT = Choice("help:2", "Xem mục hướng dẫn khác")
PARTIAL_TEXT = """Một phần là có ít nhất một bước không làm trên mạng được.
Bước đó có thể là mang bản chính đến, có mặt trực tiếp, hoặc có người đến xem tận nơi.
Bước nào thì tôi chưa có dữ liệu, anh/chị xem trang của thủ tục.
Phần trên mạng vẫn làm được, đăng nhập bằng tài khoản VNeID."""
FOLLOW_TEXT = """Hồ sơ nộp trên mạng thì đăng nhập Cổng Dịch vụ công quốc gia để xem.
Hồ sơ nộp giấy thì mang giấy hẹn đến hỏi nơi đã nộp.
Tôi không xem được hồ sơ của anh/chị. Xin đừng gửi mã hồ sơ cho tôi."""
PARTIAL = HelpTopic("partial", "Nghị định 1", DAY, ("portal", "identity", "1.000001"), ("follow",), ("1.000005",), ())
FOLLOW = HelpTopic("follow", "", DAY, ("portal",), ("partial",), (), ("case_status",))
PORTAL = Link("Mở Cổng Dịch vụ công quốc gia", "https://portal.test")
FOLLOWED = Reply(
    Status.HELPED,
    f"{FOLLOW_TEXT}\nMột Cửa Mẫu soạn. Thông tin đến ngày 21/11/2026.",
    (Choice("hq:partial", "Một phần là gì?"), ALL, AGAIN),
    (PORTAL,),
)


def with_topics(*topics: HelpTopic) -> Catalogue:
    return replace(catalogue(), help_topics=topics or (PARTIAL, FOLLOW))


def many(count: int) -> Catalogue:
    ids = [i.split(".")[1] for i in load_texts().sentences if i.startswith("help_topic.") and i.endswith(".title")]
    return with_topics(*(HelpTopic(topic, "", DAY, (), (), (), ()) for topic in ids[:count]))


def found(*decisions: Decision) -> SearchResult:
    return SearchResult(decisions)


def test_topic() -> None:
    given = turn(target=HelpTopicChoice("partial"), data=with_topics())
    assert help_topic.help_topic(given).reply == Reply(
        Status.HELPED,
        f"{PARTIAL_TEXT}\nNguồn: Nghị định 1. Thông tin đến ngày 21/11/2026.",
        (
            Choice("tt:1.000001", "Khai sinh: lần đầu"),
            Choice("hq:follow", "Xem hồ sơ làm tới đâu"),
            ALL,
            AGAIN,
        ),
        (
            PORTAL,
            Link("Cách làm tài khoản VNeID", "https://id.test"),
            Link("Mở trang thủ tục trên Cổng Dịch vụ công quốc gia", "https://portal.test/p/aaaa"),
        ),
    )


def test_topic_of_our_own() -> None:
    assert help_topic.help_topic(turn(target=HelpTopicChoice("follow"), data=with_topics())).reply == FOLLOWED


def test_topic_forgets_nothing() -> None:
    conversation = Conversation(choices=(AGAIN,), waiting=(AGAIN,), asks=("fee",), procedure="1.000001")
    given = turn(target=HelpTopicChoice("follow"), conversation=conversation, data=with_topics())
    assert help_topic.help_topic(given) == Outcome(
        FOLLOWED, (AGAIN,), ("fee",), "1.000001", view=HelpTopicChoice("follow")
    )


@pytest.mark.parametrize("target", [HelpTopicChoice("nowhere"), CardChoice("1.000001"), None])
def test_topic_that_is_not_there(target: HelpTopicChoice | CardChoice | None) -> None:
    given = turn(target=target, data=with_topics())
    assert help_topic.help_topic(given) == choice_expired.expired(given)


def test_a_topic_without_sentences_is_a_fault() -> None:
    data = with_topics(HelpTopic("wordless", "", DAY, (), (), (), ()))
    with pytest.raises(TextError, match=r"no text 'help_topic\.wordless\.text'"):
        open_topic(turn(data=data), "wordless")


def test_what_is_kept_is_said_with_the_hours_of_the_settings() -> None:
    data = with_topics(HelpTopic("privacy", "", DAY, (), (), (), ()))
    outcome = open_topic(replace(turn(data=data), keeping=Keeping(choices_hours=36)), "privacy")
    assert outcome is not None
    assert outcome.reply.text.splitlines()[1] == (
        "Tôi nhớ các lựa chọn gần nhất, dùng trong 36 giờ. "
        "Nếu anh/chị cho biết xã, phường hay ngôn ngữ thì tôi cũng nhớ."
    )


def test_communes_are_counted() -> None:
    data = with_topics(HelpTopic("no-districts", "", DAY, (), (), (), ()))
    outcome = open_topic(turn(data=data), "no-districts")
    assert outcome is not None
    assert outcome.reply.text.splitlines()[1] == "Nhiều xã, phường đã nhập lại, nay tỉnh Mẫu có 3 xã, phường."


def test_list_of_topics() -> None:
    plain = help_(turn()).reply
    assert help_(turn(data=with_topics())).reply == replace(
        plain,
        choices=(Choice("hq:partial", "Một phần là gì?"), Choice("hq:follow", "Xem hồ sơ làm tới đâu"), AGAIN),
    )
    assert unknown_command(turn(data=with_topics())).reply == replace(
        plain,
        text=f"Tôi không biết lệnh này.\n{plain.text}",
        choices=(Choice("hq:partial", "Một phần là gì?"), Choice("hq:follow", "Xem hồ sơ làm tới đâu"), AGAIN),
    )


def test_list_of_topics_by_pages() -> None:
    data = many(15)
    pages = [help_(turn(target=HelpChoice(page), data=data)).reply for page in (1, 2, 3)]
    assert [len(page.choices) for page in pages] == [MOST, MOST, 4]
    assert [page.choices[-2:] for page in pages[:2]] == [
        (NEXT, AGAIN),
        (Choice("help:3", "Xem mục hướng dẫn khác"), AGAIN),
    ]
    shown = [choice.id for page in pages for choice in page.choices if choice.id.startswith("hq:")]
    assert shown == [f"hq:{topic.id}" for topic in data.help_topics]
    assert [page.text for page in pages[1:]] == ["Anh/chị chọn điều muốn hỏi."] * 2
    beyond = turn(target=HelpChoice(4), data=data)
    assert help_(beyond) == choice_expired.expired(beyond)


def test_seven_topics_fit_on_one_page() -> None:
    data = many(7)
    assert [choice.id for choice in help_(turn(data=data)).reply.choices] == [
        *(f"hq:{topic.id}" for topic in data.help_topics),
        "start",
    ]


def test_a_message_that_asks_for_help_is_answered_with_the_topic() -> None:
    given = turn("hồ sơ tới đâu", data=with_topics(), topics={"hồ sơ tới đâu": "follow"})
    assert find.find(given).reply == FOLLOWED


def test_the_search_for_help_decides_beside_procedures_too() -> None:
    table = {"x": found(asked_back("1.000001", "1.000006"))}
    assert find.find(turn("x", table=table, data=with_topics(), topics={"x": "follow"})).reply == FOLLOWED
    assert find.find(turn("x", table=table, data=with_topics())).reply.status is Status.ASKED_BACK


def test_danger_comes_before_help() -> None:
    table = {"x": found(outside("emergency_fire"))}
    reply = find.find(turn("x", table=table, data=with_topics(), topics={"x": "follow"})).reply
    assert (reply.status, reply.text[:11]) == (Status.OUT_OF_SCOPE, "Gọi 114 nga")
    beside = {"x": found(replace(answered("1.000001"), intent="emergency_fire"))}
    reply = find.find(turn("x", table=beside, data=with_topics(), topics={"x": "follow"})).reply
    assert (reply.status, reply.text[:11]) == (Status.ANSWERED, "Gọi 114 nga")


def test_what_is_asked_on_is_about_the_card_before() -> None:
    table = {"x": found(Decision("x", Verdict.NOT_FOUND, asks=("fee",)))}
    conversation = Conversation(procedure="1.000001")
    given = turn("x", conversation=conversation, table=table, data=with_topics(), topics={"x": "follow"})
    assert find.find(given).reply.codes == ("1.000001",)


def test_another_matter_that_a_topic_answers() -> None:
    table = {"x": found(outside("case_status")), "y": found(outside("weather"))}
    assert find.find(turn("x", table=table, data=with_topics())).reply == FOLLOWED
    assert find.find(turn("y", table=table, data=with_topics())).reply.status is Status.OUT_OF_SCOPE
    assert find.find(turn("x", table=table)).reply.status is Status.OUT_OF_SCOPE


def test_another_matter_of_several_topics_keeps_its_own_sentence() -> None:
    data = with_topics(replace(PARTIAL, intents=("case_status",)), FOLLOW)
    given = turn("x", table={"x": found(outside("case_status"))}, data=data)
    assert find.find(given).reply.status is Status.OUT_OF_SCOPE


def test_procedures_named_beside_another_matter_stay_in_reach() -> None:
    said = "hồ sơ kết hôn, khai sinh tới đâu"
    candidates = (Candidate("1.000006", 1.0), Candidate("1.000001", 0.9))
    table = {
        text: found(Decision(text, Verdict.OUT_OF_SCOPE, candidates, 2, "case_status")) for text in (said, "tới đâu")
    }
    assert find.find(turn(said, table=table, data=with_topics())).reply == replace(
        FOLLOWED,
        choices=(
            Choice("tt:1.000006", "Đăng ký kết hôn"),
            Choice("tt:1.000001", "Khai sinh: lần đầu"),
            Choice("hq:partial", "Một phần là gì?"),
            ALL,
            AGAIN,
        ),
    )
    assert find.find(turn("tới đâu", table=table, data=with_topics())).reply == FOLLOWED


def test_private_numbers_are_refused_and_the_matter_is_answered() -> None:
    table = {"hồ sơ tới đâu": found(outside("case_status"))}
    reply = personal_data.refuse(turn("hồ sơ tới đâu", table=table, data=with_topics())).reply
    assert (reply.status, reply.text.splitlines()[3]) == (
        Status.PERSONAL_DATA_REFUSED,
        "Hồ sơ nộp trên mạng thì đăng nhập Cổng Dịch vụ công quốc gia để xem.",
    )
