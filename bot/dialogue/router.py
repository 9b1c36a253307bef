"""The way of a message: read → guards → routing → handler → kept."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from weakref import WeakValueDictionary

import structlog

from bot.catalog.communes import commune_by_name
from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.dialogue.clean import clean
from bot.dialogue.commands import MARKS
from bot.dialogue.conversation import Conversation
from bot.dialogue.counted_links import CountedLinks
from bot.dialogue.guards import Guard, RateLimit, no_guards
from bot.dialogue.message_code import apology, current_code
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.receipts import receipt_of
from bot.dialogue.remembering import Moment, brought_by, opened, record_of
from bot.dialogue.rights import Rights
from bot.dialogue.routing import Routing
from bot.dialogue.rules import Rules, utc_now
from bot.dialogue.sharing import Came
from bot.dialogue.signed_links import Signer
from bot.dialogue.staff_desk import StaffDesk
from bot.dialogue.trail import turns_page
from bot.dialogue.turn import Handlers, Outcome, Searches, Turn, unchanged
from bot.dialogue.unmet import LastWords
from bot.ratings.periods import day_of
from bot.store.interface import Overtaken, Since, Store
from bot.texts import Texts

_log = structlog.get_logger(__name__)
_SEVERAL = 2
_TRIES = 5
"""How often a turn begins anew because another process has answered the same person meanwhile."""
_ARRIVALS_A_MINUTE = 60
"""So many who come by links are counted from one network: a meeting may scan a code, a program makes no more."""
DEFAULT_LANGUAGE = "vi"


Heard = Callable[[str, Status, float], None]
"""Told on which channel a message was answered, what became of it, and in how many seconds. It never raises."""


def unheard(channel: str, status: Status, seconds: float) -> None:
    """For where nobody counts."""


class Assistant:
    """Answers messages: one at a time for each person, any number of people at once.

    Where other processes answer the same person, a turn that was overtaken by another one begins anew.
    """

    def __init__(
        self,
        guide: Guide,
        engine: Searches,
        store: Store,
        handlers: Handlers,
        languages: Mapping[str, Texts],
        rules: Rules,
        clock: Callable[[], datetime] = utc_now,
        guard: Guard | None = None,
        staff: StaffDesk | None = None,
        heard: Heard = unheard,
    ) -> None:
        """`languages`: the texts by language; Vietnamese is among them. `staff`: who answers members of staff.
        `heard`: who is told of every answer.
        """
        self._staff = staff
        self._heard = heard
        self._guard = guard or no_guards()
        self.guide = guide
        self._languages = languages
        self.engine = engine
        self._store = store
        self._handlers = handlers
        self._rules = rules
        self._clock = clock
        self._routing = Routing(handlers, languages, rules.max_message_chars)
        self._last_words = LastWords()
        self._signer = Signer(rules.secret, rules.previous)
        self._people = rules.people(store, clock)
        self.rights = Rights(store, self._people, self._signer, handlers, clock)
        self._links = CountedLinks(self._signer, rules.counted_site)
        self.arrivals = RateLimit(_ARRIVALS_A_MINUTE)
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @property
    def catalogue(self) -> Catalogue:
        return self.guide.catalogue

    def take(self, guide: Guide, engine: Searches) -> None:
        """Answer from these from now on; what is being answered is finished with what it began with."""
        self.guide, self.engine = guide, engine

    async def answer(self, incoming: Incoming) -> Reply:
        """The reply to any message, whatever it holds. Never raises; what becomes of it is recorded as an event."""
        started = time.perf_counter()
        reply = await self._reply_to(incoming)
        # Whatever it holds: it may be no message at all.
        if isinstance(incoming, Incoming):
            self._heard(incoming.channel, reply.status, time.perf_counter() - started)
        return reply

    async def _reply_to(self, incoming: Incoming) -> Reply:
        try:
            person = incoming.person or self._people.key(str(incoming.channel), str(incoming.user))
            lock = self._locks.setdefault(person, asyncio.Lock())
            async with lock:
                return await self._answer(incoming, person)
        except Exception as error:  # noqa: BLE001 - the last guard: a citizen is answered whatever breaks
            log_fault("turn", error)
            return Reply(Status.FAILED, apology(self._languages[DEFAULT_LANGUAGE], current_code()))

    async def _answer(self, incoming: Incoming, person: str) -> Reply:
        moment = Moment(person, self._clock())
        stored = await self._store.conversation(person)
        if (
            stored is None
            and not incoming.person
            and await self._people.find(str(incoming.channel), str(incoming.user))
        ):
            stored = await self._store.conversation(person)
        refusal = self._refusal(incoming, moment, stored)
        for_staff = None if refusal is not None else await self._for_staff(incoming, person)
        for left in reversed(range(_TRIES)):
            # In the end it is answered, whatever others have answered meanwhile.
            since = Since(stored) if left else None
            answered = await self._answered(incoming, moment, stored, refusal or for_staff, since)
            if isinstance(answered, Reply):
                return answered
            if answered.reply is not None:
                return Reply.from_json(answered.reply)
            stored = await self._store.conversation(person)
        raise RuntimeError("the last try is kept")

    def _refusal(self, incoming: Incoming, moment: Moment, stored: str | None) -> Status | None:
        if incoming.ask is not None:
            return None
        shared = Conversation.from_json(stored).allowance
        return self._guard.refusal(incoming.channel, moment.person, incoming.sent_at or moment.at, shared)

    async def _answered(
        self,
        incoming: Incoming,
        moment: Moment,
        stored: str | None,
        settled: Status | Reply | None,
        since: Since | None,
    ) -> Reply | Overtaken:
        """The reply, once it is kept. `settled`: a refusal, or what somebody of staff is told."""
        conversation = Conversation.from_json(stored).at(moment.at, self._rules.keeping.choices)
        allowance = None if incoming.ask is not None else self._guard.allowance(moment.person)
        conversation = replace(conversation, allowance=allowance or conversation.allowance)
        turn = self._turn(incoming, conversation, moment.at)
        if isinstance(settled, Reply):
            outcome = unchanged(turn, settled)
        else:
            outcome = self._outcome(incoming, turn) if settled is None else self._handlers.refused[settled](turn)
        if outcome.erase or outcome.shows_own:
            outcome = await self.rights.carry_out(incoming, moment, turn, outcome)
        elif stored is None and not incoming.is_greeted and not isinstance(settled, Status):
            outcome = self._handlers.introduce(turn, outcome)
        if outcome.came is not None and not self._counts(incoming, moment, outcome.came):
            outcome = replace(outcome, came=None)
        outcome = self._finished(incoming, turn, outcome, moment)
        is_to_be_kept = outcome.said is not None or outcome.stale is not None
        kept = await self._keep(incoming, moment, turn, outcome, since)
        if isinstance(kept, Overtaken):
            return kept
        if not kept and is_to_be_kept:
            outcome = self._handlers.not_kept(turn)
            await self._keep(incoming, moment, turn, outcome)
        return outcome.reply

    def _counts(self, incoming: Incoming, moment: Moment, came: Came) -> bool:
        """Whether who comes by a link is counted: a browser that forgets its cookie is somebody new each time."""
        if incoming.is_program:
            return False
        is_known = bool(incoming.address) or incoming.task is not None
        whose = (incoming.address or moment.person) if is_known else f"{came.via.team}.{came.via.commune}"
        return self.arrivals.takes(whose, moment.at)

    async def _for_staff(self, incoming: Incoming, person: str) -> Reply | None:
        """The answer to a member of staff; None for everybody else, and where it cannot be given."""
        # A browser is anybody's who sits down at it, and in a group others read the figures and the code.
        if self._staff is None or incoming.task is None or incoming.text is None or incoming.is_in_group:
            return None
        text = clean(incoming.text, self._rules.max_message_chars)
        try:
            return await self._staff.answer(person, text) if self._staff.is_asked(text) else None
        except Exception as error:  # noqa: BLE001 - answered as everybody is
            log_fault("staff", error)
            return None

    def _finished(self, incoming: Incoming, turn: Turn, outcome: Outcome, moment: Moment) -> Outcome:
        """The same with what every reply gets: whether it turns a page, how to choose, links that are counted."""
        view = opened(outcome)
        if view is not None and turns_page(turn.conversation.trail, view):
            outcome = replace(outcome, reply=replace(outcome.reply, turns_page=True))
        outcome = self._headed(turn, outcome)
        # What the assistant asks by itself must not make it ask again.
        person = moment.person if incoming.ask is None else ""
        brought = brought_by(turn, outcome, moment.at)
        via = None if brought is None else brought.via
        return replace(outcome, reply=self._links.in_reply(turn, outcome, person, via))

    def _turn(self, incoming: Incoming, conversation: Conversation, now: datetime) -> Turn:
        """The turn before the message is read; where someone came from counts until they say otherwise."""
        profile = conversation.profile
        if not profile.commune_asked and incoming.commune in self.catalogue.communes:
            conversation = replace(conversation, profile=replace(profile, commune=incoming.commune))
        texts = self._texts_for(incoming, conversation)
        rules = self._rules
        return Turn(
            text="",
            target=None,
            conversation=conversation,
            guide=self.guide,
            engine=self.engine,
            texts=texts,
            site=rules.site,
            keeping=rules.keeping,
            scale=rules.rating.scale,
            period=rules.rating.period_of(now),
            is_reachable=incoming.task is not None,
            today=day_of(now),
            share_link=self._signer.share_link,
            receipt=partial(receipt_of, self._signer),
            data_old_days=rules.data_old_days,
            code=current_code(),
        )

    def _texts_for(self, incoming: Incoming, conversation: Conversation) -> Texts:
        """As chosen; else as the message tells; else as the page on which it was written, or as before."""
        language = conversation.profile.language
        text = "" if language or incoming.text is None else self._routing.said(incoming)
        # A command is the channel's word ("/start"); a place is spelled in Vietnamese in every language.
        if text and not text.startswith(MARKS) and not commune_by_name(self.catalogue, text):
            language = self._told_by(text)
        language = language or incoming.language or conversation.language or DEFAULT_LANGUAGE
        return self._languages.get(language) or self._languages[DEFAULT_LANGUAGE]

    def _told_by(self, text: str) -> str | None:
        try:
            return self.engine.language(text)
        except Exception as error:  # noqa: BLE001 - in another language, but answered and counted
            log_fault("language", error)
            return None

    def _headed(self, turn: Turn, outcome: Outcome) -> Outcome:
        """The same, with how to choose among several choices, in the language of the reply."""
        if len(outcome.reply.choices) < _SEVERAL:
            return outcome
        chosen = None if outcome.profile is None else outcome.profile.language
        heading = self._languages.get(chosen or "", turn.texts).get("messenger.choose")
        return replace(outcome, reply=replace(outcome.reply, heading=heading))

    async def _keep(
        self, incoming: Incoming, moment: Moment, turn: Turn, outcome: Outcome, since: Since | None = None
    ) -> bool | Overtaken:
        """Whether it is kept, or who was first. `since`: what the turn began with, where that is to hold still."""
        unfound = self._last_words.note(moment.person, outcome.searched, outcome, moment.at)
        rules = self._rules.rating
        record = record_of(incoming, moment, turn, outcome, unfound, rules, DEFAULT_LANGUAGE, since)
        try:
            return await self._store.record(record) or True
        except Exception as error:  # noqa: BLE001 - what cannot be kept must not take the answer away
            log_fault("record", error)
            return False

    def _outcome(self, incoming: Incoming, turn: Turn) -> Outcome:
        try:
            return self._routing.route(incoming, turn)
        except Exception as error:  # noqa: BLE001 - a broken handler must not lose the event
            log_fault("handler", error)
            return self._handlers.failed(turn)


def log_fault(where: str, error: Exception) -> None:
    """Log what broke and where, without the error's words: they may quote the citizen."""
    frames = "".join(traceback.format_tb(error.__traceback__)).rstrip("\n")
    _log.error(f"{where}_failed", error=type(error).__name__, exception=frames)
