"""What no platform would send: payloads of the platforms with something wrong in them, and bytes that are nothing."""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

_PAYLOADS = Path(__file__).parents[1] / "fixtures" / "platforms"
_NAMES = {"telegram": "update_*.json", "zalo_oa": "event_*.json", "zalo_bot": "webhook_*.json"}
_NUMBERS = {"update_id", "message_id", "msg_id"}
"""What makes an update another one than that before: else all but the first would be known."""
_TIMES = {"date", "timestamp"}
"""Else nobody would answer it any more."""
_WHO = {"telegram": 7_000_000, "zalo_oa": 8_000_000, "zalo_bot": 9_000_000}
PEOPLE = 500
_STRANGE: tuple[object, ...] = (
    None,
    "",
    " ",
    0,
    -1,
    2**63,
    -(2**200),
    1e308,
    float("nan"),
    float("inf"),
    True,
    [],
    {},
    [[[[]]]],
    {"": {"": ""}},
    "\x00",
    "\ud800",
    "\u202e\u0000\ufffe",
    "a" * 5000,
    "đ" * 3000,
    "🙂" * 1000,
    "tt:" + "9" * 500,
    "%s%n{}{0}${jndi:x}'; drop table inbox; --",
    "0123456789" * 30,
    "/start " + "x" * 100,
)
_REPLACED, _NESTED = 0.7, 0.8
_Changing = Callable[[random.Random, bytes], bytes]


def payloads(channel: str) -> list[object]:
    return [json.loads(path.read_bytes()) for path in sorted((_PAYLOADS / channel).glob(_NAMES[channel]))]


class Mutations:
    """One channel's, but for the time in them the same for the same seed."""

    def __init__(self, channel: str, seed: int) -> None:
        self._channel = channel
        self._payloads = payloads(channel)
        assert self._payloads
        self._chance = random.Random(f"{channel} {seed}")  # noqa: S311
        self._number = 500_000_000

    def next(self) -> bytes:
        """Never twice the same update, and from one of `PEOPLE` people."""
        chance = self._chance
        if chance.random() < 0.1:
            return chance.randbytes(chance.choice((0, 1, 10, 1000, 20_000)))
        self._number += 1
        who = str(_WHO[self._channel] + chance.randrange(PEOPLE))
        payload = _renewed(copy.deepcopy(chance.choice(self._payloads)), self._number, who)
        for _ in range(chance.choice((1, 1, 1, 2, 5))):
            _change_one(chance, payload)
        raw = json.dumps(payload, ensure_ascii=chance.random() < 0.5).encode(errors="surrogatepass")
        if chance.random() < 0.25:
            raw = chance.choice(_BYTES)(chance, raw)
        return raw


def _renewed(value: object, number: int, who: str) -> object:
    """The same with other numbers of update and message, of now, and from somebody else."""
    if isinstance(value, list):
        return [_renewed(one, number, who) for one in value]
    if not isinstance(value, dict):
        return value
    changed = {name: _renewed(one, number, who) for name, one in value.items()}
    for name in _NUMBERS & changed.keys():
        changed[name] = number if isinstance(changed[name], int) else str(number)
    for name in _TIMES & changed.keys():
        is_in_ms = len(str(changed[name])) > len("1700000000")
        now = int(time.time() * (1000 if is_in_ms else 1))
        changed[name] = now if isinstance(changed[name], int) else str(now)
    for name in ("from", "chat", "sender"):
        person = changed.get(name)
        if isinstance(person, dict) and "id" in person:
            person["id"] = int(who) if isinstance(person["id"], int) else who
    return changed


def _change_one(chance: random.Random, payload: object) -> None:
    """Something somewhere within is replaced, taken out, or stands where it should not."""
    containers = _containers(payload)
    if not containers:
        return
    inside = chance.choice(containers)
    what = chance.random()
    new = copy.deepcopy(chance.choice(_STRANGE) if what < _REPLACED else payload)
    if isinstance(inside, list):
        place = chance.randrange(len(inside))
        inside[place : place + 1] = [] if what > _NESTED else [new]
    else:
        name = chance.choice(list(inside))
        if what > _NESTED:
            del inside[name]
        else:
            inside[name] = new


def _containers(value: object) -> list[dict[str, object] | list[object]]:
    """All that hold something, from the outside in."""
    if not isinstance(value, dict | list) or not value:
        return []
    within = value.values() if isinstance(value, dict) else value
    return [value, *(found for one in within for found in _containers(one))]


def _cut(chance: random.Random, raw: bytes) -> bytes:
    return raw[: chance.randrange(len(raw) + 1)]


def _flipped(chance: random.Random, raw: bytes) -> bytes:
    changed = bytearray(raw)
    for _ in range(chance.randrange(1, 8)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _doubled(chance: random.Random, raw: bytes) -> bytes:
    return raw * chance.choice((2, 3, 50))


def _nested(chance: random.Random, raw: bytes) -> bytes:
    depth = chance.choice((100, 5000, 100_000))
    return b"[" * depth + raw + b"]" * depth


def _wrapped(chance: random.Random, raw: bytes) -> bytes:
    return b"\xef\xbb\xbf" + raw if chance.random() < 0.5 else raw.decode(errors="replace").encode("utf-16")


_BYTES: tuple[_Changing, ...] = (_cut, _flipped, _doubled, _nested, _wrapped)
