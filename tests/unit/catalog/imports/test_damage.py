"""Files that were damaged on the way are read or refused, in time, and nothing else."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from functools import cache

import pytest

from bot.catalog.imports.reading import read_files
from bot.errors import UnreadableFile
from tests.unit.catalog.imports.documents.test_docx import decision
from tests.unit.catalog.imports.making import DECISION_HEAD, output, pdf_with, portal_export

MOST_SECONDS = 20.0
TRIES = 60


@cache
def pdf() -> bytes:
    """Unpacked, so that damage reaches what is drawn and not only what packs it."""
    made = pdf_with([("Phụ lục I", [DECISION_HEAD, *((str(n), f"1.90000{n}", "Tên", "Sở") for n in range(1, 4))])])
    made.set_compression(compress=False)
    return output(made)


def csv() -> bytes:
    return 'Mã,Tên,"Cơ quan"\n1.900001,"Khai sinh, mới",Sở\n'.encode() * 20


@pytest.mark.parametrize("make", [portal_export, decision, pdf, csv])
@pytest.mark.parametrize("kind", ["cut", "flipped", "zeroed", "doubled"])
def test_damage_is_read_or_refused(make: Callable[[], bytes], kind: str) -> None:
    whole = make()
    chance = random.Random(f"{make.__name__} {kind}")  # noqa: S311 - nothing secret
    read_files({"a": whole})
    refused = 0

    start = time.monotonic()
    for _ in range(TRIES):
        try:
            read_files({"a": damaged(whole, kind, chance)})
        except UnreadableFile:
            refused += 1

    assert time.monotonic() - start < MOST_SECONDS * TRIES / 10
    assert refused > 0 or kind != "cut"


def damaged(whole: bytes, kind: str, chance: random.Random) -> bytes:
    place = chance.randrange(len(whole))
    length = chance.randrange(1, 200)
    match kind:
        case "cut":
            return whole[:place]
        case "zeroed":
            return whole[:place] + bytes(min(length, len(whole) - place)) + whole[place + length :]
        case "doubled":
            return whole[:place] + whole[max(0, place - length) :]
    flipped = bytearray(whole)
    for _ in range(chance.randrange(1, 8)):
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
    return bytes(flipped)
