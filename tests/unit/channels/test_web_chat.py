from __future__ import annotations

import pytest

from bot.channels.web_chat import WrongShapeError, parse, render
from bot.dialogue.messages import Choice, Incoming, Link, Reply, Status


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": "khai sinh"}, Incoming("web", "an", text="khai sinh")),
        ({"text": ""}, Incoming("web", "an", text="")),
        ({"text": "\ud800"}, Incoming("web", "an", text="\ud800")),
        ({"choice": "tt:1.001193"}, Incoming("web", "an", choice="tt:1.001193")),
        ({"text": "một", "choice": None}, Incoming("web", "an", text="một")),
        ({"text": "một", "later": 1}, Incoming("web", "an", text="một")),
    ],
)
def test_parse(body: object, expected: Incoming) -> None:
    assert parse(body, "an") == expected


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "khai sinh",
        5,
        {},
        {"text": None},
        {"text": 5},
        {"choice": ["start"]},
        {"text": "một", "choice": "start"},
        {"text": "một", "choice": 5},
        {"Text": "một"},
    ],
)
def test_parse_refuses_other_shapes(body: object) -> None:
    with pytest.raises(WrongShapeError):
        parse(body, "an")


def test_render() -> None:
    reply = Reply(
        Status.ASKED_BACK,
        "Việc nào?\nChọn một.",
        (Choice("tt:1.001193", "Khai sinh"), Choice("start", "Về đầu")),
        (Link("Cổng", "https://dichvucong.gov.vn"),),
        ("1.001193",),
    )
    assert render(reply) == {
        "status": "asked_back",
        "text": "Việc nào?\nChọn một.",
        "choices": [{"id": "tt:1.001193", "label": "Khai sinh"}, {"id": "start", "label": "Về đầu"}],
        "links": [{"label": "Cổng", "url": "https://dichvucong.gov.vn"}],
    }


def test_render_bare() -> None:
    assert render(Reply(Status.EMPTY, "Trống.")) == {"status": "empty", "text": "Trống.", "choices": [], "links": []}
