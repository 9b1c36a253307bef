"""The way of a message: read → guards → command | choice | answer to the choices | free text → handler → kept."""

from __future__ import annotations

import asyncio
import logging
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from weakref import WeakValueDictionary

from bot.catalog.model import Catalogue
from bot.dialogue.choices import Target, parse
from bot.dialogue.clean import clean, has_words
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.personal_data import masker_of
from bot.dialogue.selection import OutOfRange, Selector
from bot.dialogue.turn import Handler, Handlers, Outcome, Searches, Turn
from bot.search.fold import fold
from bot.store.interface import Event, Store
from bot.store.person import person_key
from bot.texts import Texts

_log = logging.getLogger(__name__)
_MAX_COMMAND_CHARS = 40
_MAX_CHANNEL_CHARS = 40


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Rules:
    """What the settings say about a conversation. `secret` is the key under which people's ids are hashed."""

    secret: bytes
    max_message_chars: int = 2000
    choices_valid: timedelta = timedelta(hours=24)


class Assistant:
    """Answers messages: one at a time for each person, any number of people at once."""

    def __init__(
        self,
        catalogue: Catalogue,
        engine: Searches,
        store: Store,
        handlers: Handlers,
        texts: Texts,
        rules: Rules,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.catalogue = catalogue
        self.texts = texts
        self.engine = engine
        self._store = store
        self._handlers = handlers
        self._rules = rules
        self._clock = clock
        self._selector = Selector(texts)
        self._masker = masker_of(texts)
        self._commands = {
            fold(word): handler
            for words, handler in (("commands.start", handlers.start), ("commands.help", handlers.help))
            for word in texts.words(words)
        }
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, incoming: Incoming) -> Reply:
        """The reply to any message, whatever it holds. Never raises; what becomes of it is recorded as an event."""
        try:
            person = person_key(self._rules.secret, str(incoming.channel), str(incoming.user))
            lock = self._locks.setdefault(person, asyncio.Lock())
            async with lock:
                return await self._answer(incoming, person)
        except Exception as error:  # noqa: BLE001 - the last guard: a citizen is answered whatever breaks
            log_fault("turn", error)
            return Reply(Status.FAILED, self.texts.get("failed"))

    async def _answer(self, incoming: Incoming, person: str) -> Reply:
        now = self._clock()
        kept = Conversation.from_json(await self._store.conversation(person))
        conversation = kept.at(now, self._rules.choices_valid)
        outcome = self._outcome(incoming, conversation)
        reply = outcome.reply
        after = Conversation(
            # Choices stay open until others are offered: the list is still on the screen.
            choices=reply.choices or conversation.choices,
            waiting=outcome.waiting,
            asks=outcome.asks,
            procedure=outcome.procedure,
            updated_at=now,
        )
        channel = clean(incoming.channel, _MAX_CHANNEL_CHARS)[:_MAX_CHANNEL_CHARS]
        event = Event(now, channel, person, reply.status.value, reply.codes, self.catalogue.version)
        try:
            await self._store.record(event, after.to_json())
        except Exception as error:  # noqa: BLE001 - what cannot be kept must not take the answer away
            log_fault("record", error)
        return reply

    def _outcome(self, incoming: Incoming, conversation: Conversation) -> Outcome:
        turn = Turn("", None, conversation, self.catalogue, self.engine, self.texts)
        try:
            return self._route(incoming, turn)
        except Exception as error:  # noqa: BLE001 - a broken handler must not lose the event
            log_fault("handler", error)
            return self._handlers.failed(turn)

    def _route(self, incoming: Incoming, turn: Turn) -> Outcome:
        if incoming.choice is not None:
            return self._chosen(incoming.choice, turn)
        text = clean(incoming.text, self._rules.max_message_chars)
        if len(text) > self._rules.max_message_chars:
            return self._handlers.too_long(turn)
        masked = self._masker.mask(text)
        turn = replace(turn, text=masked.text)
        if masked.found:
            return self._handlers.personal_data(turn)
        if not has_words(text):
            return (self._handlers.wordless if text else self._handlers.empty)(turn)
        command = self._command(text)
        if command is not None:
            return command(turn)
        return self._typed(text, turn)

    def _command(self, text: str) -> Handler | None:
        if text.startswith("/"):
            # What follows a command's first word is a channel's payload ("/start abc").
            return self._commands.get(fold(text.split()[0]), self._handlers.unknown_command)
        return self._commands.get(fold(text)) if len(text) <= _MAX_COMMAND_CHARS else None

    def _typed(self, text: str, turn: Turn) -> Outcome:
        target = parse(text)
        if target is not None:
            return self._open(target, turn)
        selected = self._selector.select(text, turn.conversation.choices)
        if isinstance(selected, OutOfRange):
            return self._handlers.number_out_of_range(turn)
        if selected is not None:
            return self._open(parse(selected.id), turn)
        return self._handlers.free_text(turn)

    def _chosen(self, choice: object, turn: Turn) -> Outcome:
        target = parse(choice)
        if target is None:
            selected = self._selector.select(clean(choice, _MAX_COMMAND_CHARS), turn.conversation.choices)
            target = None if selected is None or isinstance(selected, OutOfRange) else parse(selected.id)
        return self._open(target, turn)

    def _open(self, target: Target | None, turn: Turn) -> Outcome:
        handler = self._handlers.targets.get(type(target), self._handlers.choice_expired)
        return handler(replace(turn, text="", target=target))


def log_fault(where: str, error: Exception) -> None:
    """Log what broke and where, without the error's words: they may quote the citizen."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    _log.error("%s_failed %s: %s\n%s", where, secrets.token_hex(4), type(error).__name__, frames)
