"""Links to rate a service: only for services that are there, and drawn so that a handled sheet still works."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.signed_links import RatingLink, Signer
from bot.errors import MotCuaError
from bot.operations.rating_links.answers import Question, question_of
from bot.operations.rating_links.making import Wanted, Wrong, make_link
from bot.operations.squares import draw, drawn
from bot.ratings.model import Origin

CATALOGUE = load_catalogue(Path(__file__).parents[3] / "fixtures" / "second_province")
NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
WANTED = Wanted("1.900001", "H99.100", "", Origin.COUNTER, "quay-1", 90)
ADDRESS = "https://hoidap.example.gov.vn/danh-gia/1.900001~H99.100~~c0~20270220~quay-1~AAAAAAAAAAAA"


def test_a_link() -> None:
    assert make_link(CATALOGUE, WANTED, NOW) == RatingLink(
        "1.900001", "H99.100", "", Origin.COUNTER, "quay-1", date(2027, 2, 20)
    )


@pytest.mark.parametrize(
    ("change", "agency"),
    [
        ({"commune": "H99.101"}, "H99.101"),
        ({}, ""),
        ({"code": "1.900003"}, "H99.05"),
        ({"code": "1.900003", "commune": "H99.101"}, "H99.05"),
        ({"code": "1.900005", "commune": "H99.101"}, ""),
    ],
)
def test_who_decides_is_filled_in_where_it_is_clear(change: dict[str, str], agency: str) -> None:
    link = make_link(CATALOGUE, replace(WANTED, agency="", **change), NOW)  # type: ignore[arg-type]
    assert isinstance(link, RatingLink)
    assert (link.agency, link.commune) == (agency, change.get("commune", ""))


def test_other_forms_of_a_code_and_old_codes_are_those_of_today() -> None:
    link = make_link(CATALOGUE, replace(WANTED, code="1900004", agency=""), NOW)
    assert isinstance(link, RatingLink)
    assert link.code == "1.900005"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"code": "khai sinh"}, Wrong.CODE),
        ({"code": "1.123456"}, Wrong.CODE),
        ({"agency": "H99.05"}, Wrong.AGENCY),
        ({"commune": "H99.05"}, Wrong.COMMUNE),
        ({"name": ""}, Wrong.NAME),
        ({"name": "quầy 1"}, Wrong.NAME),
        ({"name": "a~b"}, Wrong.NAME),
        ({"name": "a" * 25}, Wrong.NAME),
        ({"days": 0}, Wrong.DAYS),
        ({"days": 367}, Wrong.DAYS),
    ],
)
def test_what_no_link_is_made_of(change: dict[str, str], wrong: Wrong) -> None:
    assert make_link(CATALOGUE, replace(WANTED, **change), NOW) is wrong  # type: ignore[arg-type]


def test_links_for_one_rating_each_have_a_name_of_their_own() -> None:
    wanted = replace(WANTED, is_single=True, name="a" * 24)
    links = [make_link(CATALOGUE, wanted, NOW) for _ in range(2)]
    names = [link.id for link in links if isinstance(link, RatingLink)]
    assert [(name[:14], len(name)) for name in names] == [("a" * 13 + "-", 24)] * 2
    assert names[0] != names[1]


@given(
    st.builds(
        Wanted,
        st.sampled_from(sorted(CATALOGUE.procedures)),
        st.sampled_from(["", *CATALOGUE.agencies]),
        st.sampled_from(["", *CATALOGUE.communes]),
        st.sampled_from([Origin.COUNTER, Origin.TEAM]),
        st.text("aZ09_-~", max_size=26),
        st.integers(-1, 400),
        st.booleans(),
    )
)
def test_every_link_that_is_made_can_be_read_and_asks(wanted: Wanted) -> None:
    link, signer = make_link(CATALOGUE, wanted, NOW), Signer(b"k" * 32)
    if isinstance(link, RatingLink):
        assert signer.rating_link(signer.rating_path(link).rpartition("/")[2]) == link
        question = question_of(CATALOGUE, link, NOW, RatingRules())
        assert isinstance(question, Question)
        assert (question.subject.code, question.subject.agency) == (link.code, link.agency)


def test_a_code_is_drawn(tmp_path: Path) -> None:
    draw(ADDRESS, tmp_path / "ma.svg")
    draw(ADDRESS, tmp_path / "ma.PNG")
    assert ElementTree.parse(tmp_path / "ma.svg").getroot().tag.endswith("svg")  # noqa: S314 - made here
    assert (tmp_path / "ma.PNG").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert drawn(ADDRESS).startswith("data:image/svg+xml")


@pytest.mark.parametrize("name", ["ma.gif", "ma", "none/ma.svg"])
def test_what_cannot_be_drawn_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(MotCuaError, match=name):
        draw(ADDRESS, tmp_path / name)
