"""Somebody of staff who asks for a page: who they are, what they sent, and how they are answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from aiohttp import web
from markupsafe import Markup

from bot.catalog.model import Catalogue
from bot.operations.staff.accounts import MOST_REASON_CHARS
from bot.operations.staff.entering import Present, csrf_of
from bot.ratings.periods import VIETNAM
from bot.store.interface import Store
from bot.store.staff import Account, Act
from bot.texts import TextError, Texts
from bot.web.backing import BACKING
from bot.web.forms import Form
from bot.web.keys import ASSISTANT, LANGUAGES, MASKER
from bot.web.languages import DEFAULT
from bot.web.pages.respond import passing
from bot.web.staff.cookies import FLASH_PREFIX, Flash, forget_flash, tell_next, told_before
from bot.web.staff.house import STAFF, MenuEntry, StaffHouse

CSRF_FIELD = "csrf"


@dataclass(frozen=True, slots=True)
class Visit:
    """`form`: what was sent, already held against the session's token; empty for a page that is only read."""

    request: web.Request
    present: Present
    form: Form = field(default_factory=Form)
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """What was uploaded, by name."""

    @property
    def account(self) -> Account:
        return self.present.account

    @property
    def csrf(self) -> str:
        """For the hidden field `csrf` of every form; in templates `{{ csrf_field() }}`."""
        return csrf_of(self.present.token)

    @property
    def house(self) -> StaffHouse:
        return self.request.app[STAFF]

    @property
    def store(self) -> Store:
        return self.request.app[BACKING].store

    @property
    def catalogue(self) -> Catalogue:
        return self.request.app[ASSISTANT].catalogue

    @property
    def texts(self) -> Texts:
        return self.request.app[LANGUAGES][DEFAULT]

    @property
    def now(self) -> datetime:
        """In UTC."""
        return self.house.clock()

    def act(self, action: str) -> Act:
        """What this visit does, for the log; with the reason, where its form has one."""
        return Act(self.now, self.account.login, action, self.reason)

    @property
    def reason(self) -> str:
        """Why, in the words of the form, for the log; it is kept for good, so without what tells who a person is."""
        return self.request.app[MASKER].hide(self.form.get("reason"))[:MOST_REASON_CHARS]

    def with_form(self, form: Form, files: Mapping[str, bytes]) -> Visit:
        return replace(self, form=form, files=files)

    async def page(self, template: str, title: str, status: int = 200, **values: object) -> web.Response:
        """The page in its frame; `values` are what the template shows."""
        flash = told_before(self.request)
        banners = [banner for ask in self.house.banners if (banner := await ask()) is not None]
        frame = frame_values(self.request, title) | {
            "account": self.account,
            "csrf_field": self._csrf_field,
            "menu": self.house.menu_for(self.account.role),
            "is_current": self._is_current,
            "flash": None if flash is None else self._said(flash),
            "banners": [self.texts.get(banner) for banner in banners],
        }
        response = passing(self.request, self.house.environment.get_template(template).render(frame, **values), status)
        if flash is not None:
            forget_flash(self.request, response)
        return response

    async def refuse(self, text_id: str) -> web.Response:
        """403, with the reason as a sentence."""
        texts = self.texts
        message = texts.get(text_id)
        return await self.page("staff/message.html", texts.get("web.staff.refused.title"), 403, message=message)

    async def not_found(self) -> web.Response:
        """404 for what is not there, and for what this account may not know to be there."""
        texts = self.texts
        message = texts.get("web.staff.not_found")
        return await self.page("staff/message.html", texts.get("web.staff.refused.title"), 404, message=message)

    def out_of_order(self, text_id: str) -> web.Response:
        """503, in a sentence, where a file cannot be made for now: the rest of the pages goes on."""
        return web.Response(status=503, text=self.texts.get(text_id), headers={"Retry-After": "60"})

    def go(self, path: str, flash: str | None = None, **values: str) -> web.Response:
        """After a form: go on to `path` with GET, where `web.staff.flash.<flash>` is told once."""
        response = web.Response(status=303, headers={"Location": path})
        if flash is not None:
            tell_next(self.request, response, Flash(FLASH_PREFIX + flash, values))
        return response

    def _csrf_field(self) -> Markup:
        return Markup('<input type="hidden" name="{}" value="{}">').format(CSRF_FIELD, self.csrf)

    def _said(self, flash: Flash) -> str | None:
        try:
            return self.texts.find(flash.text_id, **flash.values)
        except TextError:
            return None

    def _is_current(self, entry: MenuEntry) -> bool:
        """Whether the page is this one, or stands below it and below no closer one."""
        below = [e.path for e in self.house.menu if _is_below(self.request.path, e.path)]
        return bool(below) and entry.path == max(below, key=len)


def frame_values(request: web.Request, title: str) -> dict[str, object]:
    """What stands around every page of staff, also around the one to log in."""
    texts = request.app[LANGUAGES][DEFAULT]
    return {
        "t": texts.get,
        "find": texts.find,
        "language": texts.language,
        "assistant": request.app[ASSISTANT].catalogue.province.assistant_name,
        "title": title,
        "moment": moment,
        "here": request.path,
    }


def moment(at: datetime) -> str:
    """`13:05 22/11/2026`, in Vietnam."""
    return f"{at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"


def _is_below(path: str, root: str) -> bool:
    return path == root or (root != "/staff" and path.startswith(f"{root}/"))
