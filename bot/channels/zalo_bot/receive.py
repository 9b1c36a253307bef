"""What Zalo sends to the webhook: is it from Zalo, and what is there to be answered?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

from bot.channels.header_secret import HeaderSecret
from bot.channels.zalo_bot import CHANNEL
from bot.channels.zalo_bot.updates import UNREADABLE, read_update
from bot.operations.messages.receiving import Verdict
from bot.settings.channels import Unsigned

SECRET_HEADER = "X-Bot-Api-Secret-Token"  # noqa: S105 - the header's name


class ZaloBotReceiver:
    """Implements `Receiver`. Without a secret of ours nothing that comes is believed.

    What Zalo did send is always answered with 200, whether we can use it or not: sent again it would be the same.
    """

    def __init__(self, secret: str | None, unsigned: Unsigned = "refuse") -> None:
        self._secret = HeaderSecret(SECRET_HEADER, secret, unsigned)

    @property
    def channel(self) -> str:
        return CHANNEL

    def receive(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Verdict:
        refusal = self._secret.refusal(headers)
        if refusal is not None:
            return refusal
        try:
            fields: object = json.loads(body)
        except (ValueError, RecursionError):
            return Verdict(HTTPStatus.OK, UNREADABLE)
        counted, arrival = read_update(_opened(fields), now)
        return Verdict(HTTPStatus.OK, counted, () if arrival is None else (arrival,))


def _opened(fields: object) -> object:
    """The update itself. It comes in an envelope, `{"ok": true, "result": update}`, or without one."""
    if isinstance(fields, Mapping) and isinstance(fields.get("result"), Mapping):
        return fields["result"]
    return fields
