"""The list of online services as the province publishes it: counts, by tier, agency and field, and pages of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.catalog.model import Tier
from bot.catalog.online_list import Counts, Row, Selection, Standing, count
from bot.dialogue.choices import CommuneChoice, ListBy, ListedLevel, OnlineListChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts.written import day_written, number_written
from handlers import choice_expired
from handlers.browse import field_key, field_shelf, offices
from handlers.data_age import caution
from handlers.naming import LABEL_CHARS, field_name, province_name, shorten
from handlers.offering import card_choices, closed
from handlers.paging import WITH_BACK, page_of, shown_page, with_page

LIST_PAGE = "/toan-trinh"
_MIXED = frozenset({None, Standing.BY_CASE})
_STANDINGS: Mapping[ListedLevel, frozenset[Standing | None]] = {
    ListedLevel.FULL: frozenset({Standing.FULL}),
    ListedLevel.PARTIAL: frozenset({Standing.PARTIAL, Standing.INFORMATION}),
    ListedLevel.MIXED: _MIXED,
    ListedLevel.UNKNOWN: frozenset({Standing.UNKNOWN}),
}
_LEVELS = {
    ListedLevel.FULL: "online_list.level_full",
    ListedLevel.PARTIAL: "online_list.level_partial",
    ListedLevel.MIXED: "online_list.level_mixed",
    ListedLevel.UNKNOWN: "online_list.level_unknown",
}
_TIERS = {
    Tier.PROVINCE: "online_list.tier_province",
    Tier.COMMUNE: "online_list.tier_commune",
    Tier.OTHER: "online_list.tier_other",
}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of the list: its name for the head of an answer, and its rows."""

    name: str
    rows: tuple[Row, ...]


def online_list(turn: Turn) -> Outcome:
    """The counts of the whole list, a breakdown, the counts of a part, or a page of its procedures of one level."""
    target = turn.target
    if not isinstance(target, OnlineListChoice):
        return choice_expired.expired(turn)
    if target.by is None:
        return _whole(turn)
    if target.part is None:
        return _breakdown(turn, target.by, target.page)
    part = _part(turn, target.by, target.part)
    if part is None or not part.rows:
        return choice_expired.expired(turn)
    return _counts(turn, target, part) if target.level is None else _page(turn, target, part)


def _whole(turn: Turn) -> Outcome:
    texts = turn.texts
    commune = turn.commune
    if commune is None:
        own = Choice(str(CommuneChoice()), texts.get("online_list.choose_commune"))
    else:
        name = turn.catalogue.agencies[commune.agency_code].name
        own = Choice(str(OnlineListChoice(ListBy.AGENCY, commune.agency_code)), name)
    choices = (
        own,
        Choice(str(OnlineListChoice(ListBy.TIER)), texts.get("online_list.by_tier")),
        Choice(str(OnlineListChoice(ListBy.FIELD)), texts.get("online_list.by_field")),
        Choice(str(OnlineListChoice(ListBy.AGENCY)), texts.get("online_list.by_agency")),
    )
    name = province_name(turn.catalogue.province, turn.language)
    lines = [texts.get("online_list.whole", name=name), *_numbers(turn, turn.guide.online.counts), _source(turn)]
    return _answer(turn, lines, closed(turn, choices, with_back=True))


def _breakdown(turn: Turn, by: ListBy, page: int) -> Outcome:
    """A choice for each part, with how many of its procedures run fully online."""
    texts = turn.texts
    options = [
        Choice(str(OnlineListChoice(by, key)), _counted(turn, name, counts)) for key, name, counts in _parts(turn, by)
    ]

    def onward(number: int) -> OnlineListChoice:
        return OnlineListChoice(by, page=number)

    choices = page_of(options, page, onward, texts.get("start.next"), most=WITH_BACK)
    if not choices:
        return choice_expired.expired(turn)
    head = with_page(texts, texts.get("online_list.breakdown"), page, len(options))
    return _answer(turn, [head, _source(turn)], closed(turn, choices, with_back=True))


def _parts(turn: Turn, by: ListBy) -> Sequence[tuple[str, str, Counts]]:
    """Key, name and counts of each part. Agencies are those that are no communes: these are all alike."""
    online, catalogue = turn.guide.online, turn.catalogue
    if by is ListBy.TIER:
        return [(tier.value, turn.texts.get(_TIERS[tier]), counts) for tier, counts in online.by_tier.items()]
    if by is ListBy.AGENCY:
        found = [(shelf, online.by_agency.get(shelf.id)) for shelf in offices(turn)]
        return [(shelf.id, shelf.name, counts) for shelf, counts in found if counts is not None]
    named = [(shelf.id, online.by_field.get(shelf.id)) for shelf in turn.guide.fields]
    return [
        (field_key(field), field_name(catalogue, field, turn.language), counts)
        for field, counts in named
        if counts is not None
    ]


def _part(turn: Turn, by: ListBy, key: str) -> _Part | None:
    select, catalogue = turn.guide.part, turn.catalogue
    if by is ListBy.TIER:
        tier = next((tier for tier in Tier if tier.value == key), None)
        return None if tier is None else _Part(turn.texts.get(_TIERS[tier]), select(Selection(tier=tier)))
    if by is ListBy.FIELD:
        shelf = field_shelf(turn, key)
        if shelf is None:
            return None
        name = field_name(catalogue, shelf.id, turn.language)
        return _Part(name, select(Selection(field_id=shelf.id)))
    if key in catalogue.communes:
        return _Part(catalogue.agencies[key].name, select(Selection(commune=key)))
    agency = catalogue.agencies.get(key)
    return None if agency is None else _Part(agency.name, select(Selection(agency=key)))


def _counts(turn: Turn, target: OnlineListChoice, part: _Part) -> Outcome:
    levels = [(level, len(_of_level(part.rows, level))) for level in ListedLevel]
    choices = tuple(
        Choice(
            str(OnlineListChoice(target.by, target.part, level)),
            turn.texts.get(
                "online_list.see", level=turn.texts.get(_LEVELS[level]), count=number_written(turn.language, number)
            ),
        )
        for level, number in levels
        if number
    )
    lines = [f"{part.name}:", *_numbers(turn, count(part.rows)), _source(turn)]
    return _answer(turn, lines, closed(turn, choices, with_back=True))


def _page(turn: Turn, target: OnlineListChoice, part: _Part) -> Outcome:
    assert target.level is not None  # noqa: S101 - for the type checker; `online_list` has looked
    level = target.level
    codes = _codes(turn, part, level)

    def show(shown: Sequence[str]) -> Sequence[Choice]:
        return card_choices(turn, shown)

    def onward(number: int) -> OnlineListChoice:
        return OnlineListChoice(target.by, target.part, level, number)

    choices = shown_page(codes, show, target.page, onward, turn.texts.get("start.next"), most=WITH_BACK)
    if not choices:
        return choice_expired.expired(turn)
    head = turn.texts.get(
        "online_list.page" if len(codes) <= WITH_BACK else "online_list.long_page",
        name=part.name,
        level=turn.texts.get(_LEVELS[level]),
        count=number_written(turn.language, len(codes)),
    )
    head = with_page(turn.texts, head, target.page, len(codes))
    return _answer(turn, [head, _source(turn)], closed(turn, choices, with_back=True))


def listed_codes(turn: Turn, view: OnlineListChoice) -> tuple[str, ...]:
    """The procedures of a part that have the view's level, in the order shown; none where it is no such list."""
    part = None if view.by is None or view.part is None else _part(turn, view.by, view.part)
    return () if part is None or view.level is None else _codes(turn, part, view.level)


def _codes(turn: Turn, part: _Part, level: ListedLevel) -> tuple[str, ...]:
    """Those that people need most in front."""
    rank = turn.guide.rank
    codes = (row.procedure.code for row in _of_level(part.rows, level))
    return tuple(sorted(codes, key=lambda code: rank.get(code, len(rank))))


def _of_level(rows: Sequence[Row], level: ListedLevel) -> list[Row]:
    return [row for row in rows if row.standing in _STANDINGS[level]]


def _numbers(turn: Turn, counts: Counts) -> list[str]:
    texts = turn.texts
    found = (
        ("online_list.full", counts.full),
        ("online_list.partial", counts.partial + counts.information),
        ("online_list.mixed", counts.by_case + counts.differs),
        ("online_list.unknown", counts.unknown),
    )
    return [texts.get(text_id, count=number_written(turn.language, number)) for text_id, number in found if number]


def _counted(turn: Turn, name: str, counts: Counts) -> str:
    full, whole = (number_written(turn.language, number) for number in (counts.full, counts.procedures))
    number = turn.texts.get("online_list.full_of", full=full, count=whole)
    return f"{shorten(name, LABEL_CHARS - len(number) - 1)} {number}"


def _source(turn: Turn) -> str:
    province = province_name(turn.catalogue.province, turn.language)
    source = turn.texts.get("card.source.province", province=province)
    day = turn.guide.online.as_of
    line = turn.texts.get("online_list.source", source=source, date=day_written(turn.language, day))
    old = caution(turn, day, "freshness.list")
    return line if old is None else f"{old}\n{line}"


def _answer(turn: Turn, lines: Sequence[str], choices: tuple[Choice, ...]) -> Outcome:
    page = Link(turn.texts.get("link.online_list"), f"{turn.site}{LIST_PAGE}")
    return Outcome(Reply(Status.BROWSED, "\n".join(lines), choices, (page,)))
