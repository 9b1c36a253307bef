"""What is on paper, read by other libraries than those that drew it: letters, and codes as a phone sees them."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pypdfium2
import zxingcpp
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

DOTS_A_POINT = 2.0


def pages_of(pdf: bytes, dots: float = DOTS_A_POINT) -> list[Image.Image]:
    """The pages as pictures; 2 dots a point are 144 to the inch."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [document[number].render(scale=dots).to_pil().convert("RGB") for number in range(len(document))]
    finally:
        document.close()


def codes_on(picture: Image.Image) -> list[str]:
    """Square ones: among thousands of modules a reader of everything now and then sees the bars of goods."""
    return sorted(
        found.text for found in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    )


def words_of(pdf: bytes) -> list[str]:
    """What each page says, on one line."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Every font, and whether it is embedded."""
    found: dict[str, bool] = {}
    for part in _objects(pdf):
        if part.get("/Type") == "/FontDescriptor":
            found[str(part["/FontName"])] = "/FontFile2" in part
    return found


def _objects(pdf: bytes) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, wherever it hangs."""
    reader = PdfReader(io.BytesIO(pdf))
    for number in range(1, int(str(reader.trailer["/Size"]))):
        part = reader.get_object(number)
        if isinstance(part, DictionaryObject):
            yield part
