"""Which digests somebody of staff wants in their chat: a page of one's own account."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.ratings.deadlines import DigestKind
from bot.store.staff import Role
from bot.web.keys import SETTINGS
from bot.web.staff.access import staff_page
from bot.web.staff.own_pages import OWN
from bot.web.staff.visit import Visit

DIGESTS = f"{OWN}/ban-tin"
_FIELD = "kind"


@dataclass(frozen=True, slots=True)
class Tick:
    """One box. `slug`: what the form sends."""

    slug: str
    label: str
    is_ticked: bool


def add_digest_pages(app: web.Application) -> None:
    app.router.add_get(DIGESTS, show_digests)
    app.router.add_post(DIGESTS, keep_digests)


@staff_page(Role.VIEWER)
async def show_digests(visit: Visit) -> web.StreamResponse:
    """GET /staff/tai-khoan/ban-tin"""
    wanted = await visit.store.office.digests.kinds_of(visit.account.login)
    texts, settings = visit.texts, visit.request.app[SETTINGS]
    labels = {
        DigestKind.MONTHLY: texts.get("web.staff.digests.monthly"),
        DigestKind.QUARTERLY: texts.get("web.staff.digests.quarterly"),
        DigestKind.HALF_YEARLY: texts.get("web.staff.digests.half_yearly"),
        DigestKind.YEARLY: texts.get("web.staff.digests.yearly"),
    }
    return await visit.page(
        "staff/digests.html",
        texts.get("web.staff.digests.title"),
        ticks=[Tick(kind.value, label, kind in wanted) for kind, label in labels.items()],
        days=settings.digest_days_before,
        hour=settings.digest_hour,
        has_chat=bool(await visit.house.book.chats_of(visit.account.login)),
        action=DIGESTS,
        back=OWN,
    )


@staff_page(Role.VIEWER)
async def keep_digests(visit: Visit) -> web.StreamResponse:
    wanted = set(visit.form.all(_FIELD))
    kinds = [kind for kind in DigestKind if kind.value in wanted]
    await visit.store.office.digests.subscribe(visit.account.login, kinds, visit.act("digests"))
    return visit.go(OWN, "digests")
