"""The web chat as a channel: what a browser sends in, what it is sent back. Nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from bot.dialogue.messages import Incoming, Reply

CHANNEL = "web"


class WrongShapeError(Exception):
    """The body is JSON, but not an object with either a `text` or a `choice` that is a string."""


def parse(body: object, user: str) -> Incoming:
    """`{"text": …}` or `{"choice": …}`, exactly one of them, as a message; other keys are left alone."""
    if not isinstance(body, Mapping):
        raise WrongShapeError
    text, choice = body.get("text"), body.get("choice")
    if isinstance(text, str) and choice is None:
        return Incoming(CHANNEL, user, text=text)
    if isinstance(choice, str) and text is None:
        return Incoming(CHANNEL, user, choice=choice)
    raise WrongShapeError


def render(reply: Reply) -> dict[str, object]:
    """The reply as the browser reads it."""
    return {
        "status": reply.status.value,
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
        "links": [{"label": link.label, "url": link.url} for link in reply.links],
    }
