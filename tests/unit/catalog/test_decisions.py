"""Which decisions are history."""

from __future__ import annotations

from bot.catalog.decisions import NUMBER, history, replaceable
from bot.catalog.model import Catalogue, LegalDecision


def decision(number: str, status: str, replaces: str = "") -> LegalDecision:
    return LegalDecision(number, "2022", "", "", status, replaces)


def test_what_one_in_force_replaces_is_history() -> None:
    new = decision("12/QĐ-UBND", "in force 2026-11-02", "10/QĐ-UBND")
    assert history([decision("10/QĐ-UBND", "in force"), new]) == {"10/QĐ-UBND"}
    # What may still be changed replaces nothing yet.
    assert history([decision("10/QĐ-UBND", "in force"), decision("x", "draft seen", "10/QĐ-UBND")]) == set()


def test_what_ended_by_itself_is_history() -> None:
    known = [decision("1/A", "ended"), decision("2/A", "expired 2026-07-01"), decision("3/A", "replaced by 4/A")]
    assert history([*known, decision("4/A", "in force"), decision("5/A", "believed replaced")]) == {"1/A", "2/A", "3/A"}


def test_the_shipped_ones(shipped: Catalogue) -> None:
    assert history(shipped.decisions) == {
        *("1929/QĐ-UBND", "461/QĐ-UBND", "42/2022/NĐ-CP", "43/2011/NĐ-CP", "61/2018/NĐ-CP", "13/2023/NĐ-CP"),
    }


def test_numbers_are_found_where_they_are_cited() -> None:
    assert NUMBER.findall("Nghị định 42/2022/NĐ-CP, điều 11 và Nghị quyết 1665/NQ-UBTVQH15") == [
        "42/2022/NĐ-CP",
        "1665/NQ-UBTVQH15",
    ]


def test_a_new_decision_may_replace_those_of_the_province_that_hold() -> None:
    def one(number: str, date: str, status: str, replaces: str = "") -> LegalDecision:
        return LegalDecision(number, date, "", "", status, replaces)

    decisions = (
        one("1/QĐ-UBND", "2022-01-01", "in force"),
        one("2/KH-UBND", "2025-01-01", "in force since 2025-02-01"),
        one("3/QĐ-UBND", "2021-01-01", "in force"),
        one("4/QĐ-UBND", "2026-01-01", "in force", "3/QĐ-UBND"),
        one("5/QĐ-UBND", "2026-01-01", "draft seen"),
        one("6/QĐ-UBND", "2020-01-01", "ended"),
        one("7/2026/NĐ-CP", "2026-01-01", "in force"),
    )
    assert [decision.number for decision in replaceable(decisions)] == ["4/QĐ-UBND", "2/KH-UBND", "1/QĐ-UBND"]
