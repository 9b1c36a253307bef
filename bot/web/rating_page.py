"""GET and POST /danh-gia/{token}: how a service went, asked without a chat account and without a script."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from aiohttp import web

from bot.dialogue.guards import RateLimit
from bot.dialogue.rating_choices import NOT_FILED, Filed, filed_of
from bot.dialogue.signed_links import RATING_PATH
from bot.errors import StoreError
from bot.operations.rating_links.answers import Composed, Fault, Given, composed
from bot.ratings.model import MAX_COMMENT_CHARS, Filing, Origin, Rating, Reason
from bot.ratings.scales import Scale
from bot.texts import Texts
from bot.web import rating_view
from bot.web.backing import BACKING
from bot.web.forms import Form, read_form
from bot.web.keys import MASKER
from bot.web.pages import addresses
from bot.web.pages.respond import passing
from bot.web.pages.tools import TOOLS, Head
from bot.web.person import remember
from bot.web.rating_desk import Desk, open_desk
from bot.web.rating_view import AGREED, CHANGE, FILING, FIRST, HELPED, LEVEL, REASON, WORDS, RatingView
from bot.web.sender import is_staff

_MOST_FIELDS = 10
_A_MINUTE = 30
"""So many answers a minute from one network, or through one link: more than any counter serves."""
_LIMIT = web.AppKey("rating_limit", RateLimit)


def add_rating_pages(app: web.Application) -> None:
    app[_LIMIT] = app[BACKING].limit(_A_MINUTE)
    path = f"{RATING_PATH}/{{token}}"
    for language in app[TOOLS].languages:
        app.router.add_get(addresses.in_language(language, path), partial(show_rating, language))
        app.router.add_post(addresses.in_language(language, path), partial(post_rating, language))


async def show_rating(language: str, request: web.Request) -> web.Response:
    """The question; with `?nop=` the form of that way of filing; what is kept already, unless `?doi=` changes it."""
    desk = await open_desk(language, request, Form())
    if not isinstance(desk, Desk):
        return desk
    try:
        last = await desk.last()
    except StoreError:
        # Reading fails: asking may work all the same, and storing says so if it does not.
        last = None
    filed = filed_of(request.query.get(FILING, ""))
    if filed is not None:
        return _page(desk, _form(desk, _as_before(desk, filed, last)))
    if last is not None and last.scale == _scale(desk).id and CHANGE not in request.query:
        return _page(desk, rating_view.rated(desk.texts, desk.about, last, None, is_known=True))
    before = None if last is None or last.scale != _scale(desk).id else last.filing
    return _page(desk, _first(desk, _as_before(desk, before or Filing.ONLINE, last), before))


async def post_rating(language: str, request: web.Request) -> web.Response:
    """The answer, checked and kept; whatever is wrong, the form comes back with all that was filled in."""
    form = await read_form(request, _MOST_FIELDS)
    desk = await open_desk(language, request, form)
    if not isinstance(desk, Desk):
        return desk
    filed = filed_of(form.get(FILING))
    if filed is None:
        given = _given(Filing.ONLINE, form)
        return _page(desk, _first(desk, given, None, desk.texts.get("web.rating.no_filing")), 422)
    given = _given(filed, form)
    try:
        last = await desk.last()
        if form.get(CHANGE):
            return _page(desk, _form(desk, _as_before(desk, filed, last)))
        if form.get(FIRST) and given.filing is not Filing.ONLINE:
            # They were asked about using it online: what is kept is the answer to the question about their own way.
            return _page(desk, _form(desk, given))
        if not request.app[_LIMIT].takes(desk.rater.address or desk.question.link.id, desk.backing.clock()):
            return _page(desk, _form(desk, given, desk.texts.get("web.rating.too_fast")), 429)
        said = await _composed(desk, given, last)
        if not isinstance(said, Composed):
            return _page(desk, _form(desk, given, _fault(desk.texts, said)), 422)
        if said.record is not None:
            await desk.backing.store.record(said.record)
            survey = said.record.survey
            last = last if survey is None or survey.rating is None else survey.rating
    except StoreError:
        return _page(desk, _form(desk, given, desk.texts.get("web.rating.not_kept")), 503)
    if given.filing is None and given.reason is not None:
        centre = desk.tools.assistant.catalogue.province.service_centre
        return _page(desk, rating_view.not_filed(desk.texts, desk.about, given.reason, centre, said))
    if last is None:
        return _page(desk, _first(desk, given, filed), 422)
    if said.is_left_out:
        # The rating is kept; the words are still there for who only forgot the tick.
        return _page(desk, _form(desk, given, desk.texts.get("web.rating.unticked")))
    return _page(desk, rating_view.rated(desk.texts, desk.about, last, said, is_known=desk.is_known))


async def _composed(desk: Desk, given: Given, last: Rating | None) -> Composed | Fault:
    rater = replace(desk.rater, is_staff=await is_staff(desk.request))
    masker = desk.request.app[MASKER]
    rules = desk.backing.rules.rating
    return composed(desk.question, given, rater, desk.around, rules, masker, last)


def _given(filed: Filed, form: Form) -> Given:
    """What is not written as we write it counts as not given."""
    level, reason = form.get(LEVEL), form.get(REASON)
    return Given(
        filing=Filing(filed) if filed != NOT_FILED else None,
        level=int(level) if level in {"1", "2", "3", "4", "5"} else None,
        is_helped=form.get(HELPED) == "1",
        reason=Reason(reason) if reason in set(Reason) else None,
        # A form counts an end of line as one character, and sends two.
        words=form.get(WORDS).replace("\r\n", "\n"),
        may_be_read=form.get(AGREED) == "1",
    )


def _as_before(desk: Desk, filed: Filed, last: Rating | None) -> Given:
    """What the form is filled with: the rating that is to be changed. A team is often there when its link is used."""
    if filed == NOT_FILED:
        return Given(None)
    filing = Filing(filed)
    if last is not None and last.filing is filing and last.scale == _scale(desk).id:
        return Given(filing, last.level, last.is_helped)
    return Given(filing, is_helped=desk.question.link.origin is Origin.TEAM)


def _first(desk: Desk, given: Given, filed: Filed | None, fault: str = "") -> RatingView:
    return rating_view.first_step(desk.texts, desk.about, _scale(desk), given, filed, fault)


def _scale(desk: Desk) -> Scale:
    return desk.backing.rules.rating.scale


def _form(desk: Desk, given: Given, fault: str = "") -> RatingView:
    return rating_view.form_step(desk.texts, desk.about, _scale(desk), given, fault)


def _fault(texts: Texts, fault: Fault) -> str:
    if fault is Fault.TOO_LONG:
        return texts.get("rating.too_long", most=MAX_COMMENT_CHARS)
    return texts.get("web.rating.no_reason" if fault is Fault.NO_REASON else "web.rating.no_level")


def _page(desk: Desk, view: RatingView, status: int = 200) -> web.Response:
    path = f"{RATING_PATH}/{desk.token}"
    head = Head(desk.texts.get("web.rating.title"), desk.texts.get("web.rating.description"), path, indexed=False)
    html = desk.tools.render(desk.request, desk.language, "rating.html", head, view=view)
    response = passing(desk.request, html, status)
    if desk.visitor is not None:
        remember(desk.request, response, desk.visitor)
    return response
