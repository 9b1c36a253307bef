"""Community teams at /staff/to-cong-dong: who they are, and how many people come through their links. No person."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aiohttp import web

from bot.operations.figures.addresses import PERIOD
from bot.operations.figures.period_words import period_written
from bot.operations.sharing.reach import ReachRow, ReachTable, reach_table
from bot.operations.sharing.teams import MOST_NAME_CHARS, TeamRegister, Wrong
from bot.ratings.periods import Kind, Period, written
from bot.ratings.satisfaction import FEWEST_PUBLISHED
from bot.search.fold import fold
from bot.store.sharing import CommunityTeam, Count
from bot.store.staff import Role
from bot.texts.cells import BYTE_ORDER_MARK, harmless
from bot.web.keys import MASKER
from bot.web.staff.access import staff_page
from bot.web.staff.figure_pages import choice_of, place_of, query_of
from bot.web.staff.figure_words import NOTHING, count_written
from bot.web.staff.house import add_menu_entry
from bot.web.staff.names import agency_name
from bot.web.staff.share_pages import SHARE
from bot.web.staff.visit import Visit

TEAMS = "/staff/to-cong-dong"
ADD = f"{TEAMS}/them"
SWITCH = f"{TEAMS}/dong-mo"
EXPORT = f"{TEAMS}/so-luot.csv"
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class TeamRow:
    team: CommunityTeam
    commune: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """`cells`: in the order of `Count`."""

    team: str
    commune: str
    cells: tuple[str, ...]


def add_team_pages(app: web.Application) -> None:
    add_menu_entry(app, TEAMS, "web.staff.nav.teams", Role.VIEWER, 61)
    app.router.add_get(TEAMS, show_teams)
    app.router.add_get(EXPORT, export)
    app.router.add_post(ADD, add)
    app.router.add_post(SWITCH, switch)


@staff_page(Role.VIEWER)
async def show_teams(visit: Visit) -> web.StreamResponse:
    """GET /staff/to-cong-dong?ky=2026-10"""
    return await _page(visit)


@staff_page(Role.EDITOR)
async def add(visit: Visit) -> web.StreamResponse:
    """POST /staff/to-cong-dong/them"""
    added = await _register(visit).add(visit.form.get("name"), visit.form.get("commune"), visit.act("team_add"))
    return await _page(visit, added) if isinstance(added, Wrong) else visit.go(TEAMS, "team_added")


@staff_page(Role.EDITOR)
async def switch(visit: Visit) -> web.StreamResponse:
    """POST /staff/to-cong-dong/dong-mo: closes a team, or opens it again."""
    number, opens = visit.form.get("number"), visit.form.get("to") == "open"
    act = visit.act("team_open" if opens else "team_close")
    is_number = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if not is_number or not await _register(visit).set_active(int(number), act, is_active=opens):
        return await visit.not_found()
    return visit.go(TEAMS, "team_opened") if opens else visit.go(TEAMS, "team_closed")


@staff_page(Role.VIEWER)
async def export(visit: Visit) -> web.StreamResponse:
    """GET /staff/to-cong-dong/so-luot.csv?ky=2026-10: the table by team, for a spreadsheet."""
    period = query_of(visit).period
    texts, table = visit.texts, await _table(visit, await visit.store.office.sharing.teams())
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    heads = ("web.staff.teams.commune", "web.staff.teams.name", "report.csv.period")
    writer.writerow([*(texts.find(head) for head in heads), *_columns(visit)])
    when = period_written(texts, period)
    for row in table.teams:
        names = (row.commune or texts.get("web.staff.teams.no_place"), row.team or texts.get("web.staff.teams.nobody"))
        numbers = ("" if number is None else number for number in row.numbers.values())
        writer.writerow([*map(harmless, names), harmless(when), *numbers])
    headers = {"Content-Disposition": f'attachment; filename="to-cong-dong-{written(period)}.csv"'}
    body = (BYTE_ORDER_MARK + file.getvalue()).encode()
    return web.Response(body=body, content_type="text/csv", charset="utf-8", headers=headers)


def _register(visit: Visit) -> TeamRegister:
    return TeamRegister(visit.store.office.sharing, visit.catalogue, visit.request.app[MASKER])


async def _table(visit: Visit, teams: Iterable[CommunityTeam]) -> ReachTable:
    period = query_of(visit).period
    reach = await visit.store.office.sharing.reach(period.first, period.last)
    seen = visit.account.limited_to
    return reach_table(visit.catalogue, teams, reach, seen, tells_ratings=_tells_ratings(period))


def _tells_ratings(period: Period) -> bool:
    return period.kind is not Kind.CUSTOM


async def _page(visit: Visit, wrong: Wrong | None = None) -> web.Response:
    teams = await visit.store.office.sharing.teams()
    texts, query, table, seen = visit.texts, query_of(visit), await _table(visit, teams), visit.account.limited_to
    communes = sorted(visit.catalogue.communes.values(), key=lambda commune: (fold(commune.name), commune.agency_code))
    return await visit.page(
        "staff/teams.html",
        texts.get("web.staff.teams.title"),
        200 if wrong is None else 422,
        wrong=None if wrong is None else texts.find(f"web.staff.teams.wrong.{wrong}", most=MOST_NAME_CHARS),
        place=place_of(visit),
        period=period_written(texts, query.period),
        query=query,
        choice=choice_of(visit, query),
        action=TEAMS,
        columns=_columns(visit),
        by_team=tuple(_rows(visit, table.teams)),
        by_commune=tuple(_rows(visit, table.communes)),
        total=next(_rows(visit, (table.total,))),
        fewest=FEWEST_PUBLISHED,
        tells_ratings=_tells_ratings(query.period),
        export=f"{EXPORT}?{PERIOD}={written(query.period)}",
        teams=sorted(
            (TeamRow(t, agency_name(visit.catalogue, t.commune)) for t in teams if seen is None or t.commune in seen),
            key=lambda row: (fold(row.commune), row.team.commune, fold(row.team.name)),
        ),
        may_act=visit.account.role.may(Role.EDITOR),
        communes=communes,
        typed={name: visit.form.get(name) for name in ("name", "commune")},
        most_chars=MOST_NAME_CHARS,
        add=ADD,
        switch=SWITCH,
        share=SHARE,
    )


def _columns(visit: Visit) -> tuple[str, ...]:
    return tuple(visit.texts.find(f"web.staff.teams.column.{what}") or what.value for what in Count)


def _rows(visit: Visit, rows: tuple[ReachRow, ...]) -> Iterator[CountRow]:
    texts = visit.texts
    for row in rows:
        team = row.team or texts.get("web.staff.teams.nobody")
        if not row.is_active:
            team = texts.get("web.staff.teams.closed_name", name=team)
        cells = tuple(NOTHING if number is None else count_written(texts, number) for number in row.numbers.values())
        yield CountRow(team, row.commune or texts.get("web.staff.teams.no_place"), cells)
