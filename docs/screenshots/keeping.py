"""How pictures are taken and kept: the page from its top, in few colours, small enough to be kept with the code."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

HERE = Path(__file__).parent
DESKTOP = {"width": 1280, "height": 900}
TALLEST = 1800
"""What lies further below is more of the same."""
BIRTH, MARRIAGE, COPY = "1.001193", "1.000894", "2.000815"
WARD = "H27.118"
_COLOURS = 64


@dataclass(frozen=True, slots=True)
class Shown:
    """A page of staff. `name`: of its picture."""

    name: str
    path: str


def new_context(browser: Browser, size: dict[str, int], *, touch: bool = False) -> BrowserContext:
    viewport = ViewportSize(width=size["width"], height=size["height"])
    return browser.new_context(
        viewport=viewport, has_touch=touch, is_mobile=touch, locale="vi-VN", reduced_motion="reduce"
    )


def keep(page: Page, name: str, size: str) -> None:
    """A page of staff."""
    page.wait_for_load_state("networkidle")
    keep_picture(Image.open(BytesIO(page.screenshot(full_page=True))), f"staff-{name}-{size}")


def keep_picture(picture: Image.Image, name: str) -> None:
    cut = picture.crop((0, 0, picture.width, min(picture.height, TALLEST))).convert("RGB")
    cut.quantize(_COLOURS, dither=Image.Dither.NONE).save(HERE / f"{name}.png", optimize=True)
