"""The checks themselves: each fault that they are there for is seen, and a good answer has none."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.store.staff import Role
from bot.web.middlewares import SECURITY_HEADERS
from tests.fuzz.asking import Answer
from tests.fuzz.checks import faults
from tests.fuzz.kinds import CANARY, ELSEWHERE
from tests.fuzz.table import Described

HEADERS = {**SECURITY_HEADERS, "Server": "mot-cua", "Content-Type": "text/html; charset=utf-8"}
OF_STAFF = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "X-Frame-Options": "DENY"}
PAGE = Described("GET", "/tim", frozenset({200, 303}))
FORM = Described("POST", "/staff/can-bo", frozenset({200, 303}), least=Role.EDITOR)
LOGIN = {"Location": "/staff/dang-nhap"}


def answer(status: int = 200, body: str = "<p>", headers: Mapping[str, str] | None = None) -> Answer:
    return Answer(status, HEADERS | dict(headers or {}), body.encode())


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (answer(), []),
        (answer(500), ["status 500"]),
        (answer(503), ["status 503"]),
        (answer(418), ["status 418 is not described"]),
        (answer(body='Traceback (most recent call last):\n  File "/x.py"'), ["shows a trace"]),
        (answer(body=f"<p>{CANARY}"), ["repeats words unescaped"]),
        (answer(headers={"Server": "Python/3.11 aiohttp/3.14"}), ["names its server"]),
        (answer(headers={"Content-Type": "text/plain"}), ["200 as text/plain"]),
        (answer(303, "", {"Location": f"https://{ELSEWHERE}/"}), ["leads elsewhere"]),
        (answer(303, "", {"Location": f"/staff?ve=//{ELSEWHERE}"}), []),
        (answer(headers={"X-Injected": "1"}), ["leads elsewhere"]),
        (Answer(400, {"Content-Type": "text/plain; charset=utf-8"}, b"Bad Request"), []),
        (
            Answer(200, {"Server": "mot-cua", "Content-Type": "text/html"}, b""),
            [f"no header {name}" for name in SECURITY_HEADERS],
        ),
    ],
)
def test_what_is_wrong_with_an_answer(given: Answer, found: list[str]) -> None:
    assert faults(PAGE, None, given) == found


@pytest.mark.parametrize(
    ("role", "given", "has_token", "found"),
    [
        (None, answer(303, "", LOGIN | OF_STAFF), False, []),
        (None, answer(200, "", OF_STAFF), False, ["answers nobody with more than the login"]),
        (None, answer(303, "Bà Lan", LOGIN | OF_STAFF), False, ["answers nobody with more than the login"]),
        (None, answer(303, "", {"Location": "/staff"} | OF_STAFF), False, ["answers nobody with more than the login"]),
        (Role.VIEWER, answer(403, "", OF_STAFF), True, []),
        (Role.VIEWER, answer(200, "", OF_STAFF), True, ["answers a viewer"]),
        (Role.EDITOR, answer(200, "", OF_STAFF), True, []),
        (Role.ADMIN, answer(303, "", {"Location": "/staff"} | OF_STAFF), False, ["takes a form without its token"]),
        (Role.ADMIN, answer(200, "", OF_STAFF | {"Cache-Control": "public"}), True, ["no Cache-Control: no-store"]),
    ],
)
def test_who_is_let_in(role: Role | None, given: Answer, has_token: bool, found: list[str]) -> None:
    assert faults(FORM, role, given, had_token=has_token) == found
