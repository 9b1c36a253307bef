"""Messages about something else: which of several signs is the one that counts, and what the shipped signs catch."""

from __future__ import annotations

import pytest

from bot.catalog.model import OutsideCue
from bot.search.fold import tokenise
from bot.search.model import Verdict
from bot.search.outside import FIRST_OF_ALL, Outside, OutsideDetector
from bot.texts import load_texts
from tests.unit.search.test_shipped import shipped

CUES = (
    OutsideCue("confirm", "được", True, ()),
    OutsideCue("confirm", "được rồi", True, ()),
    OutsideCue("vague", "hồ sơ", True, ()),
    OutsideCue("greeting", "chào", True, ()),
    OutsideCue("case_status", "hồ sơ của tôi tới đâu", False, ("trích lục",)),
    OutsideCue("case_status", "kết quả", True, ()),
    OutsideCue("opening_hours", "mấy giờ mở cửa", False, ()),
    OutsideCue("told", "năm ngoái", False, ("hồi trước", "trợ cấp")),
    OutsideCue("emergency_fire", "cháy nhà", False, ("<told>", "phòng cháy")),
    OutsideCue("emergency_medical", "cứu", True, ()),
    OutsideCue("emergency_call", "cứu với", False, ()),
    OutsideCue("no_data", "bán rượu", False, ("tem",)),
    OutsideCue("emergency_distress", "không muốn sống", False, ()),
)
DETECTOR = OutsideDetector(CUES)


def detect(*readings: str) -> Outside | None:
    return DETECTOR.detect([tokenise(reading) for reading in readings])


def test_nothing_is_nothing() -> None:
    assert detect("khai sinh") is None
    assert detect("", "") is None


def test_a_message_that_is_just_a_sign() -> None:
    assert detect("kết quả ạ", "kết quả") == Outside("case_status", True, 2)
    assert detect("mấy giờ mở cửa") == Outside("opening_hours", True, 4)


def test_a_sign_within_a_message() -> None:
    assert detect("xã ta mấy giờ mở cửa", "xã mấy giờ mở cửa") == Outside("opening_hours", False, 4)


def test_what_is_left_without_fillers_does_not_win_over_a_longer_sign() -> None:
    assert detect("hồ sơ của tôi tới đâu rồi", "hồ sơ") == Outside("case_status", True, 6)
    assert detect("chào xã mấy giờ mở cửa", "chào") == Outside("opening_hours", True, 4)


def test_of_equal_signs_the_one_read_first_counts() -> None:
    assert detect("kết quả", "hồ sơ") == Outside("case_status", True, 2)


def test_a_yes_left_over_from_a_longer_message_is_no_answer() -> None:
    assert detect("mấy bữa thì được", "được") == Outside("vague", True, 1)
    assert detect("dạ được ạ", "được") == Outside("confirm", True, 1)
    assert detect("được rồi cảm ơn em nhé", "được rồi") == Outside("confirm", True, 2)


def test_unless_takes_a_sign_back() -> None:
    assert detect("trích lục hồ sơ của tôi tới đâu rồi") is None
    assert detect("trich luc ho so cua toi toi dau roi") is None


def test_unless_may_stand_in_what_another_reading_dropped() -> None:
    assert detect("tem bán rượu", "bán rượu") is None


def test_typed_accents_tell_words_of_unless_apart() -> None:
    assert detect("bán rượu tém") == Outside("no_data", False, 2)


def test_a_message_typed_as_a_sign_is_that_whatever_it_is_rewritten_to() -> None:
    assert detect("kết quả", "hồ sơ của tôi tới đâu") == Outside("case_status", True, 2)


@pytest.mark.parametrize("message", ["cháy nhà năm ngoái", "hồi trước cháy nhà", "cháy nhà xin trợ cấp", "năm ngoái"])
def test_a_tale_of_the_past_is_not_urgent(message: str) -> None:
    assert detect(message) is None


def test_a_call_for_help_is_urgent_whatever_is_told_beside_it() -> None:
    assert detect("cháy nhà cứu với, xin trợ cấp") == Outside("emergency_fire", False, 2)
    assert detect("năm ngoái cứu với") == Outside("emergency_call", False, 2)
    assert detect("hỏi trước, cháy nhà") == Outside("emergency_fire", False, 2)


def test_urgent_signs_come_first_however_short() -> None:
    assert detect("hồ sơ của tôi tới đâu, cháy nhà") == Outside("emergency_fire", False, 2)
    assert detect("cứu ạ", "cứu") == Outside("emergency_medical", True, 1)
    assert detect("hồ sơ của tôi tới đâu cứu", "cứu") == Outside("emergency_medical", True, 1)


def test_a_person_in_despair_comes_before_everything() -> None:
    assert FIRST_OF_ALL[0] == "emergency_distress"
    assert detect("cháy nhà, tôi không muốn sống") == Outside("emergency_distress", False, 3)


def test_an_urgent_sign_yields_only_to_a_named_procedure() -> None:
    urgent = Outside("emergency_fire", False, 2)
    assert (urgent.overrides(0.79), urgent.overrides(0.8)) == (True, False)
    assert Outside("case_status", False, 3).overrides(1.0)
    assert Outside("weather", True, 1).overrides(1.0)
    assert not Outside("weather", False, 1).overrides(0.7)
    assert (Outside("no_data", False, 2).overrides(0.96), Outside("no_data", False, 2).overrides(0.97)) == (True, False)


TOLD = (
    "nhà cháy năm ngoái mất hết giấy tờ",
    "chết đuối làm khai tử",
    "bị tai nạn lao động xin chế độ",
    "nước cuốn chết năm ngoái",
    "chữa cháy rừng bị thương hưởng chế độ",
    "nha chay nam ngoai mat het giay to",
    "hồi trước nhà bị cháy giờ xin cấp lại sổ đỏ",
    "nhà sập trong bão xin hỗ trợ",
    "bố bị đột quỵ năm trước giờ xin trợ cấp khuyết tật",
    "mẹ tôi bị tai biến nằm một chỗ xin trợ cấp",
    "bị xe tông gãy chân được bảo hiểm trả bao nhiêu",
    "ngã giàn giáo khi làm việc xin giám định",
    "con chết đuối tuần trước làm giấy chứng tử",
    "cháy nhà xin công nhận hộ nghèo",
    "hỏa hoạn mất bằng lái",
    "nhà bị lũ cuốn mất sổ hộ khẩu",
    "bị cướp mất căn cước làm lại thế nào",
    "trộm vào nhà lấy mất sổ đỏ làm lại ở đâu",
    "chồng tôi chết vì tai nạn giao thông làm khai tử",
    "bị điện giật ở công ty xin bồi thường",
    "lật thuyền chết người nhà nước bồi thường không",
    "bố tôi nhồi máu cơ tim qua đời hôm trước",
    "em trai tự tử năm ngoái giờ làm khai tử",
    "anh tôi bị đâm chết mấy năm rồi làm trích lục khai tử",
    "cháy kho hàng xin miễn giảm thuế",
    "bị chém hồi tháng trước xin giấy xác nhận thương tật",
    "ông bị hôn mê con làm giấy ủy quyền",
    "cháy rừng trồng xin hỗ trợ thiệt hại",
    "bị bỏng nặng hồi nhỏ xin xác nhận khuyết tật",
    "nhà sập do bão được hỗ trợ gì",
    "người đuối nước đã mất xin mai táng phí",
    "ngộ độc ở công ty hồi năm ngoái đòi bồi thường",
)
LIVE = {
    "emergency_fire": (
        "cháy nhà rồi cứu với",
        "nhà tôi đang cháy",
        "nha toi dang chay cuu voi",
        "cháy to quá gọi ai bây giờ",
        "cháy nhà rồi cứu với giấy tờ trong nhà hết",
        "nhà cháy rồi",
        "rừng đang cháy sau nhà tôi",
        "cho hỏi nhà hàng xóm cháy gọi số nào",
        "mắc kẹt trong lũ cứu tôi với",
        "có người đuối nước cứu với",
        "bình gas xì gas mùi nồng quá, ngửi thấy mùi gas",
        "cháy rừng ở Hương Sơn",
        "nhà bác hàng xóm bị cháy gọi giúp với",
    ),
    "emergency_medical": (
        "bố tôi bất tỉnh rồi",
        "mẹ đột quỵ cần cấp cứu gấp",
        "gọi xe cấp cứu cho bố tôi có bảo hiểm",
        "vợ tôi vỡ ối rồi",
        "con tôi co giật",
        "chảy máu nhiều quá không cầm được",
        "công nhân ngã giàn giáo bất tỉnh",
        "ngừng thở mấy giây rồi, ông tôi ngất",
        "bi ran can lam sao",
        "uống thuốc sâu rồi",
        "vừa tai nạn giao thông ở ngã tư",
    ),
    "emergency_police": (
        "có cướp",
        "đang bị chồng đánh cứu tôi với",
        "chồng đánh tôi cần giúp đỡ",
        "có người cầm dao đuổi",
        "trộm đang ở trong nhà",
    ),
    "emergency_call": (
        "cứu với",
        "cứu tôi với",
    ),
    "emergency_distress": (
        "tôi không muốn sống nữa",
        "chán sống quá rồi",
        "muốn chết cho xong",
        "toi khong muon song nua",
        "tôi muốn tự tử",
        "nỏ muốn sống nữa",
        "sống chi nữa hả trời",
        "chồng chết tôi không muốn sống nữa giờ làm khai tử",
    ),
}
OTHER = {
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


def _pairs(expected: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(message, intent) for intent, messages in expected.items() for message in messages]


@pytest.mark.parametrize("message", TOLD)
def test_shipped_tales_are_not_urgent(message: str) -> None:
    assert shipped()[1].search(message).first.intent not in FIRST_OF_ALL


@pytest.mark.parametrize(("message", "intent"), [*_pairs(LIVE), *_pairs(OTHER)])
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
