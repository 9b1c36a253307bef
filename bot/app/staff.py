"""What members of staff are answered in their chats, put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.catalog.model import Catalogue
from bot.dialogue.rules import Rules
from bot.operations.figures.desk import FigureDesk
from bot.operations.figures.model import Overview
from bot.operations.reports.reporting import Reporting
from bot.operations.staff.chat import Member, StaffChat, Summaries
from bot.operations.staff.chat_links import link_chat
from bot.operations.times import now
from bot.ratings.periods import Period
from bot.store.interface import Store
from bot.store.staff import Account
from bot.texts import Texts


def summaries_of(
    store: Store, catalogue: Callable[[], Catalogue], texts: Texts, rules: Rules, reporting: Reporting
) -> Summaries:
    """The figures as messages. `catalogue`: the one of the moment. `texts`: in whose language staff read."""

    def desk() -> FigureDesk:
        return FigureDesk(store.office.figures, catalogue(), texts, rules.rating)

    async def overview(period: Period, agencies: frozenset[str] | None) -> Overview:
        return await desk().overview(period, agencies)

    def name(agency: str) -> str:
        return desk().names.agency(agency)

    return Summaries(overview, reporting.chart_png, name, texts, rules.site)


def staff_chat_of(store: Store, summaries: Summaries, languages: Iterable[Texts], rules: Rules) -> StaffChat:
    book = store.office.staff

    async def link(person: str, code: str) -> Member | None:
        found = await link_chat(book, person, code, now())
        return found if isinstance(found, Account) else None

    return StaffChat(summaries, book.staff_of_chat, link, languages, now, rules.rating.period_start)
