"""What a round came to, as lines and as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.operations.links.asking import Said, Unanswered
from bot.operations.links.checking import LeftAlone, Round, checked
from bot.operations.links.told import as_json, as_lines, is_any_gone, plan_lines
from bot.operations.links.wanted import LinkKind, WantedLink
from bot.store.freshness import LinkOutcome
from tests.unit.operations.links.portal import NOW

DUE = tuple(WantedLink(f"https://a.test/{n}", LinkKind.PROCEDURE, (f"1.00000{n}",)) for n in range(7))
SAID: tuple[Said | Unanswered, ...] = (
    Said(LinkOutcome.FINE, 200),
    Unanswered("dns"),
    Said(LinkOutcome.ODD, 500),
    Said(LinkOutcome.MOVED, 200, "https://a.test/new"),
    Said(LinkOutcome.GONE, 404),
)
DONE = Round(
    [checked(link.address, None, said, NOW) for link, said in zip(DUE, SAID, strict=False)],
    {"a.test": LeftAlone("busy", 2, timedelta(seconds=90)), "b.test": LeftAlone("silent", 1)},
)


def test_what_is_gone_stands_first_and_what_is_fine_is_counted() -> None:
    assert list(as_lines(DONE, DUE)) == [
        "5 of 7 addresses: 1 fine, 1 could not be checked, 1 answered oddly, 1 moved, 1 gone",
        "gone (404)  https://a.test/4  1.000004",
        "moved to https://a.test/new  https://a.test/3  1.000003",
        "answered oddly (500)  https://a.test/2  1.000002",
        "could not be checked (dns)  https://a.test/1  1.000001",
        "a.test: asks to be left alone for 90 s; 2 of its addresses were not asked for",
        "b.test: cannot be reached from here; 1 of its addresses were not asked for",
    ]


def test_only_what_is_gone_is_a_fault() -> None:
    assert is_any_gone(DONE)
    assert not is_any_gone(Round(DONE.checks[:4], DONE.left_alone))
    assert not is_any_gone(Round())


def test_a_script_reads_the_same() -> None:
    found = json.loads(json.dumps(as_json(DONE, DUE)))
    assert (found["due"], found["counts"], found["left_alone"]) == (
        7,
        {"fine": 1, "moved": 1, "gone": 1, "odd": 1, "could_not_check": 1},
        {
            "a.test": {"why": "busy", "left": 2, "seconds": 90},
            "b.test": {"why": "silent", "left": 1, "seconds": None},
        },
    )
    common = {"is_surely_gone": False, "at": NOW.isoformat()}
    assert found["checks"][1:4:2] == [
        {
            "address": "https://a.test/1",
            "codes": ["1.000001"],
            "outcome": "could_not_check",
            "why": "dns",
            "status": None,
            "moved_to": None,
            **common,
        },
        {
            "address": "https://a.test/3",
            "codes": ["1.000003"],
            "outcome": "moved",
            "why": None,
            "status": 200,
            "moved_to": "https://a.test/new",
            **common,
        },
    ]


def test_a_plan_counts_by_host() -> None:
    assert list(plan_lines((*DUE[:2], WantedLink("https://b.test", LinkKind.HOME)))) == [
        "would ask for 3 addresses at 2 hosts",
        "     2  a.test",
        "     1  b.test",
    ]
