"""Looking at the Official Account: what is found, and what to do about it."""

from __future__ import annotations

import pytest

from bot.channels.zalo_oa.checks import examine
from bot.operations.findings import Finding, State
from tests.unit.channels.zalo_oa.payloads import SECRET_KEY, settings
from tests.unit.channels.zalo_oa.platform import NOW, MemoryRegistry, Platform, served

NOWHERE = "http://127.0.0.1:9"
PUBLIC = {"public_url": "https://hoidap.example.gov.vn"}
FIRST = {"zalo_oa_access_token": "A0", "zalo_oa_refresh_token": "R0"}
ACCOUNT = {"error": 0, "data": {"oa_id": "1", "name": "Một Cửa", "is_verified": True, "package_name": "Growth"}}
WEBHOOK = Finding(
    "zalo_oa", State.OK, "the webhook at developers.zalo.me has to be https://hoidap.example.gov.vn/webhooks/zalo-oa"
)
TOKENS = Finding(
    "zalo_oa",
    State.OK,
    "Tokens: those of the settings, made at a time that is not known; the first renewal goes into the store",
)


async def found(**given: object) -> list[Finding]:
    return await examine(settings(**PUBLIC, **FIRST, **given), MemoryRegistry(), NOW)


async def test_all_is_well() -> None:
    async with served(Platform(answers=[ACCOUNT])) as url:
        seen = await found(zalo_openapi_base=url)
    what = "Official Account: Một Cửa (1), verified, package Growth"
    assert seen == [WEBHOOK, TOKENS, Finding("zalo_oa", State.OK, what)]


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({"zalo_proxy": NOWHERE}, "Zalo cannot be reached (ClientProxyConnectionError)"),
        ({"zalo_openapi_base": NOWHERE}, "Zalo cannot be reached (ClientConnectorError)"),
    ],
)
async def test_a_way_out_that_is_closed(given: dict[str, object], what: str) -> None:
    mend = "Look at the network and ZALO_PROXY."
    assert await found(**given) == [WEBHOOK, TOKENS, Finding("zalo_oa", State.BROKEN, what, mend)]


async def test_another_fault_has_its_guide() -> None:
    async with served(Platform(answers=[502])) as url:
        seen = await found(zalo_openapi_base=url)
    mend = "docs/runbooks/zalo-khong-tra-loi.md goes through the causes."
    assert seen[-1] == Finding("zalo_oa", State.BROKEN, "Zalo answers with HTTP 502 and not in its own words", mend)


async def test_the_key_of_the_webhook_is_another_than_that_of_the_application() -> None:
    async with served(Platform(answers=[ACCOUNT])) as url:
        seen = await found(zalo_openapi_base=url, zalo_oa_webhook_key=f" {SECRET_KEY}")
    assert seen[1] == Finding(
        "zalo_oa",
        State.WARNING,
        "ZALO_OA_WEBHOOK_KEY is the same as ZALO_OA_SECRET_KEY, but Zalo has two different keys",
        "Set ZALO_OA_WEBHOOK_KEY to the OA Secret Key of the webhook's page.",
    )
    assert SECRET_KEY not in str(seen)
