"""What Telegram's Bot API says when it refuses, word for word; tests plan them, the fake answers them."""

from __future__ import annotations

from tests.fakes.failures import Failure, RefusedError


def error(code: int, description: str, **parameters: int) -> Failure:
    """An answer of the Bot API: the HTTP status is the code in the body."""
    body: dict[str, object] = {"ok": False, "error_code": code, "description": description}
    return Failure(code, body | ({"parameters": parameters} if parameters else {}))


def too_many_requests(retry_after: int = 1) -> Failure:
    return error(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


def bad_request(text: str) -> RefusedError:
    return RefusedError(error(400, f"Bad Request: {text}"))


BLOCKED = error(403, "Forbidden: bot was blocked by the user")
DEACTIVATED = error(403, "Forbidden: user is deactivated")
CANT_PARSE = error(400, "Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\"")
NOT_MODIFIED = error(
    400,
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message",
)
QUERY_TOO_OLD = error(400, "Bad Request: query is too old and response timeout expired or query ID is invalid")
TOO_LONG = error(400, "Bad Request: message is too long")
BUTTON_DATA_INVALID = error(400, "Bad Request: BUTTON_DATA_INVALID")
MIGRATED = error(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1001234567890)
UNAUTHORIZED = error(401, "Unauthorized")
NO_SUCH_METHOD = error(404, "Not Found: method not found")
WEBHOOK_ACTIVE = error(
    409,
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
)
OTHER_POLLER = error(
    409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
INTERNAL = error(500, "Internal Server Error")
