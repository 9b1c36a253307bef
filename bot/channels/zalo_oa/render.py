"""A reply as messages of an Official Account: text, links, numbered lines; buttons only besides them.

Not every account may send buttons, so a person can always write the number instead.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.channels.numbered import numbered
from bot.dialogue.choices import HelpfulChoice, Opinion, StartChoice
from bot.dialogue.messages import Link, Reply, Status
from handlers.start import PRIVACY_PAGE

MOST_CHARS = 2000
"""Longer texts are refused, not cut. Counted in NFC."""
MOST_BUTTONS = 5
MOST_TITLE_CHARS = 100
MOST_PICTURE_BYTES = 1_000_000
_HELPED = (str(HelpfulChoice(Opinion.YES)), str(HelpfulChoice(Opinion.NO)))
_HOME = str(StartChoice())
_WEB = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Button:
    """`payload`: what a tap sends as if it had been written, or `{"url": …}`."""

    title: str
    type: str
    payload: str | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """One message. `text` is empty only where there is nothing at all to say."""

    text: str
    buttons: tuple[Button, ...] = ()


def render(reply: Reply, *, buttons: bool) -> tuple[Part, ...]:
    """At least one part; the texts are the same with and without buttons, which stand below the last."""
    parts = [Part(text) for text in numbered(reply, MOST_CHARS)]
    if buttons:
        parts[-1] = Part(parts[-1].text, _buttons(reply))
    return tuple(parts)


def as_message(part: Part) -> dict[str, object]:
    """The `message` of the request that sends it."""
    if not part.buttons:
        return {"text": part.text}
    buttons = [{"title": button.title, "type": button.type, "payload": button.payload} for button in part.buttons]
    return {"text": part.text, "attachment": {"type": "template", "payload": {"buttons": buttons}}}


def has_picture(reply: Reply) -> bool:
    """Whether it has one that Zalo takes."""
    return reply.picture is not None and len(reply.picture) <= MOST_PICTURE_BYTES


def picture_message(reply: Reply, name: str) -> dict[str, object]:
    """The `message` that shows the uploaded picture, below the first line of the text."""
    element = {"media_type": "image", "attachment_id": name}
    title = _title(_line(reply.text.strip().partition("\n")[0]))
    payload = {"template_type": "media", "elements": [element]}
    return {"text": title, "attachment": {"type": "template", "payload": payload}}


def _buttons(reply: Reply) -> tuple[Button, ...]:
    """Below a card links first: the page of the portal is what most people came for. Elsewhere they came to choose."""
    links = [_link(link) for link in reply.links if link.url.startswith(_WEB) and not link.url.endswith(PRIVACY_PAGE)]
    choices = [
        Button(_title(f"{number}. {_line(choice.label)}"), "oa.query.hide", choice.id)
        for number, choice in enumerate(reply.choices, start=1)
    ]
    return _kept([*links, *choices] if reply.status is Status.ANSWERED else [*choices, *links])


def _kept(buttons: Sequence[Button]) -> tuple[Button, ...]:
    """The first ones, among them the way home; of whether it helped both answers or none: one alone sways people."""
    helped = {number for number, button in enumerate(buttons) if button.payload in _HELPED}
    home = [number for number, button in enumerate(buttons) if button.payload == _HOME]
    chosen = set(home[:1])
    for number in range(len(buttons)):
        together = chosen | (helped if number in helped else {number})
        if len(together) <= MOST_BUTTONS:
            chosen = together
    return tuple(buttons[number] for number in sorted(chosen))


def _link(link: Link) -> Button:
    return Button(_title(_line(link.label)), "oa.open.url", {"url": link.address})


def _line(label: str) -> str:
    return " ".join(label.split())


def _title(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    return text if len(text) <= MOST_TITLE_CHARS else f"{text[: MOST_TITLE_CHARS - 1].rstrip()}…"
