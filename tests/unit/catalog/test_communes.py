"""Finding a commune by its name, today's or the one from before 1 July 2025."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.communes import commune_by_name
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from tests.unit.catalog.conftest import SECOND_PROVINCE

INVENTED = load_catalogue(SECOND_PROVINCE)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Bình Mẫu", [("H99.100", None, None)]),
        ("  phường  BÌNH mẫu ", [("H99.100", None, None)]),
        ("binh mau", [("H99.100", None, None)]),
        ("p. bình mẫu", [("H99.100", None, None)]),
        ("UBND phường Bình Mẫu", [("H99.100", None, None)]),
        ("xã bình mẫu", [("H99.100", None, None)]),
        ("An Mẫu", [("H99.101", None, None)]),
        ("Đông Mẫu", [("H99.100", "Phường Đông Mẫu", True)]),
        ("xã Tây Mẫu", [("H99.100", "Xã Tây Mẫu", False), ("H99.101", "Xã Tây Mẫu", False)]),
        ("huyện Mẫu", []),
        ("Mẫu", []),
        ("xã", []),
        ("", []),
    ],
)
def test_invented_communes(second: Catalogue, name: str, found: list[tuple[str, str | None, bool | None]]) -> None:
    assert [
        (match.commune.agency_code, match.former and match.former.name, match.former and match.former.whole)
        for match in commune_by_name(second, name)
    ] == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Trần Phú", [("Trần Phú", None), ("Thành Sen", "Phường Trần Phú")]),
        ("phường Hà Huy Tập", [("Hà Huy Tập", None), ("Thành Sen", "Phường Hà Huy Tập")]),
        ("dai nai", [("Thành Sen", "Phường Đại Nài"), ("Hà Huy Tập", "Phường Đại Nài")]),
        ("Hương Sơn", [("Hương Sơn", None)]),
        ("huyện Hương Sơn", []),
        ("thị trấn Phố Châu", [("Hương Sơn", "Thị trấn Phố Châu")]),
        ("tt nghèn", [("Can Lộc", "Thị trấn Nghèn")]),
        ("sơn kim 1", [("Sơn Kim 1", None)]),
    ],
)
def test_shipped_communes(shipped: Catalogue, name: str, found: list[tuple[str, str | None]]) -> None:
    assert [
        (match.commune.name, match.former and match.former.name) for match in commune_by_name(shipped, name)
    ] == found


def test_every_unit_is_found_by_its_own_name(shipped: Catalogue) -> None:
    for commune in shipped.communes.values():
        assert commune in [match.commune for match in commune_by_name(shipped, commune.name)]
        for former in commune.former_units:
            assert commune in [match.commune for match in commune_by_name(shipped, former.name)]


@given(st.text())
def test_any_name_is_survived(name: str) -> None:
    assert len(commune_by_name(INVENTED, name)) <= len(INVENTED.communes) * 2
