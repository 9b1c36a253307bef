"""A reply as plain text, for channels without buttons: numbered lines to choose from, addresses written out."""

from __future__ import annotations

import unicodedata

from bot.channels.splitting import ROOM_FOR_MARK, marked, pieces
from bot.dialogue.messages import Reply


def numbered(reply: Reply, limit: int) -> tuple[str, ...]:
    """The messages that the reply takes: NFC, each of at most `limit` characters, several marked "(1/3)".

    The text comes first, then a line "label: address" for each link, then the numbered choices below their heading,
    because an answer to them is written right below. Links stay together in one message where they fit into one, and so
    do the choices; a line of either is cut only where it is longer than a message.
    """
    blocks = [_nfc(reply.text).strip(), *map("\n".join, _lists(reply))]
    whole = "\n\n".join(filter(None, blocks))
    if len(whole) <= limit:
        return (whole,)
    room = limit - ROOM_FOR_MARK
    parts = list(pieces(blocks[0], room))
    for lines in _lists(reply):
        _append(parts, lines, room)
    return marked(parts)


def _lists(reply: Reply) -> tuple[list[str], list[str]]:
    links = [f"{_one_line(link.label)}: {link.address}" for link in reply.links]
    choices = [_one_line(reply.heading)] if reply.heading else []
    choices += [f"{number}. {_one_line(choice.label)}" for number, choice in enumerate(reply.choices, start=1)]
    return [_nfc(line) for line in links], [_nfc(line) for line in choices]


def _append(parts: list[str], lines: list[str], room: int) -> None:
    """The lines to the last part, or to a new one; only where they fit into none, from one into the next."""
    block = "\n".join(lines)
    if len(block) <= room:
        _join(parts, block, "\n\n", room)
        return
    gap = "\n\n"
    for line in lines:
        for piece in pieces(line, room):
            _join(parts, piece, gap, room)
            gap = "\n"


def _join(parts: list[str], piece: str, gap: str, room: int) -> None:
    if not piece:
        return
    if parts and len(parts[-1]) + len(gap) + len(piece) <= room:
        parts[-1] += gap + piece
    else:
        parts.append(piece)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)
