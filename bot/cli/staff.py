"""`python -m bot staff`: who may open the pages of staff, and the log of every change."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click

from bot.cli.support import FAILED, UNUSABLE, catalogue_of, leave, open_store, operator, settings_of_process, told
from bot.operations.staff.accounts import MOST_REASON_CHARS, Accounts, Doer, Given, Wrong, agency_codes
from bot.operations.staff.entering import GIVEN_LASTS
from bot.operations.staff.passwords import Passwords
from bot.operations.times import in_vietnam, now
from bot.ratings.deadlines import DigestKind
from bot.settings import Settings
from bot.store.staff import Account, Act, Entry, Role, StaffBook

_Result = TypeVar("_Result")
_WRONG = {
    Wrong.LOGIN: "a login name has 3 to 32 of a-z 0-9 . _ -, and begins with a letter or a digit",
    Wrong.NAME: "a name of 1 to 80 characters is needed: --name",
    Wrong.TAKEN: "there is an account with this login name; disabled ones keep theirs",
    Wrong.AGENCY: "an agency that is not in the catalogue: --agency takes the codes of agencies.csv",
    Wrong.LIMITED: "only a viewer can be limited to agencies",
    Wrong.REASON: "a reason has at most 300 characters, on one line",
    Wrong.UNKNOWN: "there is no account with this login name; `python -m bot staff list` lists them",
    Wrong.LAST_ADMIN: "this is the last active admin; make another one first",
}
_NOT_DONE = frozenset({Wrong.TAKEN, Wrong.UNKNOWN, Wrong.LAST_ADMIN})
"""What is no wrong use: the store refuses it as things stand."""

_reason = click.option("--reason", default="", help="Why; told by the log.")
_role = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Say who may open the pages of staff, and what they may do there.

    A viewer reads and prints codes for counters, an editor works on ratings and search words, an admin decides who is
    staff.
    """


@staff.command()
@click.argument("login")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=_role, default=Role.VIEWER.value, show_default=True, help="What they may do.")
@click.option("--agency", "agencies", multiple=True, help="Code of an agency that a viewer is limited to; repeatable.")
@_reason
def add(login: str, name: str, role: str, agencies: tuple[str, ...], reason: str) -> None:
    """Add an account and print its password, which serves once."""
    _print_given(_do(lambda accounts: accounts.add(login, name, Role(role), agencies, _doer(reason))))


@staff.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="Write JSON.")
def list_(*, as_json: bool) -> None:
    """Every account, also the disabled ones."""
    accounts = _read(lambda book: book.accounts())
    if as_json:
        click.echo(json.dumps({"accounts": [_row(account) for account in accounts]}, ensure_ascii=False))
        return
    if not accounts:
        click.echo("nobody yet; `python -m bot staff add LOGIN --name NAME --role admin` adds the first")
    for account in accounts:
        click.echo(_line(account))


@staff.command()
@click.argument("login")
@_reason
def disable(login: str, reason: str) -> None:
    """Log somebody out at once, and let them in no more."""
    _say(login, "is disabled", _do(lambda accounts: accounts.disable(login, _doer(reason))))


@staff.command()
@click.argument("login")
@_reason
def enable(login: str, reason: str) -> None:
    """Let somebody in again, with the password they had."""
    _say(login, "is enabled", _do(lambda accounts: accounts.enable(login, _doer(reason))))


@staff.command()
@click.argument("login")
@_reason
def reset(login: str, reason: str) -> None:
    """Print a new password that serves once; codes of a telephone are turned off."""
    _print_given(_do(lambda accounts: accounts.reset(login, _doer(reason))))


@staff.command(name="log-out")
@click.argument("login", required=False)
@click.option("--everybody", is_flag=True, help="Whoever is logged in, instead of one.")
@_reason
def log_out(login: str | None, reason: str, *, everybody: bool) -> None:
    """Log somebody out everywhere, or everybody; they may come in again."""
    if (login is None) is not everybody:
        raise click.UsageError("give either a login name or --everybody")
    logins = [account.login for account in _read(lambda book: book.accounts())] if login is None else [login]

    async def end(accounts: Accounts) -> dict[str, Wrong | None]:
        return {one: await accounts.end_sessions(one, _doer(reason)) for one in logins}

    for one, wrong in _do(end).items():
        if wrong is not None:
            leave(_WRONG[wrong], FAILED if wrong in _NOT_DONE else UNUSABLE)
        click.echo(f"{one} is logged out everywhere")


@staff.command(name="set")
@click.argument("login")
@click.option("--name", help="Another name.")
@click.option("--role", type=_role, help="Another role; they are logged out everywhere.")
@click.option("--agency", "agencies", multiple=True, help="The agencies that a viewer is limited to; repeatable.")
@click.option("--all-agencies", is_flag=True, help="Limit them no longer.")
@_reason
def set_(
    login: str, name: str | None, role: str | None, agencies: tuple[str, ...], reason: str, *, all_agencies: bool
) -> None:
    """Change somebody's name, role or agencies."""
    if agencies and all_agencies:
        raise click.UsageError("give either --agency or --all-agencies")
    limits = agencies if agencies or all_agencies else None
    if name is None and role is None and limits is None:
        raise click.UsageError("say what to change: --name, --role, --agency or --all-agencies")
    new_role = None if role is None else Role(role)
    _say(login, "is changed", _do(lambda accounts: accounts.set(login, _doer(reason), name, new_role, limits)))


@staff.command()
@click.argument("login")
@click.option("--monthly", is_flag=True, help="Before the report of the month.")
@click.option("--quarterly", is_flag=True, help="Before the report of the quarter.")
@click.option("--half-yearly", is_flag=True, help="Before the report of the half-year.")
@click.option("--yearly", is_flag=True, help="Before the report of the year.")
@_reason
def digest(login: str, reason: str, **wanted: bool) -> None:
    """Say which digests somebody gets in their chat: these and no others; without an option none."""
    kinds = [kind for kind in DigestKind if wanted[kind.replace("-", "_")]]

    async def run(settings: Settings) -> bool:
        async with open_store(settings) as store:
            return await store.office.digests.subscribe(login, kinds, Act(now(), operator(), "digests", reason))

    with told():
        if len(reason) > MOST_REASON_CHARS or not reason.isprintable():
            leave(_WRONG[Wrong.REASON], UNUSABLE)
        if not asyncio.run(run(settings_of_process())):
            leave(_WRONG[Wrong.UNKNOWN], FAILED)
    click.echo(f"{login} gets: {', '.join(kinds) or 'no digests'}")


@staff.command()
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object for each line of the log.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, 100_000), help="How many at most.")
def log(limit: int, *, as_json: bool) -> None:
    """The newest changes: when, who, what, to whom, why, before and after."""
    for entry in _read(lambda book: book.entries(limit)):
        click.echo(json.dumps(_entry_row(entry), ensure_ascii=False) if as_json else _entry_line(entry))


def _do(work: Callable[[Accounts], Awaitable[_Result]]) -> _Result:
    """Change accounts. What is refused is told, and ends the command."""

    async def run(settings: Settings) -> _Result:
        async with open_store(settings) as store:
            agencies = agency_codes(await catalogue_of(settings, store.office))
            return await work(Accounts(store.office.staff, Passwords(), now, lambda: agencies))

    with told():
        result = asyncio.run(run(settings_of_process()))
        if isinstance(result, Wrong):
            leave(_WRONG[result], FAILED if result in _NOT_DONE else UNUSABLE)
        return result


def _read(work: Callable[[StaffBook], Awaitable[_Result]]) -> _Result:
    async def run(settings: Settings) -> _Result:
        async with open_store(settings) as store:
            return await work(store.office.staff)

    with told():
        return asyncio.run(run(settings_of_process()))


def _doer(reason: str) -> Doer:
    return Doer(operator(), reason)


def _print_given(given: Given | Wrong) -> None:
    """The password alone on standard output, so that it can be handed on; what it is on standard error."""
    if isinstance(given, Given):
        click.echo(
            f"{given.account}: password for the first login, shown this once, good for {GIVEN_LASTS.days} days:",
            err=True,
        )
        click.echo(given.password)


def _say(login: str, what: str, wrong: Wrong | None) -> None:
    if wrong is None:
        click.echo(f"{login} {what}")


def _row(account: Account) -> dict[str, object]:
    return {
        "login": account.login,
        "name": account.name,
        "role": account.role.value,
        "agencies": list(account.agencies),
        "is_active": account.is_active,
        "must_change": account.must_change,
        "has_codes": account.has_codes,
        "created_at": account.created_at.isoformat(timespec="seconds"),
    }


def _line(account: Account) -> str:
    state = "disabled" if not account.is_active else "waiting for a password" if account.must_change else "active"
    limits = ", ".join(account.agencies) or "all agencies"
    return f"{account.login:<16} {account.role.value:<7} {state:<22} {account.name} ({limits})"


def _entry_row(entry: Entry) -> dict[str, object]:
    return {
        "number": entry.number,
        "at": entry.act.at.isoformat(timespec="seconds"),
        "actor": entry.act.actor,
        "action": entry.act.action,
        "subject": entry.subject,
        "reason": entry.act.reason,
        "before": dict(entry.before),
        "after": dict(entry.after),
    }


def _entry_line(entry: Entry) -> str:
    act = entry.act
    sides = " -> ".join(json.dumps(dict(side), ensure_ascii=False) for side in (entry.before, entry.after))
    why = f" ({act.reason})" if act.reason else ""
    changed = f": {sides}" if entry.before or entry.after else ""
    return f"{in_vietnam(act.at)}  {act.actor or '?'} {act.action} {entry.subject}{changed}{why}"
