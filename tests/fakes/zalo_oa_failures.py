"""What Zalo's Official Account API says when it refuses: HTTP 200, and a negative number in the body."""

from __future__ import annotations

from tests.fakes.failures import Failure, RefusedError


def error(code: int, message: str) -> Failure:
    """Any code of the API; the ones below are those that the fake gives by itself."""
    return Failure(200, {"error": code, "message": message})


def oauth_error(code: int, name: str) -> Failure:
    """The token address complains in another shape. No list of its codes is published: clients must not read them."""
    return Failure(200, {"error": code, "error_name": name, "error_reason": name, "error_description": name})


def invalid(message: str) -> RefusedError:
    return RefusedError(error(-201, f"Parameter is invalid: {message}"))


RATE_LIMITED = error(-32, "Your application reached limit call api")
SEND_FAILED = error(-200, "Send message failed")
INVALID = error(-201, "Parameter is invalid")
TOO_LONG = error(-210, "Parameter exceeds allowable limit")
QUOTA_USED = error(-211, "Out of quota")
NOT_FOLLOWED = error(-213, "User has not followed OA")
TOKEN_INVALID = error(-216, "Access token is invalid")
BLOCKED = error(-217, "User has blocked invitation from OA")
TOKEN_EXPIRED = error(-220, "access_token is expired or removed")
NO_INTERACTION = error(-230, "User has not interacted with the OA in the past 7 days")
TYPE_NOT_SUPPORTED = error(-233, "Message type is not supported")
V2_SHUT_DOWN = error(-240, "MessageV2 API has been shut down, please switch to MessageV3")
REFRESH_REFUSED = oauth_error(-14014, "Invalid refresh token")
CODE_REFUSED = oauth_error(-14005, "Invalid authorization code")
APP_REFUSED = oauth_error(-14004, "Invalid app id or secret key")
NO_SUCH_API = Failure(404, {"error": 404, "message": "Empty api"})
