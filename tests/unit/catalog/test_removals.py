"""removed.csv: what is reported, and what becomes of all that still points at what left the list."""

from __future__ import annotations

from datetime import date

from bot.catalog.guide import Guide
from bot.catalog.lookup import portal_link
from bot.catalog.model import Removal
from tests.unit.catalog.conftest import Tiny


def test_what_left_the_list(tiny: Tiny) -> None:
    tiny.add("removed.csv", "1.900001,2026-11-02,12/QĐ-UBND", "1.900004,2026-11-02,")
    procedures = tiny.load().procedures
    assert procedures["1.900001"].removal == Removal(date(2026, 11, 2), "12/QĐ-UBND")
    assert procedures["1.900004"].removal == Removal(date(2026, 11, 2), "")
    assert {code: (p.in_force, p.is_gone) for code, p in procedures.items()} == {
        "1.900001": (False, True),
        "1.900002": (True, False),
        "1.900003": (True, False),
        "1.900004": (False, False),
        "1.900005": (True, False),
    }


def test_codes_are_known_and_stand_once(tiny: Tiny) -> None:
    tiny.add("removed.csv", "1.999999,2026-11-02,", "1.900001,2026-11-02,", "1.900001,2026-11-03,")
    assert tiny.problems() == [
        'removed.csv:2:1: procedure "1.999999" is not known; expected a code of procedures.csv',
        "removed.csv:4:1: procedure 1.900001 stands twice; expected each procedure once",
    ]


def test_the_link_is_to_the_search_for_its_code(tiny: Tiny) -> None:
    before = tiny.load()
    tiny.add("removed.csv", "1.900001,2026-11-02,")
    after = tiny.load()
    assert portal_link(after, after.procedures["1.900001"]) == before.province.portal_search.replace(
        "{code}", "1.900001"
    )


def test_lists_are_shown_without_it(tiny: Tiny) -> None:
    before = tiny.load()
    tiny.add("removed.csv", "1.900001,2026-11-02,")
    after = tiny.load()
    gone = "1.900001"
    assert any(gone in event.codes for event in before.life_events)
    assert [event.codes for event in after.life_events] == [
        kept for event in before.life_events if (kept := tuple(code for code in event.codes if code != gone))
    ]
    assert [used.code for used in after.most_used] == [used.code for used in before.most_used if used.code != gone]
    assert gone not in {code for pair in after.next_steps.items() for code in (pair[0], *pair[1])}
    assert gone not in {code for topic in after.help_topics for code in (*topic.procedures, *topic.links)}
    # How people ask for it still leads to it: it is answered that it left the list.
    assert after.lexicon.aliases == before.lexicon.aliases


def test_what_took_its_place_stands_where_it_stood(tiny: Tiny) -> None:
    before = tiny.load()
    tiny.change("procedures.csv", "2026-10-03,,\n", "2026-10-03,1.900005,\n")
    tiny.add("removed.csv", "1.900001,2026-11-02,")
    after = tiny.load()

    def led(codes: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys("1.900005" if code == "1.900001" else code for code in codes))

    assert [event.codes for event in after.life_events] == [led(event.codes) for event in before.life_events]
    assert [alias.codes for alias in after.lexicon.aliases] == [led(alias.codes) for alias in before.lexicon.aliases]
    assert [used.code for used in after.most_used] == list(led(tuple(used.code for used in before.most_used)))


def test_near_it_stands_what_is_in_force(tiny: Tiny) -> None:
    tiny.add(
        "procedures.csv",
        "1.900006,Đăng ký khai sinh lưu động,ho-tich,official,X,Bộ Tư pháp,C,yes,,2026-10-03,,",
        "1.900007,ĐĂNG KÝ KHAI SINH,dat-dai,official,X,Bộ Tư pháp,C,yes,,2026-10-03,,",
        "1.900008,Đăng ký khai sinh lưu động,ho-tich,official,X,Bộ Tư pháp,C,yes,,2026-10-03,,",
        "1.900009,Đăng ký khai sinh,ho-tich,official,X,Bộ Tư pháp,C,yes,,2026-10-03,,",
    )
    tiny.add("removed.csv", "1.900008,2026-11-02,", "1.900009,2026-11-02,")
    guide = Guide.of(tiny.load())
    assert guide.near == {"1.900008": ("1.900006", "1.900001"), "1.900009": ("1.900001", "1.900007", "1.900006")}
