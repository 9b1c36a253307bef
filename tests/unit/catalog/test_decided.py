"""A decision stands in the files of the catalogue that it publishes; what it supersedes is history."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.decided import Decision, UnknownDecisionError, decision_of_list, with_decision
from bot.catalog.folder import Contents, read_contents
from bot.catalog.load import check_contents, read_catalogue
from bot.catalog.model import LegalDecision
from bot.catalog.report import Report
from bot.settings import SHIPPED_CATALOGUE

SECOND = read_contents(Path(__file__).resolve().parents[2] / "fixtures" / "second_province", Report())
SHIPPED = read_contents(SHIPPED_CATALOGUE, Report())
NEW = Decision("12/QĐ-UBND", date(2026, 11, 20), date(2026, 12, 1), supersedes="1/KH-UBND")
OPERATOR = "Ủy ban nhân dân tỉnh Mẫu"
TITLE = "List of administrative procedures and their online services"


def decisions(contents: Contents) -> dict[str, tuple[str, ...]]:
    rows = list(csv.reader(io.StringIO(contents["decisions.csv"].decode())))
    return {row[0]: tuple(row[1:]) for row in rows[1:]}


def test_the_new_one_is_in_force_and_the_old_one_history() -> None:
    new = with_decision(SECOND, NEW, OPERATOR)
    assert decisions(new) == {
        "1/KH-UBND": (
            *("2026-01-01", "UBND tỉnh Mẫu", "Plan for online public services"),
            *("replaced by 12/QĐ-UBND on 2026-12-01", ""),
        ),
        "12/QĐ-UBND": ("2026-11-20", "UBND tỉnh Mẫu", TITLE, "in force since 2026-12-01", "1/KH-UBND"),
    }
    assert check_contents(new) == ()


def test_the_list_names_it_as_its_source_and_is_of_its_day() -> None:
    assert decision_of_list(read_catalogue(SECOND)) is None
    catalogue = read_catalogue(with_decision(SECOND, NEW, OPERATOR))
    in_force = "in force since 2026-12-01"
    told = LegalDecision("12/QĐ-UBND", "2026-11-20", "UBND tỉnh Mẫu", TITLE, in_force, "1/KH-UBND")
    assert (catalogue.as_of, decision_of_list(catalogue)) == (date(2026, 11, 20), told)


def test_nothing_else_is_touched() -> None:
    for contents in (SECOND, SHIPPED):
        new = with_decision(contents, replace(NEW, supersedes=""), OPERATOR)
        changed = {path for path in new if new[path] != contents.get(path)}
        assert (changed, check_contents(new)) == ({"decisions.csv", "sources.toml"}, ())
        before, after = (one["sources.toml"].decode().splitlines() for one in (contents, new))
        gone = [line for line in before if line not in after]
        assert [line.partition(" = ")[0] for line in gone] == (["origin"] if contents is SHIPPED else [])
        rows = decisions(new)
        assert rows.pop("12/QĐ-UBND") == ("2026-11-20", OPERATOR, TITLE, "in force since 2026-12-01", "")
        assert rows == decisions(contents)


def test_the_same_decision_again_changes_what_is_new_about_it() -> None:
    once = with_decision(SECOND, NEW, OPERATOR)
    assert with_decision(once, NEW, OPERATOR) == once
    later = replace(NEW, since=date(2027, 1, 1), issuer="HĐND tỉnh Mẫu", supersedes="")
    rows = decisions(with_decision(once, later, OPERATOR))
    assert rows["12/QĐ-UBND"] == ("2026-11-20", "HĐND tỉnh Mẫu", TITLE, "in force since 2027-01-01", "1/KH-UBND")


@pytest.mark.parametrize("supersedes", ["2/KH-UBND", "12/QĐ-UBND"])
def test_what_is_superseded_has_to_be_known_and_another_one(supersedes: str) -> None:
    with pytest.raises(UnknownDecisionError):
        with_decision(SECOND, replace(NEW, supersedes=supersedes), OPERATOR)


def test_a_number_within_another_is_not_that_one() -> None:
    catalogue = read_catalogue(with_decision(SECOND, replace(NEW, number="112/QĐ-UBND"), OPERATOR))
    other = LegalDecision("12/QĐ-UBND", "2026", "x", "x", "x", "")
    found = decision_of_list(replace(catalogue, decisions=(other, *catalogue.decisions)))
    assert found is not None
    assert found.number == "112/QĐ-UBND"


@pytest.mark.parametrize("path", ["decisions.csv", "sources.toml"])
@pytest.mark.parametrize("content", [None, b"", b"\xff\n", b"number\n1\n"])
def test_what_cannot_be_read_is_left_to_who_checks(path: str, content: bytes | None) -> None:
    broken = {name: data for name, data in SECOND.items() if name != path}
    if content is not None:
        broken[path] = content
    assert check_contents(with_decision(broken, replace(NEW, supersedes=""), OPERATOR)) != ()


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=30)
_COMPOSED = _TEXT.map(lambda text: normalize("NFC", text))


@given(_COMPOSED, _COMPOSED)
def test_whatever_a_decision_is_called_it_is_read_back(number: str, issuer: str) -> None:
    catalogue = read_catalogue(with_decision(SECOND, Decision(number, NEW.on, NEW.since, issuer), OPERATOR))
    found = decision_of_list(catalogue)
    assert (found and found.number, found and found.issuer) == (number, issuer)
