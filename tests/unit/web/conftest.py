"""A client of the application around an assistant that answers by a script."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.catalog.guide import Guide
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.dialogue.messages import Choice, Incoming, Link, Reply, Status
from bot.dialogue.turn import Searches
from bot.search.engine import SearchEngine
from bot.settings import Settings
from bot.web.server import create_app

SECOND_PROVINCE = Path(__file__).parents[2] / "fixtures" / "second_province"

GREETING = Reply(
    Status.STARTED, "Xin chào.\nAnh/chị cần gì?", (Choice("le:one", "Sinh con"), Choice("le:two", "Kết hôn"))
)
ANSWER = Reply(
    Status.ANSWERED,
    "Đăng ký khai sinh\nMã 1.001193.",
    (Choice("start", "Về đầu"),),
    (Link("Mở trang", "https://dichvucong.gov.vn/x?a=1&b=2"),),
    ("1.001193",),
)
WORDS = "secret words of a citizen"
REFUSED = Reply(Status.PERSONAL_DATA_REFUSED, "Anh/chị không cần gửi số đó.")


@dataclass
class ScriptedAssistant:
    """Answers `start` with the greeting, `boom` by raising, `broken` by an apology, a private number by refusing, all
    else with a card."""

    catalogue: Catalogue
    engine: Searches
    heard: list[Incoming] = field(default_factory=list)
    known: Guide | None = None

    @property
    def guide(self) -> Guide:
        """The same one for as long as the catalogue is the same, as the assistant has it."""
        if self.known is None or self.known.catalogue is not self.catalogue:
            self.known = Guide.of(self.catalogue)
        return self.known

    async def answer(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        if incoming.text == "boom":
            raise RuntimeError(WORDS)
        if incoming.text == "broken":
            return Reply(Status.FAILED, "Xin lỗi.")
        if incoming.choice == "start":
            return GREETING
        return REFUSED if incoming.text == "số của tôi 0912345678" else ANSWER

    @property
    def told(self) -> list[tuple[str | None, str | None]]:
        return [(incoming.text, incoming.choice) for incoming in self.heard]

    def publish(self, version: str) -> None:
        self.catalogue = replace(self.catalogue, version=version)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(SECOND_PROVINCE)


@pytest.fixture(scope="session")
def engine(catalogue: Catalogue) -> Searches:
    return SearchEngine(catalogue)


@pytest.fixture
def assistant(catalogue: Catalogue, engine: Searches) -> ScriptedAssistant:
    return ScriptedAssistant(catalogue, engine)


Client = TestClient[web.Request, web.Application]
MakeClient = Callable[..., Awaitable[Client]]


@pytest.fixture
def make_client(aiohttp_client: AiohttpClient, assistant: ScriptedAssistant, tmp_path: Path) -> MakeClient:
    async def make(**settings: object) -> Client:
        values: dict[str, object] = {"database_url": f"sqlite:///{tmp_path}/test.sqlite"} | settings
        return await aiohttp_client(create_app(assistant, Settings.model_validate(values)))

    return make


@pytest.fixture
async def client(make_client: MakeClient) -> Client:
    return await make_client()
