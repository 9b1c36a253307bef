"""An address of a server as it may be shown: nobody reads a password off a screen, a log or an error."""

from __future__ import annotations

import re
from urllib.parse import unquote

HIDDEN = "***"
# To the last @: a password may have one that ought to be written otherwise, and is none the less to be read by nobody.
_LOGIN = re.compile(r"(?<=://)([^/?#@:]*):(.+)@", re.DOTALL)
_WORD = re.compile(r"([?&](?:[a-z]*password|passfile)=)([^&#]*)", re.IGNORECASE)


def shown(address: str) -> str:
    """With `***` for each password."""
    return _WORD.sub(rf"\1{HIDDEN}", _LOGIN.sub(rf"\1:{HIDDEN}@", address))


def without_password(text: str, address: str) -> str:
    """What a library says about an address, as it may be shown."""
    found = [match[2] for match in (*_LOGIN.finditer(address), *_WORD.finditer(address)) if match[2]]
    text = text.replace(address, shown(address))
    for password in sorted({*found, *map(unquote, found)}, key=len, reverse=True):
        text = text.replace(password, HIDDEN)
    return text
