"""The whole service: the assistant, and every channel that the settings connect, each on its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.app import House, end_tasks, open_house
from bot.app.channels import Connected, Job, connect
from bot.catalog.model import Catalogue
from bot.dialogue.personal_data import masker_of
from bot.errors import StoreError
from bot.operations.links.checking import Manners, manners_of
from bot.operations.links.nightly import NightRound
from bot.operations.members import Members, this_process
from bot.operations.messages.backlog import Backlog
from bot.operations.messages.by_itself import every_minute
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.delivering import Deliverer
from bot.operations.messages.follow_ups import FollowUpDesk, ask_due
from bot.operations.messages.pacing import Pacer, pace_of
from bot.operations.messages.receiving import Door, Intake
from bot.operations.messages.worker import Desk, Worker
from bot.operations.metrics import Metrics
from bot.operations.retention import forget_daily, forget_told, keeping_of
from bot.operations.staff.digests import DigestDesk, send_digests
from bot.operations.times import now
from bot.ratings.deadlines import Deadlines
from bot.settings import Settings

_log = logging.getLogger(__name__)
SECONDS_TO_FINISH = 5.0
"""How long answers in hand may take once the process is told to stop; after the web has let its requests finish."""
_SECONDS_AFTER_A_FAULT = 5.0


@dataclass(frozen=True, slots=True)
class Service:
    """`members`: this process among the others."""

    house: House
    doors: tuple[Door, ...]
    metrics: Metrics
    members: Members


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """The service with its workers running; at the end of the block they finish what is in hand.

    Raises CatalogueError. A platform that cannot be reached keeps nothing from starting.
    """
    # A URL of Telegram or of Zalo Bot holds the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    async with open_house(settings) as house:
        members = Members(house.store.processes, this_process(settings.port, now()), now)
        members.followers.append(house.assistant.arrivals.share)
        # Before anything is sent it is known how many send.
        with suppress(StoreError):
            await members.beat()
        metrics = Metrics()
        desk = Desk(
            house.store, house.assistant, _clerk(settings, house), metrics, now, house.off, process=members.me.id
        )
        backlog = Backlog(house.store.inbox, settings.max_waiting_updates, metrics)
        masker = masker_of(house.languages.values())
        intake = Intake(
            house.store.inbox, backlog, masker, house.rules.people(house.store, now), settings.max_message_chars
        )
        connected = connect(settings, house)
        workers = tuple(_worker(desk, channel, members) for channel in connected)
        doors = tuple(
            Door(channel.receiver, intake, metrics, worker.wake, now, channel.key)
            for channel, worker in zip(connected, workers, strict=True)
        )
        beating = asyncio.create_task(members.keep_beating())
        running = [asyncio.create_task(_kept_going(f"worker {w.channel}", w.run)) for w in workers]
        running.append(asyncio.create_task(backlog.watch()))
        for channel, door in zip(connected, doors, strict=True):
            running += [asyncio.create_task(_kept_going(name, job)) for name, job in channel.jobs(door, members)]
        for name, job in _done_by_one(settings, house, desk, connected):
            running.append(asyncio.create_task(_kept_going(name, partial(members.while_leading, job))))
        try:
            yield Service(house, doors, metrics, members)
        finally:
            await asyncio.gather(*(worker.stop(SECONDS_TO_FINISH) for worker in workers))
            await end_tasks([*running, beating])
            await members.leave()
            await asyncio.gather(*(channel.sender.close() for channel in connected), return_exceptions=True)


def _done_by_one(settings: Settings, house: House, desk: Desk, connected: Sequence[Connected]) -> tuple[Job, ...]:
    """What one process does for all: each may be broken off and begun anew by another."""
    jobs: list[Job] = [("forgetting", partial(forget_daily, house.store, keeping_of(settings), now))]
    telling = partial(forget_told, house.store, now)
    jobs.append(("forgetting answers", partial(every_minute, "forgetting_answers", telling)))
    if settings.follow_up_hours:
        due = partial(ask_due, _follow_ups(desk, house, connected))
        jobs.append(("follow-ups", partial(every_minute, "follow_ups", due)))
    sending = partial(send_digests, _digests(desk, house, connected, settings))
    jobs.append(("digests", partial(every_minute, "digests", sending)))
    if settings.link_checks:
        jobs.append(("link checks", partial(_night_round(settings, house).watch, now)))
    return tuple(jobs)


def _clerk(settings: Settings, house: House) -> Clerk:
    return Clerk(timedelta(minutes=settings.zalo_oa_clerk_minutes), house.languages, now)


def _follow_ups(desk: Desk, house: House, connected: Sequence[Connected]) -> FollowUpDesk:
    senders = {channel.sender.channel: channel.sender for channel in connected}
    return FollowUpDesk(desk.store, senders, desk.off, desk.clerk, house.rules.rating, desk.clock)


def _digests(desk: Desk, house: House, connected: Sequence[Connected], settings: Settings) -> DigestDesk:
    senders = {channel.sender.channel: channel.sender for channel in connected}
    days, hour, start = settings.digest_days_before, settings.digest_hour, settings.report_start_day
    deadlines = Deadlines(settings.report_due_day, settings.year_due, days, hour, start)
    return DigestDesk(desk.store, senders, desk.off, house.summaries, deadlines, desk.clock)


def _night_round(settings: Settings, house: House) -> NightRound:
    def manners(catalogue: Catalogue) -> Manners:
        return manners_of(settings, catalogue.province.link_hosts, now)

    links = house.store.office.links
    return NightRound(links, lambda: house.assistant.catalogue, manners, settings.link_checks)


def _worker(desk: Desk, channel: Connected, members: Members) -> Worker:
    pacer = Pacer(pace_of(channel.sender.channel))
    pacer.share(members.count)
    members.followers.append(pacer.share)
    deliverer = Deliverer(channel.sender, desk.store.inbox, pacer, desk.metrics, desk.clock)
    return Worker(desk, channel.sender, deliverer, channel.inline)


async def _kept_going(name: str, job: Callable[[], Awaitable[None]]) -> None:
    """Run the job; one that breaks is started again, so that a fault in one channel leaves the others alone."""
    while True:
        try:
            await job()
        except Exception as error:  # noqa: BLE001 - whatever breaks, the channel goes on
            _log.error("job_failed: %s: %s", name, type(error).__name__, exc_info=_log.isEnabledFor(logging.DEBUG))
            await asyncio.sleep(_SECONDS_AFTER_A_FAULT)
        else:
            return
