"""What is kept of a person, and deleting it: told, asked, done."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.choices import PrivacyChoice, PrivacyStep, StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import Keeping
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome
from handlers import choice_expired
from handlers.privacy import privacy
from tests.unit.handlers.example import turn

AGAIN = Choice("start", "Việc khác")
TOLD = """Tôi là Một Cửa Mẫu, chương trình trả lời tự động, do Ủy ban nhân dân tỉnh Mẫu vận hành.
Trả lời xong, tôi không giữ lời nhắn. Tôi không biết tên anh/chị.
Câu ngắn nào tôi chưa tìm ra hoặc trả lời chưa giúp được thì giữ 5 ngày, không biết ai viết.
Đánh giá của anh/chị tôi giữ để thống kê. Sau 6 tháng thì góp ý bị xóa, đánh giá không còn gắn với ai.
Anh/chị xóa dữ liệu thì đánh giá của kỳ này được để riêng, không tính nữa.
Đánh giá trên trang web thì tôi giữ dấu mạng đã mã hóa nhiều nhất 3 ngày, để ngăn gian lận.
Nhắn qua Zalo, Telegram thì tôi giữ mã tài khoản nhiều nhất 3 ngày, để gửi câu trả lời.
Tôi giữ các lựa chọn gần nhất trong 2 giờ, để biết anh/chị đang nói đến việc nào.
Tôi giữ xã, phường và ngôn ngữ nếu anh/chị cho biết, đến khi anh/chị xóa hoặc 4 ngày không dùng.
Tôi giữ mã thủ tục đã xem trong 3 ngày để thống kê, không kèm tên.
Anh/chị đến qua đường dẫn của tổ cộng đồng thì tôi nhớ 7 ngày là của tổ nào, để đếm số lượt.
Bản dự phòng, để khi máy hỏng thì dùng, được giữ nhiều nhất 8 ngày.
Anh/chị xóa dữ liệu thì tôi ghi lại giờ xóa, giữ 7 ngày.
Nhờ vậy, nếu phải lấy bản dự phòng cũ ra dùng, tôi xóa thêm lần nữa.
Lúc nào anh/chị cũng xem được, xóa được dữ liệu của mình.
Anh/chị viết cho tôi: xem dữ liệu của tôi, hoặc: xóa dữ liệu của tôi."""


def test_what_is_kept_is_told_as_it_is_set() -> None:
    keeping = Keeping(2, 3, 4, 5, 6, erasures_days=7, backups_days=8)
    given = replace(turn(target=PrivacyChoice()), keeping=keeping)
    assert privacy(given) == Outcome(
        Reply(
            Status.HELPED,
            f"{TOLD}\nHiện tôi không nhớ xã, phường nào của anh/chị.",
            (
                Choice("me:see", "Xem dữ liệu của tôi"),
                Choice("me:erase", "Xóa dữ liệu của tôi"),
                Choice("cm", "Xã, phường của tôi"),
                AGAIN,
            ),
            (Link("Thông tin của anh/chị được giữ thế nào", "https://site.test/rieng-tu"),),
        )
    )


def test_the_commune_that_is_remembered_is_told() -> None:
    conversation = Conversation(profile=Profile(commune="H99.101"), procedure="1.000001")
    outcome = privacy(turn(target=PrivacyChoice(), conversation=conversation))
    assert outcome.reply.text.splitlines()[-1] == "Hiện tôi nhớ anh/chị ở xã Bình Minh."
    assert outcome.procedure == "1.000001"


def test_deleting_is_asked_first_and_forgets_nothing_yet() -> None:
    conversation = Conversation(procedure="1.000001", asks=("fee",))
    assert privacy(turn(target=PrivacyChoice(PrivacyStep.ASKED), conversation=conversation)) == Outcome(
        Reply(
            Status.ASKED_BACK,
            "Xóa hết những gì tôi nhớ về anh/chị, ngay bây giờ?",
            (Choice("me:erased", "Xóa ngay"), Choice("me:kept", "Không xóa")),
        ),
        asks=("fee",),
        procedure="1.000001",
    )


def test_not_deleting() -> None:
    conversation = Conversation(procedure="1.000001", asks=("fee",))
    assert privacy(turn(target=PrivacyChoice(PrivacyStep.KEPT), conversation=conversation)) == Outcome(
        Reply(Status.HELPED, "Vâng, tôi không xóa gì. Anh/chị cần việc gì nữa, cứ viết.", (AGAIN,)),
        asks=("fee",),
        procedure="1.000001",
    )


def test_deleting() -> None:
    """What is said where it fails; where it does not, a receipt takes its place."""
    conversation = Conversation(profile=Profile("en", "H99.101", commune_asked=True), procedure="1.000001")
    assert privacy(turn(target=PrivacyChoice(PrivacyStep.ERASED), conversation=conversation)) == Outcome(
        Reply(
            Status.FAILED,
            "Xin lỗi anh/chị, tôi chưa xóa được, vì nơi giữ dữ liệu đang trục trặc.\n"
            "Tôi sẽ tự thử xóa lại. Lát nữa anh/chị bấm lại giúp tôi, xóa xong tôi đưa biên nhận.",
            (Choice("me:erased", "Xóa lại"), AGAIN),
        ),
        procedure="1.000001",
        erase=True,
    )


def test_anything_else_is_expired() -> None:
    given = turn(target=StartChoice())
    assert privacy(given) == choice_expired.expired(given)
