"""`python -m bot zalo …`: the Official Account's tokens, how things stand with it, its menu."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import asdict
from datetime import datetime

import click

from bot.channels.zalo_oa.menu import sheet
from bot.cli.support import FAILED, settings_of_process, told
from bot.errors import SettingsError
from bot.operations.times import now
from bot.ratings.periods import VIETNAM
from bot.settings import Settings
from bot.texts import LANGUAGES, load_texts


@click.group()
def zalo() -> None:
    """The Official Account on Zalo."""


@zalo.command()
@click.option("--by-hand", is_flag=True, help="Paste a pair of tokens made in Zalo's API Explorer.")
@click.option("--callback", help="The callback address saved at developers.zalo.me; by default PUBLIC_URL and a slash.")
def login(*, by_hand: bool, callback: str | None) -> None:
    """Get the Official Account's tokens: an administrator consents in a browser.

    Needed once, and again when the log says `zalo_needs_administrator`. The tokens go into the store; running
    processes take them from there at once. A pasted pair is tried first, and kept only if Zalo accepts it.
    """
    # Here and not above: what asks Zalo is large, and the other commands do without.
    from bot.channels.zalo_oa.status import account_line
    from bot.cli import zalo_account

    with told():
        settings = _settings()
        problem: str | None = None
        if by_hand:
            line = account_line(asyncio.run(zalo_account.keep_if_taken(settings, zalo_account.pasted())))
        else:
            consented = zalo_account.consented(settings, callback)
            account, problem = asyncio.run(zalo_account.keep(settings, consented))
            line = f"But Zalo does not take them: {problem}" if account is None else account_line(account)
        click.echo("The tokens are kept; `serve` renews them from now on.")
        click.echo(line)
        if problem is not None:
            sys.exit(FAILED)


@zalo.command()
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def status(*, as_json: bool) -> None:
    """Which Official Account it is, its package, and how old its tokens are. Renews nothing."""
    from bot.channels.zalo_oa.status import account_line, token_line
    from bot.cli import zalo_account

    with told():
        settings = _settings()
        state, account, problem = asyncio.run(zalo_account.look_up(settings))
        if as_json:
            shown = {
                "account": None if account is None else asdict(account),
                "tokens": None if state is None else asdict(state),
                "problem": problem,
            }
            click.echo(json.dumps(shown, ensure_ascii=False, default=_moment))
        else:
            click.echo(f"Official Account: {problem}" if account is None else account_line(account))
            click.echo(token_line(state, now()))
        if problem is not None:
            sys.exit(FAILED)


@zalo.command()
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True, help="Of the menu.")
def menu(language: str) -> None:
    """Print the menu to enter by hand in the console of the Official Account."""
    with told():
        click.echo("At oa.zalo.me, menu bar: a title, what a tap sends as a message, and what it is for.")
        click.echo()
        for row in sheet(load_texts(language)):
            click.echo(f"  {row.title:<22}  {row.sends:<12}  {row.opens}")
        click.echo("\nSwitch off: at oa.zalo.me automatic answers to keywords; at developers.zalo.me the filter for #.")


def _settings() -> Settings:
    settings = settings_of_process()
    missing = [
        name
        for name, value in {
            "ZALO_OA_APP_ID": settings.zalo_oa_app_id,
            "ZALO_OA_SECRET_KEY": settings.zalo_oa_secret_key,
        }.items()
        if value is None
    ]
    if missing:
        names = " and ".join(missing)
        raise SettingsError(f"{names}: not set; both stand in the application's settings at developers.zalo.me")
    return settings


def _moment(value: object) -> str:
    """In Vietnam's time, as operators live by it; the offset stands with it."""
    return value.astimezone(VIETNAM).isoformat(timespec="seconds") if isinstance(value, datetime) else str(value)
