"""The token address of the fake Official Account."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.fakes import zalo_oa_failures as failures
from tests.fakes.clock import Clock
from tests.fakes.failures import Cut, JsonObject
from tests.fakes.zalo_oa import TOKEN_PATH, FakeZaloOA
from tests.fakes.zalo_oa_tokens import SECONDS_OF_ACCESS, SECONDS_OF_CODE, challenge_of

VERIFIER = "v" * 43
SECRET = {"secret_key": "EXAMPLE_APP_SECRET"}


@pytest.fixture
async def fake() -> AsyncIterator[FakeZaloOA]:
    async with FakeZaloOA(clock=Clock()) as started:
        yield started


async def granted(
    client: aiohttp.ClientSession, fake: FakeZaloOA, headers: dict[str, str] = SECRET, /, **form: str
) -> JsonObject:
    form = {"app_id": fake.app_id} | form
    async with client.post(fake.oauth_base + TOKEN_PATH, data=form, headers=headers) as answer:
        assert answer.status == 200
        body: JsonObject = await answer.json()
        return body


async def health(client: aiohttp.ClientSession, fake: FakeZaloOA, **headers: str) -> int:
    async with client.get(f"{fake.openapi_base}/v2.0/oa/getoa", headers=headers) as answer:
        body: JsonObject = await answer.json()
        return int(body["error"])


async def test_a_refresh_token_works_once_and_kills_the_old_access(
    client: aiohttp.ClientSession, fake: FakeZaloOA
) -> None:
    access, refresh = fake.tokens.access, fake.tokens.refresh
    assert await health(client, fake, access_token=access) == 0
    new = await granted(client, fake, grant_type="refresh_token", refresh_token=refresh)
    assert new == {"access_token": "ACCESS-2", "refresh_token": "REFRESH-2", "expires_in": "90000"}
    assert await health(client, fake, access_token=access) == -220
    assert await health(client, fake, access_token=fake.tokens.access) == 0
    again = await granted(client, fake, grant_type="refresh_token", refresh_token=refresh)
    assert again == failures.REFRESH_REFUSED.body
    assert fake.tokens.issued == 2


async def test_a_wrong_secret_gets_nothing(client: aiohttp.ClientSession, fake: FakeZaloOA) -> None:
    form = {"grant_type": "refresh_token", "refresh_token": fake.tokens.refresh}
    none: dict[str, str] = {}
    for headers in (none, {"secret_key": "other"}):
        assert await granted(client, fake, headers, **form) == failures.APP_REFUSED.body
    assert await granted(client, fake, **(form | {"app_id": "1"})) == failures.APP_REFUSED.body
    assert fake.tokens.issued == 1


async def test_a_code_works_once_with_its_verifier_in_ten_minutes(
    client: aiohttp.ClientSession, fake: FakeZaloOA
) -> None:
    async def first(code: str, verifier: str) -> JsonObject:
        return await granted(client, fake, grant_type="authorization_code", code=code, code_verifier=verifier)

    codes = [fake.tokens.issue_code(challenge_of(VERIFIER)) for _ in range(3)]
    assert (await first(codes[0], VERIFIER))["access_token"] == fake.tokens.access
    assert await first(codes[0], VERIFIER) == failures.CODE_REFUSED.body
    assert await first(codes[1], "w" * 43) == failures.CODE_REFUSED.body
    assert isinstance(fake.clock, Clock)
    fake.clock.forward(SECONDS_OF_CODE)
    assert await first(codes[2], VERIFIER) == failures.CODE_REFUSED.body


async def test_an_access_token_dies_after_a_day_or_when_told(client: aiohttp.ClientSession, fake: FakeZaloOA) -> None:
    assert isinstance(fake.clock, Clock)
    fake.clock.forward(SECONDS_OF_ACCESS - 1)
    assert await health(client, fake, access_token=fake.tokens.access) == 0
    fake.clock.forward(1)
    assert await health(client, fake, access_token=fake.tokens.access) == -220
    fake.tokens.renew()
    fake.tokens.expire()
    assert await health(client, fake, access_token=fake.tokens.access) == -220


async def test_bearer_is_refused(client: aiohttp.ClientSession, fake: FakeZaloOA) -> None:
    assert await health(client, fake, Authorization=f"Bearer {fake.tokens.access}") == -216
    assert await health(client, fake, access_token="other") == -216


async def test_a_lost_answer_has_renewed_the_tokens(client: aiohttp.ClientSession, fake: FakeZaloOA) -> None:
    fake.fail_next("access_token", Cut.DROP_RECORDED)
    with pytest.raises(aiohttp.ClientError):
        await granted(client, fake, grant_type="refresh_token", refresh_token=fake.tokens.refresh)
    assert fake.tokens.issued == 2
