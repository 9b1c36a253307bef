"""What those who watch are told: how it stands, figures on a port of their own, and each request counted once."""

from __future__ import annotations

from http import HTTPStatus

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.operations.metrics import Metrics
from bot.operations.readiness import Readiness, Reason
from bot.settings import Settings
from bot.web.middlewares import SECURITY_HEADERS
from bot.web.server import Messengers, create_app
from bot.web.watching import create_watching_app, kind_of
from tests.unit.operations.counted import counted
from tests.unit.web.conftest import ScriptedAssistant


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "chat"),
        ("/en", "chat"),
        ("/api/chat", "message"),
        ("/api/suggest", "suggestions"),
        ("/webhooks/zalo-oa", "webhook"),
        ("/staff/phieu/{id}", "staff"),
        ("/static/{hash}/{name}", "file"),
        ("/r/{token}", "link"),
        ("/s/{id}", "link"),
        ("/danh-gia/{token}", "rating"),
        ("/anh/tt/{code}.png", "picture"),
        ("/en/tt/{code}", "page"),
        ("/readyz", "watching"),
        ("/metrics", "watching"),
        (None, "none"),
    ],
)
def test_a_request_is_of_a_kind(path: str | None, kind: str) -> None:
    assert kind_of(path) == kind


async def test_each_request_is_counted_once(aiohttp_client: AiohttpClient, assistant: ScriptedAssistant) -> None:
    metrics = Metrics()
    client = await aiohttp_client(create_app(assistant, Settings(), Messengers((), metrics)))
    await client.get("/")
    await client.post("/api/chat", json={"text": "một"})
    await client.post("/api/chat", json={"text": "hai"})
    await client.post("/api/chat", json={"text": "boom"})
    await client.post("/api/chat", json=[])
    await client.get("/static/old/chat.css")
    await client.get("/toan-trinh?bat=1")
    await client.get("/nobody/is/here")
    await client.delete("/api/chat")
    await client.get("/tt/1.900001?noi=", allow_redirects=False)
    name = 'mot_cua_http_seconds_count{{kind="{}",status="{}"}}'
    assert counted(metrics, "mot_cua_http") == {
        name.format("chat", "2xx"): 1,
        name.format("message", "2xx"): 2,
        name.format("message", "5xx"): 1,
        name.format("message", "4xx"): 1,
        name.format("file", "2xx"): 1,
        name.format("page", "2xx"): 2,
        name.format("none", "4xx"): 2,
    }


async def test_a_request_is_led_on(aiohttp_client: AiohttpClient, assistant: ScriptedAssistant) -> None:
    metrics = Metrics()
    client = await aiohttp_client(create_app(assistant, Settings(), Messengers((), metrics)))
    answer = await client.get("/tt/900001", allow_redirects=False)
    name = f'mot_cua_http_seconds_count{{kind="page",status="{answer.status // 100}xx"}}'
    assert counted(metrics, "mot_cua_http") == {name: 1}


@pytest.mark.parametrize(
    ("wrong", "status", "said"),
    [
        ([], HTTPStatus.OK, {"status": "ready", "reasons": []}),
        ([Reason.STORE_AWAY], HTTPStatus.OK, {"status": "degraded", "reasons": ["store_away"]}),
        (
            [Reason.NO_CATALOGUE, Reason.STORE_AWAY],
            HTTPStatus.SERVICE_UNAVAILABLE,
            {"status": "unready", "reasons": ["no_catalogue", "store_away"]},
        ),
    ],
)
async def test_whether_requests_may_be_sent_here(
    aiohttp_client: AiohttpClient,
    assistant: ScriptedAssistant,
    wrong: list[Reason],
    status: HTTPStatus,
    said: dict[str, object],
) -> None:
    readiness = Readiness({reason: lambda: True for reason in wrong})
    client = await aiohttp_client(create_app(assistant, Settings(), Messengers((), Metrics(), readiness)))
    answer = await client.get("/readyz")
    assert (answer.status, await answer.json(), answer.headers["Cache-Control"]) == (status, said, "no-store")
    assert (await client.get("/healthz")).status == HTTPStatus.OK


@pytest.fixture
async def watching(
    aiohttp_client: AiohttpClient, assistant: ScriptedAssistant
) -> TestClient[web.Request, web.Application]:
    settings = Settings.model_validate({"metrics_token": "for the other port"})
    return await aiohttp_client(create_watching_app(assistant, settings, Metrics(), Readiness({})))


async def test_a_port_of_its_own_needs_no_token(watching: TestClient[web.Request, web.Application]) -> None:
    answer = await watching.get("/metrics")
    assert (answer.status, answer.headers["Content-Type"]) == (HTTPStatus.OK, Metrics.CONTENT_TYPE)
    assert "# TYPE mot_cua_replies_total counter" in (await answer.text()).splitlines()
    assert [(await watching.get(path)).status for path in ("/healthz", "/readyz")] == [HTTPStatus.OK] * 2


@pytest.mark.parametrize("path", ["/", "/staff", "/api/chat", "/webhooks/zalo-oa", "/metrics/"])
async def test_there_is_nothing_else_on_it(watching: TestClient[web.Request, web.Application], path: str) -> None:
    answer = await watching.get(path)
    assert answer.status == HTTPStatus.NOT_FOUND
    assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answer.headers["Server"] == "mot-cua"
