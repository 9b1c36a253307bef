"""`python -m bot catalog review` and `catalog stale`: what is to be looked at again, and what people say looks old."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import click

from bot.catalog.model import Catalogue
from bot.cli.support import open_store, operator, served_catalogue, settings_of_process, told
from bot.dialogue.personal_data import masker_of
from bot.errors import MotCuaError
from bot.operations.editorial.serving import said_beside
from bot.operations.freshness.desk import (
    ACTION,
    CloseFault,
    YearlyReview,
    close_stale,
    limits_of,
    yearly_review,
)
from bot.operations.freshness.review import Found, Why, narrowed
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import Settings
from bot.store.freshness import CLOSED, MAX_NOTE_CHARS, StaleCase
from bot.store.office import Office
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts
from handlers.naming import label_of

_WORDS = {
    Why.LINK_GONE: "its page is gone",
    Why.LINK_MOVED: "its page has moved",
    Why.HIDDEN: "hidden",
    Why.ENDS: "a notice or benefit ends",
    Why.MAYBE_SUPERSEDED: "maybe superseded",
    Why.OLD_DATA: "old data",
    Why.NO_LEVEL: "no level",
    Why.NO_LABEL: "no label",
    Why.NO_ENGLISH: "no English",
    Why.LINK_UNCHECKED: "its page was not checked",
    Why.NO_CONVERSATION: "nobody asked",
}
_REFUSED = {
    CloseFault.STATE: f"the state has to be one of: {', '.join(CLOSED)}",
    CloseFault.NOTE_TOO_LONG: f"the note is longer than {MAX_NOTE_CHARS} characters",
    CloseFault.NOT_OPEN: "nothing is open of {code}; `catalog stale list` shows what is",
}
_MOST_CLOSED = 50
_LANGUAGE = "vi"


@click.command()
@click.option("--kind", "kinds", type=click.Choice([why.value for why in Why]), multiple=True, help="Only for this.")
@click.option("--field", "field_id", metavar="ID", help="Only of this field.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def review(kinds: tuple[str, ...], field_id: str | None, *, as_json: bool) -> None:
    """Which procedures are to be looked at again, and why: those that people ask for most first."""
    with told():
        settings = settings_of_process()
        catalogue = served_catalogue(settings)
        if field_id is not None and field_id not in catalogue.fields:
            raise MotCuaError(f"there is no field {field_id!r} in the catalogue")

        async def read() -> YearlyReview:
            async with _office(settings) as office:
                said = said_beside(catalogue, await office.editorial.items())
                return await yearly_review(office, said, day_of(now()), limits_of(settings))

        found = asyncio.run(read())
        rows = narrowed(catalogue, found.rows, map(Why, kinds), field_id)
        since = found.demand.since
        if as_json:
            written = [
                {"code": row.code, "asked": row.asked, "reasons": [_record(one) for one in row.reasons]} for row in rows
            ]
            click.echo(json.dumps({"counted_since": _day(since), "procedures": written}, ensure_ascii=False))
            return
        counted = "nothing has been counted yet" if since is None else f"answers are counted since {since}"
        click.echo(f"{len(rows)} procedures to look at; {counted}")
        for row in rows:
            reasons = "; ".join(_said(one) for one in row.reasons)
            click.echo(f"{row.code}  {row.asked:>6}  {label_of(catalogue, row.code, _LANGUAGE)}: {reasons}")


@click.group()
def stale() -> None:
    """What people say looks old."""


@stale.command("list")
@click.option("--closed", is_flag=True, help="What was looked at already, the newest first.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON array.")
def list_(*, closed: bool, as_json: bool) -> None:
    """What looks old, said most often first: how many said so, since when, on which channels."""
    with told():
        settings = settings_of_process()
        catalogue = served_catalogue(settings)

        async def read() -> tuple[StaleCase, ...]:
            async with _office(settings) as office:
                return await (office.stale.closed(_MOST_CLOSED) if closed else office.stale.open())

        cases = asyncio.run(read())
        if as_json:
            click.echo(json.dumps([_case_record(case) for case in cases], ensure_ascii=False))
            return
        for case in cases:
            click.echo(_case_line(catalogue, case))


@stale.command()
@click.argument("code")
@click.argument("state", type=click.Choice([state.value for state in CLOSED]))
@click.option("--note", default="", help="What was found, for colleagues.")
@click.option("--reason", default="", help="Why; kept in the log of changes.")
@click.option("--dry-run", is_flag=True, help="Say what would be closed, and change nothing.")
def close(code: str, state: str, note: str, reason: str, *, dry_run: bool) -> None:
    """Say of CODE that it was looked at: it is `fine`, or it was wrong and is `mended`."""
    with told():
        settings = settings_of_process()

        async def shut() -> CloseFault | None:
            masker = masker_of(load_texts(language) for language in LANGUAGES)
            async with _office(settings) as office:
                if dry_run:
                    is_open = any(case.code == code for case in await office.stale.open())
                    return None if is_open else CloseFault.NOT_OPEN
                act = Act(now(), operator(), ACTION, reason)
                return await close_stale(office.stale, masker, code, state, note, act)

        fault = asyncio.run(shut())
        if fault is not None:
            raise MotCuaError(_REFUSED[fault].format(code=code))
        click.echo(f"{code} {'would be' if dry_run else 'is'} closed as {state}")


@asynccontextmanager
async def _office(settings: Settings) -> AsyncIterator[Office]:
    async with open_store(settings) as store:
        yield store.office


def _said(found: Found) -> str:
    return _WORDS[found.why] if found.day is None else f"{_WORDS[found.why]} ({found.day})"


def _record(found: Found) -> dict[str, str | None]:
    return {"why": found.why.value, "day": _day(found.day)}


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _case_line(catalogue: Catalogue, case: StaleCase) -> str:
    channels = ", ".join(f"{channel} {count}" for channel, count in case.channels.items())
    known = case.code in catalogue.procedures
    title = label_of(catalogue, case.code, _LANGUAGE) if known else "not in this catalogue"
    line = f"{case.code}  {case.count:>5}  {title} ({case.first} to {case.last}; {channels})"
    return line if case.closing is None else f"{line} {case.state}, {case.closing.by}: {case.closing.note}"


def _case_record(case: StaleCase) -> dict[str, object]:
    closing = case.closing
    return {
        "code": case.code,
        "count": case.count,
        "first": case.first.isoformat(),
        "last": case.last.isoformat(),
        "agencies": case.agencies,
        "versions": case.versions,
        "channels": dict(case.channels),
        "state": case.state.value,
        "by": None if closing is None else closing.by,
        "at": None if closing is None else closing.at.isoformat(),
        "note": None if closing is None else closing.note,
    }
