"""A material as files: each form with its name and its bytes. Names are plain ASCII."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from enum import StrEnum

from bot.operations.sharing.material import Material
from bot.operations.sharing.message import message
from bot.operations.sharing.spoken import spoken
from bot.operations.squares import picture


class Form(StrEnum):
    """What is made; a value is the end of the file's name."""

    LINK = "link.txt"
    TEXT = "tin-nhan.txt"
    SPOKEN = "loa.txt"
    SVG = "ma.svg"
    PNG = "ma.png"
    A4 = "a4.pdf"
    A5 = "a5.pdf"


MEDIA_TYPES: Mapping[str, str] = {
    "txt": "text/plain",
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
}


OVERVIEW = "overview"
SHEETS = ("a4", "a5", OVERVIEW)
_PREVIEW_SCALE = 0.8
"""Dots a point: enough to see how a poster looks."""


def file_name(material: Material, form: Form) -> str:
    return f"{material.target.file_name}-{form}"


def made(material: Material, form: Form) -> bytes:
    """The file. A poster takes some tenths of a second."""
    if form in (Form.A4, Form.A5):
        # Here and not above: a process that makes no poster need not load what draws it.
        from bot.operations.sharing.paper import Paper
        from bot.operations.sharing.poster import poster

        return poster(material, Paper(form.partition(".")[0]))
    if form in (Form.SVG, Form.PNG):
        return picture(material.link, form.rpartition(".")[2])
    said = {Form.LINK: material.link, Form.TEXT: message(material)}.get(form) or spoken(material).text
    return f"{said}\n".encode()


def made_batch(materials: Sequence[Material], sheet: str) -> bytes:
    """A page for each (`a4`, `a5`), or one for all of them (`overview`)."""
    from bot.operations.sharing.overview import overview
    from bot.operations.sharing.paper import Paper
    from bot.operations.sharing.poster import posters

    return overview(materials) if sheet == OVERVIEW else posters(materials, Paper(sheet))


def preview(material: Material, form: Form) -> bytes:
    """How a poster (A4, A5) looks, as a PNG."""
    import pypdfium2

    document = pypdfium2.PdfDocument(made(material, form))
    try:
        scale = _PREVIEW_SCALE if form is Form.A4 else _PREVIEW_SCALE * 2**0.5
        file = io.BytesIO()
        document[0].render(scale=scale, grayscale=True).to_pil().save(file, "PNG", optimize=True)
    finally:
        document.close()
    return file.getvalue()


def as_json(material: Material) -> dict[str, object]:
    """What scripts read."""
    said = spoken(material)
    return {
        "target": material.target.id,
        "kind": material.target.kind.value,
        "link": material.link,
        "name": material.names[0],
        "at_home": material.can,
        "team": material.team,
        "commune": material.commune,
        "as_of": material.as_of.isoformat(),
        "text": message(material),
        "spoken": said.text,
        "seconds": said.seconds,
    }
