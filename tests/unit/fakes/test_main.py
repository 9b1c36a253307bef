"""A fake in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys

import aiohttp

from tests.e2e.process import ROOT
from tests.fakes.payloads import payload
from tests.unit.fakes.webhook import Hook


async def test_it_serves_until_it_is_told_to_stop(hook: Hook, client: aiohttp.ClientSession) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.fakes", "zalo-oa", "--webhook", hook.url, cwd=ROOT, stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    where = json.loads(await process.stdout.readline())
    event = payload("zalo_oa/event_user_send_text")
    async with client.post(f"{where['control']}/push", json=event) as pushed:
        assert await pushed.json() == {"status": 200}
    body, headers = payload("zalo_oa/send_cs_text"), {"access_token": "ACCESS-1"}
    async with client.post(f"{where['url']}/v3.0/oa/message/cs", json=body, headers=headers) as answer:
        assert (await answer.json())["error"] == 0
    async with client.get(f"{where['control']}/sent") as sent:
        assert [one["text"] for one in await sent.json()] == [body["message"]["text"]]
    process.terminate()
    assert await process.wait() == 0
