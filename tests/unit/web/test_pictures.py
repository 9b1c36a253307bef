"""/anh/…: the pictures of pages, and what pages say of them."""

from __future__ import annotations

import asyncio
import io
import threading

import pytest
from PIL import Image

from bot.operations.sharing.preview_words import PreviewWords
from bot.web.pages.pictures import MOST_KEPT, MOST_WAITING, BusyError, PictureShelf
from tests.unit.web.conftest import Client, MakeClient
from tests.unit.web.reading import read

PUBLIC = "https://hoidap.example.gov.vn"
PAGES = {
    "/tt/1.900001": "/anh/tt/1.900001.png",
    "/viec/moving-home": "/anh/viec/moving-home.png",
    "/linh-vuc": "/anh/linh-vuc.png",
    "/linh-vuc/ho-tich": "/anh/linh-vuc/ho-tich.png",
    "/toan-trinh": "/anh/toan-trinh.png",
    "/": "/anh/trang-chu.png",
    "/en/tt/1.900001": "/en/anh/tt/1.900001.png",
    "/?lang=en": "/en/anh/trang-chu.png",
}


@pytest.mark.parametrize(("path", "picture"), PAGES.items())
async def test_a_page_names_its_picture(make_client: MakeClient, path: str, picture: str) -> None:
    client = await make_client(public_url=PUBLIC)
    meta = read(await (await client.get(path)).text()).meta
    said = {name: meta[name] for name in meta if name.startswith(("og:image", "twitter:", "og:type", "og:url"))}
    alt = said.pop("og:image:alt")
    assert said == {
        "og:type": "website",
        "og:url": PUBLIC + path,
        "og:image": PUBLIC + picture,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "twitter:card": "summary_large_image",
    }
    assert alt.endswith(" Một Cửa Mẫu.")
    assert all(meta[name] for name in ("og:title", "og:description", "og:site_name"))
    answer = await client.get(picture)
    drawn = Image.open(io.BytesIO(await answer.read()))
    assert (answer.status, answer.content_type, drawn.size) == (200, "image/png", (1200, 630))


async def test_without_a_public_address_it_is_the_one_asked_for(client: Client) -> None:
    meta = read(await (await client.get("/tt/1.900001")).text()).meta
    assert meta["og:image"] == f"http://{client.host}:{client.port}/anh/tt/1.900001.png"


@pytest.mark.parametrize("path", ["/?q=khai+sinh", "/?c=tt:1.900001", "/tim", "/tim?q=x", "/linh-vuc/ho-tich?trang=1"])
async def test_what_repeats_words_or_is_a_part_has_no_picture(client: Client, path: str) -> None:
    meta = read(await (await client.get(path)).text()).meta
    assert [name for name in meta if name.startswith(("og:", "twitter:"))] == []


async def test_it_is_kept_and_asked_for_again_by_its_mark(client: Client) -> None:
    first = await client.get("/anh/tt/1.900001.png")
    headers = {name: first.headers[name] for name in ("Cache-Control", "Cross-Origin-Resource-Policy")}
    assert headers == {"Cache-Control": "public, max-age=3600", "Cross-Origin-Resource-Policy": "cross-origin"}
    mark = first.headers["ETag"]
    for brought in (mark, f"W/{mark}", f'"x", {mark}'):
        again = await client.get("/anh/tt/1.900001.png", headers={"If-None-Match": brought})
        assert (again.status, await again.read(), again.headers["ETag"]) == (304, b"", mark)
    assert (await client.head("/anh/tt/1.900001.png")).status == 200
    assert (await client.get("/anh/tt/1.900002.png")).headers["ETag"] != mark


async def test_old_codes_lead_on_and_unknown_ones_nowhere(client: Client) -> None:
    for old in ("1.900004", "1900005"):
        moved = await client.get(f"/anh/tt/{old}.png", allow_redirects=False)
        assert (moved.status, moved.headers["Location"]) == (301, "/anh/tt/1.900005.png")
    for path in ("/anh/tt/1.123456.png", "/anh/tt/x.png", "/anh/viec/x.png", "/anh/linh-vuc/x.png", "/anh/x.png"):
        assert (await client.get(path)).status == 404


def words(name: str) -> PreviewWords:
    return PreviewWords((name,), "", "Một Cửa Mẫu")


async def test_each_picture_is_drawn_once_and_one_at_a_time() -> None:
    drawn: list[str] = []
    at_once = threading.Semaphore(1)

    def draw(words: PreviewWords) -> bytes:
        assert at_once.acquire(blocking=False)
        assert threading.current_thread() is not threading.main_thread()
        drawn.append(words.names[0])
        at_once.release()
        return words.names[0].encode()

    shelf = PictureShelf(draw)
    wanted = ["a", "b", "a", "c", "a", "b"]
    made = await asyncio.gather(*(shelf.picture(words(name)) for name in wanted))
    assert (made, drawn) == ([name.encode() for name in wanted], ["a", "b", "c"])


async def test_only_those_asked_for_last_are_kept() -> None:
    drawn: list[str] = []

    def draw(words: PreviewWords) -> bytes:
        drawn.append(words.names[0])
        return b"x"

    shelf = PictureShelf(draw)
    for number in range(MOST_KEPT + 1):
        await shelf.picture(words(str(number)))
        await shelf.picture(words("0"))
    await shelf.picture(words("1"))
    assert drawn == [*map(str, range(MOST_KEPT + 1)), "1"]


async def test_more_than_can_be_drawn_are_refused() -> None:
    go_on = threading.Event()

    def draw(words: PreviewWords) -> bytes:
        go_on.wait()
        return b"x"

    shelf = PictureShelf(draw)
    waiting = [asyncio.create_task(shelf.picture(words(str(number)))) for number in range(MOST_WAITING)]
    await asyncio.sleep(0)
    with pytest.raises(BusyError):
        await shelf.picture(words("late"))
    go_on.set()
    assert await asyncio.gather(*waiting) == [b"x"] * MOST_WAITING
