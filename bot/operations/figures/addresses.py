"""The addresses of staff pages that show figures: period, filters, order and page are all in them.

Digests and pictures link to them, so they are written here; the web reads them with `read_*`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from urllib.parse import urlencode

from bot.operations.figures.model import EVERYTHING, By, Filters
from bot.ratings.model import Filing, Mark
from bot.ratings.periods import Period, written
from bot.ratings.scales import SCALES
from bot.store.figures import EVERY_RATING, Narrowing

OVERVIEW = "/staff"
TABLES = "/staff/bang"
RATINGS = "/staff/phieu"
USE = "/staff/su-dung"
PICTURES = "/staff/hinh"
WHOLE_PICTURE, TREND_PICTURE, GROUPS_PICTURE = "muc-tieu", "theo-thang", "theo-nhom"
REPORT = "/staff/bao-cao"
BY = "theo"
"""Of a picture or a report: what it is broken down by."""
PERIOD = "ky"
BY_SLUGS: Mapping[By, str] = {
    By.SERVICE: "thu-tuc",
    By.FIELD: "linh-vuc",
    By.AGENCY: "co-quan",
    By.COMMUNE: "xa-phuong",
    By.CHANNEL: "kenh",
    By.ORIGIN: "noi-hoi",
    By.HELPED: "tro-giup",
}
FILTER_NAMES: Mapping[str, str] = {
    "code": "thu-tuc",
    "field": "linh-vuc",
    "agency": "co-quan",
    "commune": "xa",
    "channel": "kenh",
    "origin": "noi-hoi",
}
NOT_SAID = "-"
"""Instead of an empty value: ratings that do not say it."""
_FILINGS: Mapping[Filing, str] = {Filing.ONLINE: "truc-tuyen", Filing.COUNTER: "tai-quay", Filing.HELPER: "nho-nop"}
_LOWEST, _HIGHEST, _SCALE, _FILING, _HELPED, _ASIDE, _MARK = "tu", "den", "thang-do", "cach", "giup", "de-rieng", "dau"
_YES, _NO = "co", "khong"
_MOST_CHARS = 100


@dataclass(frozen=True, slots=True)
class Which:
    """Which ratings are listed: of whom they are and of what kind."""

    filters: Filters = EVERYTHING
    only: Narrowing = EVERY_RATING


def overview_address(period: Period) -> str:
    return _address(OVERVIEW, {PERIOD: written(period)})


def table_address(by: By, period: Period, filters: Filters = EVERYTHING, more: Mapping[str, str] | None = None) -> str:
    """`more`: the order and the page, as the table itself names them."""
    return _address(f"{TABLES}/{BY_SLUGS[by]}", {PERIOD: written(period), **filter_parameters(filters), **(more or {})})


def ratings_address(period: Period, which: Which, more: Mapping[str, str] | None = None) -> str:
    parameters = {PERIOD: written(period), **filter_parameters(which.filters), **kind_parameters(which.only)}
    return _address(RATINGS, {**parameters, **(more or {})})


def picture_address(name: str, period: Period, by: By | None = None) -> str:
    """`name`: WHOLE_PICTURE, TREND_PICTURE, or GROUPS_PICTURE with `by`."""
    return _address(f"{PICTURES}/{name}.svg", _of_table(period, by))


def report_address(form: str, period: Period, by: By | None = None) -> str:
    """A file to download; with `by` it has that table as well."""
    return _address(f"{REPORT}.{form}", _of_table(period, by))


def filter_parameters(filters: Filters) -> dict[str, str]:
    """As they stand in an address; for forms that keep them."""
    given = {name: value for name, value in asdict(filters).items() if value is not None}
    return {FILTER_NAMES[name]: value or NOT_SAID for name, value in given.items()}


def kind_parameters(only: Narrowing) -> dict[str, str]:
    """As it stands in an address; for forms that keep it."""
    kind = {
        _SCALE: only.scale,
        _FILING: None if only.filing is None else _FILINGS[only.filing],
        _LOWEST: None if only.lowest is None else str(only.lowest),
        _HIGHEST: None if only.highest is None else str(only.highest),
        _HELPED: _said(only.is_helped),
        _ASIDE: _said(only.is_aside),
        _MARK: only.mark,
    }
    return {name: str(value) for name, value in kind.items() if value is not None}


def read_filters(query: Mapping[str, str]) -> Filters:
    """What cannot be meant counts as not given; ids that nobody knows find nothing."""
    return Filters(**{name: _value(query.get(parameter, "")) for name, parameter in FILTER_NAMES.items()})


def read_only(query: Mapping[str, str]) -> Narrowing:
    filings = {slug: filing for filing, slug in _FILINGS.items()}
    scale, mark = query.get(_SCALE), query.get(_MARK)
    return Narrowing(
        lowest=_level(query.get(_LOWEST, "")),
        highest=_level(query.get(_HIGHEST, "")),
        scale=scale if scale in SCALES else None,
        filing=filings.get(query.get(_FILING, "")),
        mark=Mark(mark) if mark in set(Mark) else None,
        is_helped=_meant(query.get(_HELPED)),
        is_aside=_meant(query.get(_ASIDE)),
    )


def _address(path: str, parameters: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(parameters)}"


def _of_table(period: Period, by: By | None) -> dict[str, str]:
    return {PERIOD: written(period)} | ({} if by is None else {BY: BY_SLUGS[by]})


def _value(given: str) -> str | None:
    if not given or len(given) > _MOST_CHARS or not given.isprintable():
        return None
    return "" if given == NOT_SAID else given


def _level(given: str) -> int | None:
    return int(given) if given in {"1", "2", "3", "4", "5"} else None


def _said(value: bool | None) -> str | None:
    return None if value is None else _YES if value else _NO


def _meant(given: str | None) -> bool | None:
    return {_YES: True, _NO: False}.get(given or "")
