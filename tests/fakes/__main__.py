"""A fake in a process of its own: `python -m tests.fakes zalo-oa --webhook http://127.0.0.1:8080/webhooks/zalo-oa`.

The first line of output is JSON: `url` of the platform and `control`, the address of the one who measures:
`GET control/sent?from=N` is what was sent since the first N, `POST control/push` brings its body to the webhook.
"""

from __future__ import annotations

import asyncio
import json
import signal
from dataclasses import asdict

import click
from aiohttp import web

from tests.fakes.failures import JsonObject, compact
from tests.fakes.telegram import FakeTelegram
from tests.fakes.zalo_bot import FakeZaloBot
from tests.fakes.zalo_oa import FakeZaloOA

Fake = FakeTelegram | FakeZaloOA | FakeZaloBot
PLATFORMS: dict[str, type[Fake]] = {"telegram": FakeTelegram, "zalo-oa": FakeZaloOA, "zalo-bot": FakeZaloBot}


def control_of(fake: Fake) -> web.Application:
    """What the one who measures can ask and do. Whoever is in a pushed event of Zalo may be written to."""

    async def sent(request: web.Request) -> web.Response:
        since = int(request.query.get("from", "0"))
        return web.json_response([asdict(one) for one in fake.sent[since:]], dumps=compact)

    async def push(request: web.Request) -> web.Response:
        event: JsonObject = json.loads(await request.read())
        if isinstance(fake, FakeZaloOA) and "sender" in event:
            fake.interact(event["sender"]["id"])
        return web.json_response({"status": await fake.push(event)})

    app = web.Application()
    app.add_routes([web.get("/sent", sent), web.post("/push", push)])
    return app


async def serve(fake: Fake, webhook: str | None) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with fake:
        fake.webhook_url = webhook
        runner = web.AppRunner(control_of(fake), access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        click.echo(compact({"url": fake.url, "control": f"http://127.0.0.1:{runner.addresses[0][1]}"}))
        await stop.wait()
        await runner.cleanup()


@click.command()
@click.argument("platform", type=click.Choice(list(PLATFORMS)))
@click.option("--webhook", help="Where events go; http on this machine.")
@click.option("--latency", type=float, default=0.0, help="Seconds until each answer.")
@click.option("--port", type=int, default=0, help="Of the platform; free by default.")
def main(platform: str, webhook: str | None, latency: float, port: int) -> None:
    """Serve a fake platform with its default token and secrets."""

    async def run() -> None:
        fake = PLATFORMS[platform](port=port)
        fake.slow(latency)
        await serve(fake, webhook)

    asyncio.run(run())


if __name__ == "__main__":
    main()
