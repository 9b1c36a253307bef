"""The one place where the parts are wired together."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import structlog

from bot.app.answering import make_handlers
from bot.app.staff import staff_chat_of, summaries_of
from bot.dialogue.guards import Guards, OffChannels, RateLimit
from bot.dialogue.rating_rules import rating_rules_of
from bot.dialogue.router import DEFAULT_LANGUAGE, Assistant
from bot.dialogue.rules import Rules
from bot.dialogue.signed_links import Signer
from bot.errors import CatalogueError, DamagedStore, SettingsError, StoreError, UnfinishedStore
from bot.operations.aliases import TaughtWords
from bot.operations.jobs import Job
from bot.operations.keys.checking import begin_with_keys
from bot.operations.links.nightly import follow_gone_pages, watch_gone_pages
from bot.operations.metrics import Metrics
from bot.operations.publishing.watch import CatalogueWatch
from bot.operations.reports.reporting import Reporting
from bot.operations.retention import forget_daily, keeping_of, let_go_often
from bot.operations.staff.chat import Summaries
from bot.operations.switches import look_at_switches, watch_switches
from bot.operations.times import now
from bot.operations.workshop import Workshop
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.keyring import Keyring
from bot.store.memory import MemoryStore
from bot.store.memory_inbox import NoRegistry
from bot.store.memory_processes import NoProcesses
from bot.store.opening import open_store
from bot.store.resilient import ResilientStore
from bot.texts import LANGUAGES, Texts, load_texts

_log = structlog.get_logger(__name__)
_TRIES_TO_OPEN = 5
_SECONDS_BETWEEN_TRIES = 1.0
_IN_MEMORY = "in memory only"


@dataclass(frozen=True, slots=True)
class House:
    """The assistant and what it stands on. `off`: the channels that are switched off, kept up to date.

    `catalogues`: what keeps the assistant on the catalogue that holds; `taught`: the words that are laid over it.
    """

    assistant: Assistant
    store: Store
    languages: Mapping[str, Texts]
    rules: Rules
    off: OffChannels
    signer: Signer
    catalogues: CatalogueWatch
    taught: TaughtWords
    summaries: Summaries
    reporting: Reporting


@asynccontextmanager
async def open_assistant(settings: Settings) -> AsyncIterator[Assistant]:
    """An assistant on the catalogue and the store of the settings; closed at the end of the block.

    It answers as fast as it is asked, and what is rated counts as a test: who opens it so sits at the machine.
    """
    here = {"max_messages_per_minute": 0, "rating_test_mode": True}
    async with open_house(settings.model_copy(update=here)) as house:
        forgetting = asyncio.create_task(forget_daily(house.store, keeping_of(settings), now))
        try:
            yield house.assistant
        finally:
            await end_tasks([forgetting])


@asynccontextmanager
async def open_house(settings: Settings, metrics: Metrics | None = None) -> AsyncIterator[House]:
    """The assistant with what it stands on; closed at the end of the block. `metrics`: where what it does is counted.

    Raises CatalogueError where no catalogue can be served, SettingsError where SECRET_KEY is not the store's. A store
    that cannot be opened is logged and replaced by the memory of this process, and what was published by what is
    shipped; a publication that cannot be served, by the newest before it that can: answering goes on.
    """
    metrics = metrics or Metrics()
    store = ResilientStore(await _open_store(settings), metrics)
    try:
        keyring = await begin_with_keys(store.office.keys, settings, now())
    except SettingsError:
        await store.close()
        raise
    taught = TaughtWords(store.office.learning)
    office = store.office
    workshop = Workshop()
    catalogues = CatalogueWatch(settings.catalog_dir, office.publications, taught, office.editorial, now, workshop)
    try:
        guide, engine = await catalogues.at_first()
    except CatalogueError:
        await store.close()
        raise
    # What has been built stays until the end: the collector need not look at it again.
    gc.freeze()
    off, limit, reporting = OffChannels(), RateLimit(settings.max_messages_per_minute), Reporting()
    with suppress(StoreError):
        await look_at_switches(store.registry, off)
    tasks = [
        asyncio.create_task(
            forget_daily(store.memory, keeping_of(settings), now, metrics.done(Job.FORGETTING_IN_MEMORY))
        ),
        asyncio.create_task(let_go_often(store)),
        asyncio.create_task(watch_switches(store.registry, off, metrics.done(Job.SWITCHES))),
    ]
    try:
        languages = {language: load_texts(language) for language in LANGUAGES}
        rules = _rules(settings, keyring)
        handlers = make_handlers(settings)
        guard = Guards(off, limit)
        summaries = summaries_of(store, lambda: assistant.catalogue, languages[DEFAULT_LANGUAGE], rules, reporting)
        staff = staff_chat_of(store, summaries, languages.values(), rules)
        heard = metrics.replied
        assistant = Assistant(guide, engine, store, handlers, languages, rules, now, guard, staff, heard)
        # Once others have taken their place nobody is to hold on to them.
        del guide, engine
        with suppress(StoreError):
            await follow_gone_pages(store.office.links, assistant)
        tasks.append(asyncio.create_task(assistant.rights.keep_trying()))
        tasks.append(asyncio.create_task(catalogues.watch(assistant, metrics.done(Job.PUBLICATIONS))))
        following = watch_gone_pages(store.office.links, assistant, metrics.done(Job.GONE_PAGES))
        tasks.append(asyncio.create_task(following))
        signer = Signer(rules.secret, rules.previous)
        yield House(assistant, store, languages, rules, off, signer, catalogues, taught, summaries, reporting)
    finally:
        await end_tasks(tasks)
        await workshop.close()
        await reporting.close()
        await store.close()


async def end_tasks(tasks: Iterable[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


def _rules(settings: Settings, keyring: Keyring) -> Rules:
    rating, counted = rating_rules_of(settings), settings.address if settings.public_url is not None else ""
    return Rules(
        *(keyring.current, settings.max_message_chars, keeping_of(settings), settings.address, rating, counted),
        data_old_days=settings.data_old_days,
        previous=keyring.previous,
        met_under=keyring.met_under,
        former=keyring.earlier,
    )


async def _open_store(settings: Settings) -> Store:
    """A file that another program has to itself for a moment is waited for."""
    for left in reversed(range(_TRIES_TO_OPEN)):
        try:
            return await open_store(settings.database_url)
        except DamagedStore as error:
            _log.error("store_damaged", error=str(error), kept=_IN_MEMORY)
            break
        except StoreError as error:
            if left and not isinstance(error, UnfinishedStore):
                _log.warning("store_not_opened", error=str(error), tries_left=left)
                await asyncio.sleep(_SECONDS_BETWEEN_TRIES)
            else:
                _log.error("store_not_opened", error=str(error), kept=_IN_MEMORY)
                break
    return MemoryStore(registry=NoRegistry(), processes=NoProcesses(), is_first=True)
