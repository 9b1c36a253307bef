"""The guides for operators, in Vietnamese: easy to read, dated, and with settings that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.operations.metrics import Metrics
from bot.settings import Settings
from bot.settings.channels import ChannelSettings

DOCS = Path(__file__).resolve().parents[2] / "docs"
_PATHS = [*sorted(DOCS.glob("ket-noi-*.md")), *sorted((DOCS / "runbooks").glob("zalo-*.md"))]
GUIDES = {path.name: path.read_text(encoding="utf-8") for path in _PATHS}
MOST_WORDS = 25

_SETTING = re.compile(r"\b(?:TELEGRAM|ZALO|PUBLIC|METRICS)(?:_[A-Z]+)+\b")
_WRITTEN_AS_CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+", re.DOTALL)
_END = re.compile(r"(?<=[.?!:;])\s+|\n\n|\n(?=[-|\d#*])|\|")


def test_the_guides_are_there() -> None:
    expected = ["ket-noi-telegram.md", "ket-noi-zalo-bot.md", "ket-noi-zalo.md", "zalo-khong-tra-loi.md"]
    assert sorted(GUIDES) == expected


@pytest.mark.parametrize("name", GUIDES)
def test_sentences_are_short(name: str) -> None:
    sentences = _END.split(_WRITTEN_AS_CODE.sub("x", GUIDES[name]))
    assert [sentence for sentence in sentences if len(sentence.split()) > MOST_WORDS] == []


@pytest.mark.parametrize("name", GUIDES)
def test_what_is_said_of_a_platform_has_its_date(name: str) -> None:
    assert "tháng 11/2026" in GUIDES[name]


def test_the_settings_named_are_those_of_the_channels() -> None:
    named = {setting for text in GUIDES.values() for setting in _SETTING.findall(text)}
    assert named - {setting.upper() for setting in Settings.model_fields} == set()
    assert {setting.upper() for setting in ChannelSettings.model_fields} - named == set()


def test_the_figures_named_are_counted() -> None:
    metrics = Metrics()
    metrics.received.labels("zalo_oa", "wrong_signature").inc()
    named = {figure for text in GUIDES.values() for figure in re.findall(r"mot_cua_\w+(?:\{[^}]*\})?", text)}
    counted = metrics.as_text().decode()
    assert "mot_cua_received_total" in named
    assert [figure for figure in named if not re.search(rf"^{re.escape(figure)}[ {{]", counted, re.MULTILINE)] == []


def test_the_doctors_signs_are_written_as_it_prints_them() -> None:
    assert [name for name, text in GUIDES.items() if re.search(r"`(?:broken|warning)`", text)] == []
