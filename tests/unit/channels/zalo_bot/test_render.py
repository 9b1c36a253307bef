from __future__ import annotations

from bot.channels.zalo_bot.render import render
from bot.dialogue.messages import Choice, Link, Reply, Status


def test_a_reply_as_numbered_lines() -> None:
    reply = Reply(
        Status.ASKED_BACK,
        "Anh/chị cần việc nào?",
        (Choice("tt:1.001193", "Đăng ký khai sinh"), Choice("start", "Về đầu")),
        (Link("Cổng dịch vụ công", "https://dichvucong.gov.vn"),),
    )
    assert render(reply) == (
        "Anh/chị cần việc nào?\n\nCổng dịch vụ công: https://dichvucong.gov.vn\n\n1. Đăng ký khai sinh\n2. Về đầu",
    )


def test_a_long_one_takes_several_messages() -> None:
    reply = Reply(Status.ANSWERED, f"{'a' * 1500}\n\n{'b' * 1500}", (Choice("start", "Về đầu"),))
    assert render(reply) == (f"{'a' * 1500}\n(1/2)", f"{'b' * 1500}\n\n1. Về đầu\n(2/2)")
