"""What is found in lists: each kind, on rows of the second province's list made other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.catalog.imports.findings import open_findings
from bot.catalog.imports.model import Action, Answer, Column, Finding, FindingKind, Listed, ListTier, Reading, Spot
from bot.catalog.imports.spelling import is_spelling
from bot.catalog.model import Catalogue, OnlineLevel, Tier
from tests.unit.catalog.imports.made_lists import FILE, SHEET, accepted, find, list_of, reading, row, use

FULL, PARTIAL = OnlineLevel.FULL, OnlineLevel.PARTIAL
WARD, COMMUNE = "Ủy ban nhân dân phường Bình Mẫu", "Ủy ban nhân dân xã An Mẫu"
BIRTH, COPY, LAND = "1.900001", "1.900002", "1.900003"
BIRTH_NAME = "Đăng ký khai sinh"
ASK, LEAVE_OUT, KEEP = Answer(Action.ASK), Answer(Action.LEAVE_OUT), Answer(Action.KEEP)


def told(findings: tuple[Finding, ...]) -> list[Finding]:
    """Without their ids."""
    return [replace(finding, id="") for finding in findings]


def only(
    kind: FindingKind, code: str, written: str, known: str, proposal: Answer, *choices: Answer, number: int | None = 3
) -> list[Finding]:
    spot = None if number is None else Spot(FILE, SHEET, number)
    return [Finding("", kind, spot, code, written, known, proposal, choices)]


def found(catalogue: Catalogue, *rows: Listed, **more: bool) -> list[Finding]:
    return told(find(catalogue, reading(*rows), more.get("whole", False)))


def birth(*agencies: str, number: int = 3) -> Listed:
    return row(BIRTH, BIRTH_NAME, *(agencies or (WARD, COMMUNE)), number=number)


def test_a_list_that_says_what_the_catalogue_says_needs_nobody(second: Catalogue) -> None:
    assert find(second, reading(*list_of(second)), whole=True) == ()


def test_what_is_clean_needs_nobody(second: Catalogue) -> None:
    new = row("1.900009", "Cấp lại thẻ", "Sở Nông nghiệp và Môi trường", field="Đất đai")
    better = row(LAND, "Tách thửa hoặc hợp thửa đất", "H99.05", number=4)
    moved = birth("xã An Mẫu", "UBND phường Bình Mẫu", "UBND cấp xã", number=5)
    assert found(second, new, better, moved) == []


def test_a_row_that_could_not_be_read_is_passed_on(second: Catalogue) -> None:
    unread = Finding("x", FindingKind.UNREADABLE, Spot(FILE, SHEET, 9), "", "Cấp lại", "", LEAVE_OUT)
    read = replace(reading(birth()), unread=(unread,))
    (finding,) = find(second, read, whole=False)
    assert finding == replace(unread, id=finding.id)
    # However far down it stands, it is the same row.
    lower = replace(read, unread=(replace(unread, id="y", spot=Spot(FILE, SHEET, 19)),))
    assert find(second, lower, whole=False) == (replace(lower.unread[0], id=finding.id),)
    assert open_findings((finding,), {}) == (finding,)
    assert open_findings((finding,), {finding.id: ASK}) == (finding,)
    assert open_findings((finding,), {finding.id: LEAVE_OUT}) == ()


def test_a_code_in_a_row_that_could_not_be_read_is_not_gone(second: Catalogue) -> None:
    listed = [one for one in list_of(second) if one.code != BIRTH]
    without = reading(*listed)
    assert [f.code for f in find(second, without, whole=True) if f.kind is FindingKind.REMOVED] == [BIRTH]
    words = f"7 | {BIRTH} | Hộ tịch | Toàn trình"
    unread = Finding("x", FindingKind.UNREADABLE, Spot(FILE, SHEET, 9), "", words, "", LEAVE_OUT)
    assert [f.kind for f in find(second, replace(without, unread=(unread,)), whole=True)] == [FindingKind.UNREADABLE]


def test_a_new_code_without_a_name_is_unreadable(second: Catalogue) -> None:
    assert found(second, row("1.900009", "", WARD)) == only(
        FindingKind.UNREADABLE, "1.900009", "1.900009", "", LEAVE_OUT
    )


@pytest.mark.parametrize(
    ("written", "code", "proposal", "known"),
    [
        ("1900001", BIRTH, use(BIRTH), "Thủ tục đăng ký khai sinh"),
        ("1.900001.000.00.00.H99", BIRTH, use(BIRTH), "Thủ tục đăng ký khai sinh"),
        # A digit too many, and the name proves which.
        ("1.9000001", "", use(BIRTH), "Thủ tục đăng ký khai sinh"),
    ],
)
def test_a_code_that_something_proves_is_proposed(
    second: Catalogue, written: str, code: str, proposal: Answer, known: str
) -> None:
    (finding,) = found(second, row(code, BIRTH_NAME, WARD, written=written))
    assert (finding.kind, finding.written, finding.known, finding.proposal) == (
        FindingKind.CODE_FORM,
        written,
        known,
        proposal,
    )
    assert finding.choices[-1] == LEAVE_OUT


def test_a_code_that_nothing_proves_is_asked(second: Catalogue) -> None:
    assert found(second, row("", "Cấp thẻ", WARD, written="1014217")) == only(
        FindingKind.CODE_FORM, "", "1014217", "", ASK, use("1.014217"), LEAVE_OUT
    )
    # Another row that has it proves it.
    rows = (row("", "Cấp thẻ", WARD, written="1014217"), row("1.014217", "Cấp thẻ", COMMUNE, field="Hộ tịch", number=4))
    assert found(second, *rows) == only(FindingKind.CODE_FORM, "", "1014217", "", use("1.014217"), LEAVE_OUT)


def test_a_slip_with_another_name_is_asked_and_never_proposed(second: Catalogue) -> None:
    (finding,) = found(second, row("", "Cấp thẻ", WARD, written="1.9000001"))
    assert (finding.proposal, use(BIRTH) in finding.choices) == (ASK, True)


def test_an_internal_code_is_left_out(second: Catalogue) -> None:
    assert found(second, row("5.001234", "Việc nội bộ", WARD)) == only(
        FindingKind.INTERNAL_CODE, "5.001234", "Việc nội bộ", "", LEAVE_OUT
    )


def test_one_code_with_two_names(second: Catalogue) -> None:
    rows = (row(BIRTH, "Khai tử", WARD), row(BIRTH, BIRTH_NAME, COMMUNE, number=4))
    assert found(second, *rows) == only(
        FindingKind.TWO_NAMES, BIRTH, "Khai tử", BIRTH_NAME, use(BIRTH_NAME), use("Khai tử"), LEAVE_OUT
    )


def test_the_name_that_is_chosen_of_two_is_a_new_name(second: Catalogue) -> None:
    rows = (row(BIRTH, "Khai tử", WARD), row(BIRTH, BIRTH_NAME, COMMUNE, number=4))
    (two,) = find(second, reading(*rows), whole=False)
    after = find(second, reading(*rows), whole=False, answers={two.id: use("Khai tử")})
    assert [f.kind for f in after] == [FindingKind.TWO_NAMES, FindingKind.RENAMED]
    assert after[0] == two


@pytest.mark.parametrize(
    ("name", "spelling"), [("Đăng ký việc sinh", False), ("Đăng kí khai sinh", False), ("Đăng Ký khai-sinh", True)]
)
def test_a_name_that_changed_is_told_also_when_only_its_spelling_did(
    second: Catalogue, name: str, spelling: bool
) -> None:
    findings = found(second, row(BIRTH, name, WARD))
    assert findings == only(FindingKind.RENAMED, BIRTH, name, "Thủ tục đăng ký khai sinh", use(name), KEEP)
    assert is_spelling(name, BIRTH_NAME) is spelling


@pytest.mark.parametrize("name", [" Đăng ký  khai sinh ", "Đăng ký khai sinh", "Thủ tục đăng ký khai sinh."])
def test_blanks_composition_and_slips_are_no_other_name(second: Catalogue, name: str) -> None:
    assert found(second, row(BIRTH, name, WARD)) == []


def test_a_row_that_comes_again(second: Catalogue) -> None:
    assert found(second, birth(), birth(number=4)) == only(
        FindingKind.DUPLICATE, BIRTH, BIRTH_NAME, f"{FILE}:{SHEET}:3", LEAVE_OUT, number=4
    )


def test_rows_that_contradict_each_other_are_asked_once(second: Catalogue) -> None:
    rows = (birth(), row(BIRTH, BIRTH_NAME, WARD, COMMUNE, level=PARTIAL, number=4))
    assert found(second, *rows) == only(
        *(FindingKind.DUPLICATE, BIRTH, "partial", f"full {FILE}:{SHEET}:3", ASK),
        *(use("partial"), use("full")),
        number=4,
    )


def test_a_level_that_gets_worse(second: Catalogue) -> None:
    assert found(second, row(BIRTH, BIRTH_NAME, COMMUNE, level=PARTIAL)) == only(
        FindingKind.LEVEL_WORSE, BIRTH, "partial", "full H99.101", use("partial"), KEEP
    )


@pytest.mark.parametrize("written", ["Mức độ 3", "4", "mức 4", "MỨC ĐỘ 4 (toàn trình)"])
def test_an_old_level_is_never_converted(second: Catalogue, written: str) -> None:
    assert found(second, row(LAND, "Tách thửa hoặc hợp thửa đất", "H99.05", level=None, level_written=written)) == only(
        FindingKind.OLD_LEVEL, LAND, written, "", ASK, use("full"), use("partial"), KEEP, LEAVE_OUT
    )


def test_words_that_are_no_level_are_asked_once(second: Catalogue) -> None:
    rows = (
        row(LAND, "Tách thửa hoặc hợp thửa đất", "H99.05", level=None, level_written="Có"),
        row(BIRTH, BIRTH_NAME, WARD, level=None, level_written="Có", number=4),
    )
    choices = (use("full"), use("partial"), use("information"), KEEP, LEAVE_OUT)
    assert found(second, *rows) == only(FindingKind.LEVEL_UNKNOWN, "", "Có", "", ASK, *choices)


@pytest.mark.parametrize(
    ("written", "known", "proposal", "choices"),
    [
        ("Sở Tài nguyên và Môi trường", "Sở Nông nghiệp và Môi trường", use("H99.05"), (LEAVE_OUT,)),
        ("Sở Nông nghiệp & Môi trường", "Sở Nông nghiệp và Môi trường", use("H99.05"), (LEAVE_OUT,)),
        ("Phường Đông Mẫu", WARD, use("H99.100"), (LEAVE_OUT,)),
        # It was split: nothing but a person can say which part is meant.
        ("Xã Tây Mẫu", "", ASK, (use("H99.100"), use("H99.101"), LEAVE_OUT)),
        ("Kho bạc", "", ASK, (LEAVE_OUT,)),
        ("Ủy ban nhân dân phường Đông Mầu", WARD, use("H99.100"), (LEAVE_OUT,)),
        # Most letters are those of "Ủy ban nhân dân"; the name is another.
        ("Ủy ban nhân dân phường Đồng Môn", "", ASK, (use("H99.100"), LEAVE_OUT)),
    ],
)
def test_an_agency_that_is_not_known_is_asked_once(
    second: Catalogue, written: str, known: str, proposal: Answer, choices: tuple[Answer, ...]
) -> None:
    rows = (
        row(LAND, "Tách thửa hoặc hợp thửa đất", written, level=PARTIAL),
        row(BIRTH, BIRTH_NAME, WARD, written, number=4),
    )
    assert found(second, *rows) == only(FindingKind.AGENCY_UNKNOWN, "", written, known, proposal, *choices)


def test_a_new_service_without_an_agency_is_asked(second: Catalogue) -> None:
    new = row("1.900009", "Cấp lại thẻ", field="Hộ tịch")
    assert found(second, new) == only(FindingKind.AGENCY_UNKNOWN, "1.900009", "", "Cấp lại thẻ", ASK, LEAVE_OUT)
    assert found(second, replace(new, tier=Tier.COMMUNE)) == []


@pytest.mark.parametrize(
    ("written", "known", "proposal", "choices"),
    [
        ("Đất dai", "", use("dat-dai"), (use("Đất dai"), KEEP)),
        ("Chăn nuôi", "", ASK, (use("Chăn nuôi"), KEEP)),
        ("Đất đồi", "", ASK, (use("dat-dai"), use("Đất đồi"), KEEP)),
    ],
)
def test_a_field_that_is_not_known(
    second: Catalogue, written: str, known: str, proposal: Answer, choices: tuple[Answer, ...]
) -> None:
    known = "Đất đai" if proposal.value else known
    assert found(second, row(BIRTH, BIRTH_NAME, WARD, field=written)) == only(
        FindingKind.FIELD_UNKNOWN, "", written, known, proposal, *choices
    )


@pytest.mark.parametrize("written", ["HỘ TỊCH", "II. Lĩnh vực Hộ tịch", "ho-tich"])
def test_a_field_is_known_however_it_is_headed(second: Catalogue, written: str) -> None:
    assert found(second, row(BIRTH, BIRTH_NAME, WARD, field=written)) == []


def test_a_new_procedure_without_a_field_is_asked(second: Catalogue) -> None:
    assert found(second, row("1.900009", "Cấp lại thẻ", WARD)) == only(
        FindingKind.FIELD_UNKNOWN, "1.900009", "", "Cấp lại thẻ", ASK
    )


def test_each_row_of_a_former_districts_list_is_asked(second: Catalogue) -> None:
    rows = tuple(replace(birth(number=n), list_tier=ListTier.DISTRICT, agencies=()) for n in (3, 4))
    choices = (use("T"), use("X"), LEAVE_OUT)
    assert found(second, *rows) == [
        *only(FindingKind.DISTRICT, BIRTH, BIRTH_NAME, "", ASK, *choices),
        *only(FindingKind.DISTRICT, BIRTH, BIRTH_NAME, "", ASK, *choices, number=4),
    ]


def test_what_a_whole_list_lacks_is_removed(second: Catalogue) -> None:
    rows = [one for one in list_of(second) if one.code != LAND]
    removed = only(
        *(FindingKind.REMOVED, LAND, "T", "Tách thửa hoặc hợp thửa đất", Answer(Action.REMOVE), KEEP), number=None
    )
    assert found(second, *rows, whole=True) == removed
    assert found(second, *rows) == []


def test_a_successor_of_the_same_name_is_proposed(second: Catalogue) -> None:
    rows = [one for one in list_of(second) if one.code != LAND]
    new = row("1.900009", "Tách thửa, hoặc hợp thửa đất", "H99.05", field="Đất đai", number=9)
    assert found(second, *rows, new, whole=True) == only(
        *(FindingKind.REMOVED, LAND, "T", "Tách thửa hoặc hợp thửa đất"),
        *(Answer(Action.REMOVE, "1.900009"), Answer(Action.REMOVE), KEEP),
        number=None,
    )


@pytest.mark.parametrize(
    ("tier", "removed"),
    [
        (ListTier.PROVINCE, [(COPY, "T"), (LAND, "T")]),
        (ListTier.COMMUNE, [(BIRTH, "X"), (COPY, "X")]),
        (ListTier.DISTRICT, []),
        (ListTier.UNKNOWN, [(BIRTH, "X"), (COPY, "TX"), (LAND, "T")]),
    ],
)
def test_the_list_of_one_tier_removes_nothing_of_the_other(
    second: Catalogue, tier: ListTier, removed: list[tuple[str, str]]
) -> None:
    empty = Reading(reading(tier=tier).parts, ())
    assert [(f.code, f.written) for f in find(second, empty, whole=True)] == removed


def test_what_is_trial_stays_so_where_the_list_has_no_column_for_it(second: Catalogue) -> None:
    rows = [replace(one, trial=False) for one in list_of(second)]
    assert find(second, reading(*rows, columns={Column.CODE: "Mã"}), whole=True) == ()


def test_ids_do_not_hang_on_rows(second: Catalogue) -> None:
    rows = (birth(), birth(number=4), row(LAND, "Khác", "Kho bạc", level=PARTIAL, number=5))
    later = tuple(replace(one, spot=replace(one.spot, row=one.spot.row + 7)) for one in rows)
    ids = [finding.id for finding in find(second, reading(*rows), whole=True)]
    assert [finding.id for finding in find(second, reading(*later), whole=True)] == ids
    assert len(set(ids)) == len(ids)


def test_proposals_that_are_accepted_bring_up_nothing_new(second: Catalogue) -> None:
    rows = (row(BIRTH, "Khai sinh", WARD, written="1900001", level=PARTIAL), birth(number=4))
    findings = find(second, reading(*rows), whole=True)
    answers = accepted(findings)
    again = find(second, reading(*rows), whole=True, answers=answers)
    assert (again, [f.kind for f in open_findings(again, answers)]) == (findings, [FindingKind.DUPLICATE])


@pytest.mark.parametrize("written", ["UBND huyện An Mẫu", "Ủy ban nhân dân cấp huyện", "UBND thị xã Bình Mẫu"])
def test_a_body_of_former_districts_is_never_proposed_to_be_a_commune(second: Catalogue, written: str) -> None:
    (finding,) = found(second, row(LAND, "Tách thửa hoặc hợp thửa đất", written, level=PARTIAL))
    assert (finding.kind, finding.proposal, finding.known) == (FindingKind.AGENCY_UNKNOWN, ASK, "")


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("Sở Nông nghiệp và Môi trường, UBND cấp xã", "H99.05 H99.100-H99.101"),
        ("UBND xã An Mẫu/UBND tỉnh", "H99.101 H99"),
        ("UBND tỉnh và UBND xã An Mẫu", "H99 H99.101"),
    ],
)
def test_bodies_on_one_line_are_proposed_together(second: Catalogue, written: str, codes: str) -> None:
    (finding,) = found(second, row(LAND, "Tách thửa hoặc hợp thửa đất", written, level=PARTIAL))
    assert (finding.written, finding.proposal, finding.choices) == (written, use(codes), (LEAVE_OUT,))


def test_the_provinces_committee_needs_no_name(second: Catalogue) -> None:
    assert found(second, row(LAND, "Tách thửa hoặc hợp thửa đất", "UBND tỉnh", level=PARTIAL)) == []


@pytest.mark.parametrize("written", ["DVC mức độ 4", "Mức độ IV", "Toàn trình (mức độ 4)", "DVCTT mức 3"])
def test_an_old_level_is_known_by_its_word_wherever_it_stands(second: Catalogue, written: str) -> None:
    (finding,) = found(second, row(LAND, "Tách thửa hoặc hợp thửa đất", "H99.05", level=None, level_written=written))
    assert (finding.kind, finding.written) == (FindingKind.OLD_LEVEL, written)


def blank(code: str, name: str, agency: str, number: int = 3) -> Listed:
    return replace(row(code, name, agency, level=None, number=number), level_is_blank=True)


def test_a_level_that_the_list_leaves_open_is_asked_where_the_catalogue_has_one(second: Catalogue) -> None:
    new = replace(blank("1.900009", "Cấp lại thẻ", "H99"), field="Hộ tịch")
    assert found(second, blank(LAND, "Tách thửa hoặc hợp thửa đất", "H99.05"), new) == only(
        *(FindingKind.LEVEL_BLANK, LAND, "Tách thửa hoặc hợp thửa đất", "partial"),
        *(KEEP, Answer(Action.REMOVE), use("full"), use("partial"), LEAVE_OUT),
    )


def test_words_that_are_no_tier_are_asked_once_where_no_agency_is_named(second: Catalogue) -> None:
    rows = (
        replace(row(BIRTH, BIRTH_NAME, level=PARTIAL), tier_written="Cấp Bộ", tier_is_known=False),
        replace(row(LAND, "Tách thửa hoặc hợp thửa đất", number=4), tier_written="Cấp Bộ", tier_is_known=False),
        replace(row(BIRTH, BIRTH_NAME, WARD, number=5), tier_written="Cấp Bộ", tier_is_known=False),
    )
    assert found(second, *rows) == only(FindingKind.TIER_UNKNOWN, "", "Cấp Bộ", "", ASK, use("T"), use("X"), LEAVE_OUT)


@pytest.mark.parametrize("written", [f"{BIRTH}\n{LAND}", f"{BIRTH}; {LAND}", f"{BIRTH} và {LAND}"])
def test_two_codes_in_one_cell_are_both_in_the_list(second: Catalogue, written: str) -> None:
    rest = [one for one in list_of(second) if one.code not in (BIRTH, LAND)]
    two = row("", BIRTH_NAME, "H99.100", written=written, number=90)
    read = reading(two, *rest)
    (finding,) = find(second, read, whole=True)
    assert (finding.kind, finding.proposal) == (FindingKind.CODE_FORM, ASK)
    assert finding.choices == (use(f"{BIRTH} {LAND}"), use(BIRTH), use(LAND), LEAVE_OUT)
    # Whoever takes one of them has not said that the other is gone.
    for answer in (use(BIRTH), LEAVE_OUT):
        after = find(second, read, True, {finding.id: answer})
        assert [one.code for one in after if one.kind is FindingKind.REMOVED] == []
    both = find(second, read, True, {finding.id: finding.choices[0]})
    assert [(one.kind, one.code) for one in both if one.kind is FindingKind.RENAMED] == [(FindingKind.RENAMED, LAND)]


def test_a_list_of_other_bodies_takes_nothing_from_communes(second: Catalogue) -> None:
    own = row("1.900009", "Cấp thẻ", "H99", field="Hộ tịch")
    assert find(second, reading(own, tier=ListTier.OTHER), whole=True) == ()


def test_a_row_that_is_struck_through_is_left_out_unless_a_person_takes_it(second: Catalogue) -> None:
    rest = [one for one in list_of(second) if one.code != LAND]
    struck = [replace(one, is_struck=True) for one in list_of(second) if one.code == LAND]
    read = reading(*struck, *rest)
    first, gone = find(second, read, whole=True)
    assert (first.kind, first.code, first.proposal) == (FindingKind.STRUCK, LAND, LEAVE_OUT)
    assert (first.choices, gone.kind, gone.code) == ((use(LAND),), FindingKind.REMOVED, LAND)
    assert find(second, read, True, {first.id: use(LAND)}) == (first,)
