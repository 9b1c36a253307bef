"""What is told to be other in one catalogue than in another."""

from __future__ import annotations

import json

from bot.catalog.comparing import (
    AgenciesChanged,
    Changed,
    Difference,
    Entered,
    LevelChanged,
    Offered,
    Standing,
    as_json,
    compare,
)
from bot.catalog.model import Catalogue, OnlineLevel
from tests.unit.catalog.conftest import Tiny

FULL, PARTIAL = Standing(OnlineLevel.FULL), Standing(OnlineLevel.PARTIAL)


def test_nothing_is_other_in_itself(second: Catalogue, shipped: Catalogue) -> None:
    for catalogue in (second, shipped):
        assert compare(catalogue, catalogue) == Difference()
        assert compare(catalogue, catalogue).is_empty


def test_every_kind_is_told(second: Catalogue, tiny: Tiny) -> None:
    tiny.change("procedures.csv", "Thủ tục đăng ký khai sinh,ho-tich", "Khai sinh,dat-dai")
    tiny.change("procedures.csv", "2026-10-01,,", "2026-10-01,,\n1.900006,Cấp thẻ,ho-tich,official,X,,,,,2026-10-01,,")
    tiny.add("removed.csv", "1.900003,2026-12-01,12/QĐ-UBND")
    tiny.change(
        "services.csv",
        "1.900003.01,1.900003,Tách thửa hoặc hợp thửa đất,H99.05",
        "1.900006.01,1.900006,Cấp thẻ,H99.101",
    )
    tiny.change("services.csv", "H99.100-H99.101,full", "H99.101,partial")
    tiny.change("procedures.csv", "2026-06-10,1.900005,", "2026-06-10,,")
    assert compare(second, tiny.load()) == Difference(
        added=(
            Entered("1.900004", "Đăng ký tạm trú", "cu-tru", ()),
            Entered("1.900006", "Cấp thẻ", "ho-tich", (Offered("1.900006.01", PARTIAL, ("H99.101",)),)),
        ),
        removed=(
            Entered(
                "1.900003",
                "Tách thửa hoặc hợp thửa đất",
                "dat-dai",
                (Offered("1.900003.01", PARTIAL, ("H99.05",)),),
            ),
        ),
        renamed=(Changed("1.900001", "Thủ tục đăng ký khai sinh", "Khai sinh"),),
        superseded=(Changed("1.900004", "1.900005", ""),),
        level_changed=(LevelChanged("1.900001", "1.900001.01", FULL, PARTIAL, ("H99.101",)),),
        agencies_changed=(AgenciesChanged("1.900001", (), (Offered("1.900001.01", FULL, ("H99.100",)),)),),
        field_changed=(Changed("1.900001", "ho-tich", "dat-dai"),),
    )


def test_the_way_back_is_the_other_way_round(second: Catalogue, tiny: Tiny) -> None:
    tiny.change("services.csv", "H99 H99.100,full,official", "H99 H99.101,full,trial")
    there, back = compare(second, tiny.load()), compare(tiny.load(), second)
    (agencies,), (level,) = there.agencies_changed, there.level_changed
    assert back == Difference(
        level_changed=(LevelChanged(level.code, level.service_code, level.after, level.before, level.agencies),),
        agencies_changed=(AgenciesChanged(agencies.code, agencies.lost, agencies.gained),),
    )
    assert there.counts() == {
        **dict.fromkeys(("added", "removed", "renamed", "superseded", "field_changed"), 0),
        "level_changed": 1,
        "agencies_changed": 1,
    }


def test_programs_read_it_as_json(second: Catalogue, tiny: Tiny) -> None:
    tiny.change("services.csv", "H99.100-H99.101,full", "H99.100-H99.101,partial")
    told = json.loads(json.dumps(as_json(compare(second, tiny.load()))))
    assert told == {
        **{key: [] for key in ("added", "removed", "renamed", "superseded", "agencies_changed", "field_changed")},
        "level_changed": [
            {
                "code": "1.900001",
                "service_code": "1.900001.01",
                "before": {"level": "full", "trial": False},
                "after": {"level": "partial", "trial": False},
                "agencies": ["H99.100", "H99.101"],
            }
        ],
    }
