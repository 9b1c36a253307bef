"""Open data: small groups are never in it, nor to be worked out, and its columns are described."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.operations.figures.model import EVERYTHING, Breakdown, By, Filters, Row
from bot.operations.reports.open_data import columns, open_data
from bot.ratings.scales import THREE
from bot.ratings.summary import groups, whole
from bot.texts import load_texts
from tests.unit.operations.reports.samples import GROUND, TARGET, breakdown, counted

TEXTS = load_texts()


def lines(made: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(made.decode("utf-8-sig"))))


def table(sizes: list[tuple[int, int]]) -> Breakdown:
    """A group for each pair of satisfied and dissatisfied ratings."""
    counts = [counted(f"H27.{n:03}", bad, 0, good) for n, (good, bad) in enumerate(sizes)]
    rows = tuple(Row(By.AGENCY, f"Sở {group.key}", group) for group in groups(counts, THREE, TARGET.share))
    return Breakdown(GROUND, By.AGENCY, EVERYTHING, whole(counts, THREE, TARGET.share), rows)


def test_what_is_published() -> None:
    made = open_data(TEXTS, table([(380, 20), (12, 0), (3, 1), (2, 0)]))
    assert lines(made.data) == [
        list(columns(3)),
        [
            *("2026-10", "2026-09-15", "2026-10-14", "agency", "H27.000", "Sở H27.000", "three", "400", "380"),
            *("20", "0", "380", "0.950000", "0.924036", "0.967403", "0", "0", "false"),
        ],
        [
            *("2026-10", "2026-09-15", "2026-10-14", "agency", "H27.001", "Sở H27.001", "three", "12", "12"),
            *("0", "0", "12", "1.000000", "0.757506", "1.000000", "0", "0", "false"),
        ],
        [
            *("2026-10", "2026-09-15", "2026-10-14", "all", "", "Tất cả", "three", "418", "397"),
            *("21", "0", "397", "0.949761", "0.924421", "0.966909", "0", "0", "false"),
        ],
    ]
    assert (made.name, made.columns_name, made.hidden) == (
        "du-lieu-mo-hai-long-2026-10-agency.csv",
        "du-lieu-mo-hai-long-2026-10-agency-cot.csv",
        2,
    )


def test_every_column_is_described() -> None:
    made = open_data(TEXTS, table([(380, 20)]))
    described = lines(made.columns)
    assert [line[0] for line in described] == ["cột", *columns(3), ""]
    assert [line[1] for line in described[1:-1] if line[1] == line[0]] == []
    assert described[-1][1].endswith("Lần này có 0 nhóm như vậy.")


def test_names_are_no_formulas_there_either() -> None:
    found = lines(open_data(TEXTS, breakdown()).data)
    assert [line[5] for line in found[1:]] == ["Sở Mẫu", "'=cmd|'/C calc'!A0", "Tất cả"]


def test_made_up_figures_say_so_on_every_line() -> None:
    made = open_data(TEXTS, breakdown(replace(GROUND, is_demonstration=True)))
    assert [line[-1] for line in lines(made.data)[1:]] == ["true", "true", "true"]


@pytest.mark.parametrize(
    "refused",
    [
        replace(breakdown(), by=By.HELPED),
        # 40 in a field whose other services, in the other table, come to 37: three people rated the one left out.
        replace(breakdown(), by=By.FIELD),
        replace(breakdown(), filters=Filters(agency="H27.01")),
        breakdown(replace(GROUND, agencies=frozenset({"H27.01"}))),
    ],
)
def test_parts_are_never_published(refused: Breakdown) -> None:
    with pytest.raises(ValueError, match="only whole tables of the whole province are published"):
        open_data(TEXTS, refused)


@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=12))
def test_no_group_of_fewer_than_five_is_ever_in_it_or_left_to_be_worked_out(sizes: list[tuple[int, int]]) -> None:
    made = lines(open_data(TEXTS, table(sizes)).data)
    shown = [int(line[7]) for line in made[1:] if line[3] == "agency"]
    totals = [int(line[7]) for line in made[1:] if line[3] == "all"]
    assert min(shown + totals, default=5) >= 5
    rated = sorted(good + bad for good, bad in sizes if good + bad)
    left_out = len(rated) - len(shown)
    if totals and left_out:
        # What is missing from the total is of two groups or more, and of five ratings or more: or there is only that.
        assert left_out > 1 or not shown
        assert totals[0] - sum(shown) >= 5
