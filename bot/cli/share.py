"""`python -m bot share`: what a team prints, forwards and reads out about a service, with a link that is counted."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from bot.catalog.model import Catalogue, Commune
from bot.cli.support import catalogue_of, open_store, settings_of_process, store_signer, told, write_file
from bot.errors import MotCuaError, SettingsError
from bot.operations.editorial.serving import said_beside
from bot.operations.sharing.files import SHEETS, Form, as_json, file_name, made
from bot.operations.sharing.material import House, Material, Wanted, Wrong, make_material, materials_of
from bot.operations.sharing.most_used import most_used
from bot.operations.sharing.targets import Target, named_target
from bot.operations.sharing.whose import communes_named, teams_named
from bot.operations.times import now
from bot.ratings.periods import day_of
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.sharing import CommunityTeam
from bot.texts import load_texts

_PRINTED = {"link": Form.LINK, "text": Form.TEXT, "spoken": Form.SPOKEN}
_FORMS: dict[str, tuple[Form, ...]] = {
    **{word: (form,) for word, form in _PRINTED.items()},
    "qr": (Form.SVG, Form.PNG),
    "a4": (Form.A4,),
    "a5": (Form.A5,),
    "all": tuple(Form),
}


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody typed about whose it is."""

    team: str | None
    commune: str | None


@dataclass(frozen=True, slots=True)
class _Whose:
    house: House
    team: CommunityTeam | None
    commune: Commune | None

    def material(self, target: Target) -> Material:
        found = make_material(self.house, Wanted(target, self.team, self.commune))
        if isinstance(found, Wrong):
            reason = "is no longer in the list" if found is Wrong.REMOVED else "is hidden by the editors for now"
            raise MotCuaError(f"{target.id} {reason}: nothing is made about it")
        return found


@click.command()
@click.argument("target", required=False)
@click.option("--team", help="Whose link it is: the name of a community team.")
@click.option("--commune", help="Where it hangs: the name of a commune or ward, or its code.")
@click.option(
    "--format",
    "form",
    type=click.Choice([*_FORMS, SHEETS[-1]]),
    help="What is made. By default: the link, or with --output everything.",
)
@click.option("--output", type=click.Path(path_type=Path), help="The folder to write to; with --most-used the PDF.")
@click.option("--json", "as_object", is_flag=True, help="Print JSON.")
@click.option("--most-used", "is_batch", is_flag=True, help="One PDF with the twelve most-used services.")
def share(
    target: str | None,
    team: str | None,
    commune: str | None,
    form: str | None,
    output: Path | None,
    *,
    as_object: bool,
    is_batch: bool,
) -> None:
    """Make a link, a code, posters and texts about TARGET: a procedure's code, a situation in life or a field.

    link, text and spoken are printed; qr, a4, a5 and all are written to the folder --output. With --most-used a4
    (by default) or a5 gives a page for each service, overview one sheet with all the codes.
    """
    with told():
        asked = _Asked(team, commune)
        if is_batch:
            _check_batch(target, form, output, as_object=as_object)
            asyncio.run(_batch(settings_of_process(), asked, form or SHEETS[0], output or Path()))
            return
        if target is None or form == SHEETS[-1]:
            raise click.UsageError("name a TARGET, or give --most-used")
        if output is None and form is not None and form not in _PRINTED:
            raise click.UsageError(f"--format {form} writes files: give --output FOLDER")
        asyncio.run(_one(settings_of_process(), target, asked, form, output, as_object=as_object))


def _check_batch(target: str | None, form: str | None, output: Path | None, *, as_object: bool) -> None:
    if target is not None or as_object or output is None or form not in (None, *SHEETS):
        raise click.UsageError("--most-used goes with --output FILE.pdf and --format a4, a5 or overview")
    if output.suffix.lower() != ".pdf":
        raise click.UsageError("--most-used writes a PDF: give --output FILE.pdf")


async def _one(
    settings: Settings, written: str, asked: _Asked, form: str | None, output: Path | None, *, as_object: bool
) -> None:
    async with open_store(settings) as store:
        whose = await _whose(settings, store, asked)
    target = named_target(whose.house.catalogue, written)
    if target is None:
        raise MotCuaError(f"{written!r} is no procedure, situation in life or field of this catalogue")
    material = whose.material(target)
    files = [] if output is None else _written(output, material, _FORMS[form or "all"])
    if as_object:
        shown = as_json(material) | {"files": [str(file) for file in files]}
        click.echo(json.dumps(shown, ensure_ascii=False))
    elif output is None:
        click.echo(made(material, _PRINTED[form or "link"]).decode(), nl=False)
    else:
        for file in files:
            click.echo(file)


async def _batch(settings: Settings, asked: _Asked, sheet: str, output: Path) -> None:
    from bot.operations.sharing.overview import overview
    from bot.operations.sharing.paper import Paper
    from bot.operations.sharing.poster import posters

    async with open_store(settings) as store:
        whose = await _whose(settings, store, asked)
        codes = await most_used(store.office.figures, whose.house.catalogue, whose.commune, day_of(now()))
    materials = materials_of(whose.house, codes, whose.team, whose.commune)
    if not materials:
        raise MotCuaError("this catalogue names no service that is used most")
    if sheet == SHEETS[-1]:
        write_file(output, overview(materials))
    else:
        with click.progressbar(length=len(materials), label="pages", show_pos=True, file=sys.stderr) as bar:
            drawn = posters(materials, Paper(sheet), bar.update)
        write_file(output, drawn)
    click.echo(output)


async def _whose(settings: Settings, store: Store, asked: _Asked) -> _Whose:
    """Whose link it is and where it hangs, with what all materials share. Raises MotCuaError, StoreError."""
    if settings.public_url is None:
        raise SettingsError(
            "PUBLIC_URL: citizens need the public address of this service; "
            "for example PUBLIC_URL=https://hoidap.example.gov.vn"
        )
    office = store.office
    catalogue = said_beside(await catalogue_of(settings, office), await office.editorial.items())
    commune = None if asked.commune is None else _commune(catalogue, asked.commune)
    team = None if asked.team is None else await _team(store, catalogue, commune, asked)
    if commune is None and team is not None:
        commune = catalogue.communes.get(team.commune)
    signer, is_on_zalo = await store_signer(settings, store), settings.zalo_oa_id is not None
    return _Whose(House(catalogue, load_texts(), signer, settings.public_url, is_on_zalo), team, commune)


def _commune(catalogue: Catalogue, name: str) -> Commune:
    found = communes_named(catalogue, name)
    if not found:
        raise MotCuaError(f"{name!r} is no commune or ward of this catalogue")
    if len(found) > 1:
        several = ", ".join(f"{commune.name} ({commune.agency_code})" for commune in found)
        raise MotCuaError(f"{name!r} may mean several: {several}. Give the code of one")
    return found[0]


async def _team(store: Store, catalogue: Catalogue, commune: Commune | None, asked: _Asked) -> CommunityTeam:
    name = " ".join((asked.team or "").split())
    found = teams_named(await store.office.sharing.teams(), name, commune)
    if len(found) == 1:
        return found[0]
    if len(found) > 1:
        # A team may be of a commune that is in the catalogue no more.
        known = {code: catalogue.communes[code].name for code in catalogue.communes}
        places = ", ".join(sorted(known.get(team.commune, team.commune) for team in found))
        raise MotCuaError(f"there are teams called {name!r} in {places}: give --commune")
    place = "COMMUNE" if commune is None else commune.agency_code
    where = "" if commune is None else f" in {commune.name}"
    raise MotCuaError(f'there is no team called {name!r}{where}; to add it: python -m bot team add "{name}" {place}')


def _written(folder: Path, material: Material, forms: tuple[Form, ...]) -> list[Path]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise MotCuaError(f"{folder} cannot be made: {error.strerror}") from error
    files = [folder / file_name(material, form) for form in forms]
    for file, form in zip(files, forms, strict=True):
        write_file(file, made(material, form))
    return files
