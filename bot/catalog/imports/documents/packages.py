"""What makes a workbook or a document safe to open: both are ZIP archives of XML files.

Everything is asked before any of it is parsed. Sizes are those that the archive declares: Python's reader stops there
and then finds that the checksum is wrong.
"""

from __future__ import annotations

import zipfile
from io import BytesIO
from xml.parsers import expat

from bot.catalog.imports.documents import limits
from bot.errors import Unreadable, UnreadableFile

_XML_ENDS = (".xml", ".rels", ".vml")
_CHUNK = 65_536
_SAVE_AS = "Open it in Excel or Word and save it as .xlsx or .docx"


def open_package(file: str, content: bytes) -> zipfile.ZipFile:
    """The archive, not too large and without definitions of entities. Raises UnreadableFile."""
    try:
        package = zipfile.ZipFile(BytesIO(content))
        _check_sizes(file, package)
        for member in package.infolist():
            if member.filename.lower().endswith(_XML_ENDS):
                _check_xml(file, package, member)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise broken(file) from error
    except Exception as error:
        # zlib's and the other packers' errors share no base class.
        if isinstance(error, UnreadableFile):
            raise
        raise broken(file) from error
    return package


def broken(file: str) -> UnreadableFile:
    """What is said of a file that breaks off, or whose inside is not what it should be."""
    return UnreadableFile(
        file, Unreadable.BROKEN, "the file is broken or breaks off", "Fetch it again, or ask for it again"
    )


def _check_sizes(file: str, package: zipfile.ZipFile) -> None:
    members = package.infolist()
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if any(member.flag_bits & 1 for member in members):
        raise UnreadableFile(file, Unreadable.PASSWORD, "the archive is locked with a password", "Unlock it first")
    if len(members) > limits.MOST_MEMBERS:
        raise _too_large(file, f"it holds {len(members)} files, more than {limits.MOST_MEMBERS}")
    if unpacked > limits.MOST_UNPACKED:
        raise _too_large(file, f"it unpacks to more than {limits.MOST_UNPACKED // limits.MB} MB")
    if unpacked > limits.FREE_OF_RATIO and unpacked > limits.MOST_RATIO * packed:
        raise _too_large(file, f"it unpacks to more than {limits.MOST_RATIO} times its size")
    for member in members:
        if member.file_size > limits.MOST_OF_A_PART and "/worksheets/" not in member.filename:
            raise _too_large(
                file, f"{member.filename} in it unpacks to more than {limits.MOST_OF_A_PART // limits.MB} MB"
            )


def _too_large(file: str, what: str) -> UnreadableFile:
    return UnreadableFile(file, Unreadable.TOO_LARGE, what, "Keep only the list in it, or split it into several files")


def _check_xml(file: str, package: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Refuses a definition of a document type, which these formats never have: entities come from there alone."""
    parser = expat.ParserCreate()
    started: list[str] = []

    def refuse(*_: object) -> None:
        raise UnreadableFile(
            file,
            Unreadable.BROKEN,
            f"{member.filename} in it defines a document type, as no office program does",
            _SAVE_AS,
        )

    def start(name: str, _attributes: object) -> None:
        started.append(name)

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = start
    with package.open(member) as stream:
        while not started and (chunk := stream.read(_CHUNK)):
            try:
                parser.Parse(chunk, False)
            except expat.ExpatError as error:
                raise broken(file) from error
