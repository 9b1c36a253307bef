"""The way in: an event of the platform, verified over its bytes, parsed, counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus

import structlog

from bot.channels.zalo_oa.events import Counted
from bot.channels.zalo_oa.parse import EventParser
from bot.channels.zalo_oa.verify import SigningKey, Verifier, signature_of
from bot.operations.messages.receiving import Verdict
from bot.settings.channels import ChannelSettings

_log = structlog.get_logger(__name__)
CHANNEL = "zalo_oa"


class ZaloOaReceiver:
    """A `Receiver`. The platform wants 200 for whatever it may send, else it warns, and at last sends nothing more."""

    def __init__(self, settings: ChannelSettings) -> None:
        self._verifier = Verifier(settings.zalo_oa_app_id or "", _keys(settings))
        self._parser = EventParser(settings.zalo_oa_id, anonymous=settings.zalo_oa_anonymous)
        self._refuses_unsigned = settings.zalo_oa_unsigned == "refuse"
        self._key_told: str | None = None

    @property
    def channel(self) -> str:
        return CHANNEL

    def receive(self, headers: Mapping[str, str], body: bytes, now: datetime) -> Verdict:
        """200 and at most one arrival; 403 for a wrong signature, and for none where the settings say so."""
        signature = signature_of(headers)
        if signature is None:
            # The console's test button may sign nothing; it only wants to see that somebody is there.
            status = HTTPStatus.FORBIDDEN if self._refuses_unsigned else HTTPStatus.OK
            return Verdict(status, Counted.UNSIGNED.value)
        key = self._verifier.signed_by(signature, body)
        if key is None:
            return Verdict(HTTPStatus.FORBIDDEN, Counted.WRONG_SIGNATURE.value)
        self._tell_once(key)
        parsed = self._parser.parse(body, now)
        return Verdict(HTTPStatus.OK, parsed.counted, () if parsed.arrival is None else (parsed.arrival,))

    def _tell_once(self, key: str) -> None:
        if key != self._key_told:
            self._key_told = key
            _log.info("zalo_oa_signed_by", key=key)


def _keys(settings: ChannelSettings) -> tuple[SigningKey, ...]:
    named = {
        "ZALO_OA_WEBHOOK_KEY": settings.zalo_oa_webhook_key,
        "ZALO_OA_SECRET_KEY": settings.zalo_oa_secret_key,
    }
    return tuple(SigningKey(name, key.get_secret_value()) for name, key in named.items() if key is not None)
