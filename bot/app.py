"""The one place where the parts are wired together."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
    CardChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    FullNameChoice,
    GoOnChoice,
    HelpChoice,
    HelpfulChoice,
    HelpTopicChoice,
    LanguageChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    MenuChoice,
    OnlineListChoice,
    OtherChoice,
    PickChoice,
    PrivacyChoice,
    RelatedChoice,
    StartChoice,
)
from bot.dialogue.keeping import Keeping
from bot.dialogue.messages import Status
from bot.dialogue.router import Assistant, Rules
from bot.dialogue.turn import Handlers
from bot.errors import StoreError
from bot.operations.retention import forget_daily
from bot.search.engine import SearchEngine
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.memory import MemoryStore
from bot.store.person import load_secret
from bot.store.resilient import ResilientStore
from bot.store.sqlite import SqliteStore
from bot.texts import LANGUAGES, load_texts
from handlers import (
    browse,
    card,
    choice_expired,
    commune,
    find,
    full_name,
    help_topic,
    helpful,
    language,
    online_list,
    other,
    personal_data,
    privacy,
    related,
    start,
    unreadable,
)
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
    tidying = asyncio.create_task(forget_daily(store, keeping_of(settings), lambda: datetime.now(UTC)))
    try:
        languages = {language: load_texts(language) for language in LANGUAGES}
        yield Assistant(Guide.of(catalogue), engine, store, make_handlers(settings), languages, _rules(settings))
    finally:
        tidying.cancel()
        with suppress(asyncio.CancelledError):
            await tidying
        await store.close()


def make_handlers(settings: Settings) -> Handlers:
    """Who answers what."""
    return Handlers(
        targets={
            CardChoice: card.open_card,
            FullNameChoice: full_name.full_name,
            RelatedChoice: related.related,
            PickChoice: other.pick,
            OtherChoice: other.other,
            StartChoice: start.start,
            MenuChoice: start.menu,
            LifeEventGroupChoice: browse.life_event_group,
            LifeEventChoice: browse.life_event,
            FieldsChoice: browse.fields,
            FieldChoice: browse.field,
            AgenciesChoice: browse.agencies,
            AgencyChoice: browse.agency,
            OnlineListChoice: online_list.online_list,
            CommuneChoice: commune.commune,
            LanguageChoice: language.language,
            GoOnChoice: other.no_more,
            HelpfulChoice: helpful.helpful,
            PrivacyChoice: privacy.privacy,
            HelpChoice: help_page.help_,
            HelpTopicChoice: help_topic.help_topic,
        },
        free_text=find.find,
        personal_data=personal_data.refuse,
        unknown_command=help_page.unknown_command,
        choice_expired=choice_expired.expired,
        number_out_of_range=choice_expired.out_of_range,
        empty=unreadable.empty,
        wordless=unreadable.wordless,
        too_long=unreadable.TooLong(settings.max_message_chars),
        failed=unreadable.failed,
        not_text=unreadable.not_text,
        refused={Status.TOO_FAST: unreadable.too_fast, Status.SWITCHED_OFF: unreadable.switched_off},
    )


def keeping_of(settings: Settings) -> Keeping:
    """How long is kept what."""
    return Keeping(settings.choices_valid_hours, settings.keep_events_days, settings.keep_profiles_days)


def _rules(settings: Settings) -> Rules:
    if settings.secret_key is not None:
        secret = settings.secret_key.get_secret_value().encode()
    else:
        secret = load_secret(settings.database_path.parent)
    return Rules(secret, settings.max_message_chars, keeping_of(settings), settings.address)


async def _open_store(settings: Settings) -> Store:
    try:
        return await SqliteStore.open(settings.database_path)
    except StoreError as error:
        _log.error("store_not_opened: %s; conversations are kept in memory only", error)
        return MemoryStore()
