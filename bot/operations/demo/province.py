"""A made-up year of a busy province: who asks what, where, when, and how satisfied they are. Drawn with numpy.

Services, agencies and communes are those of the catalogue; people, ratings and events are of nobody. The same seed
makes the same year.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from bot.catalog.model import Catalogue
from bot.dialogue.messages import Status
from bot.ratings.periods import Period, report_months_to

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

_ZIPF = 1.1
_HEAD = 4.0
"""The first few are about as frequent as each other."""
HOUR_WEIGHTS = (1, 0.5, 0.3, 0.2, 0.3, 1, 3, 8, 14, 15, 13, 8, 6, 9, 13, 13, 10, 7, 6, 8, 9, 7, 4, 2)
_WEEKDAY_WEIGHTS = (1.25, 1.15, 1.1, 1.05, 1.0, 0.45, 0.35)
CHANNELS = ("zalo_oa", "web", "telegram", "zalo_bot")
CHANNEL_WEIGHTS = (0.62, 0.27, 0.04, 0.07)
EVENT_WEIGHTS = {
    Status.ANSWERED: 46.0,
    Status.ASKED_BACK: 14.0,
    Status.STARTED: 7.0,
    Status.NOT_FOUND: 6.0,
    Status.ASKED_TO_RATE: 6.0,
    Status.BROWSED: 4.0,
    Status.HELPFULNESS: 4.0,
    Status.RATED: 4.0,
    Status.OUT_OF_SCOPE: 3.0,
    Status.HELPED: 2.0,
    Status.NOT_FILED: 1.0,
    Status.NOT_TEXT: 1.0,
    Status.REMEMBERED: 0.7,
    Status.COMMENTED: 0.5,
    Status.PERSONAL_DATA_REFUSED: 0.3,
    Status.FAILED: 0.05,
}


@dataclass(frozen=True, slots=True)
class Province:
    """What there is to draw from. `pair_*`: services at agencies, those of one code beside each other; `pair_ends`:
    code number + share of the code's dossiers up to this pair. `code_ends`: share of all dossiers up to this code."""

    codes: tuple[str, ...]
    code_ends: Floats
    pair_ends: Floats
    pair_service: tuple[str, ...]
    pair_agency: Ints
    agencies: tuple[str, ...]
    communes: tuple[str, ...]
    commune_ends: Floats
    agency_share: Floats
    """How many of 1 are satisfied, by agency."""
    code_shift: Floats
    """What is added to it, by code."""


def province_of(catalogue: Catalogue, random: np.random.Generator) -> Province:
    """The most used services first, the others in an order drawn once."""
    used = [most.code for most in catalogue.most_used if most.code in catalogue.services]
    others = [code for code in catalogue.services if code not in set(used)]
    random.shuffle(others)
    codes = (*used, *others)
    communes = tuple(commune.agency_code for commune in catalogue.communes.values())
    commune_weights = dict(zip(communes, 1 / (np.arange(len(communes)) + _HEAD) ** 0.6, strict=True))
    agencies: dict[str, int] = {}
    ends: list[Floats] = []
    services: list[str] = []
    numbers: list[int] = []
    for number, code in enumerate(codes):
        pairs = [(service.service_code, agency) for service in catalogue.services[code] for agency in service.agencies]
        weights = np.array([commune_weights.get(agency, 1.0) for _, agency in pairs])
        ends.append(number + np.cumsum(weights) / weights.sum())
        services += [service for service, _ in pairs]
        numbers += [agencies.setdefault(agency, len(agencies)) for _, agency in pairs]
    share = random.normal(0.962, 0.014, len(agencies))
    share[random.random(len(agencies)) < 0.08] -= 0.08
    return Province(
        codes,
        _ends(1 / (np.arange(len(codes)) + _HEAD) ** _ZIPF),
        np.concatenate(ends),
        tuple(services),
        np.array(numbers),
        tuple(agencies),
        communes,
        _ends(np.array([commune_weights[commune] for commune in communes])),
        share,
        random.normal(0, 0.012, len(codes)),
    )


def _ends(weights: Floats | Sequence[float]) -> Floats:
    sums = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.asarray(sums / sums[-1])


def drawn(random: np.random.Generator, ends: Floats, size: int) -> Ints:
    """Numbers of the drawn ones, by their shares up to each."""
    return np.minimum(np.searchsorted(ends, random.random(size), side="right"), len(ends) - 1)


def chosen(random: np.random.Generator, weights: Sequence[float], size: int) -> Ints:
    return drawn(random, _ends(weights), size)


def people(seed: int, count: int) -> list[str]:
    """As long as the keyed hashes of real people, and seen to be none."""
    return ["demo" + hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()[4:] for number in range(count)]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days, with how busy each is compared with the others, and the report months that they lie in."""

    days: tuple[date, ...]
    weights: Floats
    periods: tuple[Period, ...]

    def within(self, period: Period) -> Ints:
        """Numbers of the days of a period."""
        return np.array([number for number, day in enumerate(self.days) if period.first <= day <= period.last])


def timeline(last: date, months: int, period_start: int, random: np.random.Generator) -> Timeline:
    """`months` report months; the last of them holds the day `last`, and ends with it here."""
    periods = report_months_to(last, months, period_start)
    first = periods[0].first
    days = tuple(first + timedelta(days=n) for n in range((last - first).days + 1))
    growth = np.linspace(0.8, 1.2, len(days))
    weekdays = np.array([_WEEKDAY_WEIGHTS[day.weekday()] for day in days])
    return Timeline(days, growth * weekdays * random.uniform(0.85, 1.15, len(days)), periods)


def shared_out(total: int, weights: Floats) -> Ints:
    """Whole numbers in proportion to the weights, which add up to `total`."""
    ends = np.round(np.cumsum(weights) / weights.sum() * total).astype(np.int64)
    return np.asarray(np.diff(ends, prepend=0))


def distinct(random: np.random.Generator, province: Province, persons: int, size: int) -> tuple[Ints, Ints]:
    """`size` different pairs of a person and a code, in no order."""
    keys: Ints = np.empty(0, dtype=np.int64)
    while len(keys) < size:
        more = max(1000, size - len(keys)) * 5 // 4
        codes = drawn(random, province.code_ends, more)
        keys = np.unique(np.concatenate((keys, random.integers(0, persons, more) * len(province.codes) + codes)))
    keys = random.permutation(keys)[:size]
    return keys // len(province.codes), keys % len(province.codes)


def seconds_of_day(random: np.random.Generator, size: int) -> Ints:
    return chosen(random, HOUR_WEIGHTS, size) * 3600 + random.integers(0, 3600, size)
