from __future__ import annotations

import warnings
from datetime import timedelta

import httpx
import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.telegram.errors import said, seconds_of, send_error
from bot.operations.messages.sending import (
    GoneError,
    OperatorError,
    RefusedError,
    SendError,
    UncertainError,
    UnreachableError,
    WaitError,
)

REQUEST = httpx.Request("POST", "https://api.telegram.org/bot1:x/sendMessage")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), GoneError, "Forbidden: bot was blocked by the user"),
        (BadRequest("Chat not found"), GoneError, "Chat not found"),
        (BadRequest("Not enough rights to send text messages to the chat"), GoneError,
         "Not enough rights to send text messages to the chat"),
        (BadRequest("Message is too long"), RefusedError, "Message is too long"),
        (BadRequest('Unsupported start tag "secret" at byte offset 5'), RefusedError,
         "Unsupported start tag … at byte offset 5"),
        (InvalidToken("x"), OperatorError, "Telegram does not accept TELEGRAM_BOT_TOKEN"),
        (Conflict("x"), OperatorError, "another process receives with the same TELEGRAM_BOT_TOKEN"),
        (ChatMigrated(-5), RefusedError, "the group has moved, and its new number leads nowhere"),
        (NetworkError("Bad Gateway"), UncertainError, "no answer of Telegram: NetworkError"),
        (TelegramError("Invalid server response"), UncertainError, "no answer of Telegram: TelegramError"),
    ],
)  # fmt: skip
def test_what_a_refusal_means(error: Exception, kind: type[SendError], words: str) -> None:
    told = send_error(error)
    assert (type(told), str(told)) == (kind, words)


BEFORE = (httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ConnectError, httpx.ProxyError)
MAYBE_AFTER = (httpx.ReadTimeout, httpx.WriteTimeout, httpx.ReadError, httpx.RemoteProtocolError)


@pytest.mark.parametrize("made", [NetworkError("httpx.Error"), TimedOut()])
@pytest.mark.parametrize("cause", [*BEFORE, *MAYBE_AFTER])
def test_the_cause_says_whether_it_may_have_gone_out(made: NetworkError, cause: type[httpx.TransportError]) -> None:
    made.__cause__ = cause("x", request=REQUEST)
    told = send_error(made)
    expected = (
        (UnreachableError, f"Telegram cannot be reached: {cause.__name__}")
        if cause in BEFORE
        else (UncertainError, f"no answer of Telegram: {cause.__name__}")
    )
    assert (type(told), str(told)) == expected


def test_the_seconds_to_wait_are_kept() -> None:
    told = send_error(RetryAfter(7))
    assert isinstance(told, WaitError)
    assert (told.seconds, str(told)) == (7.0, "Telegram asks to wait 7 s")


def test_a_number_of_seconds_is_read_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PTB_TIMEDELTA")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert [seconds_of(RetryAfter(after)) for after in (7, timedelta(seconds=2.5))] == [7.0, 2.5]


def test_neither_an_address_nor_a_token_is_repeated() -> None:
    token = "123456:AAEabcdefghijklmnopqrstu"
    error = BadRequest(f"Wrong HTTP URL 'http://x' at https://api.telegram.org/bot{token}/x of {token}")
    assert said(error) == "Wrong HTTP URL … at … of …"
    assert said(ValueError("words")) == "ValueError"
