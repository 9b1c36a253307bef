"""Every route is described, and answers whatever is sent as it is described. `make fuzz` does more of the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis

from tests.fuzz.furniture import furnish
from tests.fuzz.house import Running, running
from tests.fuzz.run import Fuzzer, Tally
from tests.fuzz.table import described, named_in_table, openapi
from tests.unit.catalog.conftest import SECOND_PROVINCE

SEED = 8
MEANT, ODD = 4, 4
"""Requests of a role to a route; the rest is `make fuzz`."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("house"), SECOND_PROVINCE) as opened:
        furnish(opened)
        yield opened


@pytest.fixture(scope="module")
def fuzzer(house: Running) -> Fuzzer:
    return Fuzzer(house, SEED)


def test_every_route_is_described_and_nothing_else(house: Running) -> None:
    assert {named_in_table(route) for route in house.routes if route.method != "HEAD"} == described().keys()


def test_what_stands_below_staff_says_whose_it_is() -> None:
    open_to_all = {line.path_pattern for line in described().values() if line.is_staff and line.least is None}
    assert open_to_all == {"/staff/dang-nhap", "/staff/dang-nhap/ma"}


def test_the_description_is_openapi(house: Running) -> None:
    schemathesis.openapi.from_dict(openapi(house.routes, described(), house.known)).validate()


@pytest.mark.parametrize("name", described())
def test_whatever_is_sent_is_answered_as_described(fuzzer: Fuzzer, name: str) -> None:
    aimed = [route for route in fuzzer.routes() if route.line.name == name]
    tallies = [fuzzer.fuzz(route, MEANT, ODD) for route in aimed]
    assert [tally.failures for tally in tallies] == [{}] * len(aimed)
    assert all(_was_asked(tally) for tally in tallies)


def _was_asked(tally: Tally) -> bool:
    return tally.asked > ODD and any(tally.statuses)
