"""Every error that the web answers with, in one table: HTTP status, stable code, sentence.

As JSON: `{"error": "<code>", "text": "<sentence>"}`; on a page: the sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.dialogue.message_code import apology, current_code
from bot.texts import Texts


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` is what a program may rely on; `text_id` is what a person reads. `retry_after`: in so many seconds it is
    of use to ask again.
    """

    http_status: int
    code: str
    text_id: str
    retry_after: int | None = None


BROKEN_JSON = Fault(400, "broken_json", "web.error.broken_json")
BAD_REQUEST = Fault(400, "bad_request", "web.error.bad_request")
CROSS_ORIGIN = Fault(403, "cross_origin", "web.error.cross_origin")
NOT_FOUND = Fault(404, "not_found", "web.error.not_found")
METHOD_NOT_ALLOWED = Fault(405, "method_not_allowed", "web.error.method_not_allowed")
TOO_SLOW = Fault(408, "too_slow", "web.error.too_slow")
TOO_LARGE = Fault(413, "too_large", "web.error.too_large")
WRONG_CONTENT_TYPE = Fault(415, "wrong_content_type", "web.error.wrong_content_type")
WRONG_SHAPE = Fault(422, "wrong_shape", "web.error.wrong_shape")
TOO_MANY = Fault(429, "too_many", "web.error.too_many", retry_after=60)
FAILED = Fault(500, "failed", "failed")

FAULTS = (
    BROKEN_JSON,
    BAD_REQUEST,
    CROSS_ORIGIN,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    TOO_SLOW,
    TOO_LARGE,
    WRONG_CONTENT_TYPE,
    WRONG_SHAPE,
    TOO_MANY,
    FAILED,
)
_BY_STATUS: Mapping[int, Fault] = {fault.http_status: fault for fault in reversed(FAULTS) if fault is not BROKEN_JSON}


class ApiError(Exception):
    """A request that is answered with a fault of the table."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.code)


def fault_of(error: web.HTTPException) -> Fault:
    """The fault that stands for an error of aiohttp's own."""
    return _BY_STATUS.get(error.status, BAD_REQUEST if error.status < FAILED.http_status else FAILED)


def sentence(fault: Fault, texts: Texts) -> str:
    """What a person reads; where something broke, with the code under which the log tells of it."""
    return apology(texts, current_code()) if fault is FAILED else texts.get(fault.text_id)


def as_json(fault: Fault, texts: Texts) -> web.Response:
    body = {"error": fault.code, "text": sentence(fault, texts)}
    return web.json_response(body, status=fault.http_status, headers={"Cache-Control": "no-store"})
