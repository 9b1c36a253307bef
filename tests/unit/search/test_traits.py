from __future__ import annotations

from bot.catalog.model import LifeEvent
from bot.search.model import Reason
from bot.search.traits import CITIZENS, COMMUNE, MAYBE_SUPERSEDED, MOST_NEEDED, Traits, collect_traits
from tests.unit.search.samples import catalogue, procedure

EVERYONE = (Reason("for citizens", CITIZENS), Reason("handled in the commune", COMMUNE))


def test_traits_are_named_and_added_up() -> None:
    rows = [
        procedure("1.000001", "Đăng ký kết hôn có yếu tố nước ngoài"),
        procedure("1.000002", "Thủ tục đăng ký, đăng ký lại tàu", maybe_superseded=True),
    ]
    sample = catalogue(rows, aliases=(), life_events=[LifeEvent("marrying", "Kết hôn", ("1.000001",))])
    assert collect_traits(sample, ("1.000001", "1.000002")) == (
        Traits(
            (*EVERYONE, Reason("among the most needed", MOST_NEEDED)),
            sum((CITIZENS, COMMUNE, MOST_NEEDED)),
            frozenset({"foreign"}),
            frozenset(),
            "dang ky ket hon co yeu to nuoc ngoai",
        ),
        Traits(
            (*EVERYONE, Reason("perhaps superseded", MAYBE_SUPERSEDED)),
            sum((CITIZENS, COMMUNE, MAYBE_SUPERSEDED)),
            frozenset(),
            frozenset({"again"}),
            "dang ky dang ky lai tau",
        ),
    )
