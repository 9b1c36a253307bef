"""Which hosts may be linked: the province's allow-list."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_PATTERN = re.compile(rf"(?:\*\.)?{_HOST.pattern}")


def is_host_pattern(text: str) -> bool:
    """True for `dichvucong.gov.vn`, and for `*.dichvucong.gov.vn`, which admits every host below that name."""
    return _PATTERN.fullmatch(text) is not None


def host_of(address: str) -> str:
    """The host of an address written with or without `https://`; empty where it has none in plain form.

    Ports, user names and anything else that could disguise the host make it empty.
    """
    host, _, _ = address.removeprefix("https://").partition("/")
    return host if _HOST.fullmatch(host) else ""


def is_allowed(host: str, patterns: Sequence[str]) -> bool:
    """True where the host itself is listed, or lies below a name that is listed with `*.`."""
    return any(host == pattern or (pattern[:2] == "*." and host.endswith(pattern[1:])) for pattern in patterns)
