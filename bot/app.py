"""The one place where the parts are wired together."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from bot.catalog.load import load_catalogue
from bot.dialogue.choices import CardChoice, FullNameChoice, HelpChoice, HelpTopicChoice, LifeEventChoice, StartChoice
from bot.dialogue.router import Assistant, Rules
from bot.dialogue.turn import Handlers
from bot.errors import StoreError
from bot.search.engine import SearchEngine
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.memory import MemoryStore
from bot.store.person import load_secret
from bot.store.resilient import ResilientStore
from bot.store.sqlite import SqliteStore
from bot.texts import load_texts
from handlers import card, choice_expired, find, full_name, help_topic, life_event, personal_data, start, unreadable
from handlers import help as help_page

_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_assistant(settings: Settings) -> AsyncIterator[Assistant]:
    """An assistant on the catalogue and the store of the settings; closed at the end of the block.

    Raises CatalogueError where the catalogue cannot be served. A store that cannot be opened is logged and
    replaced by the memory of this process: answering goes on.
    """
    catalogue = load_catalogue(settings.catalog_dir)
    # What was read refers to itself in circles: let go of it before the index is built in its place.
    gc.collect()
    engine = SearchEngine(catalogue)
    # What has been built stays until the end: the collector need not look at it again.
    gc.freeze()
    store = ResilientStore(await _open_store(settings))
    try:
        yield Assistant(catalogue, engine, store, make_handlers(settings), load_texts(), _rules(settings))
    finally:
        await store.close()


def make_handlers(settings: Settings) -> Handlers:
    """Who answers what."""
    return Handlers(
        targets={
            CardChoice: card.open_card,
            FullNameChoice: full_name.full_name,
            LifeEventChoice: life_event.life_event,
            StartChoice: start.start,
            HelpChoice: help_page.help_,
            HelpTopicChoice: help_topic.help_topic,
        },
        free_text=find.find,
        personal_data=personal_data.refuse,
        start=start.start,
        help=help_page.help_,
        unknown_command=help_page.unknown_command,
        choice_expired=choice_expired.expired,
        number_out_of_range=choice_expired.out_of_range,
        empty=unreadable.empty,
        wordless=unreadable.wordless,
        too_long=unreadable.TooLong(settings.max_message_chars),
        failed=unreadable.failed,
    )


def _rules(settings: Settings) -> Rules:
    if settings.secret_key is not None:
        secret = settings.secret_key.get_secret_value().encode()
    else:
        secret = load_secret(settings.database_path.parent)
    return Rules(secret, settings.max_message_chars, timedelta(hours=settings.choices_valid_hours))


async def _open_store(settings: Settings) -> Store:
    try:
        return await SqliteStore.open(settings.database_path)
    except StoreError as error:
        _log.error("store_not_opened: %s; conversations are kept in memory only", error)
        return MemoryStore()
