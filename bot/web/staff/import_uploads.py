"""Files that staff upload, read: a published list, or a part of a catalogue in our own format."""

from __future__ import annotations

from bot.catalog.imports.kept import Content
from bot.catalog.imports.model import ListTier
from bot.catalog.imports.own_files import OwnPart, part_of, take_over
from bot.catalog.imports.reading import read_files
from bot.catalog.load import check_contents
from bot.errors import CatalogueError, UnreadableFile
from bot.operations.background import in_background
from bot.operations.imports import drafting
from bot.operations.imports.base import served_base
from bot.operations.imports.own_format import ZIP, OwnFormatError, contents_of_zip
from bot.web.keys import SETTINGS
from bot.web.staff.visit import Visit


class RefusedError(Exception):
    """What was uploaded is not taken; `said`: why, as a sentence."""

    def __init__(self, said: str) -> None:
        self.said = said


async def content_of(visit: Visit, files: dict[str, bytes]) -> Content:
    """What was read, as the form says whose list it is. Raises RefusedError."""
    texts, form = visit.texts, visit.form
    if not files:
        raise RefusedError(texts.get("web.staff.imports.wrong.none"))
    try:
        if all(name.lower().endswith(ZIP) for name in files):
            return await _own(visit, files)
        # A list of twenty thousand rows takes seconds: nobody in a chat waits for it.
        reading = await in_background(read_files, files)
    except UnreadableFile as error:
        said = texts.find(f"web.staff.imports.unreadable.{error.reason}", file=error.file)
        raise RefusedError(said or str(error)) from error
    except OwnFormatError as error:
        said = texts.find(f"web.staff.imports.own_fault.{error.fault}", file=error.name)
        raise RefusedError(said or str(error)) from error
    tier = form.get("tier")
    return drafting.of_tier(reading, ListTier(tier) if tier in drafting.TIERS else None)


async def _own(visit: Visit, files: dict[str, bytes]) -> Content:
    part = visit.form.get("part")
    if part not in list(OwnPart) or len(files) != 1:
        raise RefusedError(visit.texts.get("web.staff.imports.wrong.part"))
    ((name, packed),) = files.items()
    own = part_of(await in_background(contents_of_zip, name, packed), OwnPart(part))
    try:
        base = await served_base(visit.store, visit.request.app[SETTINGS].catalog_dir)
    except CatalogueError as error:
        raise RefusedError(str(error)) from error
    taken = await in_background(take_over, base.contents, base.catalogue, own)
    if problems := await in_background(check_contents, taken.contents):
        raise RefusedError(visit.texts.get("web.staff.imports.wrong.unfit", problem=str(problems[0])))
    return own
