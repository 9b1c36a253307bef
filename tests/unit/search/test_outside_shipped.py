"""What the shipped signs catch of other matters, and that the catalogue's own matters stay its own."""

from __future__ import annotations

import pytest

from bot.search.model import Verdict
from bot.texts import load_texts
from tests.unit.search.test_shipped import shipped

OTHER = {
    "abuse": ("đm", "dm", "đm mày", "dm may", "dmm", "tra loi chi ma ngu rua", "trả lời chi mà ngu rứa"),
    "call_back": ("gọi lại cho tôi", "goi lai cho toi", "gọi lại cho em với", "gọi điện cho tôi", "goi lai cho toi so"),
    "explain_level": (
        "toàn trình là gì",
        "dịch vụ công trực tuyến toàn trình nghĩa là sao",
        "một phần là gì",
        "mức độ 3",
        "mức độ 4 là gì",
        "muc do 4 la gi",
        "dịch vụ công trực tuyến là gì",
        "dịch vụ nào làm trên mạng",
        "dịch vụ nào toàn trình",
        "toàn trình nghĩa là răng",
        "thủ tục nào làm được online vậy em",
        "toàn trình khác một phần chỗ nào",
        "thế nào là trực tuyến toàn trình vậy cháu",
        "làm online được những thủ tục gì",
    ),
    "case_status": (
        "hồ sơ của tôi tới đâu rồi",
        "ho so cua toi toi dau roi",
        "sao hồ sơ của tôi 3 tháng chưa xong, mấy người làm ăn kiểu gì",
        "hồ sơ của em ra răng rồi",
        "nộp ba tháng rồi chưa có kết quả",
    ),
    "opening_hours": (
        "ủy ban xã mở cửa mấy giờ",
        "uy ban mo cua may gio",
        "xã có làm thứ bảy không",
        "chiều thứ 6 có làm không",
        "một cửa mấy giờ nghỉ trưa",
    ),
    "identity": (
        "mày là ai",
        "mi là ai rứa",
        "ông là người hay máy",
    ),
    "vague": (
        "mấy bựa thì được",
        "mấy ngày thì lấy được",
        "bao lâu thì có",
        "giấy chi",
        "tôi ở phường Đại Nài",
    ),
    "contact": (
        "UBND huyện Hương Sơn",
        "sở tài nguyên môi trường ở đâu",
        "so tai nguyen moi truong o dau",
        "ủy ban nhân dân xã Thạch Hà",
        "công an xã ở chỗ nào",
        "sở lao động",
    ),
    "officials_complaint": (
        "đường hư",
        "phản ánh rác thải",
        "đường làng hư quá",
        "đèn đường không sáng",
        "nhà trường thu tiền nhiều quá",
    ),
    "no_data": (
        "xin chuyển trường cho con",
        "nhập học lớp 1",
        "cho cháu vào lớp một",
        "đăng ký nhãn hiệu",
        "đăng ký thương hiệu cà phê",
        "bán rượu",
        "giấy phép karaoke",
        "xin hoãn nghĩa vụ quân sự cho con",
        "tiền đền bù giải phóng mặt bằng",
        "đủ tuổi về hưu làm giấy tờ gì",
        "giám định y khoa ở đâu",
        "công nhận bằng đại học nước ngoài",
        "gia đình văn hóa",
        "đăng ký thang lương",
        "tuyen sinh mam non",
    ),
}
CATALOGUE_HAS = (
    "mở quán karaoke",
    "tem rượu",
    "đăng ký nghĩa vụ quân sự lần đầu",
    "ủy quyền nhận lương hưu",
    "tuyển sinh lớp 10",
    "công nhận bằng tốt nghiệp cấp 3 nước ngoài",
    "thuê đất công ích của xã",
    "nội quy lao động",
)

PAIRS = [(message, intent) for intent, messages in OTHER.items() for message in messages]


@pytest.mark.parametrize(("message", "intent"), PAIRS)
def test_shipped_signs(message: str, intent: str) -> None:
    decision = shipped()[1].search(message).first
    assert (decision.verdict, decision.intent) == (Verdict.OUT_OF_SCOPE, intent)


@pytest.mark.parametrize("message", CATALOGUE_HAS)
def test_what_the_catalogue_has_is_found(message: str) -> None:
    decision = shipped()[1].search(message).first
    assert decision.candidates
    assert decision.verdict in {Verdict.ANSWERED, Verdict.ASKED_BACK}


def test_no_title_is_about_something_else() -> None:
    catalogue, engine = shipped()
    titles = [procedure.title for procedure in catalogue.procedures.values()]
    assert [title for title in titles if engine.search(title).first.verdict is Verdict.OUT_OF_SCOPE] == []


def test_every_shipped_intent_has_a_sentence() -> None:
    catalogue, _ = shipped()
    intents = {cue.intent for cue in catalogue.lexicon.outside} - {"told"}
    assert sorted(intents - {text_id.removeprefix("outside.") for text_id in load_texts().sentences}) == []
