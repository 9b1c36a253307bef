"""Checking many addresses, politely: each host by itself, one after the other, and left alone when it asks for it."""

from __future__ import annotations

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp.abc import AbstractResolver
from aiolimiter import AsyncLimiter

from bot.errors import StoreError
from bot.operations.links.asking import Said, Unanswered, ask, asking_session
from bot.operations.links.reach import Reach
from bot.operations.links.wanted import WantedLink
from bot.ratings.periods import day_of
from bot.settings import Settings
from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome

USUAL_PER_SECOND = 1.0
MOST_SILENT = 3
"""After so many addresses in a row without an answer a host is left alone: it cannot be reached from here."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How it is asked. `per_second`: of each host."""

    reach: Reach
    user_agent: str
    clock: Callable[[], datetime]
    per_second: float = USUAL_PER_SECOND
    resolver: AbstractResolver | None = None
    trust: ssl.SSLContext | None = None
    """For tests; None: the certificates that this machine trusts."""


class _Turns:
    """Each request waits for its host's turn: a page that is asked for twice, and one behind a redirect, too."""

    def __init__(self, per_second: float) -> None:
        self._seconds = 1 / per_second
        self._limits: dict[str, AsyncLimiter] = {}

    async def wait(self, host: str) -> None:
        await self._limits.setdefault(host, AsyncLimiter(1, self._seconds)).acquire()


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A host that was not asked on. `why`: `busy` or `silent`. `pause`: how long it asks for; None: it did not say.

    `left`: how many of its addresses were not asked for.
    """

    why: str
    left: int
    pause: timedelta | None = None


@dataclass(slots=True)
class Round:
    """What became of the addresses of a round; filled as they are done."""

    checks: list[LinkCheck] = field(default_factory=list)
    left_alone: dict[str, LeftAlone] = field(default_factory=dict)


def manners_of(settings: Settings, hosts: tuple[str, ...], clock: Callable[[], datetime]) -> Manners:
    """`hosts`: the allow-list. Whoever keeps the server can see who asks, and write to them."""
    contact = "" if settings.public_url is None else f" (+{settings.public_url})"
    return Manners(Reach(hosts), f"MotCua-link-check/1.0{contact}", clock)


async def check_links(
    due: Sequence[WantedLink],
    known: Mapping[str, LinkCheck],
    manners: Manners,
    keep: Callable[[LinkCheck], Awaitable[None]],
    done: Round,
    on_each: Callable[[LinkCheck], None] = lambda _: None,
) -> None:
    """Ask for each, and keep each as soon as it is known: whatever ends this, what was done stays.

    `known`: the checks before, by address. `done` is filled on the way. Raises StoreError, as `keep` does.
    """
    by_host: defaultdict[str, list[WantedLink]] = defaultdict(list)
    for link in due:
        by_host[link.host].append(link)

    turns = _Turns(manners.per_second)
    async with asking_session(manners.reach, manners.user_agent, manners.resolver, manners.trust) as session:

        async def check_host(host: str, links: Sequence[WantedLink]) -> None:
            silent = 0
            for number, link in enumerate(links, start=1):
                before = known.get(link.address)
                answer = None if before is None else before.answer
                said = await ask(session, manners.reach, link.address, answer, manners.clock(), turns.wait)
                check = checked(link.address, before, said, manners.clock())
                await keep(check)
                done.checks.append(check)
                on_each(check)
                silent = silent + 1 if isinstance(said, Unanswered) else 0
                if isinstance(said, Unanswered) and said.pause is not None:
                    done.left_alone[host] = LeftAlone("busy", len(links) - number, said.pause)
                    return
                if silent == MOST_SILENT and number < len(links):
                    done.left_alone[host] = LeftAlone("silent", len(links) - number)
                    return

        try:
            async with asyncio.TaskGroup() as group:
                for host, links in by_host.items():
                    group.create_task(check_host(host, links))
        except* StoreError as errors:
            raise StoreError(str(errors.exceptions[0])) from errors


def checked(address: str, before: LinkCheck | None, said: Said | Unanswered, at: datetime) -> LinkCheck:
    """What is known of an address from now on. No answer changes nothing of what was answered before."""
    if isinstance(said, Unanswered):
        earlier = before or LinkCheck(address, at, LinkOutcome.COULD_NOT_CHECK)
        return LinkCheck(
            *(address, at, LinkOutcome.COULD_NOT_CHECK, said.why, earlier.answer),
            *(earlier.gone_since, earlier.gone_until),
        )
    answer = LinkAnswer(at, said.outcome, said.status, said.to, said.etag, said.last_modified)
    if said.outcome is not LinkOutcome.GONE:
        return LinkCheck(address, at, said.outcome, "", answer)
    today = day_of(at)
    since = today if before is None or before.gone_since is None else before.gone_since
    return LinkCheck(address, at, said.outcome, "", answer, since, today)
