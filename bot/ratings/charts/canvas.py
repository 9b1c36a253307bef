"""From a figure to bytes, always the same ones: without pyplot, and whatever matplotlib is set to on a machine."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from xml.sax.saxutils import escape

import matplotlib
from matplotlib.figure import Figure

from bot.ratings.charts.model import Format

INK = "#1a1a1a"
SOFT = "#595959"
PALE = "#d9d9d9"
MET = "#1f5c8b"
NOT_MET = "#e3a857"
FEW = "#ffffff"
"""Dark, medium and white: told apart in grey as well, and hatched besides."""
HATCH_NOT_MET = "////"
WIDTH_INCHES = 6.4
DOTS_PER_INCH = 200

_HEAD = re.compile(r"\A.*?(?=<svg )", re.DOTALL)
_METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
_OPENING = re.compile(r"<svg [^>]*>")


@contextmanager
def drawing() -> Iterator[None]:
    """Matplotlib's own defaults and ours, for as long as something is drawn."""
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rc("font", family=["DejaVu Sans"], size=10)
        matplotlib.rc("text", color=INK)
        matplotlib.rc("axes", edgecolor=SOFT)
        matplotlib.rc("hatch", linewidth=0.8)
        # Letters as outlines: the same picture on a phone that lacks the font.
        matplotlib.rc("svg", fonttype="path", hashsalt="mot-cua")
        yield


def new_figure(height: float) -> Figure:
    """`height` in inches."""
    return Figure(figsize=(WIDTH_INCHES, height), dpi=DOTS_PER_INCH, facecolor="white")


def rendered(figure: Figure, form: Format, title: str, description: str) -> bytes:
    """The picture. Only an SVG carries its title and description with it."""
    out = io.BytesIO()
    if form is Format.PNG:
        figure.savefig(out, format=form, metadata={"Software": None})
        return out.getvalue()
    figure.savefig(out, format=form, metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return _told(out.getvalue().decode(), title, description).encode()


def _told(svg: str, title: str, description: str) -> str:
    """Without the head of a file of its own, with what a screen reader says instead of the picture."""
    bare = _METADATA.sub("", _HEAD.sub("", svg), count=1)
    opening = _OPENING.match(bare)
    if opening is None:
        raise ValueError("this is no SVG")
    begun = opening[0].removesuffix(">") + ' role="img" aria-labelledby="picture-title picture-desc">'
    said = f'<title id="picture-title">{escape(title)}</title><desc id="picture-desc">{escape(description)}</desc>'
    return f"{begun}\n {said}{bare[opening.end() :]}"
