"""Which reader a file goes to, and what is refused before any reader sees it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.opening import read_grids
from bot.errors import MotCuaError, Unreadable, UnreadableFile
from tests.unit.catalog.imports.making import (
    DECISION_HEAD,
    add_table,
    document,
    output,
    pdf_with,
    portal_export,
    repacked,
    workbook,
    written,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
READABLE = "Lists are read from .xlsx, .docx, .pdf with text, and .csv: save it as one of these."
WEB_PAGE = "this is a web page, whatever its name says. Open it in Excel and save it as .xlsx."
WEB_PAGES = (
    b"<HTML><table>",
    b"\xef\xbb\xbf\r\n<!DOCTYPE html>",
    b"<!-- made by a portal --><meta charset=utf-8><div><table><tr><td>1.900001</td></tr></table></div>",
    b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook>",
    b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'>",
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n",
)


def refusal(content: bytes, file: str = "a.xlsx") -> tuple[Unreadable, str]:
    with pytest.raises(UnreadableFile) as caught:
        read_grids(file, content)
    assert isinstance(caught.value, MotCuaError)
    assert caught.value.file == file
    return caught.value.reason, str(caught.value)


def archive(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


def test_what_a_file_holds_decides_and_not_its_name() -> None:
    made = document()
    add_table(made, [("a", "b")])

    sheets = [
        read_grids("list.pdf", content).grids[0].sheet
        for content in (
            portal_export(),
            written(made),
            output(pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])])),
            b"a,b\nc,d\n",
        )
    ]

    assert sheets == ["Danh sách", "table 1", "page 1", "table"]


@pytest.mark.parametrize(
    ("content", "reason", "said"),
    [
        (b"", Unreadable.EMPTY, "the file is empty. Fetch it again."),
        (b" \n\r\n", Unreadable.EMPTY, "the file is empty. Fetch it again."),
        (
            OLE + "WordDocument".encode("utf-16-le"),
            Unreadable.OLD_FORMAT,
            "this is a document of Word 97 (.doc). Open it in Word and save it as .docx.",
        ),
        (
            OLE + "Workbook".encode("utf-16-le"),
            Unreadable.OLD_FORMAT,
            "this is a workbook of Excel 97 (.xls). Open it in Excel and save it as .xlsx.",
        ),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            Unreadable.PASSWORD,
            "the file is locked with a password. Open it, take the password off and save it.",
        ),
        (
            OLE,
            Unreadable.OLD_FORMAT,
            (
                "this is a file of Office 97 (.doc, .xls), or one that is locked with a password. "
                "Open it, take the password off, and save it as .docx or .xlsx."
            ),
        ),
        (
            b"\xff\xd8\xff\xe0picture",
            Unreadable.SCAN,
            "this is a picture, in which no text can be read. Ask for the file it was printed from.",
        ),
        *((content, Unreadable.WEB_PAGE, WEB_PAGE) for content in WEB_PAGES),
        (b"<?xml version='1.0'?><list/>", Unreadable.FOREIGN, f"this is an XML file. {READABLE}"),
        (b"{\\rtf1 a}", Unreadable.FOREIGN, f"this is a rich text file (.rtf). {READABLE}"),
        (b"Rar!\x1a\x07", Unreadable.FOREIGN, f"this is a packed archive. {READABLE}"),
        (
            archive({"xl/workbook.bin": b"a"}),
            Unreadable.FOREIGN,
            f"this is a binary workbook (.xlsb). {READABLE}",
        ),
        (
            archive({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
            Unreadable.FOREIGN,
            f"this is a file of LibreOffice (.ods, .odt). {READABLE}",
        ),
        (
            archive({"list.xlsx": b"a"}),
            Unreadable.FOREIGN,
            f"this is an archive, neither a workbook nor a document. {READABLE}",
        ),
    ],
)
def test_what_is_not_read_is_named(content: bytes, reason: Unreadable, said: str) -> None:
    assert refusal(content) == (reason, f"a.xlsx: {said}")


def test_broken_files() -> None:
    said = "the file is broken or breaks off. Fetch it again, or ask for it again."
    made = document()
    add_table(made, [("a", "b")])
    pdf = output(pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])]))
    no_xml = repacked(portal_export(), {"xl/worksheets/sheet1.xml": b"<worksheet"})

    for content in (b"PK\x03\x04", portal_export()[:-200], written(made)[:3000], pdf[:60], no_xml):
        assert refusal(content) == (Unreadable.BROKEN, f"a.xlsx: {said}")


def test_files_that_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_BYTES", 3 * limits.MB)

    assert refusal(b"a" * (3 * limits.MB + 1)) == (
        Unreadable.TOO_LARGE,
        "a.xlsx: the file has 3 MB, more than 3. Keep only the list in it, or split it into several files.",
    )


def test_archives_that_unpack_to_too_much() -> None:
    advice = "Keep only the list in it, or split it into several files."
    bomb = archive({"xl/workbook.xml": b"<a/>", "xl/worksheets/a.xml": bytes(40 * limits.MB)})
    part = archive({"xl/workbook.xml": b"<a/>", "xl/sharedStrings.xml": bytes(limits.MOST_OF_A_PART + 1)})
    many = archive({f"{number}": b"" for number in range(limits.MOST_MEMBERS + 1)})

    assert refusal(bomb) == (Unreadable.TOO_LARGE, f"a.xlsx: it unpacks to more than 100 times its size. {advice}")
    assert refusal(part)[0] is Unreadable.TOO_LARGE
    assert refusal(many) == (Unreadable.TOO_LARGE, f"a.xlsx: it holds 2001 files, more than 2000. {advice}")


def test_an_archive_that_lies_about_its_sizes_is_read_no_further_than_it_says() -> None:
    """The member says 10 bytes and unpacks to 200 MB."""
    name = b"xl/workbook.xml"
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = b"".join(packed.compress(bytes(limits.MB)) for _ in range(200)) + packed.flush()
    fields = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(data), 10, len(name), 0)
    local = b"PK\x03\x04" + fields + name + data
    central = b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)

    assert refusal(local + central + end)[0] is Unreadable.BROKEN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_before_they_unfold(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY l0 "ha">{laughs}]><a>&l9;</a>'.encode(
        encoding
    )
    made = document()
    add_table(made, [("a", "b")])
    said = (
        "in it defines a document type, as no office program does. "
        "Open it in Excel or Word and save it as .xlsx or .docx."
    )

    assert refusal(repacked(portal_export(), {"xl/sharedStrings.xml": bomb})) == (
        Unreadable.BROKEN,
        f"a.xlsx: xl/sharedStrings.xml {said}",
    )
    assert refusal(repacked(written(made), {"word/document.xml": bomb})) == (
        Unreadable.BROKEN,
        f"a.xlsx: word/document.xml {said}",
    )


def test_macros_and_links_to_other_files_stay_where_they_are() -> None:
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath" '
        b'Target="http://127.0.0.1:9/other.xlsx" TargetMode="External"/></Relationships>'
    )
    content = repacked(
        workbook({"S": [("a", "b")]}),
        {"xl/vbaProject.bin": b"macro", "xl/externalLinks/_rels/externalLink1.xml.rels": relations},
    )

    assert [row.cells for row in read_grids("a.xlsm", content).grids[0].rows] == [("a", "b")]
