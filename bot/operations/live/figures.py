"""Figures in Prometheus' format: read, and compared with those of a while ago. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from prometheus_client.parser import text_string_to_metric_families

Labels = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Scrape:
    """What one process said. `tick`: when, in seconds that only grow."""

    tick: float
    values: Mapping[tuple[str, Labels], float]


@dataclass(frozen=True, slots=True)
class Change:
    """The figures of one process a while ago and now; the same one twice while there is but one."""

    before: Scrape
    now: Scrape

    @property
    def seconds(self) -> float:
        return self.now.tick - self.before.tick

    def increase(self, name: str, labels: Labels) -> float:
        """By how much a counter has grown. One that is smaller than before began anew with its process."""
        now, before = self.now.values.get((name, labels), 0.0), self.before.values.get((name, labels), 0.0)
        return now - before if now >= before else now


def parse(text: str, tick: float) -> Scrape:
    """Raises ValueError where it is not in that format."""
    values: dict[tuple[str, Labels], float] = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            values[sample.name, frozenset(sample.labels.items())] = float(sample.value)
    return Scrape(tick, values)


def totals(changes: Iterable[Change], name: str, by: str) -> dict[str, float]:
    """The sum over all processes as it is now, for each value of a label."""
    summed: dict[str, float] = {}
    for change in changes:
        for (known, labels), value in change.now.values.items():
            if known == name:
                key = dict(labels).get(by, "")
                summed[key] = summed.get(key, 0.0) + value
    return summed


def increases(changes: Iterable[Change], name: str, by: str) -> dict[str, float]:
    """The same of how much it has grown meanwhile."""
    summed: dict[str, float] = {}
    for change in changes:
        for known, labels in change.now.values:
            if known == name:
                key = dict(labels).get(by, "")
                summed[key] = summed.get(key, 0.0) + change.increase(name, labels)
    return summed


def highest(changes: Iterable[Change], name: str, by: str) -> dict[str, float]:
    """The highest that any process says now."""
    found: dict[str, float] = {}
    for change in changes:
        for (known, labels), value in change.now.values.items():
            if known == name:
                key = dict(labels).get(by, "")
                found[key] = max(found.get(key, -math.inf), value)
    return found


def buckets(changes: Iterable[Change], name: str, where: Mapping[str, str]) -> dict[float, float]:
    """Of a histogram, how many observations were at most so large meanwhile; over all processes."""
    wanted = set(where.items())
    summed: dict[float, float] = {}
    for change in changes:
        for known, labels in change.now.values:
            if known == f"{name}_bucket" and wanted <= labels:
                bound = float(dict(labels)["le"])
                summed[bound] = summed.get(bound, 0.0) + change.increase(known, labels)
    return summed


def quantile(counted: Mapping[float, float], share: float) -> float | None:
    """The value below which this share of the observations lies, as Prometheus reckons it: evenly within a bucket.

    None without observations; where it lies beyond the last bound, that bound.
    """
    bounds = sorted(counted)
    if not bounds or counted[bounds[-1]] <= 0:
        return None
    rank, below, low = share * counted[bounds[-1]], 0.0, 0.0
    for bound in bounds:
        if counted[bound] >= rank:
            if math.isinf(bound):
                return low
            inside = counted[bound] - below
            return low if inside <= 0 else low + (bound - low) * (rank - below) / inside
        low, below = bound, counted[bound]
    return low
