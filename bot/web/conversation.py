"""The chat over HTTP: the page at `/`, messages at `/api/chat`, and the same by plain forms without the script."""

from __future__ import annotations

import json
from urllib.parse import parse_qsl

from aiohttp import web

from bot.channels.web_chat import CHANNEL, WrongShapeError, parse, render
from bot.dialogue.messages import Incoming, Reply, Status
from bot.web.errors import BROKEN_JSON, TOO_LARGE, WRONG_CONTENT_TYPE, WRONG_SHAPE, ApiError
from bot.web.greeting import BEGIN
from bot.web.keys import ASSISTANT, GREETING, PAGES
from bot.web.person import person_of, remember
from bot.web.rendering import Exchange

MAX_BODY_BYTES = 16 * 1024
_MAX_FORM_FIELDS = 10


async def post_message(request: web.Request) -> web.Response:
    """POST /api/chat: one message as JSON, one answer as JSON."""
    if request.content_type != "application/json":
        raise ApiError(WRONG_CONTENT_TYPE)
    person = person_of(request)
    try:
        incoming = parse(_read_json(await _body(request)), person)
    except WrongShapeError:
        raise ApiError(WRONG_SHAPE) from None
    reply = await request.app[ASSISTANT].answer(incoming)
    response = web.json_response(render(reply), headers={"Cache-Control": "no-store"})
    remember(request, response, person)
    return response


async def show_page(request: web.Request) -> web.Response:
    """GET /: the chat. `?q=words` or `?c=choice` is asked at once, for links from other pages."""
    words, choice = request.query.get("q"), request.query.get("c")
    if choice:
        return await _page_with_answer(request, Incoming(CHANNEL, person_of(request), choice=choice))
    if words:
        return await _page_with_answer(request, Incoming(CHANNEL, person_of(request), text=words))
    html = request.app[PAGES].chat(await request.app[GREETING].reply())
    return _page(html, "no-cache")


async def post_form(request: web.Request) -> web.Response:
    """POST /: a message from the page's form, where the script does not run."""
    if request.content_type != "application/x-www-form-urlencoded":
        raise ApiError(WRONG_CONTENT_TYPE)
    fields = _read_form(await _body(request))
    person = person_of(request)
    if fields.get("choice"):
        return await _page_with_answer(request, Incoming(CHANNEL, person, choice=fields["choice"]))
    if "text" not in fields:
        raise ApiError(WRONG_SHAPE)
    if "first" in fields:
        # The greeting's choices are on the screen: from now on their numbers mean them.
        await request.app[ASSISTANT].answer(Incoming(CHANNEL, person, choice=BEGIN))
    return await _page_with_answer(request, Incoming(CHANNEL, person, text=fields["text"]))


async def _page_with_answer(request: web.Request, incoming: Incoming) -> web.Response:
    greeting = await request.app[GREETING].reply()
    reply = await request.app[ASSISTANT].answer(incoming)
    html = request.app[PAGES].chat(greeting, Exchange(_said(incoming, greeting, reply), reply))
    response = _page(html, "no-store")
    remember(request, response, incoming.user)
    return response


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


async def _body(request: web.Request) -> bytes:
    if (request.content_length or 0) > MAX_BODY_BYTES:
        # Said before the body is read: megabytes need not travel to be refused.
        raise ApiError(TOO_LARGE)
    try:
        return await request.read()
    except web.RequestPayloadError:
        # Said to be compressed and is not, or broken off on the way.
        raise ApiError(WRONG_SHAPE) from None


def _read_form(body: bytes) -> dict[str, str]:
    """The fields, read as UTF-8 whatever the request calls it; of a field that is given twice, the last."""
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MAX_FORM_FIELDS)
    except ValueError:
        raise ApiError(WRONG_SHAPE) from None
    return dict(pairs)


def _read_json(body: bytes) -> object:
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        raise ApiError(BROKEN_JSON) from None
    return value
