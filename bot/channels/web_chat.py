"""The web chat as a channel: what a browser sends in, what it is sent back. Nothing else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from bot.dialogue.messages import Incoming, Reply

CHANNEL = "web"
LANGUAGES = ("vi", "en")
"""Languages that a message may be said to come in; the first is the one where none is said."""

_COMMUNE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{0,31}", re.ASCII)
_MESSAGE_ID = re.compile(r"[A-Za-z0-9_\-]{1,40}", re.ASCII)
_VISIT = re.compile(r"[A-Za-z0-9_\-]{24}", re.ASCII)


class WrongShapeError(Exception):
    """The body is JSON, but not an object with either a `text` or a `choice` that is a string."""


def parse(body: object, user: str) -> Incoming:
    """`{"text": …}` or `{"choice": …}`, exactly one of them, as a message; unknown keys are left alone.

    `commune` (agency code) and `language` may say where the chat was entered. They are courtesies: of another shape
    they count as not given, so that the message is still answered.
    """
    if not isinstance(body, Mapping):
        raise WrongShapeError
    commune, language = commune_of(body.get("commune")), language_of(body.get("language"))
    text, choice, message = body.get("text"), body.get("choice"), message_id(body)
    if isinstance(text, str) and choice is None:
        return Incoming(CHANNEL, user, text=text, commune=commune, language=language, message=message)
    if isinstance(choice, str) and text is None:
        return Incoming(CHANNEL, user, choice=choice, commune=commune, language=language, message=message)
    raise WrongShapeError


def commune_of(value: object) -> str | None:
    """`value` where it is written like an agency code (`H99.05`), else None."""
    return value if isinstance(value, str) and _COMMUNE.fullmatch(value) else None


def language_of(value: object) -> str | None:
    """`value` where it is one of the languages, else None."""
    return value if isinstance(value, str) and value in LANGUAGES else None


def message_id(body: object) -> str | None:
    """The id that the page gave the message, so that it is not asked twice; None where there is none or a wrong one."""
    value = body.get("id") if isinstance(body, Mapping) else None
    return value if isinstance(value, str) and _MESSAGE_ID.fullmatch(value) else None


def host_of(url: str) -> str:
    """Where a link leads, as a person reads it: the host, without `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def visit_of(value: object) -> str | None:
    """`value` where it is written like the id of a visit (24 characters), else None. See `bot.web.person`."""
    return value if isinstance(value, str) and _VISIT.fullmatch(value) else None


def render(reply: Reply) -> dict[str, object]:
    """The reply as the browser reads it: of a link `url` is opened, `leads_to` and its `host` are told.

    `forward`: of a text that is there to be sent to others, what the button for it says.
    """
    shown: dict[str, object] = {
        "status": reply.status.value,
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
        "links": [
            {"label": link.label, "url": link.address, "host": host_of(link.url), "leads_to": link.url}
            for link in reply.links
        ],
        "codes": list(reply.codes),
    }
    return shown if reply.forward is None else {**shown, "forward": reply.forward.label}
