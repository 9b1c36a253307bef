"""The terminal: a conversation with line editing, and the same as JSON lines for programs."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol, TextIO

from bot.dialogue.messages import Incoming, Reply

CHANNEL = "terminal"
MAX_LINE_BYTES = 1 << 20
"""Longer lines are cut: what is left is still far beyond what the assistant reads."""
_LEAVE = frozenset({"/quit", "/exit", "/q"})


class Answers(Protocol):
    async def answer(self, incoming: Incoming) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Style:
    """Escape sequences around parts of an answer; empty where the output is not a terminal."""

    choice: str = ""
    link: str = ""
    end: str = ""


PLAIN = Style()
COLOURED = Style(choice="\x1b[1;36m", link="\x1b[4;34m", end="\x1b[0m")


def style_for(output: TextIO) -> Style:
    """Colours only on a terminal that has not asked to be left without (NO_COLOR)."""
    return COLOURED if output.isatty() and not os.environ.get("NO_COLOR") else PLAIN


def render(reply: Reply, style: Style = PLAIN) -> str:
    """A reply as lines: text, numbered choices, links."""
    lines = [reply.text]
    lines += [f"  {style.choice}{n}. {choice.label}{style.end}" for n, choice in enumerate(reply.choices, start=1)]
    lines += [f"  {link.label}: {style.link}{link.address}{style.end}" for link in reply.links]
    return "\n".join(lines)


async def chat(assistant: Answers, output: TextIO, user: str = "local") -> None:
    """A conversation until end of input (Ctrl-D), Ctrl-C or /quit. The history stays in memory."""
    style = style_for(output)

    async def say(incoming: Incoming) -> None:
        _say(output, render(await assistant.answer(incoming), style))

    await say(Incoming(CHANNEL, user, text="/start"))
    # Only here is it needed, and it is large: the server does without.
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import InMemoryHistory

    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    while True:
        try:
            line = await session.prompt_async("> ")
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip() in _LEAVE:
            return
        await say(Incoming(CHANNEL, user, text=line))


async def chat_lines(assistant: Answers, source: BinaryIO, output: TextIO, user: str = "local") -> None:
    """The same for input that is no terminal: a message a line, no prompt."""
    style = style_for(output)
    while (line := await asyncio.to_thread(_read_line, source)) is not None:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        reply = await assistant.answer(Incoming(CHANNEL, user, text=text))
        _say(output, render(reply, style))


async def chat_json(assistant: Answers, source: BinaryIO, output: BinaryIO, user: str = "local") -> None:
    """Exactly one JSON object for each line of input, in order, flushed; until end of input."""
    while (line := await asyncio.to_thread(_read_line, source)) is not None:
        reply = await assistant.answer(parse_line(line, user))
        output.write(as_json(reply))
        output.flush()


def parse_line(line: bytes, user: str) -> Incoming:
    """A message from a line: plain text, or an object with `text` or `choice`, and perhaps `user`.

    Anything of the wrong type is read as an empty message; what is no valid object is plain text. Never raises.
    """
    text = line.decode("utf-8", "replace").rstrip("\r\n").removeprefix("\ufeff")
    if not text.lstrip().startswith("{"):
        return Incoming(CHANNEL, user, text=text)
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError):
        return Incoming(CHANNEL, user, text=text)
    named = fields.get("user")
    person = str(named) if isinstance(named, str | int) and not isinstance(named, bool) else user
    choice, written = fields.get("choice"), fields.get("text")
    if isinstance(choice, str):
        return Incoming(CHANNEL, person, choice=choice)
    return Incoming(CHANNEL, person, text=written if isinstance(written, str) else "")


def as_json(reply: Reply) -> bytes:
    """One line of UTF-8: status, text, choices, links."""
    fields = {
        "status": reply.status.value,
        "text": reply.text,
        "choices": [{"id": choice.id, "label": choice.label} for choice in reply.choices],
        "links": [{"label": link.label, "url": link.address} for link in reply.links],
    }
    return json.dumps(fields, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _read_line(source: BinaryIO) -> bytes | None:
    """The next line, cut at MAX_LINE_BYTES; None at the end. The last line needs no newline."""
    line = source.readline(MAX_LINE_BYTES)
    if not line:
        return None
    if not line.endswith(b"\n"):
        for rest in _rest_of_line(source):
            if rest.endswith(b"\n"):
                break
    return line


def _rest_of_line(source: BinaryIO) -> Iterator[bytes]:
    while rest := source.readline(MAX_LINE_BYTES):
        yield rest


def _say(output: TextIO, text: str) -> None:
    output.write(f"{text}\n\n")
    output.flush()
