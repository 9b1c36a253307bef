"""The aiohttp application, and the process that serves it until it is told to stop."""

from __future__ import annotations

import asyncio
import errno
import secrets
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web

from bot.dialogue.personal_data import masker_of
from bot.dialogue.signed_links import Signer
from bot.errors import MotCuaError
from bot.operations.messages.receiving import Door
from bot.operations.metrics import Metrics
from bot.operations.readiness import Readiness
from bot.settings import Settings
from bot.web import announce
from bot.web.answers import Answers
from bot.web.assets import load_assets
from bot.web.backing import BACKING, Backing
from bot.web.conversation import get_suggestions, post_form, post_message, show_page
from bot.web.embedding import get_embed_script
from bot.web.files import get_asset
from bot.web.forms import MAX_BODY_BYTES
from bot.web.greeting import Greeting
from bot.web.keys import (
    ASSETS,
    ASSISTANT,
    GREETING,
    LANGUAGES,
    MASKER,
    PAGES,
    REPEATED,
    SETTINGS,
    SIGNER,
    SUGGESTIONS,
    TEXTS,
)
from bot.web.languages import DEFAULT, offered
from bot.web.middlewares import add_security_headers, refuse_other_sites, tell_errors
from bot.web.offline import get_manifest, get_worker
from bot.web.own_data_page import add_own_data_pages
from bot.web.pace import add_pace
from bot.web.pages.routes import add_pages
from bot.web.pages.tools import TOOLS
from bot.web.patience import PATIENCE, Patience, close_after_an_upgrade, hang_up_on_who_does_not_read
from bot.web.portal_links import add_portal_links
from bot.web.rating_page import add_rating_pages
from bot.web.rendering import Pages
from bot.web.repeated import Repeated
from bot.web.review_page import add_review_pages
from bot.web.server_log import wordless_logger
from bot.web.share_links import add_share_links
from bot.web.staff.routes import add_staff
from bot.web.stale_page import add_stale_page
from bot.web.suggestions import Suggestions
from bot.web.visitors import add_limit
from bot.web.watching import add_health, add_metrics, counting, create_watching_app
from bot.web.webhooks import add_webhooks

SECONDS_TO_FINISH = 4.0
"""How long requests under way may take once the process is told to stop."""


class ListenError(MotCuaError):
    """The address cannot be listened on: which, why, and the setting that changes it."""


@dataclass(frozen=True, slots=True)
class Messengers:
    """The ways in of the channels that are connected, the figures, and whether requests may be sent here."""

    doors: tuple[Door, ...]
    metrics: Metrics
    readiness: Readiness = field(default_factory=lambda: Readiness({}))


def create_app(
    assistant: Answers, settings: Settings, messengers: Messengers | None = None, backing: Backing | None = None
) -> web.Application:
    """The application around an assistant that is already open. Without `backing` there is nothing but the chat."""
    counted = () if messengers is None else (counting(messengers.metrics),)
    app = web.Application(middlewares=[*counted, tell_errors, refuse_other_sites], client_max_size=MAX_BODY_BYTES)
    languages, assets = offered(), load_assets()
    texts = languages[DEFAULT]
    app[ASSISTANT] = assistant
    app[SETTINGS] = settings
    app[LANGUAGES] = languages
    app[TEXTS] = texts
    app[MASKER] = masker_of(languages.values())
    # Nothing is kept then, so that nobody need be known after the process has ended.
    app[SIGNER] = Signer(secrets.token_bytes(32)) if backing is None else backing.signer
    app[ASSETS] = assets
    app[PAGES] = Pages(assistant, assets, texts, settings.zalo_site_verification)
    app[GREETING] = Greeting(assistant)
    app[SUGGESTIONS] = Suggestions(assistant, app[MASKER])
    app[REPEATED] = Repeated()
    app[PATIENCE] = Patience()
    app.on_response_prepare.append(close_after_an_upgrade)
    app.on_response_prepare.append(add_security_headers)
    app.router.add_get("/", show_page)
    app.router.add_post("/", post_form)
    app.router.add_post("/api/chat", post_message)
    app.router.add_get("/api/suggest", get_suggestions)
    app.router.add_get("/sw.js", get_worker)
    app.router.add_get("/manifest.webmanifest", get_manifest)
    app.router.add_get("/embed.js", get_embed_script)
    add_health(app, Readiness({}) if messengers is None else messengers.readiness)
    app.router.add_get("/static/{hash}/{name}", get_asset)
    add_pages(app, assistant, settings, assets, None if backing is None else backing.signer)
    add_pace(app, settings.max_requests_per_minute, backing)
    if backing is not None:
        app[BACKING] = backing
        add_limit(app)
        add_portal_links(app)
        add_share_links(app)
        add_rating_pages(app)
        add_review_pages(app)
        add_stale_page(app)
        add_own_data_pages(app)
        add_staff(app, assistant, settings, assets, backing)
        if backing.catalogues is not None:
            backing.catalogues.followers += [app[TOOLS].sites, app[SUGGESTIONS]]
    if messengers is not None:
        add_webhooks(app, messengers.doors)
        add_metrics(app, messengers.metrics, settings)
    return app


async def serve(
    assistant: Answers, settings: Settings, messengers: Messengers | None = None, backing: Backing | None = None
) -> None:
    """Serve until SIGTERM or SIGINT, then let requests under way finish. Raises ListenError.

    With DRAIN_SECONDS a balancer is told first, and everybody is answered until then; a second signal ends that.
    """
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stopping.set)
    messengers = messengers or Messengers((), Metrics())
    async with AsyncExitStack() as stack:
        for number in (signal.SIGTERM, signal.SIGINT):
            stack.callback(loop.remove_signal_handler, number)
        # What is opened first is closed last: until the end it can be seen how the process ends.
        if settings.metrics_port is not None:
            app = create_watching_app(assistant, settings, messengers.metrics, messengers.readiness)
            at = settings.metrics_host, settings.metrics_port
            await _listen(await stack.enter_async_context(running(app)), *at, ("METRICS_HOST", "METRICS_PORT"))
        app = create_app(assistant, settings, messengers, backing)
        runner = await stack.enter_async_context(running(app))
        await _listen(runner, settings.host, settings.port, ("HOST", "PORT"))
        _say(announce.lines(settings, assistant.catalogue))
        await stopping.wait()
        _say(["Stopping."])
        messengers.readiness.stop()
        stopping.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), settings.drain_seconds)


@asynccontextmanager
async def running(app: web.Application) -> AsyncIterator[web.AppRunner]:
    """The application, ready to listen; at the end of the block requests under way finish."""
    patience = app[PATIENCE]
    runner = web.AppRunner(
        app,
        # No access log: a request line can hold a citizen's words (`/?q=…`).
        access_log=None,
        logger=wordless_logger(),
        shutdown_timeout=SECONDS_TO_FINISH,
        # From the beginning of a connection until its headers are there, however they trickle in; then between two
        # requests. The server's own is an hour.
        keepalive_timeout=patience.headers,
    )
    await runner.setup()
    if runner.server is None:
        raise RuntimeError("a runner that is set up has a server")
    hanging_up = asyncio.create_task(hang_up_on_who_does_not_read(runner.server, patience.reading))
    try:
        yield runner
    finally:
        hanging_up.cancel()
        with suppress(asyncio.CancelledError):
            await hanging_up
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int, settings: tuple[str, str]) -> None:
    """`settings`: the names of those that say host and port. Raises ListenError."""
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise ListenError(_why_not(error, host, port, settings)) from error


def _why_not(error: OSError, host: str, port: int, settings: tuple[str, str]) -> str:
    """A sentence that helps, for the errors that people meet."""
    host_setting, port_setting = settings
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} on {host} is taken by another program. Stop that program, or choose "
            f"another port with the setting {port_setting}, for example {port_setting}={_another(port)}."
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"Port {port} may not be listened on by this user. Choose a port from 1024 up with the setting "
            f"{port_setting}, for example {port_setting}=8080."
        )
    return (
        f"Cannot listen on {host} ({error.strerror}). Check the setting {host_setting}, "
        f"for example {host_setting}=127.0.0.1."
    )


def _another(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 8081


def _say(said: list[str]) -> None:
    """Print for the operator; a closed pipe or a terminal without our letters is no reason to stop answering."""
    text = "".join(f"{line}\n" for line in said)
    encoding = sys.stdout.encoding or "utf-8"
    with suppress(OSError):
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
