"""From findings and answers to new files: what changes, what stays byte for byte, and that it can be served."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.catalog.comparing import compare
from bot.catalog.folder import Contents
from bot.catalog.imports.findings import NO_ANSWERS, examine
from bot.catalog.imports.listing import Answers
from bot.catalog.imports.model import Action, Answer, Finding, Listed, ListTier, Reading
from bot.catalog.imports.settle import Issue, Settled, settle
from bot.catalog.load import check_contents, load_catalogue, read_catalogue
from bot.catalog.model import OnlineLevel, Removal, Tier
from bot.catalog.schema import ADDED_LATER
from tests.unit.catalog.imports.made_lists import (
    ISSUE,
    SECOND_PROVINCE,
    accepted,
    contents_of,
    find,
    list_of,
    reading,
    row,
    use,
)

FULL, PARTIAL = OnlineLevel.FULL, OnlineLevel.PARTIAL
BIRTH, COPY, LAND, OLD, STAY = "1.900001", "1.900002", "1.900003", "1.900004", "1.900005"
BIRTH_NAME, LAND_NAME = "Đăng ký khai sinh", "Tách thửa hoặc hợp thửa đất"
COPY_NAME = "Cấp bản sao trích lục hộ tịch đã lâu"
CONTENTS = contents_of()
SECOND = load_catalogue(SECOND_PROVINCE)
NEW = "1.900009"


def settled(*rows: Listed, whole: bool = False, more: Answers = NO_ANSWERS, contents: Contents = CONTENTS) -> Settled:
    """With every proposal accepted, and `more`."""
    catalogue, read = read_catalogue(contents), reading(*rows)
    answers = {**accepted(find(catalogue, read, whole, more)), **more}
    return settle(contents, catalogue, examine(catalogue, read, whole, answers), answers, ISSUE)


def changed(before: Contents, after: Contents) -> dict[str, tuple[list[str], list[str]]]:
    """By path, the lines that are gone and those that came."""
    found = {}
    for path in sorted(before.keys() | after.keys()):
        old, new = (side.get(path, b"").decode().splitlines() for side in (before, after))
        if old != new:
            found[path] = ([line for line in old if line not in new], [line for line in new if line not in old])
    return found


SOURCES: tuple[list[str], list[str]] = (
    [],
    [
        'path = "services.csv"',
        'title = "Online services and their levels"',
        'origin = "Danh mục do tỉnh công bố (12/QĐ-UBND)"',
        "as_of = 2026-12-01",
    ],
)


def without_days(found: dict[str, tuple[list[str], list[str]]]) -> dict[str, tuple[list[str], list[str]]]:
    """Without sources.toml, and procedures that are only of a later day."""
    return {path: lines for path, lines in found.items() if path not in ("sources.toml", "procedures.csv")}


def test_the_catalogues_own_list_changes_nothing_but_the_day() -> None:
    after = settled(*list_of(SECOND), whole=True)
    assert after.open == ()
    found = changed(CONTENTS, after.contents)
    assert found.pop("sources.toml") == SOURCES
    assert found.keys() == {"procedures.csv"}
    for old, new in zip(*found["procedures.csv"], strict=True):
        assert new in {old.replace("2026-10-03", "2026-12-01"), old.replace("2026-06-10,,yes", "2026-12-01,,")}
    assert read_catalogue(after.contents).as_of == date(2026, 12, 1)
    assert compare(SECOND, read_catalogue(after.contents)).is_empty


def test_sources_are_written_once_and_in_their_place() -> None:
    once = settled(*list_of(SECOND), whole=True).contents
    twice = settled(*list_of(SECOND), whole=True, contents=once).contents
    assert twice == once


def test_a_better_level_is_split_off_its_group() -> None:
    rows = (row(COPY, COPY_NAME, "H99.101", service="1.900002.02", trial=True),)
    assert without_days(changed(CONTENTS, settled(*rows).contents)) == {
        "services.csv": (
            [f"{COPY}.02,{COPY},{COPY_NAME},H99.100 H99.101,partial,trial,local,dvc.mau.example.vn"],
            [
                f"{COPY}.02,{COPY},{COPY_NAME},H99.100,partial,trial,local,dvc.mau.example.vn",
                f"{COPY}.02,{COPY},{COPY_NAME},H99.101,full,trial,local,dvc.mau.example.vn",
            ],
        )
    }


def test_a_worse_level_is_kept_where_a_person_says_so() -> None:
    rows = (row(BIRTH, BIRTH_NAME, "H99.100", "H99.101", level=PARTIAL),)
    (worse,) = find(SECOND, reading(*rows), whole=False)
    assert without_days(changed(CONTENTS, settled(*rows, more={worse.id: Answer(Action.KEEP)}).contents)) == {}
    line = "1.900001.01,1.900001,Đăng ký khai sinh,H99.100-H99.101,full,official,ministry,dvc.mau.example.vn/nop"
    assert without_days(changed(CONTENTS, settled(*rows).contents)) == {
        "services.csv": ([line], [line.replace("full", "partial")])
    }


def test_a_new_procedure_of_a_new_field() -> None:
    rows = (row(NEW, "Cấp  thẻ chăn nuôi", "H99.05", "UBND cấp xã", field="Chăn nuôi", level=PARTIAL),)
    (field,) = find(SECOND, reading(*rows), whole=False)
    after = settled(*rows, more={field.id: use("Chăn nuôi")})
    assert (after.open, check_contents(after.contents)) == ((), ())
    assert changed(CONTENTS, after.contents) == {
        "fields.csv": ([], ["chan-nuoi,Chăn nuôi,,yes"]),
        "procedures.csv": ([], [f"{NEW},Cấp thẻ chăn nuôi,chan-nuoi,official,TX,,,,,2026-12-01,,"]),
        "services.csv": (
            [],
            [
                f"{NEW}.01,{NEW},Cấp thẻ chăn nuôi,H99.05 H99.100-H99.101,partial,official,national,portal.example.vn",
            ],
        ),
        "sources.toml": SOURCES,
    }


def test_a_renamed_procedure_and_its_services() -> None:
    rows = (row(LAND, "Tách, hợp thửa đất", "H99.05", level=PARTIAL, field="Hộ tịch"),)
    found = changed(CONTENTS, settled(*rows).contents)
    assert found["services.csv"][1] == [
        '1.900003.01,1.900003,"Tách, hợp thửa đất",H99.05,partial,official,ministry,land.portal.example.vn/nop'
    ]
    (line,) = found["procedures.csv"][1]
    assert line == (
        '1.900003,"Tách, hợp thửa đất",ho-tich,official,T,Bộ Nông nghiệp và Môi trường,CB,no,'
        "00000000-0000-4000-8000-000000000003,2026-12-01,,"
    )


def test_a_name_that_is_kept_stays() -> None:
    rows = (row(LAND, "Tách, hợp thửa đất", "H99.05", level=PARTIAL),)
    (renamed,) = find(SECOND, reading(*rows), whole=False)
    assert without_days(changed(CONTENTS, settled(*rows, more={renamed.id: Answer(Action.KEEP)}).contents)) == {}


def test_a_service_that_a_list_leaves_without_a_level_stays_or_is_online_no_longer() -> None:
    blank = replace(row(LAND, LAND_NAME, "H99.05", level=None), level_is_blank=True)
    (finding,) = find(SECOND, reading(blank), whole=False)
    assert without_days(changed(CONTENTS, settled(blank).contents)) == {}
    after = settled(blank, more={finding.id: Answer(Action.REMOVE)}).contents
    assert without_days(changed(CONTENTS, after)) == {
        "services.csv": ([line for line in CONTENTS["services.csv"].decode().splitlines() if LAND in line], [])
    }
    assert LAND in read_catalogue(after).procedures
    # The card names the national record now, and that is of the day that it was.
    assert read_catalogue(after).procedures[LAND].as_of == SECOND.procedures[LAND].as_of


def test_what_is_removed_stays_known() -> None:
    rows = [one for one in list_of(SECOND) if one.code != LAND]
    after = settled(*rows, whole=True).contents
    assert (check_contents(after), changed(CONTENTS, after)["removed.csv"]) == (
        (),
        ([], [f"{LAND},2026-12-15,12/QĐ-UBND"]),
    )
    catalogue = read_catalogue(after)
    assert catalogue.procedures[LAND].removal == Removal(date(2026, 12, 15), "12/QĐ-UBND")
    assert LAND not in catalogue.services
    # It comes back with the next list.
    back = settled(*list_of(SECOND), row(LAND, LAND_NAME, "H99.05", level=PARTIAL), whole=True, contents=after)
    assert compare(SECOND, read_catalogue(back.contents)).is_empty


def test_a_catalogue_of_an_older_release_gets_its_new_files_with_the_first_row_of_them() -> None:
    older = {path: content for path, content in CONTENTS.items() if path not in ADDED_LATER}
    own = list_of(SECOND)
    rest = [one for one in own if one.code != LAND]

    assert settled(*own, whole=True, contents=older).contents.keys() == older.keys()
    after = settled(*rest, whole=True, contents=older).contents
    assert after == settled(*rest, whole=True).contents
    assert check_contents(after) == ()


def test_what_is_removed_greets_nobody_any_more() -> None:
    rows = [one for one in list_of(SECOND) if one.code != BIRTH]
    read = reading(*rows)
    answers = accepted(find(SECOND, read, whole=True))
    after = settle(CONTENTS, SECOND, examine(SECOND, read, True, answers), answers, ISSUE).contents
    found = changed(CONTENTS, after)
    assert (check_contents(after), found["most_used.csv"], found["next_steps.csv"], found["most_needed.csv"]) == (
        (),
        (["1.900001,Khai sinh,Birth"], []),
        (["1.900001,1.900005"], []),
        (["having-a-child,1.900001"], []),
    )


def test_words_are_carried_over_to_what_took_the_place() -> None:
    rows = [one for one in list_of(SECOND) if one.code != BIRTH]
    new = row(NEW, "Đăng ký khai sinh", "H99.100", "H99.101", field="Hộ tịch", number=9)
    topics = CONTENTS["help_topics.toml"].replace(b'links = ["portal"]', b'links = ["portal", "1.900001"]')
    contents = {**CONTENTS, "help_topics.toml": topics}
    after = settled(*rows, new, whole=True, contents=contents).contents
    assert check_contents(after) == ()
    found = changed(contents, after)
    assert {path: lines for path, (_, lines) in found.items()} == {
        "english/procedures.csv": [
            f"{NEW},Birth registration,Birth: first registration,For a child who has no birth certificate yet."
        ],
        "help_topics.toml": [f'links = ["portal", "{NEW}"]'],
        "labels.csv": [f"{NEW},Đăng ký khai sinh,Khai sinh: lần đầu,Khi trẻ chưa có giấy khai sinh."],
        "lexicon/aliases/ho-tich.csv": [f"con mới sinh,{NEW}", f"giấy khai sinh,{NEW}; 1.900002"],
        "most_needed.csv": [f"having-a-child,{NEW}"],
        "most_used.csv": [f"{NEW},Khai sinh,Birth"],
        "next_steps.csv": [f"{NEW},1.900005"],
        **{path: found[path][1] for path in ("procedures.csv", "removed.csv", "services.csv", "sources.toml")},
    }
    catalogue = read_catalogue(after)
    assert catalogue.procedures[BIRTH].superseded_by == NEW


def test_words_of_the_successors_own_stay() -> None:
    rows = [one for one in list_of(SECOND) if one.code != BIRTH]
    (removed,) = find(SECOND, reading(*rows), whole=True)
    after = settled(*rows, whole=True, more={removed.id: Answer(Action.REMOVE, COPY)}).contents
    found = changed(CONTENTS, after)
    assert check_contents(after) == ()
    assert (found["labels.csv"][1], found["most_needed.csv"][1]) == ([], [])
    assert found["lexicon/aliases/ho-tich.csv"][1] == ["con mới sinh,1.900002", "giấy khai sinh,1.900002"]


@pytest.mark.parametrize("successor", [LAND, "1.999999"])
def test_a_successor_that_leads_nowhere_is_none(successor: str) -> None:
    rows = [one for one in list_of(SECOND) if one.code != LAND]
    (removed,) = find(SECOND, reading(*rows), whole=True)
    after = settled(*rows, whole=True, more={removed.id: Answer(Action.REMOVE, successor)}).contents
    assert (check_contents(after), read_catalogue(after).procedures[LAND].superseded_by) == ((), None)


def test_the_list_of_one_tier_takes_only_its_agencies() -> None:
    read = Reading(reading(tier=ListTier.COMMUNE).parts, (row(BIRTH, BIRTH_NAME, "H99.100", "H99.101"),))
    answers = accepted(find(SECOND, read, whole=True))
    after = read_catalogue(settle(CONTENTS, SECOND, examine(SECOND, read, True, answers), answers, ISSUE).contents)
    assert [service.agencies for service in after.services[COPY]] == [("H99",)]
    assert (after.procedures[COPY].removal, after.services[LAND]) == (None, SECOND.services[LAND])


def test_what_is_not_whole_takes_nothing_away() -> None:
    after = read_catalogue(settled(row(BIRTH, BIRTH_NAME, "H99.100")).contents)
    assert compare(SECOND, after).is_empty
    whole = read_catalogue(settled(row(BIRTH, BIRTH_NAME, "H99.100"), whole=True).contents)
    assert [service.agencies for service in whole.services[BIRTH]] == [("H99.100",)]


def test_a_row_that_names_no_service_speaks_of_all_at_its_agencies() -> None:
    """One of them is full and the other partial there: which is meant, nobody can tell, and both stay."""
    after = read_catalogue(settled(row(COPY, COPY_NAME, "H99", "H99.100"), whole=True).contents)
    assert [(s.service_code, s.agencies, s.level) for s in after.services[COPY]] == [
        (f"{COPY}.01", ("H99", "H99.100"), FULL),
        (f"{COPY}.02", ("H99.100",), PARTIAL),
    ]


def test_a_code_that_was_replaced_and_stands_in_the_list_is_in_force() -> None:
    after = settled(row(OLD, "Đăng ký tạm trú", "H99.100"))
    assert (check_contents(after.contents), read_catalogue(after.contents).procedures[OLD].superseded_by) == ((), None)


def test_labels_that_a_new_field_brings_together_are_set_apart() -> None:
    labels = CONTENTS["labels.csv"].decode() + "1.900003,,Khai sinh: lần hai,\n"
    contents = {**CONTENTS, "labels.csv": labels.encode()}
    assert check_contents(contents) == ()
    after = settled(row(LAND, LAND_NAME, "H99.05", level=PARTIAL, field="Hộ tịch"), contents=contents).contents
    assert (check_contents(after), changed(contents, after)["labels.csv"]) == (
        (),
        (["1.900003,,Khai sinh: lần hai,"], ["1.900003,,,"]),
    )


def test_open_findings_are_told_and_stand_as_proposed() -> None:
    rows = (row(BIRTH, BIRTH_NAME, "Kho bạc"), row(LAND, "Tách thửa", "H99.05", level=PARTIAL, number=4))
    after = settle(CONTENTS, SECOND, examine(SECOND, reading(*rows), False, NO_ANSWERS), NO_ANSWERS, ISSUE)
    assert [(finding.code, finding.written) for finding in after.open] == [("", "Kho bạc"), (LAND, "Tách thửa")]
    assert read_catalogue(after.contents).procedures[LAND].name == "Tách thửa"


NAMES = (BIRTH_NAME, "Đăng ký khai sinh lại", "KHAI TỬ", "Cấp thẻ", "Cấp, đổi thẻ.", "")
CODES = (BIRTH, COPY, LAND, OLD, STAY, NEW, "1.900010", "5.000001")
WRITTEN = ("1900001", "1.9000001", "1014217", "abc", "1.900001.H99")
AGENCIES = ("H99.100", "H99", "Phường Bình Mẫu", "UBND cấp xã", "Sở Tài nguyên và Môi trường", "Xã Tây Mẫu", "Kho bạc")
FIELDS = ("", "Hộ tịch", "Đất dai", "Cư trú", "Chăn nuôi")


@st.composite
def listed(draw: st.DrawFn) -> Listed:
    written = draw(st.none() | st.sampled_from(WRITTEN))
    level = draw(st.sampled_from([None, FULL, PARTIAL, OnlineLevel.INFORMATION]))
    code = "" if written else draw(st.sampled_from(CODES))
    return row(
        code,
        draw(st.sampled_from(NAMES)),
        *draw(st.lists(st.sampled_from(AGENCIES), max_size=3, unique=True)),
        level=level,
        written=written or code,
        field=draw(st.sampled_from(FIELDS)),
        level_written="" if level else draw(st.sampled_from(["", "Mức độ 4", "Có"])),
        tier=draw(st.sampled_from([None, Tier.PROVINCE, Tier.COMMUNE])),
        list_tier=draw(st.sampled_from(ListTier)),
        service=draw(st.sampled_from(["", f"{code or NEW}.01", f"{BIRTH}.01", f"{COPY}.03"])),
        trial=draw(st.booleans()),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    rows = draw(st.lists(listed(), max_size=6))
    numbered = [replace(one, spot=replace(one.spot, row=place + 3)) for place, one in enumerate(rows)]
    return reading(*numbered, tier=draw(st.sampled_from(ListTier)))


def answered(data: st.DataObject, read: Reading, whole: bool) -> Answers:
    """One answer or the other to everything, also to what the answers bring up."""
    answers: dict[str, Answer] = {}
    while open_ := [f for f in find(SECOND, read, whole, answers) if f.id not in answers]:
        answers |= {f.id: data.draw(st.sampled_from(_possible(f))) for f in open_}
    return answers


def _possible(finding: Finding) -> list[Answer]:
    found = [one for one in (finding.proposal, *finding.choices) if one.action is not Action.ASK]
    return found or [Answer(Action.LEAVE_OUT)]


@settings(max_examples=150, deadline=None)
@given(st.data(), readings(), st.booleans())
def test_whatever_is_listed_and_answered_makes_a_catalogue(data: st.DataObject, read: Reading, whole: bool) -> None:
    answers = answered(data, read, whole)
    after = settle(CONTENTS, SECOND, examine(SECOND, read, whole, answers), answers, ISSUE)
    assert (after.open, check_contents(after.contents)) == ((), ())
    catalogue = read_catalogue(after.contents)
    assert after.contents.keys() == CONTENTS.keys()
    assert catalogue.procedures.keys() >= SECOND.procedures.keys()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(list_of(SECOND)), unique=True), st.sampled_from([FULL, PARTIAL]))
def test_what_a_whole_list_says_is_what_the_catalogue_says_then(rows: list[Listed], level: OnlineLevel) -> None:
    said = [replace(one, level=level) for one in rows]
    after = read_catalogue(settled(*said, whole=True).contents)
    listed_after = [
        (one.code, one.name, one.agencies, one.level, one.service_code, one.field) for one in list_of(after)
    ]
    assert listed_after == sorted(
        (
            (one.code, one.name, one.agencies, one.level, one.service_code, one.field)
            for one in said
        ),
        key=lambda one: (one[4], one[0]),
    )  # fmt: skip
    assert find(after, reading(*said), whole=True) == ()
    assert compare(after, read_catalogue(settled(*said, whole=True).contents)).is_empty


def test_a_list_described_from_a_folder(tmp_path: Path) -> None:
    """The files of a settled catalogue can be put into a folder and loaded from there."""
    after = settled(*list_of(SECOND)[:2], whole=True)
    for path, content in after.contents.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    assert load_catalogue(tmp_path) == read_catalogue(after.contents)


def test_without_a_decision_the_origin_stands_alone() -> None:
    issue = Issue('Danh mục "mới"', "", date(2026, 12, 1), date(2026, 12, 1))
    after = settle(CONTENTS, SECOND, examine(SECOND, reading(), False, NO_ANSWERS), NO_ANSWERS, issue)
    assert read_catalogue(after.contents).sources[0].origin == 'Danh mục "mới"'
