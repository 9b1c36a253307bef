"""Which service is meant: its own code where there is one, the commune that decides or that of the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.ratings.model import Subject
from bot.ratings.subjects import subject_at

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "fixtures" / "second_province")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("1.900001",), Subject("1.900001")),
        (("1.900001", "H99.100"), Subject("1.900001", "1.900001.01", "H99.100", "H99.100")),
        (("1.900001", "H99.100", "H99.101"), Subject("1.900001", "1.900001.01", "H99.100", "H99.101")),
        (("1.900001", "", "H99.101"), Subject("1.900001", "", "", "H99.101")),
        (("1.900002", "H99.100"), Subject("1.900002", "", "H99.100", "H99.100")),
    ],
)
def test_a_service(asked: tuple[str, ...], expected: Subject) -> None:
    assert subject_at(CATALOGUE, *asked) == expected
