"""Which addresses are checked, and which of them first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.lookup import portal_link
from bot.catalog.model import Removal
from bot.operations.links.wanted import LinkKind, WantedLink, due_links, wanted_links
from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome
from tests.unit.handlers.example import catalogue
from tests.unit.operations.links.portal import NOW

BIRTH = WantedLink("https://portal.test/p/aaaa", LinkKind.PROCEDURE, ("1.000001",))
SHARED = (
    WantedLink("https://portal.test", LinkKind.HOME),
    WantedLink("https://id.test", LinkKind.IDENTITY),
    WantedLink("https://portal.test/", LinkKind.FILING),
)


def test_every_page_of_a_procedure_in_force_and_what_they_share() -> None:
    assert wanted_links(catalogue()) == (*SHARED, BIRTH)


def test_pages_of_procedures_that_are_replaced_or_removed_are_left_out() -> None:
    found = catalogue()
    gone = replace(found.procedures["1.000001"], removal=Removal(date(2026, 11, 1), "12/QĐ-UBND"))
    old = replace(found.procedures["1.000005"], portal_id="bbbb")
    changed = {**found.procedures, "1.000001": gone, "1.000005": old}
    assert wanted_links(replace(found, procedures=changed)) == SHARED


def test_a_page_of_two_procedures_is_one_address() -> None:
    found = catalogue()
    other = replace(found.procedures["1.000006"], portal_id="aaaa")
    links = wanted_links(replace(found, procedures={**found.procedures, "1.000006": other}))
    assert links == (*SHARED, replace(BIRTH, codes=("1.000001", "1.000006")))


def test_a_page_that_is_gone_is_checked_on_and_the_card_leads_to_the_search() -> None:
    found = replace(catalogue(), gone_pages=frozenset({BIRTH.address}))
    assert BIRTH in wanted_links(found)
    links = [portal_link(found, found.procedures[code]) for code in ("1.000001", "1.000006")]
    assert links == [f"https://portal.test/s?keyword={code}" for code in ("1.000001", "1.000006")]


LINKS = tuple(WantedLink(f"https://{host}.test/{n}", LinkKind.PROCEDURE) for host in "ab" for n in range(3))


@st.composite
def checks(draw: st.DrawFn) -> dict[str, LinkCheck]:
    known = {}
    for link in draw(st.lists(st.sampled_from(LINKS), unique=True)):
        tried = NOW - timedelta(days=draw(st.integers(0, 200)))
        answered = tried - timedelta(days=draw(st.integers(0, 200)))
        answer = draw(st.none() | st.just(LinkAnswer(answered, LinkOutcome.FINE, 200)))
        known[link.address] = LinkCheck(link.address, tried, LinkOutcome.FINE, "", answer)
    return known


@given(checks(), st.integers(0, 200), st.sampled_from([None, "a.test", "c.test"]), st.none() | st.integers(0, 9))
def test_due_is_what_was_not_answered_for_so_long(
    known: dict[str, LinkCheck], days: int, host: str | None, limit: int | None
) -> None:
    due = due_links(LINKS, known, NOW, older_than=timedelta(days=days), host=host, limit=limit)
    whole = due_links(LINKS, known, NOW, older_than=timedelta(days=days), host=host)
    assert due == whole[:limit]
    answered = {address: check.answer.at for address, check in known.items() if check.answer is not None}
    expected = {
        link
        for link in LINKS
        if host in {None, link.host}
        and (link.address not in answered or answered[link.address] <= NOW - timedelta(days=days))
    }
    assert set(whole) == expected
    tried = [known[link.address].tried_at for link in whole if link.address in known]
    never = [link for link in whole if link.address not in known]
    assert (list(whole[: len(never)]), tried) == (never, sorted(tried))
