"""What people read on the receipt of a deletion, and who brings its number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from bot.dialogue.choices import ReceiptChoice, StartChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.receipts import make_receipt, number_in, receipt_of
from bot.dialogue.signed_links import Signer
from bot.dialogue.turn import Outcome
from bot.store.erasing import Deleted
from handlers import choice_expired
from handlers.receipt import check, erased
from tests.unit.handlers.example import turn

SIGNER = Signer(b"k" * 32)
AT = datetime(2026, 11, 22, 18, 21, tzinfo=UTC)
"""In Vietnam it is the next day already."""
AGAIN = Choice("start", "Việc khác")


def test_what_went_is_told_with_a_number() -> None:
    receipt = make_receipt(SIGNER, AT, Deleted(2, 1, 1, 3, 1200))
    said = f"""Đã xóa xong lúc 1 giờ 21, ngày 23/11/2026. Tôi không còn nhớ gì về anh/chị.
Đã xóa 2 mục tôi ghi nhớ: xã, phường, ngôn ngữ, lựa chọn, câu trả lời vừa gửi.
Đã xóa 1 mã tài khoản nhắn tin của anh/chị.
Đã xóa 1 lời góp ý.
3 lượt đánh giá chỉ còn là con số, không còn gắn với anh/chị.
1.200 lượt hỏi đáp chỉ còn là con số, không còn gắn với anh/chị.
Bản dự phòng làm trước đó thì chưa xóa ngay được. Hết ngày 7/12/2026 là bỏ.
Nếu phải lấy bản đó ra dùng, tôi xóa thêm lần nữa.
Số biên nhận: {receipt.number}
Anh/chị chép số này lại để làm bằng. Muốn xem lại thì gửi số cho tôi, hoặc mở đường dẫn dưới đây.
Trong số này không có tên anh/chị."""
    page = Link("Xem biên nhận xóa dữ liệu", f"https://site.test/bien-nhan-xoa/{receipt.number}")
    assert erased(turn(), receipt) == Outcome(Reply(Status.ERASED, said, (AGAIN,), (page,)), erase=True)


def test_of_nothing_nothing_is_counted() -> None:
    lines = erased(turn(), make_receipt(SIGNER, AT, Deleted())).reply.text.splitlines()
    assert lines[1] == "Lúc đó tôi không giữ gì của anh/chị."
    assert lines[2].startswith("Bản dự phòng")


def checked(number: str) -> Reply:
    target = ReceiptChoice(number_in(number) or "")
    return check(replace(turn(target=target), receipt=partial(receipt_of, SIGNER))).reply


def test_who_has_the_number_is_told_what_it_says() -> None:
    receipt = make_receipt(SIGNER, AT, Deleted(ratings=3))
    said = """Biên nhận này đúng là của tôi. Dữ liệu đã xóa xong lúc 1 giờ 21, ngày 23/11/2026.
3 lượt đánh giá chỉ còn là con số, không còn gắn với anh/chị.
Biên nhận không ghi là của ai."""
    assert checked(receipt.number) == Reply(Status.HELPED, said, (AGAIN,))


def test_a_number_of_somebody_else_is_not_ours() -> None:
    forged = make_receipt(Signer(b"l" * 32), AT, Deleted(ratings=3))
    said = "Tôi không nhận ra số biên nhận này.\nAnh/chị xem lại giúp tôi, có thể thiếu hoặc nhầm một chữ."
    assert checked(forged.number) == Reply(Status.ASKED_BACK, said, (AGAIN,))


def test_anything_else_is_expired() -> None:
    given = turn(target=StartChoice())
    assert check(given) == choice_expired.expired(given)
