"""GET and POST /trai-nghiem/{token}: a team that has tried a service says how it went, without a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from aiohttp import web

from bot.catalog.lookup import successor
from bot.dialogue.clean import clean
from bot.dialogue.guards import RateLimit
from bot.dialogue.signed_links import REVIEW_PATH, ReviewLink
from bot.errors import StoreError
from bot.operations.show import look_up
from bot.ratings.periods import day_of
from bot.store.reviews import MAX_REMARK_CHARS, Question, Review, TimeNeeded, Verdict
from bot.texts.written import day_written
from bot.web.backing import BACKING
from bot.web.client_address import client_address
from bot.web.forms import Form, read_form
from bot.web.keys import MASKER
from bot.web.pages import addresses
from bot.web.pages.names import Named, procedure_heading
from bot.web.pages.respond import passing
from bot.web.pages.tools import TOOLS, Head, Tools
from bot.web.pages.unknown import Unknown, unknown_page
from bot.web.person import new_id

CODE, WORDS, ONCE, TIME, REMARK = "tt", "q", "lan", "thoi_gian", "y_kien"
OFFERED: Mapping[Question, tuple[Verdict, ...]] = {
    Question.FINDING: (Verdict.YES, Verdict.PARTLY, Verdict.NO),
    Question.PREFILLED: tuple(Verdict),
    Question.PAYMENT: tuple(Verdict),
    Question.RESULT: tuple(Verdict),
}
_ONCE = "review form"
"""What the form's own id is signed for: another word than for the link, which would pass for it."""
_MOST_FIELDS = 20
_MOST_WORDS = 200
_MOST_FOUND = 8
_A_MINUTE = 10
"""So many reviews a minute through one link, or from one network: a team round a table."""
_LIMIT = web.AppKey("review_limit", RateLimit)


@dataclass(frozen=True, slots=True)
class ReviewDesk:
    """One request with all that answers it. `code`: the procedure; empty where it is still to be chosen."""

    request: web.Request
    tools: Tools
    language: str
    token: str
    link: ReviewLink
    code: str

    @property
    def action(self) -> str:
        return addresses.in_language(self.language, f"{REVIEW_PATH}/{self.token}")

    def say(self, text_id: str, **values: object) -> str:
        return self.tools.texts[self.language].get(text_id, **values)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was ticked and written, by field; whatever is not offered counts as not given."""

    verdicts: Mapping[Question, Verdict] = field(default_factory=dict)
    time: TimeNeeded | None = None
    remark: str = ""


def add_review_pages(app: web.Application) -> None:
    app[_LIMIT] = app[BACKING].limit(_A_MINUTE)
    path = f"{REVIEW_PATH}/{{token}}"
    for language in app[TOOLS].languages:
        app.router.add_get(addresses.in_language(language, path), partial(show_review, language))
        app.router.add_post(addresses.in_language(language, path), partial(post_review, language))


async def show_review(language: str, request: web.Request) -> web.Response:
    """The checklist; where the link names no service, the search for one (`?q=`) and then the checklist (`?tt=`)."""
    desk = _open(language, request, request.query.get(CODE, ""))
    if not isinstance(desk, ReviewDesk):
        return desk
    return _form(desk, Filled()) if desk.code else _choose(desk, request.query.get(WORDS, ""))


async def post_review(language: str, request: web.Request) -> web.Response:
    """Checked and kept; whatever is wrong, the form comes back with all that was filled in."""
    form = await read_form(request, _MOST_FIELDS)
    desk = _open(language, request, form.get(CODE))
    if not isinstance(desk, ReviewDesk):
        return desk
    if not desk.code:
        return _choose(desk, "")
    filled, backing = _filled(form), request.app[BACKING]
    once = backing.signer.read(_ONCE, form.get(ONCE))
    if once is None or filled.time is None or len(filled.verdicts) < len(Question):
        return _form(desk, filled, desk.say("web.review.incomplete"), 422)
    if len(filled.remark) > MAX_REMARK_CHARS:
        return _form(desk, filled, desk.say("rating.too_long", most=MAX_REMARK_CHARS), 422)
    now = backing.clock()
    if not request.app[_LIMIT].takes(client_address(request) or desk.link.id, now):
        return _form(desk, filled, desk.say("web.review.too_fast"), 429)
    masked = request.app[MASKER].mask(filled.remark)
    link = desk.link
    review = Review(now, desk.code, link.team, link.commune, link.id, filled.verdicts, filled.time, masked.text)
    try:
        # The same form a second time (a double tap, a reload) changes nothing, and reads alike.
        await backing.store.office.reviews.add(review, once)
    except StoreError:
        return _form(desk, filled, desk.say("web.rating.not_kept"), 503, form.get(ONCE))
    done = [desk.say("web.review.kept"), *([desk.say("web.rating.private")] if masked.found else [])]
    return _page(desk, 200, done=done, again=desk.action if not link.code else None)


def _open(language: str, request: web.Request, code: str) -> ReviewDesk | web.Response:
    """What the link asks; else the page that says why it asks nothing."""
    tools, backing, token = request.app[TOOLS], request.app[BACKING], request.match_info["token"]
    link, texts = backing.signer.review_link(token), tools.texts[language]
    if link is None:
        return _refused(language, request, texts.get("web.review.unknown"), 404)
    if day_of(backing.clock()) > link.until:
        return _refused(language, request, texts.get("web.review.expired", date=day_written(language, link.until)), 410)
    desk = ReviewDesk(request, tools, language, token, link, "")
    # A link made for a service may be older than the list: a team that has tried it may still say how it went.
    wanted = successor(tools.assistant.catalogue, link.code) if link.code else code
    if wanted is not None and (link.code or _is_current(desk, wanted)):
        return replace(desk, code=wanted)
    return _refused(language, request, texts.get("web.review.gone"), 410) if link.code else desk


def _is_current(desk: ReviewDesk, code: str) -> bool:
    procedure = desk.tools.assistant.catalogue.procedures.get(code)
    return procedure is not None and procedure.in_force


def _filled(form: Form) -> Filled:
    verdicts = {
        question: Verdict(form.get(question))
        for question, offered in OFFERED.items()
        if form.get(question) in {verdict.value for verdict in offered}
    }
    time = form.get(TIME)
    return Filled(
        verdicts, TimeNeeded(time) if time in set(TimeNeeded) else None, clean(form.get(REMARK), MAX_REMARK_CHARS)
    )


def _choose(desk: ReviewDesk, written: str) -> web.Response:
    """The search for a service, and what it finds."""
    words = clean(written, _MOST_WORDS)[:_MOST_WORDS]
    codes: tuple[str, ...] = ()
    if words:
        found = look_up(desk.tools.assistant.guide, desk.tools.assistant.engine, desk.tools.texts[desk.language], words)
        words, codes = found.words, found.codes
    known = [code for code in codes if _is_current(desk, code)][:_MOST_FOUND]
    choices = [(addresses.with_query(desk.action, {CODE: code}), _name(desk, code)) for code in known]
    return _page(desk, 200, choosing=True, words=words, choices=choices)


def _form(
    desk: ReviewDesk, filled: Filled, fault: str = "", status: int = 200, once: str | None = None
) -> web.Response:
    signer = desk.request.app[BACKING].signer
    return _page(
        desk,
        status,
        fault=fault,
        questions=[
            (q.value, [v.value for v in offered], _value(filled.verdicts.get(q))) for q, offered in OFFERED.items()
        ],
        times=[time.value for time in TimeNeeded],
        time=_value(filled.time),
        remark=filled.remark,
        most=MAX_REMARK_CHARS,
        once=once or signer.sign(_ONCE, new_id()),
    )


def _value(chosen: Verdict | TimeNeeded | None) -> str:
    return "" if chosen is None else chosen.value


def _name(desk: ReviewDesk, code: str) -> Named:
    return procedure_heading(desk.tools.assistant.catalogue.procedures[code], desk.language)


def _page(desk: ReviewDesk, status: int, **shown: object) -> web.Response:
    values: dict[str, object] = {"fault": "", "questions": (), "done": (), "again": None, "choosing": False, **shown}
    head = Head(desk.say("web.review.title"), desk.say("web.review.lead"), f"{REVIEW_PATH}/{desk.token}", indexed=False)
    values["name"] = _name(desk, desk.code) if desk.code else None
    values["team"] = desk.say(f"web.review.team.{desk.link.team}")
    values |= {"action": desk.action, "code": desk.code, "find": desk.tools.texts[desk.language].find}
    return passing(desk.request, desk.tools.render(desk.request, desk.language, "review.html", head, **values), status)


def _refused(language: str, request: web.Request, text: str, status: int) -> web.Response:
    title = request.app[TOOLS].texts[language].get("web.review.title")
    return unknown_page(language, request, Unknown(title, text), status)
