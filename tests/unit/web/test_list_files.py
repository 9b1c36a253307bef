"""GET /toan-trinh.xlsx and .pdf: the printed list, for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.catalog.editorial import Editorial, Hiding
from bot.catalog.model import Catalogue
from bot.operations.official_list.files import list_file
from bot.operations.official_list.model import Heading, ListFormat, TierChoice
from tests.unit.web.conftest import Client, ScriptedAssistant
from tests.unit.web.reading import visit


@pytest.mark.parametrize("form", [ListFormat.XLSX, ListFormat.PDF])
async def test_the_whole_list_is_a_download(client: Client, catalogue: Catalogue, form: ListFormat) -> None:
    response = await client.get(f"/toan-trinh.{form}")
    assert (response.status, response.headers["Content-Disposition"]) == (
        200,
        f'attachment; filename="danh-muc-h99-all-2026-10-03.{form}"',
    )
    assert await response.read() == list_file(catalogue, TierChoice.ALL, form, Heading())
    assert response.headers["X-Robots-Tag"] == "noindex"
    again = await client.get(f"/toan-trinh.{form}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status == 304


async def test_another_catalogue_is_printed_anew(client: Client, assistant: ScriptedAssistant) -> None:
    before = await (await client.get("/toan-trinh.xlsx")).read()
    assert await (await client.get("/toan-trinh.xlsx")).read() == before
    assistant.publish("another")
    assert await (await client.get("/toan-trinh.xlsx")).read() != before


async def test_what_editors_hide_is_printed_anew_without_its_level(
    client: Client, assistant: ScriptedAssistant
) -> None:
    before = await (await client.get("/toan-trinh.xlsx")).read()
    hiding = Hiding("1.900003", "Danh mục mới ghi khác.", date(2026, 11, 22))
    assistant.catalogue = replace(assistant.catalogue, editorial=Editorial(hidings=(hiding,)))
    after = await (await client.get("/toan-trinh.xlsx")).read()
    assert after != before
    assert after == list_file(assistant.catalogue, TierChoice.ALL, ListFormat.XLSX, Heading())


async def test_the_list_s_page_leads_there(client: Client) -> None:
    page = await visit(client, "/toan-trinh?muc=mot-phan")
    assert [link for link in page.links if link[1].endswith((".xlsx", ".pdf"))] == [
        ("Tải danh mục để in, dạng bảng tính", "/toan-trinh.xlsx"),
        ("Tải bản để in", "/toan-trinh.pdf"),
    ]
    assert (await client.get("/toan-trinh.docx")).status == 404
