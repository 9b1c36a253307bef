"""The worker that opens the page without a network, and the manifest."""

from __future__ import annotations

import json

from bot.web.assets import load_assets
from tests.unit.web.conftest import Client, ScriptedAssistant


async def kept(client: Client) -> dict[str, object]:
    response = await client.get("/sw.js")
    assert (response.status, response.headers["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert response.headers["Cache-Control"] == "no-cache"
    first = (await response.text()).partition("\n")[0]
    value: dict[str, object] = json.loads(first.removeprefix("const KEPT = ").removesuffix(";"))
    return value


async def test_the_worker_keeps_the_page_and_its_files(client: Client, assistant: ScriptedAssistant) -> None:
    assets = load_assets()
    found = await kept(client)
    assert found["version"] == f"{assets.hash}-{assistant.catalogue.version}"
    assert found["files"] == [assets.url(name) for name in assets.by_name]
    assert isinstance(found["pages"], list)
    assert found["pages"][0] == "/"


async def test_another_catalogue_is_another_worker(client: Client, assistant: ScriptedAssistant) -> None:
    before = await kept(client)
    assistant.publish("another")
    assert (await kept(client))["version"] != before["version"]


async def test_the_worker_stands_where_it_reaches_the_whole_page(client: Client) -> None:
    """A worker reaches what lies below its own address: it may not be served from /static/."""
    assert "sw.js" not in load_assets().by_name


async def test_the_manifest(client: Client, assistant: ScriptedAssistant) -> None:
    response = await client.get("/manifest.webmanifest")
    assert (response.status, response.content_type) == (200, "application/manifest+json")
    body = json.loads(await response.text())
    name = assistant.catalogue.province.assistant_name
    assert (body["name"], body["start_url"], body["icons"][0]["src"]) == (name, "/", load_assets().url("icon.svg"))
