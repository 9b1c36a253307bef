"""Packed parts of a PDF that unpack to too much."""

from __future__ import annotations

import random
import zlib

import pytest

from bot.catalog.imports.documents import limits
from bot.catalog.imports.documents.opening import read_grids
from bot.catalog.imports.documents.pdf_streams import check_streams
from bot.errors import Unreadable, UnreadableFile
from tests.unit.catalog.imports.making import DECISION_HEAD, output, pdf_with

SAID = (
    "a.pdf: it unpacks to more than 100 times its size. Print it to a new PDF, or ask for the file it was printed from."
)


def packed(megabytes: int) -> bytes:
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(limits.MB)) for _ in range(megabytes)) + packer.flush()


def with_parts(*parts: bytes) -> bytes:
    """A PDF whose list is followed by more packed parts."""
    made = output(pdf_with([("", [DECISION_HEAD, ("1", "1.900001", "A", "B")])]))
    return made + b"".join(
        b"\n9 0 obj <</Filter /FlateDecode>>\nstream\r\n" + part + b"\nendstream endobj" for part in parts
    )


@pytest.mark.parametrize("times", [1, 2])
def test_a_part_that_unpacks_to_too_much_is_refused(times: int) -> None:
    bomb = packed(limits.MOST_OF_A_PART // limits.MB + 2)
    if times == 2:
        bomb = zlib.compress(bomb)

    with pytest.raises(UnreadableFile) as caught:
        read_grids("a.pdf", with_parts(bomb))

    assert (caught.value.reason, str(caught.value)) == (Unreadable.TOO_LARGE, SAID)


def test_many_parts_that_together_unpack_to_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_OF_A_PDF", 20 * limits.MB)
    noise = random.Random(1).randbytes(1000)  # noqa: S311 - nothing secret

    check_streams("a.pdf", with_parts(*[packed(4)] * 4, noise, zlib.compress(noise)))
    with pytest.raises(UnreadableFile) as caught:
        check_streams("a.pdf", with_parts(*[packed(4)] * 12))

    assert str(caught.value) == SAID


def test_parts_that_are_broken_or_packed_otherwise_are_the_readers_matter() -> None:
    check_streams(
        "a.pdf", with_parts(b"", b"\x78", zlib.compress(b"abc")[:-3], b"\x78\x9c" + b"\xff" * 50, b"q 1 0 0 1")
    )
