"""A reply as Telegram shows it: messages in HTML, choices and links as buttons below the last one."""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address
from urllib.parse import urlsplit

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit, InlineKeyboardMarkupLimit, MessageLimit

from bot.channels.splitting import split
from bot.dialogue.messages import Choice, Link, Reply, Status
from handlers.naming import HEADING_CHARS, shorten

MOST_CHARS = MessageLimit.MAX_TEXT_LENGTH - 96
"""Of a message. Telegram takes a few more; how it counts them is its own matter."""
LABEL_CHARS = 34
"""What a narrow phone shows of a button; the rest is cut off without a trace."""
_NOTHING = "…"
"""An empty message would be refused."""


@dataclass(frozen=True, slots=True)
class Button:
    """Exactly one of `choice` (an id), `url` and `inline` is set. `inline`: words for us in a chat yet to be chosen."""

    label: str
    choice: str | None = None
    url: str | None = None
    inline: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One message. `plain`: without markup. `bare`: all in words, for where Telegram refuses the buttons.

    `picture`: a PNG above the text, which is empty where the text comes in the next part.
    """

    html: str
    plain: str
    bare: str
    buttons: tuple[Button, ...] = ()
    picture: bytes | None = None

    @property
    def keyboard(self) -> InlineKeyboardMarkup | None:
        """One button a row."""
        if not self.buttons:
            return None
        return InlineKeyboardMarkup(
            [
                [InlineKeyboardButton(b.label, callback_data=b.choice, url=b.url, switch_inline_query=b.inline)]
                for b in self.buttons
            ]
        )


def render(reply: Reply) -> tuple[Part, ...]:
    """At least one part, each of at most MOST_CHARS characters; the same for the same reply."""
    links = [link for link in reply.links if is_public(link.address)]
    written = [f"{link.label}: {link.address}" for link in reply.links if link not in links]
    numbered = [f"{number}. {_line(choice.label)}" for number, choice in enumerate(reply.choices, start=1)]
    is_numbered = _needs_numbers(reply.choices, links)
    text = _blocks(reply.text, numbered if is_numbered else (), written)
    rest = [*(() if is_numbered else numbered), *(f"{link.label}: {link.address}" for link in links)]
    room = sum(len(line) + 1 for line in rest) + 1
    texts = [part or _NOTHING for part in split(text, max(MOST_CHARS - room, MOST_CHARS // 2))]
    opening = [_link_button(link) for link in links]
    choosing = _choice_buttons(reply.choices, is_numbered=is_numbered)
    # Below a card, the page of the portal is what most people came for; elsewhere they came to choose.
    buttons = (*opening, *choosing) if reply.status is Status.ANSWERED else (*choosing, *opening)
    if reply.forward is not None:
        # Where our inline mode is off Telegram refuses the button, and the text goes out without it.
        buttons = (Button(_line(reply.forward.label), inline=reply.forward.words), *buttons)
    is_card = reply.status is Status.ANSWERED
    parts = [Part(_html(part, is_card=is_card and not at), part, part) for at, part in enumerate(texts)]
    last = parts[-1]
    bare = _with_rest(last.plain, rest)
    last = Part(last.html, last.plain, bare, buttons[: InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER])
    return _with_picture((*parts[:-1], last), reply.picture)


def _with_picture(parts: tuple[Part, ...], picture: bytes | None) -> tuple[Part, ...]:
    """The text below the picture, in one message where Telegram takes it so."""
    if picture is None:
        return parts
    if len(parts) == 1 and len(parts[0].bare) <= MessageLimit.CAPTION_LENGTH:
        return (replace(parts[0], picture=picture),)
    return (Part("", "", "", picture=picture), *parts)


def is_public(url: str) -> bool:
    """Whether Telegram takes it for a button: http or https, and a host that others can reach too."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in {"http", "https"} or parts.username is not None or any(map(str.isspace, url)):
        return False
    return "." in host.strip(".") and not host.endswith((".localhost", ".local", ".internal")) and not _is_number(host)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _needs_numbers(choices: Sequence[Choice], links: Sequence[Link]) -> bool:
    """Whether the choices stand in the text too: where a button could not show or carry one of them."""
    if len(choices) + len(links) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        return True
    return any(len(_line(choice.label)) > LABEL_CHARS or not _fits(choice) for choice in choices)


def _fits(choice: Choice) -> bool:
    size = len(choice.id.encode("utf-8", "surrogatepass"))
    return InlineKeyboardButtonLimit.MIN_CALLBACK_DATA <= size <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


def _choice_buttons(choices: Sequence[Choice], *, is_numbered: bool) -> list[Button]:
    """With its number, a label may be cut: the whole of it stands in the text."""
    return [
        Button(_short(number, choice) if is_numbered else _line(choice.label) or choice.id, choice=choice.id)
        for number, choice in enumerate(choices, start=1)
        if _fits(choice)
    ]


def _short(number: int, choice: Choice) -> str:
    return shorten(f"{number}. {_line(choice.label)}", LABEL_CHARS)


def _link_button(link: Link) -> Button:
    return Button(link_label(link.label) or link.address, url=link.address)


def link_label(label: str) -> str:
    """What a button shows of a link's label: all of it, or as many whole words as a phone has room for."""
    whole = _line(label)
    if len(whole) <= LABEL_CHARS:
        return whole
    words = shorten(whole, LABEL_CHARS).removesuffix("…").split(" ")
    if len(words) > 1 and words[-1][:1].isupper() and words[-2][:1].isupper():
        # The beginning of a name that goes on: "Cổng Dịch…" says less than "Cổng…".
        del words[-1]
    return " ".join(words) + "…"


def _html(text: str, *, is_card: bool) -> str:
    """Escaped; of a card the first line, its name, in bold where it is no paragraph."""
    name, newline, rest = text.partition("\n")
    if not is_card or len(name) > HEADING_CHARS:
        return html.escape(text, quote=False)
    return f"<b>{html.escape(name, quote=False)}</b>{newline}{html.escape(rest, quote=False)}"


def _blocks(text: str, *blocks: Iterable[str]) -> str:
    written = [text, *("\n".join(lines) for lines in blocks)]
    return "\n\n".join(block for block in written if block)


def _with_rest(text: str, rest: Iterable[str]) -> str:
    """`text` and as many whole lines below it as a message holds; there is room for them, however they are."""
    lines, room = [text, ""], MOST_CHARS - len(text) - 1
    for line in (unicodedata.normalize("NFC", line) for line in rest):
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line)
    return "\n".join(lines).rstrip("\n")


def _line(text: str) -> str:
    """`text` in NFC and on one line: a button has no second one."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
