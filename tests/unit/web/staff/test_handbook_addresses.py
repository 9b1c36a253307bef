"""Every address below /staff that a handbook names is a page, and the menu is described once."""

from __future__ import annotations

import re

import pytest

from bot.texts import load_texts
from bot.web.staff.house import STAFF
from tests.unit.handbooks import HANDBOOKS, tables
from tests.unit.handbooks import STAFF as FOR_STAFF
from tests.unit.web.staff.conftest import Office


@pytest.mark.parametrize("name", HANDBOOKS)
async def test_addresses_are_pages(office: Office, name: str) -> None:
    named = set(re.findall(r"`(/staff[^`\s]*)`", HANDBOOKS[name]))
    known = {route.resource.canonical for route in office.app.router.routes() if route.resource is not None}
    assert named - known == set()


async def test_each_page_of_the_menu_is_described_in_one_handbook(office: Office) -> None:
    """At its own address: in the handbook for staff, or in the one that it leads to."""
    texts = load_texts()
    described = {}
    pages = HANDBOOKS[FOR_STAFF].partition("\n## Các trang\n")[2].partition("\n## ")[0]
    for name, text in re.findall(r"^### ([^\n]+)\n(.*?)(?=\n### |\Z)", pages, re.MULTILINE | re.DOTALL):
        described[name] = re.findall(r"Địa chỉ: `([^`]+)`", text)
    for name, address, _ in tables(FOR_STAFF)["Trang | Địa chỉ | Xem"]:
        assert name.strip("*") not in described
        described[name.strip("*")] = [address.strip("`")]
    assert described == {texts.find(entry.text_id): [entry.path] for entry in office.app[STAFF].menu}


async def test_pages_with_a_handbook_of_their_own_stand_there(office: Office) -> None:
    """Below a heading with their name, where their address is told first."""
    for name, address, link in tables(FOR_STAFF)["Trang | Địa chỉ | Xem"]:
        found = re.search(r"\((so-tay-[\w-]+\.md)#", link)
        assert found is not None
        text = HANDBOOKS[found[1]].partition(f"\n## {name.strip('*')}\n")[2]
        assert re.findall(r"Địa chỉ: (`[^`]+`)", text)[:1] == [address]
