"""Materials of the shipped catalogue, as a team of a commune makes them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from bot.dialogue.signed_links import Signer
from bot.operations.sharing.material import House, Material, Wanted, make_material
from bot.operations.sharing.targets import named_target
from bot.store.sharing import CommunityTeam
from bot.texts import load_texts
from tests.unit.shipped import shipped_catalogue

PUBLIC = "https://hoidap.example.gov.vn"
SIGNER = Signer(b"k" * 32)
COMMUNE = next(commune for commune in shipped_catalogue().communes.values() if commune.name == "Cẩm Xuyên")
TEAM = CommunityTeam(
    12, "Tổ công nghệ số cộng đồng thôn Trung Thắng", COMMUNE.agency_code, True, datetime(2026, 11, 1, tzinfo=UTC)
)
FULL, PARTIAL, DIFFERS, UNKNOWN, LISTED = "1.001193", "1.116238", "1.116262", "1.116410", "1.004222"
LONGEST = "1.116271"


@cache
def house(*, is_on_zalo: bool = False) -> House:
    return House(shipped_catalogue(), load_texts(), SIGNER, PUBLIC, is_on_zalo)


def material(written: str, *, is_bare: bool = False, is_on_zalo: bool = False) -> Material:
    """`is_bare`: of no team, and for no place."""
    target = named_target(shipped_catalogue(), written)
    assert target is not None
    wanted = Wanted(target) if is_bare else Wanted(target, TEAM, COMMUNE)
    made = make_material(house(is_on_zalo=is_on_zalo), wanted)
    assert isinstance(made, Material)
    return made


@cache
def all_materials() -> tuple[Material, ...]:
    """Of every code in force, each once."""
    codes = [code for code, one in shipped_catalogue().procedures.items() if one.superseded_by is None]
    return tuple(material(code, is_on_zalo=True) for code in codes)
