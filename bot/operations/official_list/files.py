"""The printed list as a file. Loads what it needs when it is asked: most of a process never writes one."""

from __future__ import annotations

from collections.abc import Mapping

from bot.catalog.model import Catalogue
from bot.operations.official_list.compose import official_list
from bot.operations.official_list.model import Heading, ListFormat, OfficialList, TierChoice
from bot.texts import load_texts

MEDIA_TYPES: Mapping[ListFormat, str] = {
    ListFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ListFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ListFormat.PDF: "application/pdf",
}


def write_list(listed: OfficialList, form: ListFormat) -> bytes:
    """The file: the same bytes each time. Takes up to seconds; where people wait, another process does it."""
    if form is ListFormat.XLSX:
        from bot.operations.official_list.xlsx import xlsx

        return xlsx(listed)
    if form is ListFormat.DOCX:
        from bot.operations.official_list.docx import docx

        return docx(listed)
    from bot.operations.official_list.pdf import pdf

    return pdf(listed)


def list_file(catalogue: Catalogue, choice: TierChoice, form: ListFormat, heading: Heading) -> bytes | None:
    """The file; None where nothing of the tier is published."""
    listed = official_list(catalogue, choice, heading)
    return write_list(listed, form) if listed.appendices else None


def file_name(catalogue: Catalogue, choice: TierChoice, form: ListFormat) -> str:
    """Plain ASCII: it stands in a header."""
    day = catalogue.as_of.isoformat()
    named = load_texts().get("official_list.file", province=catalogue.province.code.lower(), tier=choice, date=day)
    return f"{named}.{form}"
