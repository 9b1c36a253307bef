"""What is said about other matters: the sentence, where to go on, and what must reach the person first."""

from __future__ import annotations

import pytest

from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome
from bot.search.outside import FIRST_OF_ALL
from handlers.outside import is_urgent, outside
from tests.unit.handlers.example import turn

AGAIN = (Choice("start", "Việc khác"),)
SITUATIONS = (
    Choice("tt:1.000001", "Khai sinh"),
    Choice("lg:1", "Gia đình"),
    Choice("menu", "Tìm theo cách khác"),
)
PORTAL = (Link("Mở Cổng Dịch vụ công quốc gia", "https://portal.test"),)

DISTRESS = """Gọi 115 ngay nếu anh/chị hoặc ai đó đang nguy hiểm.
Anh/chị không phải chịu một mình. Xin gọi ngay người thân, hàng xóm đến ở bên mình lúc này.
Có người giúp được: anh/chị đến trạm y tế hoặc bệnh viện gần nhất, hay nhờ ai đưa đi."""
MEDICAL = """Gọi 115 ngay: cấp cứu.
Nói rõ đang ở đâu, người bệnh ra sao. Nhờ người gần đó giúp trong lúc chờ."""
CALL = """Gọi 115 ngay nếu có người nguy kịch. Cháy, kẹt, đuối nước thì gọi 114. Bị đánh, bị cướp thì gọi 113.
Nói rõ mình đang ở đâu. Nhờ người gần đó giúp trong lúc chờ."""
LEVEL = """Toàn trình: làm được hết trên mạng, từ xem thông tin, nộp hồ sơ đến giải quyết. \
Kết quả nhận trên mạng hoặc qua bưu điện.
Một phần: còn ít nhất một bước không làm trên mạng được, ví dụ phải mang bản chính đến.
Mức độ 3, 4 là cách gọi cũ. Muốn biết về thủ tục nào thì viết tên thủ tục đó cho tôi."""
NO_DATA = """Tôi chưa có việc này trong danh sách.
Anh/chị tìm trên Cổng Dịch vụ công quốc gia hoặc hỏi Trung tâm Phục vụ hành chính công."""


@pytest.mark.parametrize(
    ("intent", "text", "choices", "links"),
    [
        ("emergency_distress", DISTRESS, AGAIN, ()),
        ("emergency_medical", MEDICAL, AGAIN, ()),
        ("emergency_call", CALL, AGAIN, ()),
        ("explain_level", LEVEL, SITUATIONS, ()),
        ("no_data", NO_DATA, AGAIN, PORTAL),
    ],
)
def test_what_is_said(intent: str, text: str, choices: tuple[Choice, ...], links: tuple[Link, ...]) -> None:
    assert outside(turn(), intent) == Outcome(
        Reply(Status.OUT_OF_SCOPE, text, choices, links), urgent=intent if is_urgent(intent) else None
    )


def test_what_the_search_puts_first_is_urgent_here_too() -> None:
    assert [intent for intent in FIRST_OF_ALL if not is_urgent(intent)] == []
    assert [is_urgent(intent) for intent in ("police_report", "no_data", "explain_level", None)] == [
        True,
        False,
        False,
        False,
    ]
