"""When a person of the authority writes in a conversation, the assistant falls silent there for a while."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta, timezone

from bot.dialogue.messages import Incoming, Reply, Status
from bot.operations.receiving import Clock
from bot.search.fold import fold
from bot.store.inbox import Contact, Inbox, Update
from bot.texts import Texts

VIETNAM = timezone(timedelta(hours=7))
"""Without summer time since 1975: no table of time zones is needed."""


class Clerk:
    """`silence`: for how long after the clerk's last message. `languages`: the texts, Vietnamese among them."""

    def __init__(self, silence: timedelta, languages: Mapping[str, Texts], clock: Clock) -> None:
        self._silence = silence
        self._texts = languages["vi"]
        self._clock = clock
        words = (word for texts in languages.values() for word in texts.words("messenger.call"))
        self._calls = frozenset(map(fold, words))

    def is_at_work(self, contact: Contact | None) -> bool:
        return contact is not None and contact.silent_until is not None and self._clock() < contact.silent_until

    def is_called_back(self, incoming: Incoming) -> bool:
        """Whether the person asks for the assistant."""
        return incoming.text is not None and fold(incoming.text) in self._calls

    async def takes_over(self, inbox: Inbox, update: Update, contact: Contact | None) -> Reply | None:
        """Silence the assistant; what to say of it, once: None where it was silent already. Raises StoreError."""
        was_silent = self.is_at_work(contact)
        until = update.sent_at.astimezone(UTC) + self._silence
        if until <= self._clock():
            return None
        await inbox.silence(update, until)
        if was_silent:
            return None
        local, today = until.astimezone(VIETNAM), self._clock().astimezone(VIETNAM).date()
        time = f"{local:%H:%M}" if local.date() == today else f"{local:%H:%M}, {local.day}/{local.month}"
        text = self._texts.get("messenger.clerk", time=time)
        return Reply(Status.ANSWERED, text)
