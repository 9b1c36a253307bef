"""The chat over HTTP: the page at `/`, messages at `/api/chat`, and the same by plain forms without the script."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import replace

import structlog
from aiohttp import web

from bot.channels.web_chat import WrongShapeError, parse, render, visit_of
from bot.dialogue.choice_ids import parse as parse_choice
from bot.dialogue.choices import PrivacyChoice, PrivacyStep, StartChoice
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.rating_choices import FollowUpsChoice, NoteChoice, RateChoice, ReasonChoice, TellChoice
from bot.operations.messages.delivering import Ended
from bot.operations.messages.way import as_ms
from bot.operations.sharing.preview_words import HOME
from bot.web.answers import Answers
from bot.web.entrance import Entrance, entrance_of, is_embedded, texts_for
from bot.web.errors import BROKEN_JSON, WRONG_CONTENT_TYPE, WRONG_SHAPE, ApiError
from bot.web.forms import read_body, read_form
from bot.web.greeting import BEGIN
from bot.web.keys import ASSISTANT, GREETING, LANGUAGES, PAGES, REPEATED, SETTINGS, SUGGESTIONS
from bot.web.languages import DEFAULT
from bot.web.pace import take_turn
from bot.web.pages.addresses import base_of, chat_address
from bot.web.pages.page_picture import picture_of_page
from bot.web.person import forget, person_of, remember
from bot.web.rendering import Exchange, Preview, View
from bot.web.sender import sent_from

_log = structlog.get_logger(__name__)
_MAX_FORM_FIELDS = 10


async def post_message(request: web.Request) -> web.Response:
    """POST /api/chat: one message as JSON, one answer as JSON; a message sent again gets the answer it got."""
    if request.content_type != "application/json":
        raise ApiError(WRONG_CONTENT_TYPE)
    body = _read_json(await read_body(request))
    person = person_of(request, _visit(body) if is_embedded(request) else None)
    try:
        incoming = parse(body, person)
    except WrongShapeError:
        raise ApiError(WRONG_SHAPE) from None
    take_turn(request)
    sent = await sent_from(request, incoming)
    assistant = request.app[ASSISTANT]
    reply = await request.app[REPEATED].answer(person, sent.message, lambda: _answered(assistant, sent))
    response = web.json_response(render(reply), headers={"Cache-Control": "no-store"})
    _know_again(request, response, person, reply)
    return response


async def get_suggestions(request: web.Request) -> web.Response:
    """GET /api/suggest?q=…: `{"suggestions": [{"id", "label"}]}` for what has been typed so far."""
    take_turn(request, typed=True)
    offered = await request.app[SUGGESTIONS].offer(request.query.get("q", ""), texts_for(request).language)
    return web.json_response({"suggestions": offered}, headers={"Cache-Control": "no-store"})


async def show_page(request: web.Request) -> web.Response:
    """GET /: the chat. `?q=words` or `?c=choice` is asked at once, for links from other pages."""
    entrance = entrance_of(request)
    words, choice = request.query.get("q"), request.query.get("c")
    if choice:
        take_turn(request)
        asked = _only_asked(choice)
        return await _page_with_answer(request, entrance, entrance.choice(_person(request, entrance), asked))
    if words:
        take_turn(request)
        return await _page_with_answer(request, entrance, entrance.words(_person(request, entrance), words))
    view = replace(_view(request, entrance), preview=_preview(request, entrance))
    html = request.app[PAGES].chat(await request.app[GREETING].reply(_language(view)), view=view)
    return _page(html, "no-cache")


async def post_form(request: web.Request) -> web.Response:
    """POST /: a message from the page's form, where the script does not run."""
    # Of a field that is given twice, the last.
    fields = dict((await read_form(request, _MAX_FORM_FIELDS)).pairs)
    entrance = entrance_of(request, fields)
    person = _person(request, entrance)
    if fields.get("choice"):
        take_turn(request)
        return await _page_with_answer(request, entrance, entrance.choice(person, fields["choice"]))
    if "text" not in fields:
        raise ApiError(WRONG_SHAPE)
    take_turn(request)
    if "first" in fields:
        # The greeting's choices are on the screen: from now on their numbers mean them.
        await _answered(request.app[ASSISTANT], entrance.choice(person, BEGIN))
    return await _page_with_answer(request, entrance, entrance.words(person, fields["text"]))


async def _page_with_answer(request: web.Request, entrance: Entrance, incoming: Incoming) -> web.Response:
    if entrance.embedded:
        entrance = replace(entrance, visit=incoming.user)
    view = _view(request, entrance)
    greeting = await request.app[GREETING].reply(_language(view))
    reply = await _answered(request.app[ASSISTANT], await sent_from(request, incoming))
    html = request.app[PAGES].chat(greeting, Exchange(_said(incoming, greeting, reply), reply), view)
    response = _page(html, "no-store")
    _know_again(request, response, incoming.user, reply)
    return response


async def _answered(assistant: Answers, incoming: Incoming) -> Reply:
    began = time.perf_counter()
    reply = await assistant.answer(incoming)
    ms = as_ms(time.perf_counter() - began)
    ended = Ended.FAILED if reply.status is Status.FAILED else Ended.ANSWERED
    _log.info("message_done", channel=incoming.channel, ended=ended.value, status=reply.status.value, ms=ms)
    return reply


def _know_again(request: web.Request, response: web.Response, person: str, reply: Reply) -> None:
    """Of who had their data deleted nothing is left in the browser either: from then on it is somebody new."""
    if reply.status is Status.ERASED:
        forget(request, response)
    else:
        remember(request, response, person)


def _only_asked(choice: str) -> str:
    """What an address may ask for in somebody's name: a link of another site rates nothing, and deletes nothing."""
    match parse_choice(choice):
        case RateChoice(code, agency, filing) if filing is not None:
            return str(RateChoice(code, agency))
        case NoteChoice() | ReasonChoice() | TellChoice() | FollowUpsChoice():
            return str(StartChoice())
        case PrivacyChoice(PrivacyStep.ERASED):
            return str(PrivacyChoice(PrivacyStep.ASKED))
    return choice


def _person(request: web.Request, entrance: Entrance) -> str:
    return person_of(request, entrance.visit if entrance.embedded else None)


def _visit(body: object) -> str | None:
    return visit_of(body.get("visit")) if isinstance(body, Mapping) else None


def _view(request: web.Request, entrance: Entrance) -> View:
    texts = texts_for(request, entrance.language)
    hidden = {"xa": entrance.commune, "lang": entrance.language, "visit": entrance.visit if entrance.embedded else None}
    return View(
        texts,
        replace(entrance, commune=None, language=None).address(),
        {name: value for name, value in hidden.items() if value is not None},
        {
            language: (other.get("web.language_name"), entrance.address(language))
            for language, other in request.app[LANGUAGES].items()
            if language != texts.language
        },
        embedded=entrance.embedded,
    )


def _preview(request: web.Request, entrance: Entrance) -> Preview | None:
    """Of the chat that nothing was asked in yet; None in a frame, and for a host that is not plain."""
    base = base_of(request, request.app[SETTINGS])
    if base is None or entrance.embedded:
        return None
    texts = texts_for(request, entrance.language)
    return Preview(
        base + chat_address(texts.language),
        base,
        picture_of_page(request.app[ASSISTANT].catalogue, texts, HOME),
    )


def _language(view: View) -> str | None:
    """The language to greet in; None is the default one."""
    return None if view.texts.language == DEFAULT else view.texts.language


def _said(incoming: Incoming, greeting: Reply, reply: Reply) -> str | None:
    """What to repeat as the person's words: never what holds private numbers; a choice by its label, if known."""
    if reply.status is Status.PERSONAL_DATA_REFUSED:
        return None
    if incoming.text is not None:
        return incoming.text.encode("utf-8", "replace").decode("utf-8")
    labels = {choice.id: choice.label for choice in greeting.choices}
    return labels.get(incoming.choice or "")


def _page(html: str, cache_control: str) -> web.Response:
    return web.Response(text=html, content_type="text/html", headers={"Cache-Control": cache_control})


def _read_json(body: bytes) -> object:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(BROKEN_JSON) from None
    return value
