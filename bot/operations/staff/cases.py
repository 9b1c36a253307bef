"""What staff do with bad ratings: own them, note, close them with an outcome, and have the person told of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.catalog.model import Catalogue
from bot.dialogue.clean import clean
from bot.dialogue.messages import Reply, Status
from bot.dialogue.personal_data import Masker, PersonalData
from bot.operations.messages.by_itself import is_group, morning_after, notice_of
from bot.store.cases import Case, CaseChange, CaseOutcome, Cases, CaseState, Changed
from bot.store.inbox import Contact
from bot.store.staff import Act, Role, StaffBook
from bot.texts import Texts
from handlers.naming import label_of

MAX_NOTE_CHARS = 1000
MAX_SENTENCE_CHARS = 500
_WINDOW = timedelta(hours=48)
"""No platform's window is open for longer, and whoever has not written since is not known any more."""
_ADDRESS = re.compile(r"https?:|www\.|://|\w\.(?:vn|com|net|org|info|me|ly|io|app|link|shop|top|xyz)\b", re.IGNORECASE)


class CaseFault(StrEnum):
    """Why nothing was done."""

    OWNER = "owner"
    """Not somebody who may work on it."""
    NOBODY = "nobody"
    """Somebody has to own what is worked on or closed."""
    OUTCOME = "outcome"
    """What is closed, or told, has an outcome."""
    NOTE = "note"
    """Longer than MAX_NOTE_CHARS."""
    SENTENCE = "sentence"
    """Longer than MAX_SENTENCE_CHARS."""
    LINK = "link"
    """An address in it: people are told to trust none that they did not ask for."""
    PRIVATE = "private"
    """A number that says who somebody is."""


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """What it takes. Cheap to make: for one request, with the catalogue of the moment."""

    cases: Cases
    book: StaffBook
    masker: Masker
    texts: Texts
    catalogue: Catalogue

    async def change(self, number: int, change: CaseChange, act: Act) -> Changed | CaseFault:
        """Keep what a member of staff made of a case; private numbers in the note are taken out. Raises StoreError."""
        note = self.masker.mask(clean(change.note, MAX_NOTE_CHARS)).text
        fault = await self._fault(change, note)
        if fault is not None:
            return fault
        kept = CaseChange(change.state, change.owner, change.outcome, note, change.seen)
        return await self.cases.change(number, kept, act)

    async def can_be_told(self, number: int, now: datetime) -> bool:
        return await self._reachable(number, now) is not None

    async def tell(self, case: Case, sentence: str, act: Act) -> Changed | CaseFault:
        """Have the person told the outcome, with a sentence of staff's own or without. Raises StoreError."""
        words = clean(sentence, MAX_SENTENCE_CHARS)
        fault = self._wrong_words(words)
        if fault is not None:
            return fault
        if case.outcome is None:
            return CaseFault.OUTCOME
        contact = await self._reachable(case.number, act.at)
        if contact is None:
            return Changed.UNREACHABLE
        reply = self.notice(case, case.outcome, words)
        notice = notice_of(contact, f"case:{case.number}", reply, act.at)
        return await self.cases.tell(case.number, notice, _since(act.at), act)

    def notice(self, case: Case, outcome: CaseOutcome, words: str) -> Reply:
        """What the person reads."""
        code = case.subject.code
        name = label_of(self.catalogue, code, self.texts.language)
        lines = [
            self.texts.get("cases.told.lead", name=name),
            self.texts.get(f"cases.told.{outcome}"),
            *([self.texts.get("cases.told.words", words=words)] if words else []),
            self.texts.get("cases.told.thanks"),
        ]
        return Reply(Status.ANSWERED, "\n".join(lines), codes=(code,))

    async def _reachable(self, number: int, now: datetime) -> Contact | None:
        contact = await self.cases.reachable(number, _since(now))
        # In a group the others would read what somebody has rated.
        return None if contact is None or is_group(contact.address) else contact

    async def _fault(self, change: CaseChange, note: str) -> CaseFault | None:
        if len(note) > MAX_NOTE_CHARS:
            return CaseFault.NOTE
        if change.state is CaseState.CLOSED and change.outcome is None:
            return CaseFault.OUTCOME
        if change.owner:
            owner = await self.book.account(change.owner)
            is_fit = owner is not None and owner.is_active and owner.role.may(Role.EDITOR)
            # Who has it keeps it when they leave, until somebody else takes it over or it is closed.
            return None if is_fit or change.state is CaseState.CLOSED else CaseFault.OWNER
        return None if change.state is CaseState.NEW else CaseFault.NOBODY

    def _wrong_words(self, words: str) -> CaseFault | None:
        if len(words) > MAX_SENTENCE_CHARS:
            return CaseFault.SENTENCE
        if _ADDRESS.search(words):
            return CaseFault.LINK
        # Where an office stands may be said.
        return CaseFault.PRIVATE if self.masker.mask(words).found - {PersonalData.ADDRESS} else None


def _since(now: datetime) -> datetime:
    """Since when somebody must have been there; at night they are told in the morning, when less of it is left."""
    return (morning_after(now) or now) - _WINDOW
