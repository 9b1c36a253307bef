"""One row of a table into a `Listed`, under what its columns and the words above it say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.catalog.imports.cells import (
    agencies,
    certain_code,
    code_written,
    is_marked,
    is_same_as_above,
    level_of,
    tidy,
    tiers_of_cell,
)
from bot.catalog.imports.model import Action, Answer, Column, Finding, FindingKind, Listed, ListTier, Spot
from bot.catalog.imports.sections import Above, Kind
from bot.catalog.imports.words import TRIALS, plain
from bot.catalog.model import OnlineLevel, Tier

Cells = Mapping[Column, str]
"""What stands in the columns that are known."""

_MAY_BE_AS_ABOVE = (
    Column.NAME,
    Column.FIELD,
    Column.AGENCY,
    Column.LEVEL,
    Column.FULL,
    Column.PARTIAL,
    Column.OLD_THREE,
    Column.OLD_FOUR,
    Column.TIER,
    Column.AT_PROVINCE,
    Column.AT_DISTRICT,
    Column.AT_COMMUNE,
    Column.MINISTRY,
    Column.STATUS,
)
"""Never a code: two rows with one code are two rows that name it."""
_LEVEL_MARKS: Mapping[Column, OnlineLevel | None] = {
    Column.FULL: OnlineLevel.FULL,
    Column.PARTIAL: OnlineLevel.PARTIAL,
    Column.OLD_THREE: None,
    Column.OLD_FOUR: None,
}
_LEVEL_COLUMNS = frozenset({Column.LEVEL, *_LEVEL_MARKS})
_MARKED_LEVELS = {
    Column.FULL: "Toàn trình",
    Column.PARTIAL: "Một phần",
    Column.OLD_THREE: "Mức độ 3",
    Column.OLD_FOUR: "Mức độ 4",
}
_TIER_MARKS = {
    Column.AT_PROVINCE: ListTier.PROVINCE,
    Column.AT_DISTRICT: ListTier.DISTRICT,
    Column.AT_COMMUNE: ListTier.COMMUNE,
}
_MARKED_TIERS = {ListTier.PROVINCE: "Cấp tỉnh", ListTier.DISTRICT: "Cấp huyện", ListTier.COMMUNE: "Cấp xã"}
_TIERS = {ListTier.PROVINCE: Tier.PROVINCE, ListTier.COMMUNE: Tier.COMMUNE, ListTier.OTHER: Tier.OTHER}


@dataclass(frozen=True, slots=True)
class _TierSaid:
    """`tiers`: None: words that name none, or something else as well."""

    written: str
    tiers: frozenset[ListTier] | None


def filled_in(cells: Cells, above_row: Cells, above: Above) -> dict[Column, str]:
    """The cells with "Như trên" replaced by what stands above, and empty ones by what holds for the section."""
    full = dict(cells)
    for column in _MAY_BE_AS_ABOVE:
        text = full.get(column, "")
        if text and is_same_as_above(text):
            full[column] = above_row.get(column) or text
    if not full.get(Column.FIELD, "").strip():
        full[Column.FIELD] = above.value(Kind.FIELD)
    if Column.AGENCY not in cells:
        # A column that stands empty says that nobody is named; no column says nothing.
        full[Column.AGENCY] = above.value(Kind.AGENCY)
    return full


def listed(spot: Spot, cells: Cells, above: Above, *, wrapped: bool) -> Listed | None:
    """The row; None where it has no code or no name. `cells`: as `filled_in` gives them."""
    written = code_written(cells.get(Column.CODE, ""), wrapped=wrapped)
    service_written = code_written(cells.get(Column.SERVICE_CODE, ""), wrapped=wrapped)
    name = tidy(cells.get(Column.NAME, ""))
    written = written or service_written
    if not name or not any(char.isdigit() or char.isalpha() for char in written):
        return None
    code, service = certain_code(written) or (None, "")
    level, level_written = _level(cells, above)
    tier_said = _tiers(cells)
    tiers = tier_said.tiers or frozenset()
    only = next(iter(tiers)) if len(tiers) == 1 else None
    if not tier_said.written:
        only = above.list_tier
    # Beside one tier of today: whose the districts' part is now, a person says. Beside both there is nothing to say.
    is_of_districts = only is ListTier.DISTRICT or (ListTier.DISTRICT in tiers and len(tiers) == 2)
    return Listed(
        spot=spot,
        code=code,
        code_written=written,
        name=name,
        field=tidy(cells.get(Column.FIELD, "")),
        agencies=agencies(cells.get(Column.AGENCY, ""), wrapped=wrapped),
        level=level,
        level_written=level_written,
        tier=None if only is None else _TIERS.get(only),
        list_tier=ListTier.DISTRICT if is_of_districts else above.list_tier,
        service_code=service_written or service,
        trial=plain(cells[Column.STATUS]) in TRIALS if Column.STATUS in cells else None,
        tier_written=tier_said.written,
        ministry=tidy(cells.get(Column.MINISTRY, "")),
        level_is_blank=not level_written and not _LEVEL_COLUMNS.isdisjoint(cells),
        tier_is_known=tier_said.tiers is not None,
    )


def unread(spot: Spot, cells: tuple[str, ...]) -> Finding:
    """A row that says something, but no code or no name. It can only be left out, or be mended in the file."""
    words = " | ".join(text for cell in cells if (text := tidy(cell)))
    return Finding(f"unreadable:{spot}", FindingKind.UNREADABLE, spot, "", words, "", Answer(Action.LEAVE_OUT))


def _level(cells: Cells, above: Above) -> tuple[OnlineLevel | None, str]:
    """The level and how it is written: in its column, by a mark under a heading, or above the rows."""
    written = tidy(cells.get(Column.LEVEL, ""))
    if written:
        return level_of(written), written
    marks = {column: is_marked(cells[column]) for column in _LEVEL_MARKS if column in cells}
    odd = [f"{_MARKED_LEVELS[column]}: {tidy(cells[column])}" for column, marked in marks.items() if marked is None]
    marked = [column for column, is_so in marks.items() if is_so]
    if odd or len(marked) > 1:
        return None, "; ".join([*(_MARKED_LEVELS[column] for column in marked), *odd])
    if marked:
        return _LEVEL_MARKS[marked[0]], _MARKED_LEVELS[marked[0]]
    if marks or Column.LEVEL in cells:
        return None, ""
    said = above.value(Kind.LEVEL)
    return level_of(said), said


def _tiers(cells: Cells) -> _TierSaid:
    written = "; ".join(tidy(line) for line in cells.get(Column.TIER, "").splitlines() if line.strip())
    if written:
        return _TierSaid(written, tiers_of_cell(cells[Column.TIER]))
    marks = {tier: is_marked(cells[column]) for column, tier in _TIER_MARKS.items() if column in cells}
    found = frozenset(tier for tier, marked in marks.items() if marked)
    return _TierSaid("; ".join(_MARKED_TIERS[tier] for tier in marks if tier in found), found)
