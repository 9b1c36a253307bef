"""Who asks for the page of a rating link, and what it asks them today; or why it asks nothing."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.channels.web_chat import CHANNEL
from bot.dialogue.signed_links import RATING_PATH, RatingLink
from bot.dialogue.survey import Circumstances
from bot.errors import StoreError
from bot.operations.rating_links.answers import LINK_CHANNEL, Closed, Question, Rater, address_key, question_of
from bot.ratings.model import Identity, Rating
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.backing import BACKING, Backing
from bot.web.client_address import client_address
from bot.web.forms import Form
from bot.web.keys import ASSISTANT
from bot.web.pages import addresses
from bot.web.pages.names import procedure_heading
from bot.web.pages.tools import TOOLS, Tools
from bot.web.pages.unknown import Unknown, unknown_page
from bot.web.person import known_person, new_id
from bot.web.rating_view import WHO, About

_VISITOR = "rater"
"""What the visitor's id is signed for where it stands in the form, for browsers that keep no cookie."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One request with all that answers it. `visitor`: the browser's id; None where the link itself is the person.

    `is_known`: they will be known when they come again.
    """

    request: web.Request
    tools: Tools
    backing: Backing
    language: str
    token: str
    question: Question
    rater: Rater
    visitor: str | None
    is_known: bool

    @property
    def texts(self) -> Texts:
        return self.tools.texts[self.language]

    @property
    def about(self) -> About:
        catalogue, subject = self.tools.assistant.catalogue, self.question.subject
        return About(
            procedure_heading(catalogue.procedures[subject.code], self.language),
            catalogue.agencies[subject.agency].name if subject.agency else None,
            addresses.in_language(self.language, f"{RATING_PATH}/{self.token}"),
            "" if self.visitor is None else self.backing.signer.sign(_VISITOR, self.visitor),
        )

    @property
    def around(self) -> Circumstances:
        version = self.tools.assistant.catalogue.version
        return Circumstances(self.rater.person, self.backing.clock(), CHANNEL, version)

    async def last(self) -> Rating | None:
        """The rating that counts until now. Raises StoreError."""
        subject = self.question.subject
        return await self.backing.store.office.ratings.last(self.rater.person, subject.code, self.question.period)


async def open_desk(language: str, request: web.Request, form: Form) -> Desk | web.Response:
    """What a link of ours asks today; else the page that says why it asks nothing."""
    tools, backing, token = request.app[TOOLS], request.app[BACKING], request.match_info["token"]
    link = backing.signer.rating_link(token)
    if link is None:
        return _refused(language, request, tools.texts[language].get("web.rating.unknown"), 404)
    question = question_of(request.app[ASSISTANT].catalogue, link, backing.clock(), backing.rules.rating)
    if isinstance(question, Closed):
        return _refused(language, request, _why(tools.texts[language], question, link), 410)
    cookie = known_person(request)
    visitor = None if link.is_single else cookie or backing.signer.read(_VISITOR, form.get(WHO)) or new_id()
    is_known = visitor is None or visitor == cookie
    desk = Desk(
        request,
        tools,
        backing,
        language,
        token,
        question,
        await _rater(request, backing, token, visitor),
        visitor,
        is_known,
    )
    if link.is_single and await _is_spent(desk):
        return _refused(language, request, _why(tools.texts[language], Closed.USED, link), 410)
    return desk


async def _rater(request: web.Request, backing: Backing, token: str, visitor: str | None) -> Rater:
    people = backing.people
    address = address_key(people.secret, client_address(request), backing.clock())
    if visitor is None:
        return Rater(await people.meet(LINK_CHANNEL, token), Identity.TOKEN, address)
    # The same person as in the web chat: what they rated there they change here.
    return Rater(await people.meet(CHANNEL, visitor), Identity.COOKIE, address)


async def _is_spent(desk: Desk) -> bool:
    """Whether the one rating of the link was given in an earlier period; in this one it can still be changed."""
    try:
        return await desk.last() is None and await desk.backing.store.office.ratings.is_used(desk.rater.person)
    except StoreError:
        # Then nothing can be stored either, and that is said where it happens.
        return False


def _why(texts: Texts, closed: Closed, link: RatingLink) -> str:
    if closed is Closed.EXPIRED:
        return texts.get("web.rating.expired", date=day_written(texts.language, link.until))
    return texts.get("web.rating.gone" if closed is Closed.GONE else "web.rating.used")


def _refused(language: str, request: web.Request, text: str, status: int) -> web.Response:
    return unknown_page(
        language, request, Unknown(request.app[TOOLS].texts[language].get("web.rating.closed"), text), status
    )
