"""What is to be looked at again as its pages show it: what people say looks old, the yearly review, the links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.catalog.guide import Guide
from bot.catalog.model import Catalogue
from bot.operations.freshness.review import Found, ReviewRow
from bot.operations.links.wanted import WantedLink
from bot.operations.show import card_of
from bot.store.freshness import LinkAnswer, LinkCheck, LinkOutcome, StaleCase
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.pages import addresses
from bot.web.staff.names import agency_names, procedure_name

_TOLD = (LinkOutcome.GONE, LinkOutcome.MOVED, LinkOutcome.ODD)
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class StaleView:
    """`card`: the lines of what is told today; none where the catalogue has no such procedure. `page`: its address."""

    case: StaleCase
    name: str
    first: str
    last: str
    agencies: str
    channels: str
    is_changed: bool
    card: tuple[str, ...]
    page: str


@dataclass(frozen=True, slots=True)
class ReviewView:
    code: str
    name: str
    asked: int
    page: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkRow:
    """`to`: what leads there, in words. `remarks`: where it moved, and what becomes of the card."""

    to: tuple[str, ...]
    address: str
    outcome: str
    at: datetime
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinksView:
    """`counts`: label and number, of the last answers. `is_any`: whether anything was ever asked for."""

    is_any: bool
    counts: tuple[tuple[str, int], ...]
    rows: tuple[LinkRow, ...]


def stale_view(guide: Guide, texts: Texts, case: StaleCase, old_days: int) -> StaleView:
    catalogue, language = guide.catalogue, texts.language
    card = card_of(guide, texts, case.code, may_ask=False, old_days=old_days)
    return StaleView(
        case,
        procedure_name(catalogue, case.code),
        day_written(language, case.first),
        day_written(language, case.last),
        "; ".join(agency_names(catalogue, case.agencies)),
        ", ".join(f"{_channel(texts, channel)}: {count}" for channel, count in case.channels.items()),
        catalogue.version not in case.versions,
        () if card is None else tuple(card.text.split("\n")),
        addresses.procedure_path(case.code),
    )


def review_view(catalogue: Catalogue, texts: Texts, row: ReviewRow) -> ReviewView:
    return ReviewView(
        row.code,
        procedure_name(catalogue, row.code),
        row.asked,
        addresses.procedure_path(row.code),
        tuple(_reason(texts, found) for found in row.reasons),
    )


def links_view(
    catalogue: Catalogue, texts: Texts, wanted: Iterable[WantedLink], known: Mapping[str, LinkCheck]
) -> LinksView:
    """Of the addresses that people are led to today. `known`: the checks, by address."""
    links = tuple(wanted)
    checks = [known[link.address] for link in links if link.address in known]
    counts: Counter[str] = Counter(check.answer.outcome.value for check in checks if check.answer is not None)
    counts["never"] = len(links) - counts.total()
    counts["unanswered"] = sum(check.outcome is LinkOutcome.COULD_NOT_CHECK for check in checks)
    names = (*(LinkOutcome.FINE, *_TOLD), "never", "unanswered")
    odd = [
        (link, check, check.answer)
        for link in links
        if (check := known.get(link.address)) is not None and check.answer is not None and check.answer.outcome in _TOLD
    ]
    # Sorting keeps the order of need within each.
    odd.sort(key=lambda row: _TOLD.index(row[2].outcome))
    return LinksView(
        bool(checks),
        tuple((texts.find(f"web.staff.freshness.checks.{name}") or name, counts[name]) for name in names),
        tuple(_link_row(catalogue, texts, *row) for row in odd),
    )


def _link_row(catalogue: Catalogue, texts: Texts, link: WantedLink, check: LinkCheck, answer: LinkAnswer) -> LinkRow:
    named = [procedure_name(catalogue, code) for code in link.codes]
    if not named:
        named = [texts.find(f"web.staff.freshness.kind.{link.kind}") or link.kind.value]
    elif len(named) > _MOST_NAMED:
        named = [*named[:_MOST_NAMED], "…"]
    remarks = [texts.get("web.staff.freshness.checks.status", status=answer.status)]
    if answer.to:
        remarks.append(texts.get("web.staff.freshness.checks.to", address=answer.to))
    if answer.outcome is LinkOutcome.GONE and link.codes:
        sure = "led_around" if check.is_surely_gone else "once"
        remarks.append(texts.find(f"web.staff.freshness.checks.{sure}") or "")
    if check.outcome is LinkOutcome.COULD_NOT_CHECK:
        remarks.append(texts.get("web.staff.freshness.checks.silent"))
    outcome = texts.find(f"web.staff.freshness.checks.{answer.outcome}") or answer.outcome.value
    return LinkRow(tuple(named), link.address, outcome, answer.at, tuple(remarks))


def _reason(texts: Texts, found: Found) -> str:
    dated = None
    if found.day is not None:
        day = day_written(texts.language, found.day)
        dated = texts.find(f"web.staff.freshness.reason_on.{found.why}", date=day)
    return dated or texts.find(f"web.staff.freshness.reason.{found.why}") or found.why.value


def _channel(texts: Texts, channel: str) -> str:
    own = texts.find(f"web.staff.freshness.channel.{channel}")
    return own or texts.find(f"staff.figures.channel.{channel}") or channel
