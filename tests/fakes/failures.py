"""What can go wrong with a call to a platform, and the list of what is to go wrong next."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from aiohttp import web

JsonObject = dict[str, Any]


class Cut(Enum):
    """No answer comes. `UNREAD`: nothing was done; `RECORDED`: what was asked was done, and the caller cannot know."""

    HANG_UNREAD = "no answer until the caller gives up, nothing done"
    HANG_RECORDED = "no answer until the caller gives up, yet done"
    DROP_UNREAD = "connection dropped, nothing done"
    DROP_RECORDED = "connection dropped, yet done"


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer in place of the platform's own; nothing is done. A `str` body is a gateway's page, not JSON."""

    status: int
    body: JsonObject | str
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        if isinstance(self.body, str):
            return web.Response(status=self.status, text=self.body, content_type="text/html", headers=self.headers)
        return answer(self.body, status=self.status, headers=self.headers)


Fault = Cut | Failure
BAD_GATEWAY = Failure(502, "<html><h1>502 Bad Gateway</h1></html>")


class RefusedError(Exception):
    """The platform refuses a call, with the answer that says so."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(str(failure.body))
        self.failure = failure


def compact(value: object) -> str:
    """JSON as the platforms write it: no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def answer(body: JsonObject, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(status=status, text=compact(body), content_type="application/json", headers=headers)


class Faults:
    """What the next calls meet, first planned first met; a name fits a whole call name, its last parts, or `*` all."""

    def __init__(self) -> None:
        self._planned: list[tuple[str, Fault]] = []

    def plan(self, name: str, fault: Fault, times: int) -> None:
        self._planned += [(name, fault)] * times

    def take(self, call: str) -> Fault | None:
        for index, (name, fault) in enumerate(self._planned):
            if name in ("*", call) or call.endswith(f"/{name}"):
                del self._planned[index]
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()
