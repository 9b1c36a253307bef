"""The whole service over real HTTP, in a thread of its own, with faked platforms and something in its store."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import Future
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from pathlib import Path

from aiohttp import web

from bot.app import House
from bot.app.service import open_service
from bot.app.web_parts import backing_of, messengers_of
from bot.dialogue.own_links import own_data_token
from bot.dialogue.signed_links import PortalLink, RatingLink, ReviewLink, ShareLink
from bot.operations.staff.entering import csrf_of, hashed
from bot.operations.times import now
from bot.ratings.model import Origin
from bot.settings import Settings
from bot.store.reviews import Team
from bot.store.staff import Account, Act, Keys, Role, Session, Stage
from bot.web.server import create_app
from bot.web.server import running as running_app
from tests.integration.channels.town import SECRET, Town, open_town

SECONDS_TO_START = 120
_PASSWORD_OF_NOBODY = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo"
UNTIL = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who is logged in: what their browser holds, and the token of their forms."""

    login: str
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"mot_cua_staff={self.token}"}

    @property
    def csrf(self) -> str:
        return csrf_of(self.token)


class Running:
    """The service while it runs. `known`: what exists, by what a route or a field calls it."""

    def __init__(
        self, url: str, app: web.Application, house: House, town: Town, known: Mapping[str, list[str]]
    ) -> None:
        self.url = url
        self.routes = tuple(app.router.routes())
        self.town = town
        self.known = known
        self._house = house
        self._loop = asyncio.get_running_loop()
        self._numbers = count(1)

    def enter(self, role: Role) -> Member:
        """A new member of staff of this role, logged in. Called from outside the service's own thread."""
        return asyncio.run_coroutine_threadsafe(self._enter(role), self._loop).result(SECONDS_TO_START)

    async def _enter(self, role: Role) -> Member:
        number = next(self._numbers)
        member = Member(f"fuzz-{role}-{number}", f"token-of-{role}-{number}")
        at, book = now(), self._house.store.office.staff
        account = Account(member.login, "Bà Lan", role, (), at, must_change=False)
        assert await book.add(account, Keys(_PASSWORD_OF_NOBODY), Act(at, "cli:fuzz", "add"))
        ends = at + timedelta(hours=12)
        await book.open_session(Session(hashed(member.token), member.login, Stage.OPEN, at, at, ends), None)
        return member


@contextmanager
def running(data: Path, catalogue: Path) -> Iterator[Running]:
    """The service on the catalogue of this folder, until the end of the block."""
    started: Future[Running] = Future()
    stop = asyncio.Event()
    loop = asyncio.new_event_loop()

    async def run() -> None:
        try:
            async with _service(data, catalogue) as opened:
                started.set_result(opened)
                await stop.wait()
        except BaseException as error:
            if not started.done():
                started.set_exception(error)
            raise

    def work() -> None:
        with asyncio.Runner(loop_factory=lambda: loop) as runner:
            runner.run(run())

    thread = threading.Thread(target=work, name="service")
    thread.start()
    try:
        yield started.result(SECONDS_TO_START)
    finally:
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        thread.join()


@asynccontextmanager
async def _service(data: Path, catalogue: Path) -> AsyncIterator[Running]:
    async with open_town(data) as town:
        settings = Settings.model_validate(
            {name.lower(): value for name, value in town.settings.items()}
            | {
                "database_url": f"sqlite:///{data}/mot-cua.sqlite",
                "catalog_dir": catalogue,
                "embed_origins": ("https://xa.example.gov.vn",),
                "max_messages_per_minute": 0,
                "secret_key": "k" * 32,
                "trusted_proxies": "127.0.0.0/8",
            }
        )
        async with open_service(settings) as service:
            app = create_app(service.house.assistant, settings, messengers_of(service), backing_of(service))
            async with running_app(app) as runner:
                await web.TCPSite(runner, "127.0.0.1", 0).start()
                url = f"http://127.0.0.1:{runner.addresses[0][1]}"
                yield Running(url, app, service.house, town, _known(service.house))


def _known(house: House) -> dict[str, list[str]]:
    """What a route or a field can name that there is."""
    catalogue, signer = house.assistant.catalogue, house.signer
    codes, agencies = list(catalogue.procedures)[:3], list(catalogue.agencies)[:3]
    until = date.today() + UNTIL  # noqa: DTZ011 - a month ahead, in whichever zone
    commune = next(iter(catalogue.communes))
    at = now()
    rating = [
        signer.rating_path(RatingLink(code, "", "", origin, "fuzz", until))
        for code, origin in zip(codes, (Origin.COUNTER, Origin.TEAM), strict=False)
    ]
    reviews = [signer.review_path(ReviewLink(code, Team.YOUTH, "", "fuzz", until)) for code in (codes[0], "")]
    return {
        "code": codes,
        "field": list(catalogue.fields)[:3],
        "event": [event.id for event in catalogue.life_events][:3],
        "agency": agencies,
        "commune": [commune],
        "portal": [signer.portal_path(PortalLink(code)).rpartition("/")[2] for code in codes],
        "rating": [path.rpartition("/")[2] for path in rating],
        "review": [path.rpartition("/")[2] for path in reviews],
        "own": [own_data_token(house.rules.secret, "a1" * 32, at)],
        "share": [signer.share_id(ShareLink(codes[0].replace(".", ""), 0, ""))],
        "day": [at.date().isoformat(), until.isoformat(), "2026-13-45"],
        "month": [f"{at:%Y-%m}", "2026", "2026-Q4", "2026-11-01..2026-11-21"],
        "metrics": [f"Bearer {SECRET}"],
    }
