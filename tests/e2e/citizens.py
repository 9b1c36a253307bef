"""What citizens do before staff look at it: each with a browser of their own that keeps cookies, without a screen."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, Request, build_opener

BROWSER = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Mobile", "Accept": "text/html", "Accept-Language": "vi"}
_WHO = re.compile(r'name="(ai|lan)" value="([^"]*)"')


def _new_opener() -> OpenerDirector:
    return build_opener(HTTPCookieProcessor(CookieJar()))


@dataclass(frozen=True, slots=True)
class Citizen:
    """`url`: where the service is."""

    url: str
    opener: OpenerDirector = field(default_factory=_new_opener)

    def visit(self, path: str) -> str:
        """A page of ours, as somebody's browser asks for it; where it led."""
        request = Request(f"{self.url}{path}", headers=BROWSER)  # noqa: S310 - our own address
        with self.opener.open(request) as page:
            reached: str = page.geturl()
        return reached

    def say(self, text: str) -> str:
        """A message in the web chat; the status of its answer."""
        return self._chat({"text": text})

    def choose(self, choice: str) -> str:
        return self._chat({"choice": choice})

    def rate(self, code: str, level: int, comment: str = "", *, filing: str = "online") -> str:
        """As a conversation goes: the card, the question, the level, and words that staff may read."""
        self.say(code)
        self.choose(f"rate:{code}")
        self.choose(f"rate:{code}:{filing}")
        status = self.choose(f"rate:{code}:{filing}:{level}")
        if comment:
            self.choose("note:ask")
            self.choose("note:write")
            self.say(comment)
        return status

    def fill_in(self, address: str, **fields: str) -> str:
        """The form behind an address of a counter or a team, with what it hides; the page that answers."""
        with self.opener.open(
            f"{address}?{urlencode({k: v for k, v in fields.items() if k in {'nop', 'tt'}})}"
        ) as page:
            hidden = dict(_WHO.findall(page.read().decode()))
        with self.opener.open(address, urlencode(hidden | fields).encode()) as page:
            text: str = page.read().decode()
        return text

    def _chat(self, message: dict[str, str]) -> str:
        request = Request(  # noqa: S310 - our own address
            f"{self.url}/api/chat", json.dumps(message).encode(), {"Content-Type": "application/json"}
        )
        with self.opener.open(request) as answer:
            status: str = json.load(answer)["status"]
        return status
