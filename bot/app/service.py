"""The whole service: the assistant, and every channel that the settings connect, each on its own."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog

from bot.app import House, end_tasks, open_house
from bot.app.alerts import chat_of
from bot.app.channels import Connected, Job, connect
from bot.catalog.model import Catalogue
from bot.channels.web_chat import CHANNEL as WEB
from bot.dialogue.personal_data import masker_of
from bot.errors import StoreError
from bot.operations.counted_errors import counting_errors
from bot.operations.errors_told.noticing import ErrorsNoticed, noticing
from bot.operations.errors_told.telling import Teller, process_name
from bot.operations.gauges import Gauges, Sources, watch_lag
from bot.operations.jobs import Job as Named
from bot.operations.links.checking import Manners, manners_of
from bot.operations.links.nightly import NightRound
from bot.operations.members import Members, this_process
from bot.operations.messages.backlog import Backlog
from bot.operations.messages.by_itself import every_minute
from bot.operations.messages.clerk import Clerk
from bot.operations.messages.delivering import Deliverer
from bot.operations.messages.follow_ups import FollowUpDesk, ask_due
from bot.operations.messages.handling import Desk
from bot.operations.messages.pacing import Pacer, pace_of
from bot.operations.messages.receiving import Door, Intake
from bot.operations.messages.worker import Worker
from bot.operations.metrics import Metrics
from bot.operations.readiness import Readiness, Reason
from bot.operations.release import release
from bot.operations.retention import forget_daily, forget_told, keeping_of
from bot.operations.staff.digests import DigestDesk, send_digests
from bot.operations.times import now
from bot.ratings.deadlines import Deadlines
from bot.settings import Settings
from bot.texts import LANGUAGES, load_texts

_log = structlog.get_logger(__name__)
SECONDS_TO_FINISH = 5.0
"""How long answers in hand may take once the process is told to stop; after the web has let its requests finish."""
_SECONDS_AFTER_A_FAULT = 5.0


@dataclass(frozen=True, slots=True)
class Service:
    """`members`: this process among the others. `readiness`: whether requests may be sent here."""

    house: House
    doors: tuple[Door, ...]
    metrics: Metrics
    members: Members
    readiness: Readiness


@asynccontextmanager
async def open_service(settings: Settings) -> AsyncIterator[Service]:
    """The service with its workers running; at the end of the block they finish what is in hand.

    Raises CatalogueError, and SettingsError where a key cannot be one, or alerts go to a channel that is not connected.
    A platform that cannot be reached keeps nothing from starting.
    """
    # A URL of Telegram or of Zalo Bot holds the token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    metrics = Metrics()
    masker = masker_of(map(load_texts, LANGUAGES))
    noticing_errors = noticing(ErrorsNoticed(masker, now))
    async with counting_errors(metrics), noticing_errors as noticed, open_house(settings, metrics) as house:
        members = Members(house.store.processes, this_process(settings.port, now()), now)
        members.followers += [house.assistant.arrivals.share, house.assistant.rights.looks.share]
        # Before anything is sent it is known how many send.
        with suppress(StoreError):
            await members.beat()
        desk = Desk(
            house.store, house.assistant, _clerk(settings, house), metrics, now, house.off, process=members.me.id
        )
        backlog = Backlog(house.store.inbox, settings.max_waiting_updates, metrics)
        people, most = house.rules.people(house.store, now), settings.max_message_chars
        intake = Intake(house.store.inbox, backlog, masker, people, most, metrics)
        connected = connect(settings, house)
        for channel in connected:
            # Nobody waits: that is to be seen before somebody does.
            metrics.waiting.labels(channel.sender.channel).set(0)
        chat = chat_of(settings, {channel.sender.channel: channel.sender for channel in connected})
        workers = tuple(_worker(desk, channel, members) for channel in connected)
        doors = tuple(
            Door(channel.receiver, intake, metrics, worker.wake, now, channel.key)
            for channel, worker in zip(connected, workers, strict=True)
        )
        readiness = _readiness(house, members)
        gauges = Gauges(metrics, _sources(settings, house, members, readiness, connected))
        metrics.tell_process()
        metrics.build.info({"release": release()})
        gauges.look_within()
        beating = asyncio.create_task(members.keep_beating())
        running = [asyncio.create_task(_kept_going(f"worker {w.channel}", w.run)) for w in workers]
        running += [asyncio.create_task(one) for one in (backlog.watch(), gauges.watch(), watch_lag(metrics))]
        running.append(asyncio.create_task(Teller(noticed, process_name(settings.port), chat).keep_telling()))
        for channel, door in zip(connected, doors, strict=True):
            running += [asyncio.create_task(_kept_going(name, job)) for name, job in channel.jobs(door, members)]
        for name, job in _done_by_one(settings, house, desk, connected):
            running.append(asyncio.create_task(_kept_going(name, partial(members.while_leading, job))))
        try:
            yield Service(house, doors, metrics, members, readiness)
        finally:
            await asyncio.gather(*(worker.stop(SECONDS_TO_FINISH) for worker in workers))
            await end_tasks([*running, beating])
            await members.leave()
            await asyncio.gather(*(channel.sender.close() for channel in connected), return_exceptions=True)


def _done_by_one(settings: Settings, house: House, desk: Desk, connected: Sequence[Connected]) -> tuple[Job, ...]:
    """What one process does for all: each may be broken off and begun anew by another."""
    done = desk.metrics.done
    forgetting = partial(forget_daily, house.store, keeping_of(settings), now, done(Named.FORGETTING))
    jobs: list[Job] = [("forgetting", forgetting)]
    telling = partial(forget_told, house.store, now)
    of_answers = partial(every_minute, "forgetting_answers", telling, done(Named.FORGETTING_ANSWERS))
    jobs.append(("forgetting answers", of_answers))
    if settings.follow_up_hours:
        due = partial(ask_due, _follow_ups(desk, house, connected))
        jobs.append(("follow-ups", partial(every_minute, "follow_ups", due, done(Named.FOLLOW_UPS))))
    sending = partial(send_digests, _digests(desk, house, connected, settings))
    jobs.append(("digests", partial(every_minute, "digests", sending, done(Named.DIGESTS))))
    if settings.link_checks:
        jobs.append(("link checks", partial(_night_round(settings, house).watch, now, done(Named.LINK_CHECKS))))
    return tuple(jobs)


def _readiness(house: House, members: Members) -> Readiness:
    return Readiness(
        {
            Reason.NO_CATALOGUE: lambda: not house.assistant.catalogue.procedures,
            Reason.STORE_AWAY: lambda: not members.is_heard,
            Reason.CATALOGUE_NOT_IN_FORCE: lambda: house.catalogues.trouble is not None,
        }
    )


def _sources(
    settings: Settings, house: House, members: Members, readiness: Readiness, connected: Sequence[Connected]
) -> Sources:
    return Sources(
        lambda: house.assistant.catalogue,
        *(house.catalogues, members, readiness, house.store.registry, house.off),
        channels=(WEB, *(channel.sender.channel for channel in connected)),
        accounts=tuple(channel.account for channel in connected if channel.account is not None),
        folder=None if settings.is_shared else settings.database_path.parent,
        clock=now,
    )


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
            is_told_whole = logging.getLogger(__name__).isEnabledFor(logging.DEBUG)
            _log.error("job_failed", job=name, error=type(error).__name__, exc_info=is_told_whole)
            await asyncio.sleep(_SECONDS_AFTER_A_FAULT)
        else:
            return
