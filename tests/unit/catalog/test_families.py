"""Families: the procedures of the same matter, nearest first."""

from __future__ import annotations

from bot.catalog.families import MOST_KIN, families
from bot.catalog.model import Catalogue
from tests.unit.shipped import shipped_guide

BIRTH, MARRIAGE = "1.001193", "1.000894"


def test_the_family_of_a_birth() -> None:
    assert shipped_guide().kin[BIRTH] == (
        "1.003583",  # lưu động
        "2.000528",  # có yếu tố nước ngoài
        "1.000689",  # kết hợp nhận cha, mẹ, con
        "1.004772",  # cho người đã có hồ sơ, giấy tờ cá nhân
        "1.000110",  # có yếu tố nước ngoài tại khu vực biên giới
        "1.001695",
        "1.000893",
        "3.000722",  # liên thông
    )


def test_the_family_of_a_marriage() -> None:
    assert shipped_guide().kin[MARRIAGE] == ("1.000593", "2.000806", "1.000094")


def test_every_procedure_in_force_has_a_family_of_its_own_field_without_itself(shipped: Catalogue) -> None:
    kin = shipped_guide().kin
    in_force = {code for code, procedure in shipped.procedures.items() if procedure.superseded_by is None}
    assert kin.keys() == in_force
    wrong = [
        code
        for code, others in kin.items()
        if len(others) > MOST_KIN
        or len(set(others)) < len(others)
        or code in others
        or not in_force.issuperset(others)
        or {shipped.procedures[other].field_id for other in others} - {shipped.procedures[code].field_id}
    ]
    assert wrong == []


def test_kin_is_mutual_where_there_is_room(shipped: Catalogue) -> None:
    """Likeness is symmetric; only the limit may leave one out, in a family that is full, and doubt."""
    kin = shipped_guide().kin
    one_sided = [
        (code, other)
        for code, others in kin.items()
        for other in others
        if code not in kin[other] and len(kin[other]) < MOST_KIN and not shipped.procedures[code].maybe_superseded
    ]
    assert one_sided == []


def test_what_may_have_been_replaced_is_not_brought_up(shipped: Catalogue) -> None:
    doubtful = {code for code, procedure in shipped.procedures.items() if procedure.maybe_superseded}
    assert [code for code, others in shipped_guide().kin.items() if doubtful.intersection(others)] == []


def test_the_second_province_is_too_small_for_families(second: Catalogue) -> None:
    assert families(second) == dict.fromkeys(("1.900001", "1.900002", "1.900003", "1.900005"), ())
