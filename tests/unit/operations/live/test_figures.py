"""Figures in Prometheus' format, read and compared."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.operations.live.figures import Change, Scrape, buckets, highest, increases, parse, quantile, totals

TEXT = """# TYPE mot_cua_replies_total counter
mot_cua_replies_total{channel="web",status="answered"} 3.0
mot_cua_replies_total{channel="telegram",status="answered"} 4.0
mot_cua_replies_total{channel="web",status="not_found"} 1.0
# TYPE mot_cua_leader gauge
mot_cua_leader 1.0
"""


def labels(**values: str) -> frozenset[tuple[str, str]]:
    return frozenset(values.items())


def scrape(tick: float = 0.0, **values: float) -> Scrape:
    return Scrape(tick, {(name, labels(channel="web")): value for name, value in values.items()})


def test_what_is_read() -> None:
    assert parse(TEXT, 7.0) == Scrape(
        7.0,
        {
            ("mot_cua_replies_total", labels(channel="web", status="answered")): 3.0,
            ("mot_cua_replies_total", labels(channel="telegram", status="answered")): 4.0,
            ("mot_cua_replies_total", labels(channel="web", status="not_found")): 1.0,
            ("mot_cua_leader", frozenset()): 1.0,
        },
    )


@pytest.mark.parametrize("text", ["<html>not figures at all</html>", "mot_cua_leader one"])
def test_what_is_no_figures(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the parser's own words
        parse(text, 0.0)


def test_sums_over_processes_by_a_label() -> None:
    change = Change(parse(TEXT, 0.0), parse(TEXT, 2.0))
    assert totals([change, change], "mot_cua_replies_total", "channel") == {"web": 8.0, "telegram": 8.0}
    assert totals([change], "mot_cua_replies_total", "status") == {"answered": 7.0, "not_found": 1.0}
    assert totals([change], "mot_cua_leader", "") == {"": 1.0}
    assert highest([change], "mot_cua_replies_total", "status") == {"answered": 4.0, "not_found": 1.0}


def test_how_much_has_come_meanwhile() -> None:
    grown = Change(scrape(0.0, a=5.0), scrape(2.0, a=9.0))
    anew = Change(scrape(0.0, a=5.0), scrape(2.0, a=1.0))
    first = Change(scrape(0.0), scrape(2.0, a=3.0))
    assert [increases([one], "a", "channel") for one in (grown, anew, first)] == [
        {"web": 4.0},
        {"web": 1.0},
        {"web": 3.0},
    ]
    assert increases([grown, anew], "a", "channel") == {"web": 5.0}
    assert grown.seconds == 2.0


def test_a_quantile_as_prometheus_reckons_it() -> None:
    counted = {0.1: 2.0, 0.5: 8.0, 1.0: 10.0, math.inf: 10.0}
    assert [quantile(counted, share) for share in (0.1, 0.5, 0.9, 1.0)] == pytest.approx([0.05, 0.3, 0.75, 1.0])
    assert quantile({0.1: 0.0, math.inf: 4.0}, 0.5) == 0.1
    assert (quantile({}, 0.5), quantile({0.1: 0.0, math.inf: 0.0}, 0.5)) == (None, None)


@given(st.lists(st.floats(0.001, 400.0), min_size=1, max_size=60), st.floats(0.01, 1.0))
def test_a_quantile_lies_in_the_bucket_of_the_value_that_it_is_of(values: list[float], share: float) -> None:
    """Against the values themselves: no further off than their bucket is wide."""
    bounds = (0.01, 0.1, 1.0, 10.0, 100.0)
    registry = CollectorRegistry()
    histogram = Histogram("seconds", "…", ["channel"], buckets=bounds, registry=registry)
    empty = parse(generate_latest(registry).decode(), 0.0)
    for value in values:
        histogram.labels("web").observe(value)
    full = parse(generate_latest(registry).decode(), 1.0)
    found = quantile(buckets([Change(empty, full)], "seconds", {"channel": "web"}), share)
    exact = sorted(values)[max(math.ceil(share * len(values) - 1e-9), 1) - 1]
    low = max((bound for bound in bounds if bound < exact), default=0.0)
    high = min((bound for bound in bounds if bound >= exact), default=bounds[-1])
    assert found is not None
    assert low <= found <= high


def test_a_library_s_own_counters_are_read() -> None:
    registry = CollectorRegistry()
    Counter("mot_cua_errors_logged", "…", ["event"], registry=registry).labels("job_failed").inc(2)
    change = Change(parse("", 0.0), parse(generate_latest(registry).decode(), 1.0))
    assert totals([change], "mot_cua_errors_logged_total", "event") == {"job_failed": 2.0}
