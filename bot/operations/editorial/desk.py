"""The one way in which something is said beside the catalogue, or taken back: for the command line and the pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.catalog.editorial import (
    NO_EDITORIAL,
    Benefit,
    Editorial,
    Hiding,
    Item,
    Notice,
    PartialReason,
    Pin,
    Scope,
    is_ahead,
    is_over,
    with_item,
)
from bot.catalog.editorial_check import Fault, FaultKind, fault_of, with_editorial
from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.dialogue.commands import MARKS, Commands
from bot.dialogue.personal_data import Masker, PersonalData, without_office_phones
from bot.dialogue.turn import Searches
from bot.operations.aliases import Answer, answer_of
from bot.operations.editorial.serving import guide_with, pinned
from bot.operations.editorial.writing import Written, read_item
from bot.operations.show import card_of, look_up
from bot.search.model import Verdict
from bot.store.editorial import EditorialBook, KeptItem
from bot.store.staff import Act
from bot.texts import Texts
from handlers.beside import notice_lines

_YES_OR_NO = frozenset({"confirm", "deny"})
"""What answers a question that the assistant has asked."""


class State(StrEnum):
    NOW = "now"
    AHEAD = "ahead"
    OVER = "over"
    LEFT_OUT = "left_out"
    """It does not fit the catalogue that is served."""


@dataclass(frozen=True, slots=True)
class Listed:
    """`fault`: why it is left out."""

    kept: KeptItem
    state: State
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What saying it would do. `shown`: the lines that a citizen reads, on its first day. `before`, `after`: what a
    pinned phrase is answered with. `number`: once it is kept.
    """

    item: Item | None
    fault: Fault | None
    shown: tuple[str, ...] = ()
    before: Answer | None = None
    after: Answer | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class EditorialDesk:
    """`guide`, `engine`: as the catalogue is served; `texts`: in which a citizen is shown what will be said."""

    book: EditorialBook
    guide: Guide
    engine: Searches
    masker: Masker
    commands: Commands
    texts: Texts

    async def preview(self, written: Written, today: date) -> Seen:
        """What saying it would do, or why it cannot be said. Raises StoreError."""
        item = read_item(written, today)
        if isinstance(item, Fault):
            return Seen(None, item)
        said = _said(self.guide.catalogue, await self.book.items())
        fault = fault_of(self.guide.catalogue, said, item, today) or self._private(item)
        if fault is None and isinstance(item, Pin):
            return self._preview_of_pin(said, item, today)
        return Seen(item, fault) if fault is not None else Seen(item, None, self._shown(said, item, today))

    async def add(self, written: Written, act: Act, today: date) -> Seen:
        """Keep it unless something is wrong with it, which is told. Raises StoreError."""
        seen = await self.preview(written, today)
        if seen.item is None or seen.fault is not None:
            return seen
        return replace(seen, number=await self.book.add(seen.item, act))

    async def remove(self, number: int, act: Act) -> KeptItem | Fault | None:
        """What was taken back; None where it is not there. Raises StoreError."""
        if not act.reason.strip():
            return Fault(FaultKind.NO_REASON)
        return await self.book.remove(number, act)

    async def listed(self, today: date) -> tuple[Listed, ...]:
        """All that was not taken back, the newest first. Raises StoreError."""
        return listing(self.guide.catalogue, await self.book.items(), today)

    def _private(self, item: Item) -> Fault | None:
        words = _words(item) if isinstance(item, Pin) else map(without_office_phones, _words(item))
        found = frozenset[PersonalData]().union(*(self.masker.mask(text).found for text in words))
        # Where an office stands may be said.
        told = frozenset() if isinstance(item, Pin) else {PersonalData.ADDRESS}
        return Fault(FaultKind.PRIVATE) if found - told else None

    def _preview_of_pin(self, said: Editorial, pin: Pin, today: date) -> Seen:
        if pin.phrase.startswith(MARKS) or self.commands.find(pin.phrase) is not None:
            return Seen(pin, Fault(FaultKind.COMMAND))
        with_pin = _with(self.guide.catalogue, with_item(said, pin))
        before = answer_of(pinned(self.engine, _with(self.guide.catalogue, said)), pin.phrase)
        after = answer_of(pinned(self.engine, with_pin), pin.phrase)
        if after.status != Verdict.ANSWERED or after.codes[:1] != (pin.code,):
            return Seen(pin, Fault(FaultKind.DANGER), before=before)
        if self._is_understood(with_pin, pin):
            return Seen(pin, Fault(FaultKind.UNDERSTOOD), before=before)
        return Seen(pin, None, self._shown(said, pin, today), before, after)

    def _is_understood(self, with_pin: Catalogue, pin: Pin) -> bool:
        """Whether the phrase is a yes or a no, or is taken for something before it is searched for."""
        bare = pinned(self.engine, _with(with_pin, NO_EDITORIAL))
        if bare.search(pin.phrase).first.intent in _YES_OR_NO:
            return True
        said = look_up(guide_with(self.guide, with_pin), pinned(self.engine, with_pin), self.texts, pin.phrase)
        return said.reply.codes[:1] != (pin.code,)

    def _shown(self, said: Editorial, item: Item, today: date) -> tuple[str, ...]:
        day = max(today, item.first) if isinstance(item, Notice | Benefit) else today
        catalogue = _with(self.guide.catalogue, with_item(said, item))
        code = _code_shown(catalogue, item)
        if code is None:
            return notice_lines(catalogue.editorial, self.texts, day)
        agency = item.agency if isinstance(item, Hiding | PartialReason) else ""
        card = card_of(guide_with(self.guide, catalogue), self.texts, code, agency or None, may_ask=False, today=day)
        return () if card is None else tuple(card.text.split("\n"))


def listing(catalogue: Catalogue, kept: Iterable[KeptItem], today: date) -> tuple[Listed, ...]:
    """What holds, what will, what is over, and what does not fit the catalogue: the newest first."""
    items = tuple(kept)
    _, left_out = with_editorial(catalogue, (one.item for one in items))
    faults = {out.place: out.fault for out in left_out}
    return tuple(Listed(one, _state(one.item, faults.get(at), today), faults.get(at)) for at, one in enumerate(items))[
        ::-1
    ]


def _state(item: Item, fault: Fault | None, today: date) -> State:
    if is_over(item, today):
        return State.OVER
    if fault is not None:
        return State.LEFT_OUT
    return State.AHEAD if is_ahead(item, today) else State.NOW


def _said(catalogue: Catalogue, kept: Iterable[KeptItem]) -> Editorial:
    return with_editorial(catalogue, (one.item for one in kept))[0].editorial


def _with(catalogue: Catalogue, said: Editorial) -> Catalogue:
    return replace(catalogue, editorial=said)


def _words(item: Item) -> tuple[str, ...]:
    """All that an editor wrote."""
    match item:
        case Pin(phrase=phrase):
            return (phrase,)
        case Hiding(reason=reason):
            return (reason,)
        case Notice(text=text):
            return (text,)
        case Benefit(text=text, source=source) | PartialReason(text=text, source=source):
            return (text, source)


def _code_shown(catalogue: Catalogue, item: Item) -> str | None:
    """Whose card shows it; None where it stands for itself."""
    if not isinstance(item, Notice):
        return item.code
    if item.scope is Scope.PROCEDURE:
        return item.target
    in_field = (p.code for p in catalogue.procedures.values() if p.field_id == item.target and p.in_force)
    return None if item.scope is Scope.ALL else next(in_field, None)
