"""GET /api/suggest."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.lexicon_model import Alias
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue
from bot.catalog.taught import with_taught
from bot.dialogue.personal_data import masker_of
from bot.settings import SHIPPED_CATALOGUE
from bot.web import languages
from bot.web.suggestions import Suggestions
from tests.unit.web.conftest import Client, ScriptedAssistant


async def offered(client: Client, typed: str) -> list[dict[str, str]]:
    response = await client.get("/api/suggest", params={"q": typed})
    assert (response.status, response.headers["Cache-Control"]) == (200, "no-store")
    body: dict[str, list[dict[str, str]]] = await response.json()
    assert body.keys() == {"suggestions"}
    return body["suggestions"]


async def test_procedures_are_offered_by_what_they_are_called(client: Client, assistant: ScriptedAssistant) -> None:
    found = await offered(client, "khai si")
    labels = {f"tt:{code}": p.label or p.title for code, p in assistant.catalogue.procedures.items()}
    assert found
    assert [item["label"] for item in found] == [labels[item["id"]] for item in found]
    assert assistant.heard == []


@pytest.mark.parametrize(
    "typed", ["", "k", "  ", "khai sinh 042094001234", "khai sinh 0912 345 678", "khai sinh a@b.vn"]
)
async def test_nothing_is_offered(client: Client, typed: str) -> None:
    assert await offered(client, typed) == []


async def test_what_is_too_long_gets_nothing(client: Client) -> None:
    assert await offered(client, "khai sinh " * 100) == []


async def test_without_words_nothing_is_offered(client: Client) -> None:
    response = await client.get("/api/suggest")
    assert await response.json() == {"suggestions": []}


async def test_no_one_is_remembered_and_nothing_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        response = await client.get("/api/suggest", params={"q": "khai sinh"})
    assert response.cookies == {}
    # The test's own server keeps an access log; ours keeps none.
    said = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert [line for line in said if "khai" in line] == []


async def test_a_new_catalogue_brings_new_suggestions(client: Client, assistant: ScriptedAssistant) -> None:
    assert await offered(client, "khai si") != []
    assistant.catalogue = replace(assistant.catalogue, version="another", procedures={})
    assert await offered(client, "khai si") == []


async def test_words_that_staff_have_taught_are_suggested(client: Client, assistant: ScriptedAssistant) -> None:
    assert await offered(client, "quýt ng") == []
    assistant.catalogue, _ = with_taught(assistant.catalogue, [Alias("quýt ngọt", ("1.900003",))])
    assert [item["id"] for item in await offered(client, "quýt ng")] == ["tt:1.900003"]


@dataclass
class Shipped:
    catalogue: Catalogue


@pytest.fixture(scope="module")
def shipped() -> Suggestions:
    return Suggestions(Shipped(load_catalogue(SHIPPED_CATALOGUE)), masker_of(languages.offered().values()))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    typed=st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
    | st.lists(st.sampled_from(["khai", "sinh", "kết", "hôn", "đất", "sổ", "cấp", "lại", "giấy", "đ"])).map(" ".join)
)
async def test_labels_are_few_and_distinct(shipped: Suggestions, typed: str) -> None:
    found = await shipped.offer(typed)
    assert len(found) <= 6
    assert len({item["label"] for item in found}) == len({item["id"] for item in found}) == len(found)
