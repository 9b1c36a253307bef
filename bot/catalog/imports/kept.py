"""What was read as compressed JSON, and back: so that a list is decided about for days without its files."""

from __future__ import annotations

import base64
import json
import types
import zlib
from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from bot.catalog.imports.model import Reading
from bot.catalog.imports.own_files import OwnFiles, OwnPart

_T = TypeVar("_T")
Content = Reading | OwnFiles
"""What a draft is made of."""


def keep(content: Content) -> bytes:
    told = {"own": _keep_own(content)} if isinstance(content, OwnFiles) else {"reading": _plain(content)}
    return zlib.compress(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode("utf-8"))


def take_out(kept: bytes) -> Content:
    """Raises ValueError for what is not kept by `keep`."""
    try:
        told = json.loads(zlib.decompress(kept))
        if "own" in told:
            files = {path: base64.b64decode(content) for path, content in told["own"]["files"].items()}
            return OwnFiles(OwnPart(told["own"]["part"]), files)
        return _made(Reading, told["reading"])
    except (zlib.error, KeyError, TypeError, AttributeError) as error:
        raise ValueError("what was kept of a list cannot be read") from error


def _keep_own(own: OwnFiles) -> dict[str, object]:
    return {"part": own.part, "files": {p: base64.b64encode(content).decode() for p, content in own.files.items()}}


def _plain(value: object) -> object:
    """Dataclasses by the names of their fields; what is as it is by default is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        told = ((one, getattr(value, one.name)) for one in fields(value))
        return {one.name: _plain(held) for one, held in told if one.default is MISSING or held != one.default}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return value.value if isinstance(value, Enum) else value


def _made(kind: type[_T], told: Mapping[str, object]) -> _T:
    """A dataclass of its fields; names that it does not know any more are passed over."""
    hints = _hints(cast(Hashable, kind))
    return kind(**{name: _value(hints[name], one) for name, one in told.items() if name in hints})


@cache
def _hints(kind: Hashable) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, told: Any) -> Any:
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return None if told is None else _value(next(one for one in inner if one is not types.NoneType), told)
    if origin is tuple:
        return tuple(_value(inner[0], one) for one in told)
    if isinstance(told, dict) and origin is not None:
        return {_value(inner[0], key): _value(inner[1], one) for key, one in told.items()}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(told)
    return _made(hint, told) if is_dataclass(hint) and isinstance(hint, type) else told
