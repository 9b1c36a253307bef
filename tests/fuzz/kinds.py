"""What may be given where a route asks for something: each value exists, or is meant to break something."""

from __future__ import annotations

from collections.abc import Mapping

CANARY = "\"><b-canary x='1'>"
"""Nobody's words may stand in a page as they came."""
ELSEWHERE = "evil.example"
"""A host of somebody else: no answer may lead there."""

_WORDS = [
    "đăng ký khai sinh",
    "1.900001",
    "",
    " ",
    "0",
    "None",
    "xóa dữ liệu của tôi",
    "số của tôi 0912345678",
    CANARY,
    "{{ 7 * 7 }}{% raw %}",
    "=HYPERLINK(1;2)",
    "\u0000\u202e\ufeff\ufffe",
    "e\u0301" * 60,
    "đ" * 3000,
    "'; DROP TABLE staff; --",
    "../../../../etc/passwd",
    "%00%ff%ed%a0%80",
    "\r\nX-Injected: 1",
    "a\U000e0001\U0001f468\u200d\U0001f469\u200d\U0001f467",
]
_NUMBERS = [
    "1",
    "2",
    "0",
    "-1",
    "9",
    "10000000000000000000000",
    "1e9",
    "٣",
    "²",
    "１",
    "0x1",
    "1_0",
    " 1",
    "",
    "9" * 4400,
]
_FIXED: Mapping[str, list[str]] = {
    "words": _WORDS,
    "number": _NUMBERS,
    "id": ["1", "2", "3", "4", "0", "9" * 22, "٣"],
    "digits": ["123456", "1900001", "1.900001", "000000", "", "٣٣٣٣٣٣"],
    "login": ["lan", "fuzz-admin-1", "fuzz-viewer-1", "", "LAN ", "a/b", "chi" * 90, "Lãn"],
    "back": [
        "/staff/can-bo",
        f"//{ELSEWHERE}",
        f"https://{ELSEWHERE}/staff",
        f"/\\{ELSEWHERE}",
        f"/staff/../..//{ELSEWHERE}",
        f"/staff\t//{ELSEWHERE}",
        "javascript:alert(1)",
        "http://[",
    ],
    "choice": [
        "start",
        "tt:1.900001",
        "le:having-a-child",
        "le:having-a-child:2",
        "hq:full-process",
        "linh-vuc:ho-tich",
        "tt:",
        ":",
        "1",
        "tt:" + "9" * 4400,
        "tt:1.900001:" * 40,
    ],
}


def values_of(spec: str, known: Mapping[str, list[str]]) -> list[str]:
    """Of a kind: what exists and what does not; of values between bars: those."""
    if "|" in spec:
        return spec.split("|")
    if spec in _FIXED:
        return list(_FIXED[spec])
    if spec in known:
        return [*known[spec], "", CANARY, f"{known[spec][0]}\u0000", "đ" * 300]
    return [spec]


_TELEGRAM = {
    "type": "object",
    "properties": {
        "message_id": {"type": "integer"},
        "date": {"type": "integer"},
        "chat": {
            "type": "object",
            "properties": {"id": {"type": "integer"}, "type": {"enum": ["private", "group", "supergroup", "channel"]}},
        },
        "from": {"type": "object", "properties": {"id": {"type": "integer"}, "is_bot": {"type": "boolean"}}},
        "text": {"type": ["string", "null"]},
        "data": {"type": ["string", "null"]},
        "query": {"type": ["string", "null"]},
        "photo": {"type": "array"},
    },
}
_ZALO = {
    "type": "object",
    "properties": {
        "id": {"type": ["string", "integer"]},
        "text": {"type": ["string", "null"]},
        "msg_id": {"type": ["string", "integer"]},
        "message_id": {"type": ["string", "null"]},
        "from": {"type": "object", "properties": {"id": {"type": ["string", "integer"]}}},
        "chat": {"type": "object", "properties": {"id": {"type": "string"}, "chat_type": {"type": "string"}}},
        "attachments": {"type": "array"},
        "date": {"type": ["integer", "string", "null"]},
    },
}
OBJECTS: Mapping[str, Mapping[str, object]] = {
    "telegram": _TELEGRAM,
    "zalo": _ZALO,
    "number": {"type": ["integer", "number", "boolean"]},
}
"""What bodies of JSON hold besides words."""
