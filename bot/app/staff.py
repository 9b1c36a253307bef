"""What members of staff are answered in their chats, put together."""

from __future__ import annotations

from collections.abc import Iterable

from bot.catalog.model import Catalogue
from bot.dialogue.router import Rules
from bot.operations.figures.desk import FigureDesk
from bot.operations.reports.reporting import Reporting
from bot.operations.staff.chat import Member, StaffChat, Summaries
from bot.operations.staff.chat_links import link_chat
from bot.operations.times import now
from bot.store.interface import Store
from bot.store.staff import Account
from bot.texts import Texts


def summaries_of(store: Store, catalogue: Catalogue, texts: Texts, rules: Rules, reporting: Reporting) -> Summaries:
    """The figures as messages. `texts`: in whose language staff read."""
    desk = FigureDesk(store.office.figures, catalogue, texts, rules.rating)
    return Summaries(desk.overview, reporting.chart_png, desk.names.agency, texts, rules.site)


def staff_chat_of(store: Store, summaries: Summaries, languages: Iterable[Texts], rules: Rules) -> StaffChat:
    book = store.office.staff

    async def link(person: str, code: str) -> Member | None:
        found = await link_chat(book, person, code, now())
        return found if isinstance(found, Account) else None

    return StaffChat(summaries, book.staff_of_chat, link, languages, now, rules.rating.period_start)
