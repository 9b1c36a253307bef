from __future__ import annotations

from dataclasses import fields

import pytest

from bot.channels.web_chat import WrongShapeError, message_id, parse, render, visit_of
from bot.dialogue.messages import Choice, Forward, Incoming, Link, Reply, Status

NAMED = {"text", "choice", "commune", "language"}
"""What a message may say."""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"text": "khai sinh"}, Incoming("web", "an", text="khai sinh")),
        ({"text": ""}, Incoming("web", "an", text="")),
        ({"text": "\ud800"}, Incoming("web", "an", text="\ud800")),
        ({"choice": "tt:1.001193"}, Incoming("web", "an", choice="tt:1.001193")),
        ({"text": "một", "choice": None}, Incoming("web", "an", text="một")),
        ({"text": "một", "later": 1}, Incoming("web", "an", text="một")),
        # Nobody says who they are, nor that they are staff, nor that nothing need be masked.
        (
            {"text": "một", **{field.name: "x" for field in fields(Incoming) if field.name not in NAMED}},
            Incoming("web", "an", text="một"),
        ),
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
        (Link("Cổng", "https://www.dichvucong.gov.vn"), Link("Đếm", "https://a.test/x", "https://here.test/r/t")),
        ("1.001193",),
    )
    assert render(reply) == {
        "status": "asked_back",
        "text": "Việc nào?\nChọn một.",
        "choices": [{"id": "tt:1.001193", "label": "Khai sinh"}, {"id": "start", "label": "Về đầu"}],
        "links": [
            {
                "label": "Cổng",
                "url": "https://www.dichvucong.gov.vn",
                "host": "dichvucong.gov.vn",
                "leads_to": "https://www.dichvucong.gov.vn",
            },
            {"label": "Đếm", "url": "https://here.test/r/t", "host": "a.test", "leads_to": "https://a.test/x"},
        ],
        "codes": ["1.001193"],
    }


def test_render_bare() -> None:
    assert render(Reply(Status.EMPTY, "Trống.")) == {
        "status": "empty",
        "text": "Trống.",
        "choices": [],
        "links": [],
        "codes": [],
    }


@pytest.mark.parametrize(
    ("given", "commune", "language"),
    [
        ({"commune": "H27.118", "language": "en"}, "H27.118", "en"),
        ({"commune": "H99.05"}, "H99.05", None),
        ({"language": "vi"}, None, "vi"),
        ({"commune": None, "language": None}, None, None),
        ({"commune": 5, "language": ["en"]}, None, None),
        ({"commune": "", "language": "EN"}, None, None),
        ({"commune": "H27 118", "language": "fr"}, None, None),
        ({"commune": "a" * 33}, None, None),
        ({"commune": "<b>"}, None, None),
    ],
)
def test_where_it_was_entered(given: dict[str, object], commune: str | None, language: str | None) -> None:
    """A courtesy: what is not written as it should be counts as not given, and the message is answered."""
    assert parse({"text": "một", **given}, "an") == Incoming("web", "an", "một", None, commune, language)
    assert parse({"choice": "start", **given}, "an") == Incoming("web", "an", None, "start", commune, language)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a", "a"),
        ("aZ09_-", "aZ09_-"),
        ("a" * 40, "a" * 40),
        ("a" * 41, None),
        ("", None),
        ("a b", None),
        ("ế", None),
        ("a\n", None),
        (5, None),
        (None, None),
    ],
)
def test_message_ids(value: object, expected: str | None) -> None:
    assert message_id({"id": value}) == expected


@pytest.mark.parametrize("body", [None, [], "id", {}])
def test_bodies_without_an_id(body: object) -> None:
    assert message_id(body) is None


@pytest.mark.parametrize(("value", "known"), [("a" * 24, True), ("a" * 23, False), ("a" * 25, False), (5, False)])
def test_visits(value: object, known: bool) -> None:
    assert (visit_of(value) is not None) == known


def test_a_text_to_send_on_says_so() -> None:
    assert render(Reply(Status.SHARED, "Khai sinh", forward=Forward("Gửi", "1.001193"))) == {
        "status": "shared",
        "text": "Khai sinh",
        "choices": [],
        "links": [],
        "codes": [],
        "forward": "Gửi",
    }
