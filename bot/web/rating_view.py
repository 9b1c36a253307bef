"""The question about a service as its page shows it: how it went and how it was filed, then what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.rating_choices import NOT_FILED, Filed
from bot.operations.rating_links.answers import Composed, Given
from bot.ratings.model import MAX_COMMENT_CHARS, Filing, Rating, Reason
from bot.ratings.scales import SCALES, Scale
from bot.texts import Texts
from bot.web.pages.addresses import with_query
from bot.web.pages.names import Named
from handlers.rating import QUESTIONS

LEVEL, REASON, FILING, WHO, CHANGE, FIRST = "muc", "ly_do", "nop", "ai", "doi", "buoc"
HELPED, WORDS, AGREED = "co_nguoi_giup", "loi", "dong_y"
_FILINGS: tuple[Filed, ...] = (*Filing, NOT_FILED)


@dataclass(frozen=True, slots=True)
class About:
    """The service, as every step names it. `action`: the page's own address. `who`: the signed visitor."""

    name: Named
    place: str | None
    action: str
    who: str


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class RatingView:
    """One step: `options` of a form, at first with `filings` too, or lines of what was `done`.

    `field`: what the options are the values of. `filed`: the filing chosen. `change`, `back`: addresses. `fault`: what
    is wrong, in a sentence.
    """

    name: Named
    place: str | None
    action: str
    who: str
    filings: tuple[Option, ...] = ()
    filed: str = ""
    filing: str = ""
    question: str = ""
    field: str = ""
    options: tuple[Option, ...] = ()
    chosen: str = ""
    is_helped: bool = False
    words: str = ""
    may_be_read: bool = False
    most: int = MAX_COMMENT_CHARS
    fault: str = ""
    done: tuple[str, ...] = ()
    change: str = ""
    back: str = ""


def first_step(
    texts: Texts, about: About, scale: Scale, given: Given, filed: Filed | None, fault: str = ""
) -> RatingView:
    """The question about using it online, and below it how it was filed: whoever filed otherwise is asked on."""
    online = form_step(texts, about, scale, replace(given, filing=Filing.ONLINE), fault)
    filings = tuple(Option(filing, texts.get(f"web.rating.filing.{filing}")) for filing in _FILINGS)
    return replace(online, filings=filings, filed=filed or "", filing="", back="")


def form_step(texts: Texts, about: About, scale: Scale, given: Given, fault: str = "") -> RatingView:
    """The form for how it was filed, filled with what was given before."""
    filed: Filed = given.filing or NOT_FILED
    if given.filing is None:
        field, chosen = REASON, given.reason or ""
        options = tuple(Option(why, texts.get(f"rating.reason.{why}")) for why in Reason)
    else:
        field, chosen = LEVEL, "" if given.level is None else str(given.level)
        levels = range(scale.levels, 0, -1)
        options = tuple(Option(str(level), level_word(texts, scale, level)) for level in levels)
    return RatingView(
        about.name,
        about.place,
        about.action,
        about.who,
        filing=filed,
        question=texts.get(QUESTIONS[filed]),
        field=field,
        options=options,
        chosen=chosen,
        is_helped=given.is_helped,
        words=given.words,
        may_be_read=given.may_be_read,
        fault=fault,
        back=with_query(about.action, {CHANGE: "1"}),
    )


def rated(texts: Texts, about: About, rating: Rating, said: Composed | None, *, is_known: bool) -> RatingView:
    """What is kept, with the way to change it. `is_known`: their browser says who they are; else the form does."""
    scale = SCALES[rating.scale]
    text_id = "rating.kept_helped" if rating.is_helped else "rating.kept"
    filing = texts.get(f"web.rating.filing.{rating.filing}")
    lines = [
        texts.get(text_id, level=level_word(texts, scale, rating.level)),
        texts.get("web.rating.filed", filing=filing),
    ]
    if not scale.is_satisfied(rating.level):
        lines.append(texts.get("rating.sorry"))
    return RatingView(
        about.name,
        about.place,
        about.action,
        about.who,
        filing=rating.filing,
        done=(*lines, *_of_words(texts, said)),
        change=with_query(about.action, {CHANGE: "1"}) if is_known else "",
    )


def not_filed(texts: Texts, about: About, reason: Reason, centre: str, said: Composed) -> RatingView:
    line = texts.find(f"rating.reason_thanks.{reason}", centre=centre) or texts.get("web.rating.noted")
    return RatingView(about.name, about.place, about.action, about.who, done=(line, *_of_words(texts, said)))


def level_word(texts: Texts, scale: Scale, level: int) -> str:
    return texts.get(f"rating.level.{scale.id}.{level}")


def _of_words(texts: Texts, said: Composed | None) -> tuple[str, ...]:
    if said is None:
        return ()
    left_out = (texts.get("web.rating.left_out"),) if said.is_left_out else ()
    return (*left_out, texts.get("web.rating.private")) if said.is_private else left_out
