"""A rating given on a page of its own: through a counter's code or a team's link, without a chat account.

Pure: what is to be kept is made here; whoever took the answer keeps it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.catalog.lookup import agencies_of, successor
from bot.catalog.model import Catalogue
from bot.dialogue.clean import clean, has_words
from bot.dialogue.messages import Status
from bot.dialogue.personal_data import Masker
from bot.dialogue.rating_rules import RatingRules
from bot.dialogue.signed_links import RatingLink
from bot.dialogue.survey import Asked, Circumstances, Said, survey_of
from bot.operations.rating_links.teams import via_of_link
from bot.ratings.model import MAX_COMMENT_CHARS, Filing, Flag, Identity, Rating, Reason, Subject
from bot.ratings.periods import day_of
from bot.ratings.subjects import subject_at
from bot.store.interface import Event, Record
from bot.store.person import person_key
from bot.store.sharing import Attribution

LINK_CHANNEL = "rating_link"
"""A link for one rating is a person of its own."""


class Closed(StrEnum):
    """Why nobody can rate through a link any more."""

    EXPIRED = "expired"
    GONE = "gone"
    """The catalogue does not know the service."""
    USED = "used"
    """It was for one rating, and that was given in an earlier period."""


class Fault(StrEnum):
    """What an answer lacks."""

    NO_LEVEL = "no_level"
    NO_REASON = "no_reason"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Question:
    """What a link asks about today. `period`: the report month in which the answer counts."""

    link: RatingLink
    subject: Subject
    period: str


@dataclass(frozen=True, slots=True)
class Rater:
    """Who answers. `address`: a keyed hash, empty where it is not known."""

    person: str
    identity: Identity
    address: str = ""
    is_staff: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as it came in. `filing` None: they have not filed, for this `reason`.

    `may_be_read`: they agree that staff read the `words`.
    """

    filing: Filing | None
    level: int | None = None
    is_helped: bool = False
    reason: Reason | None = None
    words: str = ""
    may_be_read: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """`record`: what is to be kept; None: it is kept already. `is_left_out`: there were words, and no consent.

    `is_private`: private numbers were taken out of the words.
    """

    record: Record | None
    is_left_out: bool
    is_private: bool


def subject_of(catalogue: Catalogue, code: str, agency: str, commune: str = "") -> Subject | None:
    """The service as of today's catalogue; None where there is none, or the agency does not decide on it.

    Of a procedure whose agencies our data does not say (police, tax) any agency may be named.
    """
    current = successor(catalogue, code)
    if current is None or (commune and commune not in catalogue.communes):
        return None
    deciding = {body.code for body in agencies_of(catalogue, current)} or catalogue.agencies.keys()
    if agency and agency not in deciding:
        return None
    return subject_at(catalogue, current, agency, commune)


def question_of(catalogue: Catalogue, link: RatingLink, at: datetime, rules: RatingRules) -> Question | Closed:
    if day_of(at) > link.until:
        return Closed.EXPIRED
    subject = subject_of(catalogue, link.code, link.agency, link.commune) or _as_it_was(catalogue, link)
    return Closed.GONE if subject is None else Question(link, subject, rules.period_of(at))


def _as_it_was(catalogue: Catalogue, link: RatingLink) -> Subject | None:
    """The service of a link that was right when it was made, where a newer list has not all of it any more.

    The procedure left the list or was replaced, or the body is no more. Whoever used the service all the same may say
    how it went, for as long as the link is valid. None where that is not what is wrong with it.
    """
    current = successor(catalogue, link.code)
    if current is None:
        return None
    is_listed = current == link.code and not catalogue.procedures[current].is_gone
    if is_listed and {link.agency, link.commune} <= {"", *catalogue.agencies}:
        return None
    agency = link.agency if link.agency in catalogue.agencies else ""
    return subject_at(catalogue, current, agency, link.commune if link.commune in catalogue.communes else "")


def link_name(link: RatingLink) -> str:
    """What a link is kept and counted as: many places have a "quay-1"."""
    return "/".join(filter(None, (link.commune or link.agency, link.id)))


def address_key(secret: bytes, client: str, at: datetime) -> str:
    """A keyed hash of a network address that is another one every day; empty for an empty address."""
    return person_key(secret, f"address {day_of(at).isoformat()}", client) if client else ""


def composed(
    question: Question,
    given: Given,
    rater: Rater,
    around: Circumstances,
    rules: RatingRules,
    masker: Masker,
    before: Rating | None,
) -> Composed | Fault:
    """What is kept of an answer, all in one record. `before`: the rating that counted until now."""
    words = clean(given.words, MAX_COMMENT_CHARS)
    if len(words) > MAX_COMMENT_CHARS:
        return Fault.TOO_LONG
    masked = masker.mask(words)
    is_wanted = has_words(masked.text)
    kept = masked.text if is_wanted and given.may_be_read else ""
    said = _said(question, given, kept, rules)
    if isinstance(said, Fault):
        return said
    survey = survey_of(said, around, rules)
    if survey.asking is not None:
        survey = replace(survey, asking=replace(survey.asking, link=link_name(question.link)))
    if survey.rating is not None:
        rating = _through(survey.rating, question.link, rater)
        survey = replace(survey, rating=None if _is_same(before, rating) else rating)
    status = Status.NOT_FILED if given.filing is None else Status.RATED
    event = Event(around.at, around.channel, around.person, status, (question.subject.code,), around.catalogue_version)
    has_news = any((survey.rating, survey.remark, survey.obstacle))
    return Composed(
        Record(event, survey=survey, attribution=_attribution(question.link)) if has_news else None,
        is_left_out=is_wanted and not kept,
        is_private=bool(masked.found) and bool(kept),
    )


def _said(question: Question, given: Given, words: str, rules: RatingRules) -> Said | Fault:
    asked = Asked(question.subject, question.period, question.link.origin, given.filing, is_helped=given.is_helped)
    if given.filing is None:
        if given.reason is None:
            return Fault.NO_REASON
        return Said(replace(asked, reason=given.reason), is_answered=True, reason=given.reason, words=words)
    if given.level is None or not rules.scale.has(given.level):
        return Fault.NO_LEVEL
    return Said(replace(asked, level=given.level), is_answered=True, is_rated=True, comment=words or None)


def _attribution(link: RatingLink) -> Attribution | None:
    via = via_of_link(link)
    return None if via is None else Attribution(via)


def _through(rating: Rating, link: RatingLink, rater: Rater) -> Rating:
    flags: Collection[Flag] = {*rating.flags, *((Flag.STAFF,) if rater.is_staff else ())}
    return replace(
        rating,
        identity=rater.identity,
        flags=tuple(flag for flag in Flag if flag in flags),
        link=link_name(link),
        address=rater.address,
    )


def _is_same(before: Rating | None, rating: Rating) -> bool:
    """The form was sent twice: nothing new is said."""
    if before is None:
        return False
    said = (before.scale, before.level, before.filing, before.is_helped, before.subject)
    return said == (rating.scale, rating.level, rating.filing, rating.is_helped, rating.subject)
