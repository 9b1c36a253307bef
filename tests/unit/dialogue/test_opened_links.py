"""Counted links lead to the portal, to hosts of the list, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.opened_links import Opened, opened
from bot.dialogue.signed_links import PortalLink
from bot.ratings.model import Subject

CATALOGUE = load_catalogue(Path(__file__).parents[2] / "fixtures" / "second_province")
PAGE = "https://portal.example.vn/thu-tuc/00000000-0000-4000-8000-000000000001"


def with_portal(address: str) -> Catalogue:
    province = replace(CATALOGUE.province, portal_procedure=address, portal_search=address)
    return replace(CATALOGUE, province=province)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (PortalLink("1.900001", "H99.100"), Opened(PAGE, Subject("1.900001", "1.900001.01", "H99.100", "H99.100"))),
        (PortalLink("1.900001"), Opened(PAGE, Subject("1.900001"))),
        (PortalLink("1.900001", "H12.999"), Opened(PAGE, Subject("1.900001"))),
        (PortalLink("1.123456"), None),
    ],
)
def test_where_a_link_leads(link: PortalLink, expected: Opened | None) -> None:
    assert opened(CATALOGUE, link) == expected


def test_where_there_are_two_services_none_is_named() -> None:
    found = opened(CATALOGUE, PortalLink("1.900002", "H99.100"))
    assert found is not None
    assert found.subject == Subject("1.900002", "", "H99.100", "H99.100")


def test_a_replaced_code_leads_to_its_successor() -> None:
    assert opened(CATALOGUE, PortalLink("1.900004")) == opened(CATALOGUE, PortalLink("1.900005"))


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/{portal_id}",
        "http://portal.example.vn/{portal_id}",
        "https://portal.example.vn@evil.example/",
        "https://portal.example.vn:8443/",
        "//portal.example.vn/",
        "javascript:alert(1)",
        "",
    ],
)
def test_a_catalogue_that_points_elsewhere_leads_nowhere(address: str) -> None:
    assert opened(with_portal(address), PortalLink("1.900001")) is None


@given(
    st.text(max_size=40) | st.sampled_from(["https://portal.example.vn", "https://a.portal.example.vn/x"]),
    st.sampled_from(sorted(CATALOGUE.procedures)) | st.text(max_size=10),
    st.text(max_size=10),
)
def test_only_hosts_of_the_list_are_led_to(address: str, code: str, agency: str) -> None:
    found = opened(with_portal(address), PortalLink(code, agency))
    hosts = ("https://portal.example.vn", "https://a.portal.example.vn/x")
    assert found is None or found.address in hosts
