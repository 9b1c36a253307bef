"""DOCX on A4 across: a table for each appendix, whose headings are repeated on each page; pages are numbered.

The table is written as XML at once: row by row the library takes minutes for two thousand rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, time
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as DocumentFile
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, Twips

from bot.operations.official_list.model import HEAD_LINES, WIDTHS, Appendix, OfficialList
from bot.operations.reports.office_files import FORBIDDEN, dated

_FONT = "Times New Roman"
"""Named, not embedded; where it is missing, programs take one like it."""
_SIZE = 11
_MARGIN = Cm(1.5)
_WIDTH_TWIPS = 15137
"""29.7 cm without the margins."""
_MIDDLE = frozenset({0, 2, 4})
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def docx(listed: OfficialList) -> bytes:
    """The same list gives the same file."""
    at = datetime.combine(listed.as_of, time(), UTC)
    document = Document()
    _set_up(document, listed, at)
    for place, appendix in enumerate(listed.appendices):
        _write(document, listed.columns, appendix, begins_page=place > 0)
    out = io.BytesIO()
    document.save(out)
    return dated(out.getvalue(), at)


def _set_up(document: DocumentFile, listed: OfficialList, at: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.author, properties.comments = listed.title, "", ""
    properties.language = "vi-VN"
    properties.created = properties.modified = at.replace(tzinfo=None)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(_SIZE)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(script), _FONT)
    style.paragraph_format.space_after = Pt(0)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21.0)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for field in ("PAGE", "NUMPAGES"):
        if field == "NUMPAGES":
            footer.add_run(" / ")
        instruction = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        footer._p.append(parse_xml(instruction))


def _write(document: DocumentFile, columns: Sequence[str], appendix: Appendix, *, begins_page: bool) -> None:
    for line, words in enumerate(appendix.heading):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.page_break_before = begins_page and line == 0
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = paragraph.add_run(FORBIDDEN.sub("", words))
        run.bold, run.italic = line < HEAD_LINES, line >= HEAD_LINES
        run.font.size = Pt(13 if line < HEAD_LINES else _SIZE)
    document.add_paragraph()
    after = document.add_paragraph()
    after._p.addprevious(parse_xml("".join(_table(columns, appendix))))
    for words in appendix.notes:
        after.add_run(words).italic = True


def _table(columns: Sequence[str], appendix: Appendix) -> Iterator[str]:
    widths = [Twips(round(_WIDTH_TWIPS * share)).twips for share in WIDTHS]
    yield f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
    yield f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    yield "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for heading, width in zip(columns, widths, strict=True):
        yield _cell(heading, width, is_bold=True, is_centred=True, fill="D9E2EC")
    yield "</w:tr>"
    for section in appendix.sections:
        yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        yield _cell(section.title, sum(widths), is_bold=True, over=len(widths))
        yield "</w:tr>"
        for row in section.rows:
            yield "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
            for place, (words, width) in enumerate(zip(row.cells, widths, strict=True)):
                yield _cell(words, width, is_centred=place in _MIDDLE)
            yield "</w:tr>"
    yield "</w:tbl>"


def _cell(
    words: str, width: int, *, is_bold: bool = False, is_centred: bool = False, fill: str = "", over: int = 1
) -> str:
    """`over`: how many columns it spans. A section's row stays with the row below it."""
    spans = f'<w:gridSpan w:val="{over}"/>' if over > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    keep = "<w:keepNext/>" if over > 1 else ""
    centred = '<w:jc w:val="center"/>' if is_centred else ""
    bold = "<w:rPr><w:b/></w:rPr>" if is_bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(FORBIDDEN.sub("", line))}</w:t>' for line in words.split("\n")
    )
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}{shade}</w:tcPr>'
        f"<w:p><w:pPr>{keep}{centred}</w:pPr><w:r>{bold}{lines}</w:r></w:p></w:tc>"
    )
