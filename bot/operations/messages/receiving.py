"""From a platform's request to the inbox: verified, parsed, masked, put away; only then acknowledged."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Protocol

import structlog

from bot.dialogue.choice_ids import signed_in
from bot.dialogue.clean import clean
from bot.dialogue.message_code import code_of, following
from bot.dialogue.messages import Attachment, Incoming
from bot.dialogue.personal_data import Masker
from bot.dialogue.router import log_fault
from bot.errors import StoreError
from bot.operations.messages.backlog import Backlog
from bot.operations.messages.way import as_ms
from bot.operations.metrics import Metrics, Step
from bot.store.inbox import Inbox, Kind, Task, Update
from bot.store.people import People

_log = structlog.get_logger(__name__)
_TELL_AGAIN = timedelta(minutes=1)
Clock = Callable[[], datetime]
"""The time, in UTC."""
_LONE = re.compile("[\ud800-\udfff]")
"""Half a character: nothing can keep it. Of what people write it is cleaned away."""
OF_PERSON = "event:"
"""What a key begins with that is made of a person's id: whoever knows the id could try all times until it fits, so it
is put away as a keyed hash."""
_GROUP = "-"
"""What the address of a group begins with."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update as a channel parsed it, not masked yet; it is never stored or logged so.

    `key`: what makes it unique on the platform (no person's id in it; OF_PERSON before one that is made of it).
    `user`: whose conversation it belongs to. `address`: where the answer goes, in the channel's own words. `extra`:
    what else the channel needs to answer it. `life`: how long an answer still makes sense.
    """

    key: str
    kind: Kind
    user: str
    address: str
    sent_at: datetime
    life: timedelta
    text: str | None = None
    choice: str | None = None
    attachment: Attachment | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether its fields are what they should be: a channel's library may pass on whatever came in their place."""
        names = (self.key, self.user, self.address, *self.extra.values())
        said = tuple(one for one in (self.text, self.choice) if one is not None)
        is_typed = isinstance(self.sent_at, datetime) and all(isinstance(one, str) for one in names + said)
        return is_typed and not any(_LONE.search(name) for name in (*names, self.choice or ""))


def webhook_path(channel: str) -> str:
    """Where a platform brings updates: `zalo_oa` → `/webhooks/zalo-oa`."""
    return f"/webhooks/{channel.replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What to say to the platform, under which name to count it, and what there is to be answered, if anything."""

    status: HTTPStatus
    counted: str
    arrivals: tuple[Arrival, ...] = ()


class Receiver(Protocol):
    """The way in of a channel: pure, quick, never raises whatever it is given."""

    @property
    def channel(self) -> str: ...

    def receive(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Verdict:
        """`body`: the bytes as they came. `headers`: looked up without regard to case."""
        ...


class FullError(StoreError):
    """So much waits already that the platform has to bring it again later."""

    def __init__(self) -> None:
        super().__init__("too much is waiting to be answered")


class Intake:
    """Puts arrivals away, masked and under the person's hash."""

    def __init__(
        self, inbox: Inbox, backlog: Backlog, masker: Masker, people: People, max_chars: int, metrics: Metrics
    ) -> None:
        self._metrics = metrics
        self._inbox = inbox
        self._backlog = backlog
        self._masker = masker
        self._people = people
        self._max_chars = max_chars

    async def accept(self, channel: str, arrival: Arrival, now: datetime) -> bool:
        """False where it was known already. Raises StoreError where it cannot be put away, FullError among them."""
        if self._backlog.is_full(channel):
            if await self._inbox.is_known(channel, self.key_of(channel, arrival)):
                return False
            raise FullError
        # Before: whether a clerk is at work, or what is to be erased, is asked under the person's hash.
        if arrival.kind is Kind.WITHDRAWN:
            await self._people.gather(channel, arrival.user)
            await self._people.note_erasure(channel, arrival.user, now)
        else:
            await self._people.meet(channel, arrival.user)
        with self._metrics.timed(Step.MASK, channel):
            update = self._update(channel, arrival)
        with self._metrics.timed(Step.KEEP, channel):
            return await self._backlog.counted(channel, self._inbox.accept(update, now))

    def key_of(self, channel: str, arrival: Arrival) -> str:
        """As it is put away."""
        if not arrival.key.startswith(OF_PERSON):
            return arrival.key
        return f"{OF_PERSON}{self._people.key(channel, arrival.key)}"

    def _update(self, channel: str, arrival: Arrival) -> Update:
        is_masked, text, choice = False, arrival.text, arrival.choice
        if text is not None and (signed := signed_in(text)) is not None:
            # Some of its digits might be taken for somebody's number.
            text, choice = None, str(signed)
        if text is not None:
            masked = self._masker.mask(clean(text, self._max_chars))
            is_masked, text = bool(masked.found), masked.text
        fields: dict[str, object] = {"user": arrival.user, "extra": dict(arrival.extra)}
        fields |= {"text": text} if text is not None else {}
        fields |= {"choice": choice} if choice is not None else {}
        fields |= {"attachment": arrival.attachment.value} if arrival.attachment is not None else {}
        fields |= {"is_masked": True} if is_masked else {}
        return Update(
            channel,
            self.key_of(channel, arrival),
            self._people.key(channel, arrival.user),
            arrival.address,
            arrival.kind,
            json.dumps(fields, ensure_ascii=False),
            arrival.sent_at,
            arrival.sent_at + arrival.life,
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """What the body of an update says: the message for the assistant, and what the channel needs to answer it."""

    incoming: Incoming
    extra: Mapping[str, str]


def letter_of(task: Task) -> Letter:
    """Reads what `Intake` wrote."""
    fields = json.loads(task.update.body)
    attachment = fields.get("attachment")
    incoming = Incoming(
        task.update.channel,
        fields["user"],
        text=fields.get("text"),
        choice=fields.get("choice"),
        attachment=None if attachment is None else Attachment(attachment),
        sent_at=task.update.sent_at,
        is_greeted=False,
        is_masked=fields.get("is_masked", False),
        task=task.id,
        is_in_group=task.update.address.startswith(_GROUP),
    )
    return Letter(incoming, fields["extra"])


class Door:
    """The way into the inbox for one channel, whether its platform calls us or we ask it."""

    def __init__(
        self, receiver: Receiver, intake: Intake, metrics: Metrics, wake: Callable[[], None], clock: Clock, key: str
    ) -> None:
        """`wake`: tells the channel's worker that there is something to do. `key`: the setting that proves updates."""
        self._receiver = receiver
        self._intake = intake
        self._metrics = metrics
        self._wake = wake
        self._key = key
        self._refused = 0
        self._refused_told: datetime | None = None
        self._full_told: datetime | None = None
        self._clock = clock

    @property
    def channel(self) -> str:
        return self._receiver.channel

    async def take(self, headers: Mapping[str, str], body: bytes) -> HTTPStatus:
        """What to answer a request of the platform: its updates are put away by then. Never raises."""
        started = time.perf_counter()
        with self._metrics.timed(Step.READ, self.channel):
            verdict = self._receiver.receive(headers, body, self._clock())
        self.count(verdict.counted)
        if verdict.status is HTTPStatus.FORBIDDEN:
            self._tell_refused(verdict.counted)
        try:
            for arrival in verdict.arrivals:
                await self.accept(arrival)
        except StoreError:
            return HTTPStatus.SERVICE_UNAVAILABLE
        self._metrics.acknowledged.labels(self.channel).observe(time.perf_counter() - started)
        return verdict.status

    async def accept(self, arrival: Arrival) -> None:
        """Put one update away, unless it is known. Raises StoreError, and nothing else."""
        if not arrival.is_whole:
            self.count("not_whole")
            return
        with following(code_of(self.channel, self._intake.key_of(self.channel, arrival))):
            await self._keep(arrival)

    async def _keep(self, arrival: Arrival) -> None:
        """Raises StoreError, and nothing else."""
        began = time.perf_counter()
        try:
            is_new = await self._intake.accept(self.channel, arrival, self._clock())
        except FullError:
            self.count("full")
            self._tell_full()
            raise
        except StoreError as error:
            _log.error("update_not_kept", channel=self.channel, error=str(error))
            raise
        except Exception as error:  # noqa: BLE001 - refused, it would come again for good, and hold up the rest
            log_fault("accept", error)
            self.count("fault")
            return
        keeping_ms = as_ms(time.perf_counter() - began)
        _log.debug(
            "message_kept" if is_new else "message_known",
            channel=self.channel,
            kind=arrival.kind.value,
            keeping_ms=keeping_ms,
        )
        if is_new:
            self._wake()
        else:
            self.count("repeated")

    def _tell_full(self) -> None:
        """At most once a minute: each of many thousand updates comes again and again."""
        now = self._clock()
        if self._full_told is None or now - self._full_told >= _TELL_AGAIN:
            _log.error("inbox_full", channel=self.channel, hint="its platform is asked to bring updates again later")
            self._full_told = now

    def _tell_refused(self, what: str) -> None:
        """At most once a minute: a wrong key silences a channel without any other sign."""
        self._refused += 1
        now = self._clock()
        if self._refused_told is not None and now - self._refused_told < _TELL_AGAIN:
            return
        hint = f"if the platform sent them, {self._key} is not what it has"
        _log.warning("updates_refused", channel=self.channel, count=self._refused, last=what, hint=hint)
        self._refused, self._refused_told = 0, now

    def count(self, what: str) -> None:
        self._metrics.received.labels(self.channel, what).inc()
