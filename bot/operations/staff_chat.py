"""What members of staff ask in their chat: their chat is made theirs with a code, and shows them the figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.messages import Reply, Status
from bot.operations.receiving import Clock
from bot.operations.summaries import Overview
from bot.operations.summary_message import summary_reply
from bot.ratings.periods import Period, day_of, parse_period, report_month_of
from bot.search.fold import fold
from bot.texts import Texts

_FEW_AGENCIES = 3


class Member(Protocol):
    """An account of staff, as far as it matters here."""

    @property
    def login(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def limited_to(self) -> frozenset[str] | None:
        """The agencies whose figures they may see; None: all."""
        ...


Overviews = Callable[[Period, frozenset[str] | None], Awaitable[Overview]]
"""The figures of a period, of these agencies. May raise StoreError."""
Draw = Callable[[Overview, str], Awaitable[bytes | None]]
"""The picture, as PNG, of the place with this name; None where it cannot be drawn. Never raises."""
MemberOf = Callable[[str], Awaitable[Member | None]]
"""Who of staff a person (a keyed hash) is."""
Link = Callable[[str, str], Awaitable[Member | None]]
"""Makes the person the account that the code is of; None where the code is not good, or no more tries are let."""


@dataclass(frozen=True, slots=True)
class Summaries:
    """Makes the message with the figures, for a chat and for a digest. `site`: the address of our own pages.

    `names`: what an agency with this code is called.
    """

    overviews: Overviews
    draw: Draw
    names: Callable[[str], str]
    texts: Texts
    site: str

    async def of(self, period: Period, agencies: frozenset[str] | None) -> Reply:
        overview = await self.overviews(period, agencies)
        place = self._place(agencies)
        return summary_reply(self.texts, overview, place, self.site, await self.draw(overview, place))

    def _place(self, agencies: frozenset[str] | None) -> str:
        if agencies is None:
            return self.texts.get("staff_chat.province")
        if len(agencies) <= _FEW_AGENCIES:
            return ", ".join(map(self.names, sorted(agencies)))
        return self.texts.get("staff_chat.agencies", count=len(agencies))


class StaffChat:
    """A `bot.dialogue.staff_desk.StaffDesk`."""

    def __init__(
        self,
        summaries: Summaries,
        member_of: MemberOf,
        link: Link,
        languages: Iterable[Texts],
        clock: Clock,
        period_start: int,
    ) -> None:
        """`languages`: in whose words the commands may be written."""
        self._summaries = summaries
        self._member_of = member_of
        self._link = link
        self._clock = clock
        self._start = period_start
        spoken = tuple(languages)
        self._asking = _commands(spoken, "staff_chat.commands")
        self._linking = _commands(spoken, "staff_chat.link_commands")

    def is_asked(self, text: str) -> bool:
        return _behind(self._asking, text) is not None or _behind(self._linking, text) is not None

    async def answer(self, person: str, text: str) -> Reply | None:
        code = _behind(self._linking, text)
        if code is not None:
            return await self._linked(person, code) if code else None
        written = _behind(self._asking, text)
        member = None if written is None else await self._member_of(person)
        if written is None or member is None:
            return None
        try:
            period = parse_period(written.upper(), self._start) if written else self._current()
        except ValueError:
            # "Thống kê đất đai" is a question like any other, whoever asks it.
            return Reply(Status.STAFF, self._text("period")) if text.startswith("/") else None
        return await self._summaries.of(period, member.limited_to)

    async def _linked(self, person: str, code: str) -> Reply:
        member = await self._link(person, code)
        return Reply(
            Status.STAFF, self._text("wrong_code") if member is None else self._text("linked", name=member.name)
        )

    def _current(self) -> Period:
        return report_month_of(day_of(self._clock()), self._start)

    def _text(self, text_id: str, **values: object) -> str:
        return self._summaries.texts.get(f"staff_chat.{text_id}", **values)


def _commands(languages: Iterable[Texts], list_id: str) -> tuple[str, ...]:
    """The longest first, so that none is taken for the beginning of another."""
    written = {" ".join(fold(word).split()) for texts in languages for word in texts.words(list_id)}
    return tuple(sorted(written, key=lambda word: (-len(word), word)))


def _behind(commands: tuple[str, ...], text: str) -> str | None:
    """What follows one of the commands, as it was written; empty: nothing. None where there is no command."""
    words = text.split()
    for command in commands:
        count = len(command.split())
        if fold(" ".join(words[:count])).partition("@")[0] == command:
            return " ".join(words[count:])
    return None
