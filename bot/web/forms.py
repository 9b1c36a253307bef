"""What a page's form sends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from aiohttp import web

from bot.web.errors import TOO_LARGE, WRONG_CONTENT_TYPE, WRONG_SHAPE, ApiError
from bot.web.patience import PATIENCE, in_time

MAX_BODY_BYTES = 16 * 1024


@dataclass(frozen=True, slots=True)
class Form:
    """The fields in the order sent. A field may be given more than once."""

    pairs: Sequence[tuple[str, str]] = ()

    def get(self, name: str, default: str = "") -> str:
        """The last value of a field, without blanks around it."""
        return next((value.strip() for field, value in reversed(self.pairs) if field == name), default)

    def raw(self, name: str) -> str:
        """The last value as it was typed: passwords may begin with a blank."""
        return next((value for field, value in reversed(self.pairs) if field == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that is not empty."""
        return tuple(value.strip() for field, value in self.pairs if field == name and value.strip())


async def read_body(request: web.Request) -> bytes:
    """At most MAX_BODY_BYTES, in time. Raises ApiError."""
    if (request.content_length or 0) > MAX_BODY_BYTES:
        # Said before the body is read: megabytes need not travel to be refused.
        raise ApiError(TOO_LARGE)
    try:
        async with in_time(request.app[PATIENCE].body):
            return await request.read()
    except (web.RequestPayloadError, ConnectionResetError):
        # Said to be compressed and is not, or broken off on the way.
        raise ApiError(WRONG_SHAPE) from None


async def read_form(request: web.Request, most_fields: int) -> Form:
    """The form of a POST, read as UTF-8 whatever the request calls it. Raises ApiError for what is none."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise ApiError(WRONG_CONTENT_TYPE)
    body = await read_body(request)
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=most_fields)
    except ValueError:
        raise ApiError(WRONG_SHAPE) from None
    return Form(tuple(pairs))
