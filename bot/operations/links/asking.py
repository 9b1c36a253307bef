"""Asking one address whether it is there: HEAD, then GET where a server does not know HEAD, at most three redirects."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.operations.links.reach import GuardedResolver, PrivateHostError, Reach, proxy_hosts
from bot.store.freshness import LinkAnswer, LinkOutcome

MOST_REDIRECTS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410})
_BUSY = frozenset({429, 503})
_NOT_MODIFIED = 304
_FIRST_ERROR = 400
_MOST_BYTES = 1024
"""So much of a page is read, and let go of: that it answers is all that is asked."""
_MOST_TOLD_CHARS = 500
_PAUSE = timedelta(minutes=10)
"""How long a host is left alone that asks for it without saying how long."""
_TIMES = aiohttp.ClientTimeout(total=20, connect=10)


Turn = Callable[[str], Awaitable[None]]
"""Given a host, waits until it may be asked."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: where the way ended, if not where it began."""

    outcome: LinkOutcome
    status: int
    to: str = ""
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """There was none. `why`: one word. `pause`: how long its host asks to be left alone."""

    why: str
    pause: timedelta | None = None


@asynccontextmanager
async def asking_session(
    reach: Reach,
    user_agent: str,
    resolver: AbstractResolver | None = None,
    trust: ssl.SSLContext | None = None,
) -> AsyncIterator[aiohttp.ClientSession]:
    """What is asked through; proxies are those of the environment. `resolver`, `trust`: the tests' own."""
    guarded = GuardedResolver(
        resolver or aiohttp.ThreadedResolver(), proxy_hosts(), may_be_private=reach.may_be_private
    )
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(
            resolver=guarded, limit=20, force_close=True, use_dns_cache=False, ssl=True if trust is None else trust
        ),
        headers={"User-Agent": user_agent, "Accept": "text/html,*/*;q=0.5", "Accept-Language": "vi"},
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=_TIMES,
        trust_env=True,
        auto_decompress=False,
    ) as session:
        yield session


async def _at_once(host: str) -> None:
    """Nobody is waited for."""


async def ask(
    session: aiohttp.ClientSession,
    reach: Reach,
    address: str,
    before: LinkAnswer | None,
    now: datetime,
    turn: Turn = _at_once,
) -> Said | Unanswered:
    """What became of the address. `before`: its last answer, whose ETag is sent along. Raises only when cancelled.

    `turn`: waits until a host may be asked again; it is waited for before each request, redirects too.
    """
    url = URL(address)
    if not reach.admits(url):
        return Unanswered("not_allowed")
    try:
        return await _follow(_Asker(session, turn), reach, url, before, now)
    except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
        return Unanswered(_why(error))


async def _follow(
    asker: _Asker, reach: Reach, first: URL, before: LinkAnswer | None, now: datetime
) -> Said | Unanswered:
    url, known = first, _conditions(before)
    for _ in range(MOST_REDIRECTS + 1):
        said = await asker.once(url, known if url == first else {})
        to = "" if url == first else str(url)[:_MOST_TOLD_CHARS]
        if said.status in _BUSY:
            return Unanswered("busy", _pause(said.retry_after, now))
        if said.status == _NOT_MODIFIED and known and before is not None:
            return Said(
                LinkOutcome.FINE, said.status, "", said.etag or before.etag, said.modified or before.last_modified
            )
        if said.status not in _REDIRECTS:
            return Said(_outcome(said.status, to), said.status, to, said.etag, said.modified)
        following = _joined(url, said.location)
        if following is None:
            return Said(LinkOutcome.ODD, said.status, to)
        url = following
        if not reach.admits(url):
            # Told, and not gone after: it may lead anywhere.
            return Said(LinkOutcome.MOVED, said.status, str(url)[:_MOST_TOLD_CHARS])
    return Said(LinkOutcome.ODD, said.status, str(url)[:_MOST_TOLD_CHARS])


def _joined(url: URL, location: str) -> URL | None:
    try:
        return url.join(URL(location)) if location else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    location: str
    retry_after: str
    etag: str
    modified: str


@dataclass(frozen=True, slots=True)
class _Asker:
    session: aiohttp.ClientSession
    turn: Turn

    async def once(self, url: URL, known: dict[str, str]) -> _Answer:
        answer = await self._request("HEAD", url, known)
        if answer.status < _FIRST_ERROR or answer.status in _BUSY:
            return answer
        # Some servers refuse HEAD, or know no page by it: what GET says counts.
        return await self._request("GET", url, known)

    async def _request(self, method: str, url: URL, known: dict[str, str]) -> _Answer:
        await self.turn(url.host or "")
        async with self.session.request(method, url, headers=known, allow_redirects=False) as response:
            if method == "GET":
                await response.content.read(_MOST_BYTES)
                response.close()
            told = response.headers
            return _Answer(
                response.status,
                told.get("Location", ""),
                told.get("Retry-After", ""),
                told.get("ETag", "")[:_MOST_TOLD_CHARS],
                told.get("Last-Modified", "")[:_MOST_TOLD_CHARS],
            )


def _conditions(before: LinkAnswer | None) -> dict[str, str]:
    """Only of a page that was there itself: of a moved one the tag would be another page's."""
    if before is None or before.outcome is not LinkOutcome.FINE:
        return {}
    told = {"If-None-Match": before.etag, "If-Modified-Since": before.last_modified}
    return {name: value for name, value in told.items() if value}


def _outcome(status: int, to: str) -> LinkOutcome:
    if status in _GONE:
        return LinkOutcome.GONE
    if not 200 <= status < 300:
        return LinkOutcome.ODD
    return LinkOutcome.MOVED if to else LinkOutcome.FINE


def _pause(retry_after: str, now: datetime) -> timedelta:
    """Seconds, or a time."""
    if retry_after.isascii() and retry_after.isdecimal():
        return timedelta(seconds=min(int(retry_after[:9]), 86_400 * 7))
    try:
        at = parsedate_to_datetime(retry_after)
    except (ValueError, TypeError):
        return _PAUSE
    return max(timedelta(0), (at if at.tzinfo else at.replace(tzinfo=UTC)) - now)


def _why(error: Exception) -> str:
    """One word: nothing of it is the page's fault."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return "proxy"
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    if isinstance(cause, PrivateHostError):
        return "private"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "dns"
    if isinstance(error, aiohttp.ClientSSLError | ssl.SSLError) or isinstance(cause, ssl.SSLError):
        return "tls"
    if isinstance(cause, ConnectionRefusedError):
        return "refused"
    return "connection"
