"""The token address: what is asked of it, and how its answers are read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.channels.zalo_oa.errors import LOG_IN, TO_DO
from bot.channels.zalo_oa.oauth import TokenAddress
from bot.channels.zalo_oa.transport import Transport
from bot.operations.messages.sending import OperatorError
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


APP_WRONG = "ZALO_OA_APP_ID or ZALO_OA_SECRET_KEY is wrong; copy both again"
CODE_OVER = "the code is older than ten minutes or was used already; open the link again: python -m bot zalo login"


@pytest.mark.parametrize(
    ("code", "exchanged", "renewed"),
    [
        (-14004, APP_WRONG, APP_WRONG),
        (-14005, CODE_OVER, f"no tokens were given, {LOG_IN}"),
        (-14003, TO_DO[-14003], f"no tokens were given, {LOG_IN}"),
        (-14014, f"no tokens were given, {LOG_IN}", f"no tokens were given, {LOG_IN}"),
        (-1, f"no tokens were given, {LOG_IN}", f"no tokens were given, {LOG_IN}"),
    ],
)
async def test_what_a_refusal_wants(code: int, exchanged: str, renewed: str) -> None:
    platform = Platform(token_answers=[{"error": code, "error_name": "Invalid"}] * 2)
    async with served(platform) as url:
        transport = Transport()
        address = TokenAddress(settings(zalo_oauth_base=url), transport, Clock())
        with pytest.raises(OperatorError) as of_exchange:
            await address.exchange("CODE", "verifier")
        with pytest.raises(OperatorError) as of_renewal:
            await address.renew("R0")
        await transport.close()
    said = f"Zalo says {code}: Invalid: "
    assert (str(of_exchange.value), str(of_renewal.value)) == (f"{said}{exchanged}", f"{said}{renewed}")
