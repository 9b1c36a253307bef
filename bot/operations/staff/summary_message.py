"""An overview as a message in a chat: the share against the target, what is red, what has too little data, with links.

It says all that the picture beside it shows.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.dialogue.messages import Link, Reply, Status
from bot.operations.figures.addresses import Which, overview_address, ratings_address, table_address
from bot.operations.figures.model import By, Filters, Overview, Row
from bot.operations.figures.period_words import period_written
from bot.ratings.charts.words import interval_words, verdict_words
from bot.ratings.model import Filing
from bot.store.figures import Narrowing
from bot.texts import Texts
from bot.texts.written import number_written, share_written

_MOST_RED = 5
_NAME_CHARS = 60


def summary_reply(texts: Texts, overview: Overview, place: str, site: str, picture: bytes | None) -> Reply:
    """`place`: whose figures they are, as people call it. `site`: the address of our own pages."""
    lines = [*_head(texts, overview, place), *_whole(texts, overview), *_parts(texts, overview)]
    links = tuple(Link(label, site + path) for label, path in _addresses(texts, overview))
    return Reply(Status.STAFF, "\n".join(line for line in lines if line), links=links, picture=picture)


def _head(texts: Texts, overview: Overview, place: str) -> Iterable[str]:
    yield texts.get("staff_chat.head", place=place)
    yield period_written(texts, overview.ground.period)
    if overview.ground.is_demonstration:
        yield texts.get("chart.demo")


def _whole(texts: Texts, overview: Overview) -> Iterable[str]:
    group, target = overview.whole, overview.ground.target
    found, language = group.counted, texts.language
    if found.share is None:
        yield texts.get("staff_chat.nothing")
    else:
        share, count = share_written(language, found.share), number_written(language, found.count)
        yield texts.get("staff_chat.share", share=share, count=count)
    if target is None:
        yield texts.get("staff_chat.no_target")
    elif found.count:
        verdict = verdict_words(texts, found, group.verdict)
        yield texts.get("staff_chat.verdict", target=share_written(language, target.share), verdict=verdict)
        yield f"{_capital(interval_words(texts, found))}."
    if group.verdict is not None and group.verdict.missing and found.count:
        yield texts.get("staff_chat.missing", count=number_written(language, group.verdict.missing))
    if group.response.rate is not None:
        yield texts.get(
            "staff_chat.response",
            asked=number_written(language, group.response.asked),
            answered=number_written(language, group.response.answered),
            rate=share_written(language, group.response.rate),
        )
    yield _movement(texts, overview)


def _movement(texts: Texts, overview: Overview) -> str:
    moved = overview.movement
    if moved is None:
        return ""
    if not moved.points:
        return texts.get("staff_chat.moved.same")
    points = share_written(texts.language, abs(moved.points) / 100).removesuffix("%")
    up, down = "staff_chat.moved.up", "staff_chat.moved.down"
    said = texts.get(up if moved.points > 0 else down, points=points)
    return said if moved.is_clear else texts.get("staff_chat.moved.chance", moved=said)


def _parts(texts: Texts, overview: Overview) -> Iterable[str]:
    if overview.ground.target is None:
        return
    red, language = overview.red, texts.language
    if red:
        yield texts.get("staff_chat.red", count=number_written(language, overview.red_count))
        yield from (f"- {_row(texts, row)}" for row in red[:_MOST_RED])
    elif overview.whole.counted.count:
        yield texts.get("staff_chat.no_red")
    if overview.red_count > _MOST_RED:
        more = overview.red_count - _MOST_RED
        yield texts.get("staff_chat.more_red", count=number_written(language, more))
    if overview.few_count:
        yield texts.get("staff_chat.few", count=number_written(language, overview.few_count))


def _row(texts: Texts, row: Row) -> str:
    found, language = row.group.counted, texts.language
    share = "" if found.share is None else share_written(language, found.share)
    return texts.get("staff_chat.row", name=_short(row.name), share=share, count=number_written(language, found.count))


def _addresses(texts: Texts, overview: Overview) -> Iterable[tuple[str, str]]:
    """Label and path: each number of the text has a page behind it."""
    period, found, language = overview.ground.period, overview.whole.counted, texts.language
    yield texts.get("staff_chat.link.overview"), overview_address(period)
    if found.count:
        label = texts.get("staff_chat.link.ratings", count=number_written(language, found.count))
        yield label, ratings_address(period, Which(only=_counted(overview)))
    for row in overview.red[:_MOST_RED]:
        filters = Filters(agency=row.group.key) if row.by is By.AGENCY else Filters(code=row.group.key)
        yield _row(texts, row), ratings_address(period, Which(filters, _counted(overview)))
    if overview.red_count > _MOST_RED or overview.few:
        yield texts.get("staff_chat.link.agencies"), table_address(By.AGENCY, period)
        yield texts.get("staff_chat.link.services"), table_address(By.SERVICE, period)


def _counted(overview: Overview) -> Narrowing:
    """What is counted towards the target."""
    return Narrowing(scale=overview.ground.scale.id, filing=Filing.ONLINE, is_aside=False)


def _short(name: str) -> str:
    return name if len(name) <= _NAME_CHARS else f"{name[: _NAME_CHARS - 1].rstrip()}…"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
