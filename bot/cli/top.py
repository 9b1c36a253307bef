"""`python -m bot top`: how the service is at this moment."""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from bot.cli.support import settings_of_process, told
from bot.operations.live.looking import Looker, targets_of
from bot.operations.live.model import View
from bot.operations.live.show import lines, plain
from bot.settings import Settings

_ENDS = "q or Ctrl-C ends this"


@click.command()
@click.option("--once", is_flag=True, help="Look twice, so long apart, print it and leave; so it does in a pipe.")
@click.option("--json", "as_json", is_flag=True, help="The same as one JSON object.")
@click.option(
    "--interval",
    type=click.FloatRange(0.2, 3600),
    default=2.0,
    show_default=True,
    help="Seconds between two looks.",
)
@click.option("--url", "urls", multiple=True, help="Where a process tells its figures (/metrics); repeatable.")
def top(*, once: bool, as_json: bool, interval: float, urls: tuple[str, ...]) -> None:
    """Show how the service is: processes, store, channels, answers, errors, jobs, the catalogue.

    Read from the store of DATABASE_URL, whose tables are brought up to date first, as by `migrate`, and from the
    figures of the process of these settings, or of those at --url. What cannot be seen is said, with the setting that
    would show it. q or Ctrl-C ends it.

    With --json: {"at", "seconds", "processes": [], "store": {}, "channels": [], "replies": [], "errors": [],
    "catalogue": {}, "jobs": [], "lag_p95", "memory_bytes": [], "unseen": []}; null is what cannot be seen.
    """
    with told():
        settings = settings_of_process()
        if once or as_json or not (sys.stdout.isatty() and sys.stdin.isatty()):
            view = asyncio.run(_look_twice(settings, urls, interval))
            click.echo(
                json.dumps(asdict(view), ensure_ascii=False, default=_as_text) if as_json else plain(view), nl=as_json
            )
            return
        asyncio.run(_watch(settings, urls, interval))


def _as_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    raise TypeError(type(value).__name__)


async def _look_twice(settings: Settings, urls: tuple[str, ...], interval: float) -> View:
    looker = Looker(settings, targets_of(settings, urls))
    try:
        view = await looker.look()
        if view.memory_bytes or view.catalogue is not None:
            await asyncio.sleep(interval)
            view = await looker.look()
        return view
    finally:
        await looker.close()


async def _watch(settings: Settings, urls: tuple[str, ...], interval: float) -> None:
    looker, ending = Looker(settings, targets_of(settings, urls)), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    try:
        with _keys(loop, ending), Live(screen=True, auto_refresh=False, console=Console()) as live:
            while not ending.is_set():
                live.update(screen(await looker.look()), refresh=True)
                try:
                    async with asyncio.timeout(interval):
                        await ending.wait()
                except TimeoutError:
                    continue
    finally:
        await looker.close()


def screen(view: View) -> Group:
    """The view, and how to leave it."""
    return Group(*lines(view), Text(_ENDS, "dim"))


@contextmanager
def _keys(loop: asyncio.AbstractEventLoop, ending: asyncio.Event) -> Iterator[None]:
    """Within the block a key is heard at once, without Enter and without being shown."""
    # Here and not above: there are no such terminals on Windows, where the other commands work.
    import termios
    import tty

    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)

    def heard() -> None:
        if sys.stdin.read(1) in {"q", "Q", ""}:
            ending.set()

    tty.setcbreak(keyboard)
    loop.add_reader(keyboard, heard)
    try:
        yield
    finally:
        loop.remove_reader(keyboard)
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
