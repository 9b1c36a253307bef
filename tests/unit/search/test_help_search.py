"""Help topics: found in people's words, never in place of a procedure."""

from __future__ import annotations

import dataclasses
import statistics
import time
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.lexicon_model import HelpPhrase
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.search.engine import SearchEngine
from bot.search.fold import fold
from bot.search.help_search import HelpMatch, HelpSearch
from bot.search.model import Decision, Verdict
from tests.benchmarks.bench_search import OWN_QUESTIONS
from tests.benchmarks.questions import ANSWER, ASK_BACK, read_questions
from tests.unit.search import samples

UNSEEN = {
    "what-online": (
        "mấy việc nào có thể làm trên mạng rứa",
        "giấy tờ nào nộp online được",
        "tỉnh mình có những dịch vụ công trực tuyến nào",
    ),
    "filing-online": (
        "hướng dẫn cho tôi nộp hồ sơ qua mạng với",
        "muon nop ho so online thi bam vao dau",
        "chỉ giùm tui cách nộp hồ sơ trên điện thoại",
        "nộp hồ sơ trên mạng gồm mấy bước",
    ),
    "paper": (
        "hồ sơ giấy thì đem đi nộp chỗ nào",
        "tui ở xã khác có nộp được không",
        "nộp giấy trực tiếp tại trung tâm nào",
        "mang ho so giay den dau",
    ),
    "vneid": (
        "cái vneid là cái gì vậy cháu",
        "làm sao để có tài khoản vneid",
        "chua co vneid phai lam sao",
        "vneid dùng làm gì",
    ),
    "login": (
        "tui quên mật khẩu rồi",
        "sao tôi không đăng nhập vào được",
        "quen mat khau vneid",
        "quên mất mật khẩu dịch vụ công rồi làm sao lấy lại",
        "vào cổng dịch vụ công bằng gì",
    ),
    "follow": (
        "hồ sơ của tui làm tới mô rồi",
        "tra cứu hồ sơ đã nộp ở đâu",
        "muốn xem hồ sơ đã xong chưa",
        "kiem tra tinh trang ho so",
        "sao quá hẹn rồi chưa có kết quả",
    ),
    "fees-times": (
        "sao trợ lý không nói lệ phí",
        "thời gian giải quyết mất bao lâu",
        "le phi xem o dau",
        "làm hồ sơ có tốn tiền không",
    ),
    "helpers": (
        "tổ công nghệ số cộng đồng làm gì",
        "to chuyen doi so cong dong o dau",
        "tôi già rồi không biết dùng mạng nhờ ai giúp",
        "có ai hướng dẫn trực tiếp không",
    ),
    "for-others": (
        "con trai nộp thay cho mẹ được không",
        "tôi nhờ người khác đi nộp thay",
        "không đi được nhờ người nhà nộp hộ",
        "nop ho so thay nguoi than",
    ),
    "full-process": (
        "thế toàn trình nghĩa là gì",
        "toan trinh la sao",
        "dịch vụ công toàn trình là như thế nào",
        "giải thích giúp tôi chữ toàn trình",
    ),
    "partial": (
        "một phần nghĩa là gì hả cháu",
        "truc tuyen mot phan la gi",
        "dịch vụ công một phần là răng",
    ),
    "payment": (
        "nộp lệ phí trên mạng bằng cách nào",
        "thanh toan online the nao",
        "trả tiền mặt được không",
        "tôi không biết thanh toán trên mạng",
    ),
    "result-by-post": (
        "có gửi kết quả qua bưu điện không",
        "nhan ket qua tai nha duoc khong",
        "kết quả có gửi về nhà cho tôi không",
    ),
    "complaints": (
        "tôi muốn phản ánh kiến nghị",
        "góp ý với cán bộ ở đâu",
        "gui phan anh kien nghi o mo",
        "cán bộ thái độ hách dịch",
    ),
    "no-districts": (
        "không còn huyện thì nộp ở đâu",
        "bo huyen roi di dau lam",
        "trước tôi làm ở huyện bây giờ làm ở mô",
        "xã tôi sáp nhập vào xã nào",
    ),
    "level-differs": (
        "sao xã khác làm online được mà xã tôi thì không",
        "mỗi nơi làm một kiểu là sao",
        "sao lại hỏi tôi thuộc xã nào",
    ),
    "why-partial": (
        "vì sao chỉ được một phần",
        "tại sao không làm hết được trên mạng",
        "sao khong toan trinh",
    ),
    "old-levels": (
        "mức độ 4 là như thế nào",
        "muc do 3 la gi",
        "mức độ 3 và mức độ 4 khác gì nhau",
        "dịch vụ công mức 4",
    ),
    "codes-change": (
        "sao mã thủ tục bị đổi",
        "mã thủ tục cũ không dùng được nữa",
        "ma thu tuc la gi",
    ),
    "about": (
        "ai đang trả lời tôi thế",
        "trang này do ai quản lý",
        "mi la ai",
        "trợ lý này của cơ quan nào",
    ),
    "privacy": (
        "ở đây có lưu tin nhắn của tôi không",
        "thông tin của tui có bị lộ không",
        "muốn xóa dữ liệu của tôi",
        "bao mat thong tin the nao",
        "do you keep my messages",
    ),
}
ENGLISH = {
    "how can i apply online": "filing-online",
    "where can i hand in my papers": "paper",
    "what is a vneid account": "vneid",
    "i forgot the password": "login",
    "track the status of my application": "follow",
    "how much are the fees": "fees-times",
    "what is the meaning of full process": "full-process",
    "how do i pay online": "payment",
    "can the result come by post": "result-by-post",
    "i want to make a complaint": "complaints",
    "who runs this assistant": "about",
    "do you keep data about me": "privacy",
}
ABOUT_PROCEDURES = [
    "lệ phí làm khai sinh",
    "làm khai sinh mất bao lâu",
    "đổi bằng lái nộp tiền ở đâu",
    "kích hoạt vneid mức 2",
    "mở khóa vneid",
    "giấy ủy quyền",
    "đăng ký kết hôn trên mạng thế nào",
    "tách thửa nộp hồ sơ ở đâu",
    "xin giấy phép xây dựng trực tuyến",
    "1.001193",
    "thủ tục 1.000894 cần giấy gì",
    "đổi tên",
    "thẻ hướng dẫn viên",
]
OTHER_MATTERS = [
    "trang này có phải lừa đảo không",
    "cháy nhà rồi",
    "đọc mã otp cho công an được không",
    "thời tiết mai thế nào",
    "kết quả xổ số hôm nay",
    "trung tâm hành chính công mấy giờ mở cửa",
    "số điện thoại của xã",
    "nộp hộ tôi hồ sơ này đi",
    "xin chào",
    "cảm ơn",
    "",
    "?!",
]


MISSED = {
    "bao mat thong tin the nao",
    "chua co vneid phai lam sao",
    "cái vneid là cái gì vậy cháu",
    "làm sao để có tài khoản vneid",
    "tỉnh mình có những dịch vụ công trực tuyến nào",
    "vào cổng dịch vụ công bằng gì",
    "what is a vneid account",
}
"""Wordings of the table that are asked back about as if a procedure were meant: what is known to be missing."""
SHIPPED = Path(__file__).parents[3] / "catalog_data"


@cache
def shipped() -> tuple[Catalogue, SearchEngine]:
    catalogue = load_catalogue(SHIPPED)
    return catalogue, SearchEngine(catalogue)


def table() -> list[tuple[str, str]]:
    return [(text, topic) for topic, texts in UNSEEN.items() for text in texts] + list(ENGLISH.items())


def small(*phrases: tuple[str, str]) -> HelpSearch:
    lexicon = dataclasses.replace(samples.catalogue().lexicon, help=tuple(HelpPhrase(*phrase) for phrase in phrases))
    return HelpSearch(lexicon, {"khai", "sinh"}.__contains__)


def topic_of(search: HelpSearch, text: str) -> str | None:
    match = search.find(text)
    return None if match is None else match.topic


SMALL = small(
    ("full", "toàn trình là gì"),
    ("full", "what does full process mean"),
    ("partial", "một phần là gì"),
    ("payment", "nộp tiền trên mạng"),
    ("payment", "thanh toán trực tuyến"),
)


def test_the_table_is_not_the_data() -> None:
    known = {fold(entry.phrase) for entry in shipped()[0].lexicon.help}
    assert [text for text, _ in table() if text in {entry.phrase for entry in shipped()[0].lexicon.help}] == []
    assert len({fold(text) for text, _ in table()} - known) >= 60


def test_unseen_wordings_find_their_topic() -> None:
    engine = shipped()[1]
    found = {text: engine.help_topic(text) for text, _ in table()}
    assert {text: topic for text, topic in found.items() if text not in MISSED} == {
        text: topic for text, topic in table() if text not in MISSED
    }
    assert {found[text] for text in MISSED} == {None}


def test_every_phrase_finds_its_topic() -> None:
    """But for those that a procedure claims, or danger: the words are the same."""
    catalogue, engine = shipped()
    found = [(entry, engine.help_topic(entry.phrase)) for entry in catalogue.lexicon.help]
    assert {entry.phrase: topic for entry, topic in found if topic not in {entry.topic, None}} == {}
    assert sum(topic is None for _, topic in found) <= 0.02 * len(found)


def test_no_question_about_a_procedure_becomes_help() -> None:
    engine = shipped()[1]
    asked = [q.query for q in read_questions(OWN_QUESTIONS) if q.expect in {ANSWER, ASK_BACK}]
    assert [text for text in (*asked, *ABOUT_PROCEDURES) if engine.help_topic(text) is not None] == []


def test_no_title_becomes_help() -> None:
    catalogue, engine = shipped()
    titles = [procedure.title for procedure in catalogue.procedures.values()]
    assert [title for title in titles[::5] if engine.help_topic(title) is not None] == []


@pytest.mark.parametrize("text", OTHER_MATTERS)
def test_other_matters_stay_what_they_are(text: str) -> None:
    assert shipped()[1].help_topic(text) is None


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("toan trinh la gi", "full"),
        ("TOÀN TRÌNH LÀ GÌ???", "full"),
        ("là gì toàn trình", "full"),
        ("tôi muốn cho hỏi toàn trình là gì ạ", "full"),
        ("toaàn trìnnh là gì", "full"),
        ("trên mạng nộp tiền", "payment"),
        ("thanh tóan trưc tuyến", "payment"),
        ("what does fulll proces mean", "full"),
        ("một phần là gì", "partial"),
        ("khai sinh", None),
        ("khai sinh cho con", None),
        ("toàn", None),
        ("", None),
    ],
)
def test_tolerates_what_people_type(text: str, topic: str | None) -> None:
    assert topic_of(SMALL, text) == topic


def test_a_word_of_procedures_is_no_typing_error() -> None:
    search = small(("login", "quên mật khẩu"), ("login", "mật khẩu sai"))
    assert search.find("khai khẩu") is None


def test_without_phrases_nothing_is_found() -> None:
    assert small().find("toàn trình là gì") is None


@pytest.mark.parametrize(
    ("like", "covered", "verdict", "is_own", "rival", "prevails"),
    [
        (0.7, 0.5, Verdict.ANSWERED, False, 0.6, True),
        (0.7, 0.5, Verdict.ASKED_BACK, False, 0.65, False),
        (0.98, 1.0, Verdict.ANSWERED, False, 1.0, True),
        (0.98, 0.9, Verdict.ANSWERED, False, 1.0, False),
        (0.6, 0.5, Verdict.NOT_FOUND, False, 0.8, True),
        (0.6, 0.5, Verdict.OUT_OF_SCOPE, True, 0.8, True),
        (0.89, 1.0, Verdict.OUT_OF_SCOPE, False, 0.0, False),
        (0.9, 1.0, Verdict.OUT_OF_SCOPE, False, 0.0, True),
    ],
)
def test_when_a_topic_prevails(
    like: float, covered: float, verdict: Verdict, is_own: bool, rival: float, prevails: bool
) -> None:
    assert HelpMatch("full", like, covered).prevails(Decision("", verdict), rival, is_own=is_own) is prevails


def test_danger_and_codes_come_first() -> None:
    engine = shipped()[1]
    assert engine.help_topic("toàn trình là gì") == "full-process"
    assert engine.help_topic("cháy nhà rồi, toàn trình là gì") is None
    assert engine.help_topic("1.001193 toàn trình là gì") is None


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    topics = {"full", "partial", "payment", None}
    assert topic_of(SMALL, text) in topics


@given(st.sampled_from([text for text, _ in table() if text not in MISSED]), st.sampled_from(["{}", "{}?", " {} !"]))
def test_case_and_punctuation_change_nothing(text: str, around: str) -> None:
    engine = shipped()[1]
    assert engine.help_topic(around.format(text.upper())) == engine.help_topic(text)


def test_is_quick() -> None:
    catalogue, engine = shipped()
    search = HelpSearch(catalogue.lexicon, engine.index.idf.__contains__)
    texts = [question.query for question in read_questions(OWN_QUESTIONS)]
    spent = []
    for text in (*texts, *texts):
        started = time.perf_counter()
        search.find(text)
        spent.append((time.perf_counter() - started) * 1000)
    assert statistics.median(spent[len(texts) :]) < 1
