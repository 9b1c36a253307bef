"""The token address: what is asked of it, and how its answers are read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.transport import Transport
from tests.unit.channels.zalo_oa.payloads import APP, SECRET_KEY, settings
from tests.unit.channels.zalo_oa.platform import (
    TOKENS,
    Asked,
    Clock,
    Platform,
    pair,
    served,
)

HOUR = timedelta(hours=1)


async def test_what_is_asked_of_the_token_address() -> None:
    platform = Platform()
    async with served(platform) as url:
        transport = Transport()
        fresh = await TokenAddress(settings(zalo_oauth_base=url), transport, Clock()).renew("R0")
        await transport.close()
    assert fresh == pair(1)
    form = {"refresh_token": "R0", "grant_type": "refresh_token", "app_id": APP}
    assert platform.asked == [Asked(TOKENS, {"secret_key": SECRET_KEY}, form)]


@pytest.mark.parametrize(
    ("written", "life"),
    [
        ("90000", timedelta(hours=25)),
        (3600, HOUR),
        ("3600", HOUR),
        ("0", timedelta(hours=25)),
        ("-5", timedelta(hours=25)),
        ("soon", timedelta(hours=25)),
        (None, timedelta(hours=25)),
        ("99999999", timedelta(hours=25)),
        (10**30, timedelta(hours=25)),
    ],
)
async def test_how_long_a_token_works(written: object, life: timedelta) -> None:
    platform = Platform(token_answers=[{"access_token": "A1", "refresh_token": "R1", "expires_in": written}])
    async with served(platform) as url:
        transport = Transport()
        fresh = await TokenAddress(settings(zalo_oauth_base=url), transport, Clock()).renew("R0")
        await transport.close()
    assert fresh.expires_at - fresh.made_at == life
