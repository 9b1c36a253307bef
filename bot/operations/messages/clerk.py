"""When a person of the authority writes in a conversation, the assistant falls silent there for a while."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, timedelta

from bot.dialogue.choices import StartChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.router import DEFAULT_LANGUAGE
from bot.operations.messages.receiving import Clock
from bot.ratings.periods import VIETNAM
from bot.search.fold import fold
from bot.store.inbox import Contact, Update
from bot.store.interface import Store
from bot.texts import Texts

_MARKS = ("#", "/")
_FEW_WORDS = 5


class Clerk:
    """`silence`: for how long after the clerk's last message. `languages`: the texts, Vietnamese among them."""

    def __init__(self, silence: timedelta, languages: Mapping[str, Texts], clock: Clock) -> None:
        self._silence = silence
        self._languages = languages
        self._clock = clock
        words = (word for texts in languages.values() for word in texts.words("messenger.call"))
        self._calls = frozenset(map(fold, words))
        names = (fold(name) for texts in languages.values() for name in texts.words("messenger.called"))
        self._named = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b")

    def is_at_work(self, contact: Contact | None) -> bool:
        return contact is not None and contact.silent_until is not None and self._clock() < contact.silent_until

    def called_back(self, incoming: Incoming) -> Incoming | None:
        """What the person wants of the assistant, while a clerk answers: None where the message is for the clerk.

        A choice and an entry of the menu are the assistant's own; a few words that name it ask for its beginning.
        """
        if incoming.choice is not None or (incoming.text or "").startswith(_MARKS):
            return incoming
        said = fold(incoming.text or "")
        if said in self._calls or (len(said.split()) <= _FEW_WORDS and self._named.search(said)):
            return replace(incoming, text=None, choice=str(StartChoice()))
        return None

    async def takes_over(self, store: Store, update: Update, contact: Contact | None) -> Reply | None:
        """Silence the assistant; what to say of it, once and in the language of the conversation: None where it was
        silent already. Raises StoreError."""
        was_silent = self.is_at_work(contact)
        until = update.sent_at.astimezone(UTC) + self._silence
        if until <= self._clock():
            return None
        await store.inbox.silence(update, until)
        if was_silent:
            return None
        local, today = until.astimezone(VIETNAM), self._clock().astimezone(VIETNAM).date()
        time = f"{local:%H:%M}" if local.date() == today else f"{local:%H:%M}, {local.day}/{local.month}"
        kept = Conversation.from_json(await store.conversation(update.person))
        texts = self._languages.get(kept.profile.language or kept.language or "") or self._languages[DEFAULT_LANGUAGE]
        return Reply(Status.ANSWERED, texts.get("messenger.clerk", time=time))
