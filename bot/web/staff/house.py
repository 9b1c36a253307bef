"""What the pages of staff are made with, and what registers itself with them: entries of the menu, and banners."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web
from jinja2 import Environment

from bot.operations.staff.accounts import Accounts, OwnAccount, agency_codes
from bot.operations.staff.entering import Entrance, Lasting
from bot.operations.staff.refused_passwords import read_refused
from bot.settings import Settings
from bot.settings.staff import NOBODY
from bot.store.staff import Role, StaffBook
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.backing import Backing
from bot.web.rendering import make_environment

Banner = Callable[[], Awaitable[str | None]]
"""The id of a text that stands above every page at the moment, or None."""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A page that is offered everywhere to whoever may open it; in the order of `place`."""

    path: str
    text_id: str
    least: Role
    place: int


@dataclass(frozen=True, slots=True)
class StaffHouse:
    book: StaffBook
    entrance: Entrance
    accounts: Accounts
    own: OwnAccount
    environment: Environment
    clock: Callable[[], datetime]
    codes_from: Role | None = None
    """From which role on a code of a telephone has to be used; None: whoever wants to."""
    menu: list[MenuEntry] = field(default_factory=list)
    banners: list[Banner] = field(default_factory=list)

    def wants_codes(self, role: Role) -> bool:
        """Whether these may open nothing before they use codes of a telephone."""
        return self.codes_from is not None and role.may(self.codes_from)

    def menu_for(self, role: Role) -> tuple[MenuEntry, ...]:
        return tuple(sorted((entry for entry in self.menu if role.may(entry.least)), key=lambda entry: entry.place))


STAFF = web.AppKey("staff", StaffHouse)


def add_menu_entry(app: web.Application, path: str, text_id: str, least: Role, place: int) -> None:
    """Offer a page in the menu."""
    app[STAFF].menu.append(MenuEntry(path, text_id, least, place))


def add_banner(app: web.Application, banner: Banner) -> None:
    """Ask `banner` before each page whether there is something to tell above it."""
    app[STAFF].banners.append(banner)


def make_house(assistant: Answers, settings: Settings, backing: Backing, assets: Assets) -> StaffHouse:
    book, passwords, clock = backing.store.office.staff, backing.passwords, backing.clock
    lasting = Lasting(timedelta(minutes=settings.staff_idle_minutes), timedelta(hours=settings.staff_session_hours))
    entrance = Entrance(book, passwords, backing.rules.secret, lasting, clock)
    accounts = Accounts(book, passwords, clock, lambda: agency_codes(assistant.catalogue))

    def guessed() -> tuple[str, ...]:
        province = assistant.catalogue.province
        return province.name, province.assistant_name

    own = OwnAccount(book, passwords, entrance, clock, guessed, read_refused(settings.staff_refused_passwords))
    return StaffHouse(book, entrance, accounts, own, make_environment(assets), clock, _codes_from(settings))


def _codes_from(settings: Settings) -> Role | None:
    return None if settings.staff_codes_from == NOBODY else Role(settings.staff_codes_from)
