"""What members of staff ask in their chat: their chat is made theirs with a code, and shows them the figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from bot.dialogue.commands import MARKS
from bot.dialogue.messages import Reply, Status
from bot.dialogue.router import log_fault
from bot.operations.figures.model import Overview
from bot.operations.messages.receiving import Clock
from bot.operations.reports.compose import standing_chart
from bot.operations.staff.chat_links import is_code
from bot.operations.staff.summary_message import summary_reply
from bot.ratings.charts.model import Chart
from bot.ratings.periods import Kind, Period, day_of, parse_period, period_of, report_month_of
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
Draw = Callable[[Chart, str], Awaitable[bytes]]
"""The picture, as PNG, in this language. May raise."""
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
        return summary_reply(self.texts, overview, place, self.site, await self._picture(overview, place))

    async def _picture(self, overview: Overview, place: str) -> bytes | None:
        """None where it cannot be drawn: the text says the same."""
        try:
            return await self.draw(standing_chart(self.texts, place, overview), self.texts.language)
        except Exception as error:  # noqa: BLE001 - whatever it is, the figures are told in words
            log_fault("picture", error)
            return None

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
        return is_code(text) or any(_behind(these, text) is not None for these in (self._asking, self._linking))

    async def answer(self, person: str, text: str) -> Reply | None:
        if is_code(text):
            # It may as well be a word of somebody else's: whose code it is not is answered as everybody is.
            member = await self._link(person, text)
            return None if member is None else self._welcome(member)
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
            return self._examples() if text.startswith(MARKS) else None
        return await self._summaries.of(period, member.limited_to)

    async def _linked(self, person: str, code: str) -> Reply:
        member = await self._link(person, code)
        if member is None:
            return Reply(Status.STAFF, self._summaries.texts.get("staff_chat.wrong_code"))
        return self._welcome(member)

    def _welcome(self, member: Member) -> Reply:
        return Reply(Status.STAFF, self._summaries.texts.get("staff_chat.linked", name=member.name))

    def _examples(self) -> Reply:
        current = self._current()
        examples = ", ".join(
            f"/thongke {name}"
            for name in (current.name, *(period_of(kind, current.last).name for kind in (Kind.QUARTER, Kind.YEAR)))
        )
        return Reply(Status.STAFF, self._summaries.texts.get("staff_chat.period", examples=examples))

    def _current(self) -> Period:
        return report_month_of(day_of(self._clock()), self._start)


@dataclass(frozen=True, slots=True)
class _Command:
    """`words` are folded. `is_marked`: only with one of MARKS before it; without, it is a word like any other."""

    words: str
    is_marked: bool


def _commands(languages: Iterable[Texts], list_id: str) -> tuple[_Command, ...]:
    """The longest first, so that none is taken for the beginning of another."""
    written = {word for texts in languages for word in texts.words(list_id)}
    made = {_Command(fold(word).strip(), word.startswith(MARKS)) for word in written}
    return tuple(sorted(made, key=lambda command: (-len(command.words), command.words, command.is_marked)))


def _behind(commands: tuple[_Command, ...], text: str) -> str | None:
    """What follows one of the commands, as it was written; empty: nothing. None where there is no command."""
    words = text.split()
    for command in commands:
        count = len(command.words.split())
        said = fold(" ".join(words[:count]).partition("@")[0]).strip()
        if said == command.words and (text.startswith(MARKS) or not command.is_marked):
            return " ".join(words[count:])
    return None
