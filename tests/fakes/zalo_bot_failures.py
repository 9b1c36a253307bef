"""What Zalo's Bot Platform says when it refuses: `ok` is false; the HTTP status says nothing reliable."""

from __future__ import annotations

from tests.fakes.failures import Failure, RefusedError


def error(code: int, description: str, status: int = 200) -> Failure:
    return Failure(status, {"ok": False, "description": description, "error_code": code})


def bad_request(description: str) -> RefusedError:
    return RefusedError(error(400, f"Bad Request: {description}"))


UNAUTHORIZED = error(401, "Unauthorized")
FORBIDDEN = error(403, "Forbidden")
NOT_FOUND = error(404, "Not Found")
IDLE = error(408, "Request timeout")
WEBHOOK_ACTIVE = error(409, "Conflict: a webhook is set")
QUOTA_EXCEEDED = error(429, "Quota exceeded")
INTERNAL = error(500, "Internal Server Error", status=500)
