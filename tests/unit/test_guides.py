"""The guides in Vietnamese: easy to read; dated, with settings that exist; and what staff's handbook says is so."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from datetime import datetime
from fractions import Fraction
from pathlib import Path

import pytest

from bot.operations.metrics import Metrics
from bot.ratings import flags
from bot.ratings.charts.words import verdict_words
from bot.ratings.deadlines import Deadlines, DigestKind, last_deadline
from bot.ratings.model import Flag, Mark
from bot.ratings.periods import VIETNAM
from bot.ratings.satisfaction import FEWEST_FOR_A_VERDICT, FEWEST_PUBLISHED, judge, satisfaction
from bot.ratings.scales import THREE
from bot.settings import Settings
from bot.settings.channels import ChannelSettings
from bot.texts import load_texts
from bot.texts.written import day_written, interval_written, number_written, share_written

DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXTS = DOCS.parent / "bot" / "texts"
HANDBOOK = (DOCS / "so-tay-can-bo.md").read_text(encoding="utf-8")
_PATHS = [*sorted(DOCS.glob("ket-noi-*.md")), *sorted((DOCS / "runbooks").glob("zalo-*.md"))]
GUIDES = {path.name: path.read_text(encoding="utf-8") for path in _PATHS}
MOST_WORDS = 25

_SETTING = re.compile(r"\b(?:TELEGRAM|ZALO|PUBLIC|METRICS)(?:_[A-Z]+)+\b")
_WRITTEN_AS_CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+", re.DOTALL)
_END = re.compile(r"(?<=[.?!:;])\s+|\n\n|\n(?=[-|\d#*])|\|")


def test_the_guides_are_there() -> None:
    expected = ["ket-noi-telegram.md", "ket-noi-zalo-bot.md", "ket-noi-zalo.md", "zalo-khong-tra-loi.md"]
    assert sorted(GUIDES) == expected


@pytest.mark.parametrize("name", [*GUIDES, "so-tay-can-bo.md"])
def test_sentences_are_short(name: str) -> None:
    sentences = _END.split(_WRITTEN_AS_CODE.sub("x", GUIDES.get(name, HANDBOOK)))
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


def _texts_of(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts_of(each)
    elif isinstance(value, str):
        yield value


def _tables() -> dict[str, list[list[str]]]:
    """The rows below the headings of the handbook's tables, by the first line of each."""
    found: dict[str, list[list[str]]] = {}
    for block in re.findall(r"(?:^\|.*\n?)+", HANDBOOK, re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in block.strip().split("\n")]
        found[" | ".join(cell.strip() for cell in lines[0])] = lines[2:]
    return found


def test_what_the_handbook_shows_in_bold_stands_on_the_pages() -> None:
    shown = {
        text for path in TEXTS.glob("*.vi.toml") for text in _texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
    }
    named = re.findall(r"\*\*(.+?)\*\*", HANDBOOK)
    assert [text for text in named if text not in shown] == []


def test_the_handbook_has_every_page_of_the_menu() -> None:
    entries = {
        name
        for path in TEXTS.glob("staff*.vi.toml")
        for name in tomllib.loads(path.read_text(encoding="utf-8"))
        .get("web", {})
        .get("staff", {})
        .get("nav", {})
        .values()
    }
    pages = HANDBOOK.partition("\n## Các trang\n")[2].partition("\n## ")[0]
    assert set(re.findall(r"^### (.+)$", pages, re.MULTILINE)) == entries


def test_the_examples_of_the_handbook_are_computed_right() -> None:
    texts = load_texts()
    rows = _tables()["Số phiếu | Hài lòng | Tỷ lệ | Khoảng tin cậy | Kết luận | Cần thêm"]
    expected = []
    for count, satisfied in ((int(row[0].replace(".", "")), int(row[1].replace(".", ""))) for row in rows):
        found = satisfaction(THREE, {2: satisfied, 1: count - satisfied})
        verdict = judge(found, Fraction(19, 20))
        assert found.share is not None
        assert found.interval is not None
        low, high = interval_written("vi", found.interval.low, found.interval.high)
        share, missing = share_written("vi", found.share), number_written("vi", verdict.missing or 0)
        written = [number_written("vi", count), number_written("vi", satisfied), share, f"{low} – {high}"]
        expected.append([*written, verdict_words(texts, found, verdict), missing])
    assert len(rows) > 5
    assert rows == expected


def test_the_rules_of_the_handbook_have_the_numbers_of_the_code() -> None:
    texts, rows = load_texts(), _tables()["Dấu trên phiếu | Khi nào | Tính vào 95%"]
    numbers = {
        Flag.BURST: [flags.MOST_FROM_A_LINK, flags.MOST_FROM_AN_ADDRESS],
        Flag.MANY: [flags.MOST_OF_A_PERSON],
    }
    assert [(row[0], [int(number) for number in re.findall(r"\d+", row[1])], row[2]) for row in rows] == [
        (
            f"**{texts.find(f'web.staff.figures.flag.{flag}')}**",
            numbers.get(flag, []),
            "không" if flags.mark_of([flag]) is Mark.ASIDE else "có",
        )
        for flag in Flag
    ]
    assert f"dưới {FEWEST_FOR_A_VERDICT} phiếu" in HANDBOOK
    assert f"dưới {FEWEST_PUBLISHED} phiếu" in HANDBOOK


def test_the_periods_of_the_handbook_are_those_of_the_usual_settings() -> None:
    rows = _tables()["Kỳ | Từ | Đến | Ngày phải báo cáo"]
    dues = [datetime.strptime(row[3], "%d/%m/%Y").replace(hour=12, tzinfo=VIETNAM) for row in rows]
    found = [last_deadline(DigestKind.MONTHLY, due, Deadlines()) for due in dues]
    assert rows == [
        [
            f"tháng {one.period.last.month}/{one.period.last.year}",
            *(day_written("vi", day) for day in (one.period.first, one.period.last, one.due)),
        ]
        for one in found
    ]
