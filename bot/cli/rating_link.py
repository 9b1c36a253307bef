"""`python -m bot rating-link`: an address, and a code to print, by which one service is rated."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import click

from bot.cli.support import open_store, served_catalogue, settings_of_process, signer_of, told, write_file
from bot.errors import MotCuaError, SettingsError
from bot.operations.rating_links.making import (
    KINDS,
    MOST_DAYS,
    MOST_NAME_CHARS,
    USUAL_DAYS,
    Wanted,
    Wrong,
    make_link,
    wanted_by,
)
from bot.operations.sharing.desk_words import words_of_sheet
from bot.operations.sharing.files import made_sheet
from bot.operations.squares import draw
from bot.operations.times import now
from bot.settings import Settings
from bot.store.sharing import CommunityTeam

_NAMES: Mapping[str, str] = {"counter": "quay", "team": "to"}


@click.command("rating-link")
@click.argument("code")
@click.option("--agency", default="", help="The code of the agency that decides (H99.05).")
@click.option("--commune", default="", help="The agency code of the commune where it hangs.")
@click.option("--kind", type=click.Choice(list(KINDS)), default="counter", show_default=True, help="Whose link it is.")
@click.option("--team", type=click.IntRange(min=1), help="The number of a team (`team list`): counted for it.")
@click.option("--id", "name", default=None, help="Which counter or team: A-Z a-z 0-9 _ -, at most 24 characters.")
@click.option("--days", default=USUAL_DAYS, show_default=True, help=f"For how many days it holds (1 to {MOST_DAYS}).")
@click.option("--single", is_flag=True, help="For one rating only: handed to one citizen.")
@click.option(
    "--sheet", type=click.Path(dir_okay=False, path_type=Path), help="Write the sheet for the desk too, a PDF on A5."
)
@click.option(
    "--tent",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write it as a PDF on A4, to be folded and stood up.",
)
@click.option("--qr", type=click.Path(dir_okay=False, path_type=Path), help="Write the code too, as .svg or .png.")
def rating_link(
    code: str,
    agency: str,
    commune: str,
    kind: str,
    team: int | None,
    name: str | None,
    days: int,
    qr: Path | None,
    sheet: Path | None,
    tent: Path | None,
    *,
    single: bool,
) -> None:
    """Print the address at which the procedure with this CODE is rated, without a chat account."""
    with told():
        settings = settings_of_process()
        if settings.public_url is None:
            raise SettingsError(
                "PUBLIC_URL: citizens need the public address of this service; "
                "for example PUBLIC_URL=https://hoidap.example.gov.vn"
            )
        wanted = Wanted(code, agency, commune, KINDS[kind], name or _NAMES[kind], days, single)
        if team is not None:
            wanted = wanted_by(asyncio.run(_team(settings, team)), wanted)
        catalogue = served_catalogue(settings)
        link = make_link(catalogue, wanted, now())
        if isinstance(link, Wrong):
            raise MotCuaError(_why(link, wanted))
        address = settings.public_url + signer_of(settings).rating_path(link)
        if qr is not None:
            draw(address, qr)
        for file, paper in ((sheet, "a5"), (tent, "a4")):
            if file is not None:
                write_file(file, made_sheet(words_of_sheet(catalogue, link, address), paper))
        click.echo(address)


async def _team(settings: Settings, number: int) -> CommunityTeam:
    async with open_store(settings) as store:
        teams = await store.office.sharing.teams()
    found = next((team for team in teams if team.number == number and team.is_active), None)
    if found is None:
        raise MotCuaError(f"there is no open team {number}; `team list` names them")
    return found


def _why(wrong: Wrong, wanted: Wanted) -> str:
    return {
        Wrong.CODE: f"{wanted.code!r} is not in this catalogue; it may still exist, codes change often",
        Wrong.AGENCY: f"{wanted.agency!r} does not decide on {wanted.code}",
        Wrong.COMMUNE: f"{wanted.commune!r} is no commune of this catalogue",
        Wrong.NAME: f"--id {wanted.name!r}: at most {MOST_NAME_CHARS} of A-Z a-z 0-9 _ -",
        Wrong.DAYS: f"--days {wanted.days}: a link holds from 1 to {MOST_DAYS} days",
    }[wrong]
