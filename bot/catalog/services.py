"""Services: what can be filed online for a procedure, at which agencies, and how far it runs online."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from bot.catalog.codes import is_service_code
from bot.catalog.hosts import host_of, is_allowed
from bot.catalog.model import Agency, OnlineLevel, Service
from bot.catalog.ranges import RangeError, expand
from bot.catalog.report import quote
from bot.catalog.tables import Row, Table
from bot.catalog.values import filled, word_of

# A service of unknown level has no row.
_LEVELS = (OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.INFORMATION)
_SERVICE_STATES = ("official", "trial")


def read_services(
    table: Table,
    codes: Collection[str] | None,
    agencies: Mapping[str, Agency] | None,
    hosts: tuple[str, ...] | None,
) -> dict[str, tuple[Service, ...]]:
    """Services by procedure code. A None stands for a file that could not be read: then it is not checked against."""
    services: defaultdict[str, list[Service]] = defaultdict(list)
    taken: dict[tuple[str, str], tuple[str, str]] = {}
    expanded: dict[str, tuple[str, ...]] = {}
    for row in table.rows:
        if not is_service_code(row["service_code"]):
            row.problem("service_code", f"service code is {quote(row['service_code'])}", "N.NNNNNN.NN")
        if codes is not None and row["code"] not in codes:
            row.problem("code", f"procedure {quote(row['code'])} is not known", "a code of procedures.csv")
        agency_codes = () if agencies is None else _agencies(row, agencies, expanded)
        _check_once(row, agency_codes, taken)
        _check_host(row, hosts)
        services[row["code"]].append(_service(row, agency_codes))
    return {code: tuple(group) for code, group in services.items()}


def _service(row: Row, agencies: tuple[str, ...]) -> Service:
    return Service(
        service_code=row["service_code"],
        code=row["code"],
        name=filled(row, "name"),
        agencies=agencies,
        level=OnlineLevel(word_of(row, "level", *_LEVELS)),
        trial=word_of(row, "status", *_SERVICE_STATES) == "trial",
        system=filled(row, "system"),
        host=row["host"],
    )


def _agencies(row: Row, known: Mapping[str, Agency], expanded: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    codes: list[str] = []
    for item in filled(row, "agencies").split():
        if item not in expanded:
            try:
                expanded[item] = expand(item, known)
            except RangeError as error:
                row.problem("agencies", error.what, error.expected)
                continue
        codes.extend(expanded[item])
    if "  " in row["agencies"]:
        row.problem("agencies", f"{quote(row['agencies'])} has two spaces together", "codes with single spaces between")
    return tuple(codes)


def _check_once(row: Row, agencies: tuple[str, ...], taken: dict[tuple[str, str], tuple[str, str]]) -> None:
    """A service has one level at an agency: the pair must not come back, with the same level or with another."""
    service, here = row["service_code"], (row["level"], row.place)
    told: set[str] = set()
    for agency in agencies:
        earlier = taken.setdefault((service, agency), here)
        if earlier is not here or agency in told:
            how = "twice in this cell" if earlier is here else f"{earlier[0]} at {earlier[1]}"
            row.problem("agencies", f"{service} at {agency} is given {how}", "each agency of a service once")
            return
        told.add(agency)


def _check_host(row: Row, hosts: tuple[str, ...] | None) -> None:
    host = host_of(row["host"])
    if not host:
        row.problem("host", f"address {quote(row['host'])}", "a plain host name, and perhaps a path")
    elif hosts is not None and not is_allowed(host, hosts):
        row.problem("host", f"host {host} is not on the allow-list", "a host of province.toml")
