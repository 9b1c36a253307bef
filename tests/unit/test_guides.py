"""The guides in Vietnamese: easy to read; dated, with settings that exist; and what staff's handbook counts is so."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction

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
from tests.unit.handbooks import DOCS, HANDBOOKS, STAFF, tables

HANDBOOK = HANDBOOKS[STAFF]
_PATHS = [*sorted(DOCS.glob("ket-noi-*.md")), *sorted((DOCS / "runbooks").glob("zalo-khong-*.md"))]
GUIDES = {path.name: path.read_text(encoding="utf-8") for path in _PATHS}
MOST_WORDS = 25

_SETTING = re.compile(r"\b(?:TELEGRAM|ZALO|PUBLIC|METRICS)(?:_[A-Z]+)+\b")
_WRITTEN_AS_CODE = re.compile(r"```.*?```|`[^`\n]*`|https?://\S+", re.DOTALL)
_END = re.compile(r"(?<=[.?!:;])\s+|\n\n|\n(?=[-|\d#*])|\|")


def test_the_guides_are_there() -> None:
    expected = ["ket-noi-telegram.md", "ket-noi-zalo-bot.md", "ket-noi-zalo.md", "zalo-khong-tra-loi.md"]
    assert sorted(GUIDES) == expected


@pytest.mark.parametrize("name", [*GUIDES, *HANDBOOKS])
def test_sentences_are_short(name: str) -> None:
    sentences = _END.split(_WRITTEN_AS_CODE.sub("x", {**GUIDES, **HANDBOOKS}[name]))
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


def test_the_examples_of_the_handbook_are_computed_right() -> None:
    texts = load_texts()
    rows = tables(STAFF)["Số phiếu | Hài lòng | Tỷ lệ | Khoảng tin cậy | Kết luận | Cần thêm"]
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
    texts, rows = load_texts(), tables(STAFF)["Dấu trên phiếu | Khi nào | Tính vào 95%"]
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
    rows = tables(STAFF)["Kỳ | Từ | Đến | Ngày phải báo cáo"]
    dues = [datetime.strptime(row[3], "%d/%m/%Y").replace(hour=12, tzinfo=VIETNAM) for row in rows]
    found = [last_deadline(DigestKind.MONTHLY, due, Deadlines()) for due in dues]
    assert rows == [
        [
            f"tháng {one.period.last.month}/{one.period.last.year}",
            *(day_written("vi", day) for day in (one.period.first, one.period.last, one.due)),
        ]
        for one in found
    ]
