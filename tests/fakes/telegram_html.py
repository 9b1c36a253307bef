"""HTML as Telegram reads it: the text that people see and its entities, or the server's complaint."""

from __future__ import annotations

import html
import re

from tests.fakes.failures import JsonObject
from tests.fakes.telegram_failures import bad_request

_KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_TAG = re.compile(r"<(/?)([^\s>]*)([^>]*)(>?)")
_REFERENCE = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
_HREF = re.compile(r"""\bhref\s*=\s*["']?([^"'\s>]*)""")


def parse_html(source: str) -> tuple[str, list[JsonObject]]:
    """`source` to (text, entities); offsets count UTF-16 units, as Telegram does."""
    text, end = "", 0
    opened: list[tuple[str, str, int]] = []
    entities: list[JsonObject] = []
    for tag in _TAG.finditer(source):
        text += _plain(source[end : tag.start()])
        end = tag.end()
        place = f"at byte offset {len(source[: tag.start()].encode())}"
        name = tag[2].lower()
        if not tag[1] and tag[3] + tag[4]:
            _check_start(name, tag[3], place)
        if not tag[4]:
            raise _complaint(f"Unclosed {'end' if tag[1] else 'start'} tag {place}")
        if not tag[1]:
            opened.append((name, tag[3], _units(text)))
        else:
            if not opened:
                raise _complaint(f"Unexpected end tag {place}")
            expected, attributes, offset = opened.pop()
            if name not in ("", expected):
                raise _complaint(f'Unmatched end tag {place}, expected "</{expected}>", found "</{name}>"')
            entities += _entity(expected, attributes, offset, _units(text) - offset)
    if opened:
        raise _complaint(f'Can\'t find end tag corresponding to start tag "{opened[-1][0]}"')
    return text + _plain(source[end:]), sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def _check_start(name: str, attributes: str, place: str) -> None:
    if name not in _KINDS:
        raise _complaint(f'Unsupported start tag "{name}" {place}')
    if name == "span" and "tg-spoiler" not in attributes:
        raise _complaint('Tag "span" must have class "tg-spoiler"')


def _entity(name: str, attributes: str, offset: int, length: int) -> list[JsonObject]:
    """The entity that a tag makes; none where it holds nothing or links nowhere."""
    entity: JsonObject = {"type": _KINDS[name], "offset": offset, "length": length}
    if name == "a":
        href = _HREF.search(attributes)
        if href is None:
            return []
        entity["url"] = html.unescape(href[1])
    return [entity] if length else []


def _plain(source: str) -> str:
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), source)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _complaint(text: str) -> Exception:
    return bad_request(f"can't parse entities: {text}")
