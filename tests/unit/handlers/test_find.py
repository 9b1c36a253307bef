"""Free text: answered, asked back, several wishes, not found, out of scope; and what is around it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.choices import LifeEventChoice, PickChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from bot.search.model import Candidate, Decision, SearchResult, Verdict
from handlers import card
from handlers.browse import life_event
from handlers.find import find
from handlers.outside import is_urgent
from handlers.personal_data import refuse
from tests.unit.handlers.example import answered, asked_back, outside, turn

AGAIN = Choice("start", "Việc khác")
FIRST = (Choice("tt:1.000001", "Khai sinh"), Choice("lg:1", "Gia đình"), Choice("menu", "Tìm theo cách khác"))
HELPFUL = (Choice("ok:yes", "Có giúp được"), Choice("ok:no", "Không giúp được"))
ASKED = Profile(commune_asked=True)
PORTAL = Link("Mở Cổng Dịch vụ công quốc gia", "https://portal.test")
FIRE = """Gọi 114 ngay: chữa cháy, cứu nạn.
Cháy thì đưa mọi người ra chỗ an toàn, đừng quay lại lấy đồ. Có người bị thương hay đuối nước thì gọi thêm 115."""
CASE_STATUS = """Tôi không xem được hồ sơ của anh/chị.
Xem hồ sơ tới đâu: đăng nhập Cổng Dịch vụ công quốc gia, hoặc mang giấy hẹn đến hỏi \
Trung tâm Phục vụ hành chính công."""
CREDENTIALS = """Tôi không giữ và không lấy lại được mật khẩu.
Anh/chị lấy lại mật khẩu ngay trong ứng dụng VNeID, hoặc đến công an xã, phường nhờ giúp."""
FAR = (Candidate("1.000001", 0.5),)
PLACE_ASKED = (Choice("tt:1.000003@H99.102", "Cửa Lò"),)
REFUSED = """Xin đừng gửi số giấy tờ, số điện thoại, số thẻ, thư điện tử, số nhà, mã hồ sơ hay mã OTP.
Tôi không cần và không lưu những thứ đó."""


ASK_AGAIN = """Không đọc mã OTP hay mật khẩu cho bất kỳ ai.
Anh/chị hỏi lại giúp tôi, không kèm các số đó."""


def found(*wishes: Decision) -> dict[str, SearchResult]:
    return {"hỏi": SearchResult(wishes)}


def test_answered_is_the_card() -> None:
    given = turn("hỏi", table=found(answered("1.000001", asks=("papers",))))
    card_of_it = card.show(given, "1.000001", asks=("papers",))
    assert find(given) == replace(card_of_it, others=("1.000007",))


def test_what_came_close_is_offered_beside_the_answer() -> None:
    close = Decision("", Verdict.ANSWERED, (Candidate("1.000006", 1.2), Candidate("1.000007", 1.0), *FAR))
    outcome = find(turn("hỏi", conversation=Conversation(profile=ASKED), table=found(close)))
    assert outcome.reply.choices == (
        Choice("tt:1.000007", "Hay là Đăng ký khai tử?"),
        Choice("rate:1.000006", "Đánh giá dịch vụ này"),
        Choice("share:1.000006", "Chia sẻ cho người khác"),
        AGAIN,
    )
    assert outcome.others == ("1.000007", "1.000001")


def test_one_candidate_is_a_question_and_a_label_is_not_repeated() -> None:
    assert find(turn("hỏi", table=found(asked_back("1.000006")))).reply == Reply(
        Status.ASKED_BACK,
        "Có phải anh/chị cần việc này không?",
        (Choice("tt:1.000006", "Đăng ký kết hôn"), AGAIN),
        codes=("1.000006",),
    )


@pytest.mark.parametrize("text", ["sinh", "con", "Sinh con"])
def test_a_word_of_a_situation_opens_it_and_is_come_back_to(text: str) -> None:
    opened = life_event(turn(text, target=LifeEventChoice("birth")))
    assert find(turn(text)) == replace(opened, view=LifeEventChoice("birth"))


def test_asked_back_shows_what_differs() -> None:
    assert find(turn("hỏi", table=found(asked_back("1.000001", "1.000006", asks=("fee",))))) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Anh/chị cần việc nào dưới đây?\n• Khai sinh: lần đầu. Trẻ mới sinh, chưa từng khai sinh.",
            (Choice("tt:1.000001", "Khai sinh: lần đầu"), Choice("tt:1.000006", "Đăng ký kết hôn"), AGAIN),
            codes=("1.000001", "1.000006"),
        ),
        asks=("fee",),
        others=("1.000007",),
        view=PickChoice(("1.000001", "1.000006")),
    )


def test_same_names_are_told_apart() -> None:
    choices = find(turn("hỏi", table=found(asked_back("1.000003", "1.000008")))).reply.choices
    assert choices == (
        Choice("tt:1.000003", "Tách thửa đất (1.000003)"),
        Choice("tt:1.000008", "Tách thửa đất (1.000008)"),
        AGAIN,
    )


def test_replaced_codes_are_offered_once_under_the_new_one() -> None:
    outcome = find(turn("hỏi", table=found(asked_back("1.000005", "1.000001", "1.000006"))))
    assert outcome.reply.codes == ("1.000001", "1.000006")


def test_of_several_wishes_the_first_is_answered_and_the_others_wait() -> None:
    given = turn(
        "hỏi",
        conversation=Conversation(profile=ASKED),
        table=found(answered("1.000006", asks=("fee",)), asked_back("1.000001", "1.000009"), answered("1.000007")),
    )
    waiting = (
        Choice("pick:1.000001+1.000009", "Khai sinh: lần đầu"),
        Choice("tt:1.000007", "Đăng ký khai tử"),
    )
    first = card.show(
        turn(conversation=Conversation(profile=ASKED, waiting=waiting)), "1.000006", asks=("fee",), near=("1.000007",)
    )
    name, _, rest = first.reply.text.partition("\n")
    text = f"{name}\nAnh/chị hỏi 3 việc, ta xem từng việc một. Đây là việc thứ nhất.\n{rest}"
    outcome = find(given)
    assert (outcome.reply.text, outcome.waiting, outcome.asks, outcome.procedure) == (
        text,
        waiting,
        ("fee",),
        "1.000006",
    )
    assert outcome.reply.choices == (
        Choice("pick:1.000001+1.000009", "Việc kế tiếp – Khai sinh: lần đầu"),
        Choice("tt:1.000007", "Việc kế tiếp – Đăng ký khai tử"),
        Choice("rate:1.000006", "Đánh giá dịch vụ này"),
        Choice("share:1.000006", "Chia sẻ cho người khác"),
        AGAIN,
    )


def test_a_first_wish_that_is_not_clear_is_asked_back_and_the_others_stand_below() -> None:
    given = turn("hỏi", table=found(asked_back("1.000001", "1.000009"), answered("1.000006")))
    outcome = find(given)
    assert outcome.reply == Reply(
        Status.ASKED_BACK,
        "Anh/chị hỏi 2 việc, ta xem từng việc một. Đây là việc thứ nhất.\nAnh/chị cần việc nào dưới đây?\n"
        "• Khai sinh: lần đầu. Trẻ mới sinh, chưa từng khai sinh.",
        (
            Choice("tt:1.000001", "Khai sinh: lần đầu"),
            Choice("tt:1.000009", "Nhận cha, mẹ, con"),
            Choice("tt:1.000006", "Việc kế tiếp – Đăng ký kết hôn"),
            AGAIN,
        ),
        codes=("1.000001", "1.000009"),
    )
    assert (outcome.waiting, outcome.view) == (
        (Choice("tt:1.000006", "Đăng ký kết hôn"),),
        PickChoice(("1.000001", "1.000009")),
    )


def test_several_wishes_that_are_one() -> None:
    given = turn("hỏi", table=found(answered("1.000001"), answered("1.000005")))
    assert find(given) == replace(card.show(given, "1.000001"), others=("1.000007",))


def test_not_found() -> None:
    assert find(turn("gì đó")).reply == Reply(
        Status.NOT_FOUND,
        """Tôi chưa tìm được thủ tục đúng ý anh/chị.
Anh/chị viết lại tên giấy tờ hoặc việc cần làm, ví dụ: xin giấy phép xây nhà. Cũng có thể chọn dưới đây.
Cần người giúp thì đến Trung tâm Phục vụ hành chính công gần nhất.
Câu trả lời này có giúp được anh/chị không?""",
        (FIRST[-1], *HELPFUL, AGAIN),
        (PORTAL,),
    )


def test_after_not_found_it_is_asked_once_if_it_helped() -> None:
    asked = find(turn("gì đó")).reply
    again = find(turn("gì đó", conversation=Conversation(judged=True))).reply
    assert again == replace(asked, text=asked.text.rpartition("\n")[0], choices=(FIRST[-1], AGAIN))


def test_an_unknown_code_is_not_called_wrong() -> None:
    unknown = Decision("", Verdict.NOT_FOUND, intent="unknown_code")
    assert find(turn("hỏi", table=found(unknown))).reply == Reply(
        Status.NOT_FOUND,
        """Tôi không có mã thủ tục này. Mã vẫn có thể đúng, vì mã hay thay đổi.
Anh/chị tìm mã trên Cổng Dịch vụ công quốc gia, hoặc viết cho tôi việc cần làm.""",
        (AGAIN,),
        (PORTAL,),
    )


@pytest.mark.parametrize(
    ("intent", "text", "choices", "links"),
    [
        (
            "emergency_fire",
            FIRE,
            (AGAIN,),
            (),
        ),
        (
            "case_status",
            CASE_STATUS,
            (AGAIN,),
            (PORTAL,),
        ),
        (
            "credentials",
            CREDENTIALS,
            (AGAIN,),
            (Link("Cách làm tài khoản VNeID", "https://id.test"),),
        ),
        (
            "greeting",
            "Xin chào, tôi là Một Cửa Mẫu. Anh/chị cần làm thủ tục gì? Cứ viết như nói hằng ngày.",
            FIRST,
            (),
        ),
        (
            "never_heard_of",
            "Tôi chỉ biết về thủ tục hành chính. Anh/chị cần làm giấy tờ gì? Cứ viết như nói hằng ngày.",
            (AGAIN,),
            (),
        ),
    ],
)
def test_outside(intent: str, text: str, choices: tuple[Choice, ...], links: tuple[Link, ...]) -> None:
    assert find(turn("hỏi", table=found(outside(intent)))) == Outcome(
        Reply(Status.OUT_OF_SCOPE, text, choices, links), urgent=intent if is_urgent(intent) else None
    )


def test_asked_back_without_candidates_asks_what_it_is_about() -> None:
    assert find(turn("hỏi", table=found(Decision("", Verdict.ASKED_BACK)))).reply == Reply(
        Status.ASKED_BACK, "Anh/chị cần làm việc gì? Viết thêm vài chữ giúp tôi, hoặc chọn dưới đây.", FIRST
    )


@pytest.mark.parametrize("text", ["Cửa Lò", "xã Cửa Lò", "ở xã cua lo"])
def test_a_commune_named_when_the_place_was_asked(text: str) -> None:
    asked = card.show(turn(), "1.000003")
    conversation = Conversation(choices=asked.reply.choices, asks=("fee",), procedure="1.000003")
    given = turn(text, conversation=conversation)
    assert find(given) == card.show(given, "1.000003", "H99.102", ("fee",))


def test_a_former_commune_is_found_under_its_new_name() -> None:
    given = turn("đất ở xã Núi", conversation=Conversation(choices=PLACE_ASKED, procedure="1.000003"))
    assert find(given) == card.show(given, "1.000003", "H99.100", note="Xã Núi cũ nay thuộc xã An Bình.")


def test_a_former_commune_that_was_split_is_asked_back() -> None:
    given = turn("xã đồi", conversation=Conversation(choices=PLACE_ASKED, asks=("fee",), procedure="1.000003"))
    assert find(given) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Tên này nay có ở nhiều xã, phường. Anh/chị chọn xã, phường của mình bây giờ.",
            (Choice("tt:1.000003@H99.100", "An Bình"), Choice("tt:1.000003@H99.101", "Bình Minh")),
            codes=("1.000003",),
        ),
        asks=("fee",),
        procedure="1.000003",
    )


def test_a_commune_named_out_of_the_blue_is_where_one_lives_only_if_nothing_else_is_found() -> None:
    table = {"Cửa Lò": SearchResult((answered("1.000006"),))}
    assert find(turn("Cửa Lò", table=table)).reply.codes == ("1.000006",)
    assert find(turn("Cửa Lò")).profile == Profile(commune="H99.102", commune_asked=True)


def test_personal_data_with_a_question_is_refused_and_the_question_answered() -> None:
    given = turn("làm khai sinh", table={"làm khai sinh": SearchResult((answered("1.000001"),))})
    answer = card.show(given, "1.000001").reply
    assert refuse(given).reply == Reply(
        Status.PERSONAL_DATA_REFUSED, f"{REFUSED}\n\n{answer.text}", answer.choices, answer.links, answer.codes
    )


@pytest.mark.parametrize("text", ["", "khai", "chẳng thấy gì", "cho tôi số"])
def test_personal_data_without_a_question(text: str) -> None:
    table = {"khai": SearchResult((answered("1.000001"),)), "cho tôi số": SearchResult((asked_back("1.000001"),))}
    given = turn(text, table=table)
    assert refuse(given).reply == Reply(Status.PERSONAL_DATA_REFUSED, f"{REFUSED}\n{ASK_AGAIN}", (AGAIN,))


def test_personal_data_beside_a_case_is_told_where_the_case_is() -> None:
    given = turn("mã hồ sơ", table={"mã hồ sơ": SearchResult((outside("case_status"),))})
    assert refuse(given).reply.text == f"{REFUSED}\n\n{CASE_STATUS}"


def test_who_asks_to_be_called_is_told_where_to_meet_people() -> None:
    given = turn("gọi lại cho tôi số", table={"gọi lại cho tôi số": SearchResult((outside("call_back"),))})
    assert refuse(given).reply == Reply(
        Status.PERSONAL_DATA_REFUSED,
        f"{REFUSED}\n\nTôi không gọi điện được. "
        "Cần gặp người thì anh/chị đến Trung tâm Phục vụ hành chính công gần nhất.",
        (AGAIN,),
    )


def test_an_emergency_stays_at_the_top() -> None:
    given = turn("cháy nhà rồi", table={"cháy nhà rồi": SearchResult((outside("emergency_fire"),))})
    reply = refuse(given).reply
    assert (reply.status, reply.text.splitlines()[0]) == (
        Status.PERSONAL_DATA_REFUSED,
        "Gọi 114 ngay: chữa cháy, cứu nạn.",
    )


def test_a_danger_named_beside_a_procedure_comes_first() -> None:
    wish = replace(answered("1.000001"), intent="emergency_fire")
    given = turn("hỏi", table=found(wish))
    plain = replace(card.show(given, "1.000001"), others=("1.000007",))
    assert find(given) == replace(plain, reply=replace(plain.reply, text=f"{FIRE}\n\n{plain.reply.text}"))


def test_what_an_outside_message_names_by_a_word_of_its_label_is_offered_below() -> None:
    wish = Decision(
        "", Verdict.OUT_OF_SCOPE, (Candidate("1.000006", 0.9), Candidate("1.000007", 0.8)), intent="case_status"
    )
    given = turn("hồ sơ kết hôn", table={"hồ sơ kết hôn": SearchResult((wish,))})
    assert find(given).reply == Reply(
        Status.OUT_OF_SCOPE, CASE_STATUS, (Choice("tt:1.000006", "Đăng ký kết hôn"), AGAIN), (PORTAL,)
    )
    assert find(turn("hỏi", table=found(wish))).reply.choices == (AGAIN,)


def test_in_danger_nothing_else_is_offered() -> None:
    wish = Decision("", Verdict.OUT_OF_SCOPE, (Candidate("1.000006", 0.9),), intent="emergency_fire")
    given = turn("cháy giấy kết hôn", table={"cháy giấy kết hôn": SearchResult((wish,))})
    assert find(given).reply == Reply(Status.OUT_OF_SCOPE, FIRE, (AGAIN,))


def test_despair_is_answered_whatever_procedure_it_resembles() -> None:
    wish = replace(answered("1.000007"), intent="emergency_distress")
    reply = find(turn("hỏi", table=found(wish))).reply
    assert (reply.status, reply.codes, reply.text[:11]) == (Status.OUT_OF_SCOPE, (), "Gọi 115 nga")


def test_a_place_that_nobody_knows() -> None:
    assert find(turn("tôi ở Chốn Nào")).reply == Reply(
        Status.ASKED_BACK,
        "Tôi không thấy xã, phường nào của tỉnh Mẫu mang tên đó. Anh/chị viết lại tên giúp tôi, tên cũ cũng được.",
        (Choice("cm:skip", "Không nói nơi ở"), AGAIN),
    )
