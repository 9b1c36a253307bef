"""A secret that a platform sends along in a header, so that nobody else can speak in its name."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from http import HTTPStatus

from bot.operations.messages.receiving import Verdict
from bot.settings.channels import Unsigned

UNSIGNED = "unsigned"
WRONG_SECRET = "wrong_secret"  # noqa: S105 - a name to count by


class HeaderSecret:
    """`header`: its name, in any case. Without a secret of ours nothing that comes is believed."""

    def __init__(self, header: str, secret: str | None, unsigned: Unsigned) -> None:
        self._header = header
        self._secret = (secret or "").encode()
        self._unsigned_status = HTTPStatus.FORBIDDEN if unsigned == "refuse" else HTTPStatus.OK

    def refusal(self, headers: Mapping[str, str]) -> Verdict | None:
        """What to say to a request that does not bring it; None where it does. Never raises."""
        given = header_of(headers, self._header)
        if given is None:
            return Verdict(self._unsigned_status, UNSIGNED)
        # In the same time for a wrong one as for the right one.
        if not self._secret or not hmac.compare_digest(given.encode("utf-8", "surrogatepass"), self._secret):
            return Verdict(HTTPStatus.FORBIDDEN, WRONG_SECRET)
        return None


def header_of(headers: Mapping[str, str], name: str) -> str | None:
    """The header's value, whatever the case of its name."""
    return next((value for given, value in headers.items() if given.lower() == name.lower()), None)
