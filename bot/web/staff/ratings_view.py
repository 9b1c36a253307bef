"""The ratings behind a number, as words; nothing says of whom they are."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from bot.operations.figures.addresses import Which, ratings_address
from bot.operations.figures.model import NamedRating, RatingList
from bot.ratings.scales import SCALES
from bot.store.figures import Narrowing
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.pager import PagerView, pager
from bot.web.staff.figure_query import PAGE
from bot.web.staff.figure_words import count_written

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class RatingView:
    """`is_satisfied`: for how the level is marked. `remarks`: what is to be known of it besides."""

    day: str
    level: str
    is_satisfied: bool
    service: str
    code: str
    agency: str
    commune: str
    channel: str
    origin: str
    filing: str
    remarks: tuple[str, ...]
    comment: str


@dataclass(frozen=True, slots=True)
class RatingsView:
    """`kinds`: what kind of ratings is listed, in words."""

    total: str
    kinds: tuple[str, ...]
    rows: tuple[RatingView, ...]
    pager: PagerView


def ratings_view(texts: Texts, found: RatingList, page: int) -> RatingsView:
    pages = max(1, ceil(found.total / A_PAGE))
    which = Which(found.filters, found.only)

    def turned(to: int) -> str:
        return ratings_address(found.ground.period, which, {PAGE: str(to)})

    return RatingsView(
        total=count_written(texts, found.total),
        kinds=kind_words(texts, found.only),
        rows=tuple(_rating(texts, rating) for rating in found.ratings),
        pager=pager(page, pages, turned),
    )


def kind_words(texts: Texts, only: Narrowing) -> tuple[str, ...]:
    """One sentence for each way in which the list is narrowed."""
    words = [
        None if only.filing is None else texts.find(f"web.staff.figures.filing.{only.filing}"),
        _levels(texts, only),
        None if only.scale is None else texts.find(f"web.staff.figures.scale.{only.scale}"),
        None
        if only.is_helped is None
        else texts.get("staff.figures.helped" if only.is_helped else "staff.figures.alone"),
        None if only.is_aside is None else _aside(texts, is_aside=only.is_aside),
        None if only.mark is None else texts.find(f"web.staff.figures.mark.{only.mark}"),
    ]
    return tuple(word for word in words if word)


def _aside(texts: Texts, *, is_aside: bool) -> str:
    return texts.get("web.staff.figures.set_aside" if is_aside else "web.staff.figures.not_aside")


def _levels(texts: Texts, only: Narrowing) -> str | None:
    """The names of the levels, where it is known of which scale they are."""
    if only.lowest is None and only.highest is None:
        return None
    scale = SCALES.get(only.scale or "")
    if scale is None:
        return None
    levels = range(max(1, only.lowest or 1), min(scale.levels, only.highest or scale.levels) + 1)
    names = [level_name(texts, scale.id, level) for level in levels]
    return texts.get("web.staff.figures.levels_are", levels=", ".join(names)) if names else None


def level_name(texts: Texts, scale: str, level: int) -> str:
    return texts.find(f"rating.level.{scale}.{level}") or str(level)


def _rating(texts: Texts, named: NamedRating) -> RatingView:
    rating = named.rating
    scale = SCALES.get(rating.scale)
    remarks = (
        texts.get("staff.figures.helped") if rating.is_helped else None,
        *(texts.find(f"web.staff.figures.flag.{flag}") for flag in rating.flags),
        texts.find(f"web.staff.figures.mark.{rating.mark}"),
        texts.find(f"web.staff.figures.identity.{rating.identity}"),
    )
    return RatingView(
        day=day_written(texts.language, rating.day),
        level=level_name(texts, rating.scale, rating.level),
        is_satisfied=scale is not None and scale.is_satisfied(rating.level),
        service=named.service,
        code=rating.subject.code,
        agency=named.agency,
        commune=named.commune,
        channel=named.channel,
        origin=named.origin,
        filing=texts.find(f"web.staff.figures.filing.{rating.filing}") or rating.filing,
        remarks=tuple(remark for remark in remarks if remark),
        comment=rating.comment or "",
    )
