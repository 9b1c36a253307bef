"""Error codes: each has a remedy, each remedy an exception, and no words betray anybody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.channels.zalo_oa.errors import (
    LOG_IN,
    REMEDIES,
    TO_DO,
    ButtonsRefusedError,
    Remedy,
    code_of,
    error_of,
    remedy_of,
)
from bot.operations.messages.sending import GoneError, NotSentError, OperatorError, RefusedError, WaitError
from tests.unit.channels.zalo_oa.payloads import FOLDER, payload

NOW = datetime(2026, 11, 1, 8, 30, 45, tzinfo=UTC)
EXCEPTIONS = {
    Remedy.REFRESH: OperatorError,
    Remedy.WAIT: WaitError,
    Remedy.RETRY: NotSentError,
    Remedy.GONE: GoneError,
    Remedy.OPERATOR: OperatorError,
    Remedy.BUG: RefusedError,
    Remedy.WITHOUT_BUTTONS: ButtonsRefusedError,
}


@pytest.mark.parametrize("code", REMEDIES)
def test_every_code_becomes_the_exception_of_its_remedy(code: int) -> None:
    assert type(error_of({"error": code, "message": "No"}, NOW)) is EXCEPTIONS[REMEDIES[code]]


def test_operators_are_told_what_to_do_about_each_of_their_codes() -> None:
    assert set(TO_DO) == {code for code, remedy in REMEDIES.items() if remedy is Remedy.OPERATOR}


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("response_error_210", "Zalo says -210: Parameter exceeds allowable limit"),
        ("response_error_213", "Zalo says -213: User has not followed OA"),
        (
            "response_error_216",
            f"Zalo says -216: Access token is invalid: {LOG_IN}",
        ),
        (
            "response_error_220",
            f"Zalo says -220: access_token is expired or removed: {LOG_IN}",
        ),
        ("response_error_230", "Zalo says -230: User has not interacted with the OA in the past 7 days"),
        ("response_error_240", "Zalo says -240: MessageV2 API has been shut down, please switch to MessageV3"),
        ("response_error_32", "Zalo says -32: Your application reached limit call api"),
        (
            "oauth_error",
            f"Zalo says -14003: Invalid redirect uri: {TO_DO[-14003]}",
        ),
    ],
)
def test_the_errors_given(name: str, said: str) -> None:
    assert str(error_of(payload(name), NOW)) == said


def test_every_error_given_has_a_remedy() -> None:
    answers = [payload(path.stem) for path in FOLDER.glob("*error*.json")]
    assert [answer for answer in answers if answer["error"] not in REMEDIES] == []


@pytest.mark.parametrize("name", ["response_cs_ok", "response_upload_ok", "user_detail_response"])
def test_success(name: str) -> None:
    assert (error_of(payload(name), NOW), remedy_of(payload(name))) == (None, None)


@pytest.mark.parametrize(
    ("answer", "code", "said"),
    [
        ({"error": -9999, "message": "New"}, -9999, "Zalo says -9999: New"),
        ({"error": "-9999", "message": 5}, -9999, "Zalo says -9999"),
        ({"error": True}, None, "Zalo says None"),
        ({"error": {}, "message": ["x"]}, None, "Zalo says None"),
        ({}, None, "Zalo says None"),
    ],
)
def test_what_is_not_known_is_refused(answer: dict[str, object], code: int | None, said: str) -> None:
    error = error_of(answer, NOW)
    assert (code_of(answer), type(error), str(error)) == (code, RefusedError, said)


def test_the_limit_of_a_minute_ends_with_the_minute() -> None:
    error = error_of(payload("response_error_32"), NOW)
    assert isinstance(error, WaitError)
    assert error.seconds == 16.0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("User 246845883529197922 is gone", "User … is gone"),
        ("token=aB3xK9dkfjWEIRJKLsdkfj_-weiorjKLJ is wrong", "token=… is wrong"),
        ("x" * 29 + " " + "ab " * 100, "x" * 29 + " " + ("ab " * 100)[:130].rstrip()),
    ],
)
def test_ids_and_tokens_are_taken_out_of_what_the_platform_says(words: str, said: str) -> None:
    message = str(error_of({"error": -201, "message": words}, NOW))
    assert message.removeprefix("Zalo says -201: ").strip() == said.replace("token=…", "…")
