"""Which reader a file goes to: by what it holds, never by what it is called."""

from __future__ import annotations

import re
import zipfile

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.document import Document, Progress, quiet
from bot.catalog.imports.documents.docx import read_docx
from bot.catalog.imports.documents.packages import open_package
from bot.catalog.imports.documents.pdf import read_pdf
from bot.catalog.imports.documents.separated import read_separated
from bot.catalog.imports.documents.xlsx import read_xlsx
from bot.errors import Unreadable, UnreadableFile

_READABLE = "Lists are read from .xlsx, .docx, .pdf with text, and .csv: save it as one of these"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"II*\x00", b"MM\x00*", b"BM")
_MARKUP = re.compile(
    rb"<(?:!doctype html|html|head|meta|body|table|style|script|div)\b|multipart/related|<\?mso-application"
)
"""Also an archive of a page, and what Excel 2003 wrote as XML."""
_UTF8_MARK = b"\xef\xbb\xbf"
_OTHER_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")


def read_grids(file: str, content: bytes, progress: Progress = quiet) -> Document:
    """The tables of a file, in order. Raises UnreadableFile; nothing else, and nothing is read by halves."""
    if not content.strip():
        raise UnreadableFile(file, Unreadable.EMPTY, "the file is empty", "Fetch it again")
    if len(content) > limits.MOST_BYTES:
        what = f"the file has {len(content) // limits.MB} MB, more than {limits.MOST_BYTES // limits.MB}"
        raise UnreadableFile(
            file, Unreadable.TOO_LARGE, what, "Keep only the list in it, or split it into several files"
        )
    if content.startswith(b"PK"):
        return _read_package(file, content, progress)
    if b"%PDF-" in content[:1024]:
        return read_pdf(file, content, progress)
    _refuse_others(file, content)
    return read_separated(file, content, progress)


def _read_package(file: str, content: bytes, progress: Progress) -> Document:
    with open_package(file, content) as package:
        names = frozenset(package.namelist())
        if "word/document.xml" in names:
            return read_docx(file, content, progress)
        if "xl/workbook.xml" in names:
            return read_xlsx(file, content, package, progress)
        raise _foreign(file, _kind_of_package(package, names))


def _kind_of_package(package: zipfile.ZipFile, names: frozenset[str]) -> str:
    if "xl/workbook.bin" in names:
        return "this is a binary workbook (.xlsb)"
    if "mimetype" in names and package.getinfo("mimetype").file_size < 100:
        return "this is a file of LibreOffice (.ods, .odt)"
    return "this is an archive, neither a workbook nor a document"


def _foreign(file: str, what: str) -> UnreadableFile:
    return UnreadableFile(file, Unreadable.FOREIGN, what, _READABLE)


def _refuse_others(file: str, content: bytes) -> None:
    start = content[:2048].removeprefix(_UTF8_MARK).lstrip().lower()
    if content.startswith(_OLE):
        raise _old_office(file, content)
    if content.startswith(_PICTURES):
        raise UnreadableFile(
            file,
            Unreadable.SCAN,
            "this is a picture, in which no text can be read",
            "Ask for the file it was printed from",
        )
    if start.startswith((b"<", b"mime-version:")) and _MARKUP.search(start):
        raise UnreadableFile(
            *(file, Unreadable.WEB_PAGE, "this is a web page, whatever its name says"),
            "Open it in Excel and save it as .xlsx",
        )
    if start.startswith(b"<?xml"):
        raise _foreign(file, "this is an XML file")
    if start.startswith(b"{\\rtf"):
        raise _foreign(file, "this is a rich text file (.rtf)")
    if content.startswith(_OTHER_ARCHIVES):
        raise _foreign(file, "this is a packed archive")


def _old_office(file: str, content: bytes) -> UnreadableFile:
    """What an OLE file is, told by the names of its streams."""
    if _holds(content, "EncryptedPackage"):
        return UnreadableFile(
            file,
            Unreadable.PASSWORD,
            "the file is locked with a password",
            "Open it, take the password off and save it",
        )
    if _holds(content, "WordDocument"):
        return UnreadableFile(
            file, Unreadable.OLD_FORMAT, "this is a document of Word 97 (.doc)", "Open it in Word and save it as .docx"
        )
    if _holds(content, "Workbook") or _holds(content, "Book"):
        return UnreadableFile(
            file,
            Unreadable.OLD_FORMAT,
            "this is a workbook of Excel 97 (.xls)",
            "Open it in Excel and save it as .xlsx",
        )
    return UnreadableFile(
        file,
        Unreadable.OLD_FORMAT,
        "this is a file of Office 97 (.doc, .xls), or one that is locked with a password",
        "Open it, take the password off, and save it as .docx or .xlsx",
    )


def _holds(content: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in content
