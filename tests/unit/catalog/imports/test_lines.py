"""A file that is changed line by line keeps the rest of its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.imports.agency_names import agencies_in
from bot.catalog.imports.lines import Lines
from bot.catalog.imports.written_agencies import written
from tests.unit.catalog.conftest import SECOND_PROVINCE, SHIPPED

ODD = b'\xef\xbb\xbfcode,name\n2,"quoted, for no reason"\n1,"two\nlines"\n3,"plain"\n'
KNOWN = ("H9.05", "H9.08", "H9.09", "H9.10", "H9.11", "local.a-b", "X1", "X2", "X3", "X10")


@pytest.mark.parametrize("folder", [SECOND_PROVINCE, SHIPPED])
def test_files_come_back_as_they_were(folder: Path) -> None:
    paths = sorted(folder.rglob("*.csv"))
    contents = {path: path.read_bytes() for path in paths}
    assert {path: Lines(content).content() for path, content in contents.items()} == contents


def test_only_what_is_touched_is_written_anew() -> None:
    lines = Lines(ODD)
    lines.replace(lambda line: line.changed({"name": "plain, no"}) if line["code"] == "3" else line)
    assert lines.content() == ODD.replace(b'3,"plain"', b'3,"plain, no"')
    lines.replace(lambda line: None if line["code"] == "2" else line.changed({"name": line["name"]}))
    assert lines.content() == b'\xef\xbb\xbfcode,name\n1,"two\nlines"\n3,"plain, no"\n'


def test_a_new_line_stands_where_the_order_wants_it() -> None:
    lines = Lines(b"code,name\n1,a\n3,c\n")
    lines.insert_all([{"code": "2", "name": "b"}, {"code": "4", "name": "d"}, {"code": "0", "name": "x"}])
    assert lines.content() == b"code,name\n0,x\n1,a\n2,b\n3,c\n4,d\n"
    unsorted = Lines(b"code,name\n5,a\n3,c\n")
    unsorted.insert_all([{"code": "4", "name": "b"}, {"code": "9", "name": "d"}])
    assert unsorted.content() == b"code,name\n4,b\n5,a\n3,c\n9,d\n"


@given(st.lists(st.sampled_from(KNOWN), unique=True))
def test_codes_written_as_ranges_are_the_same_codes(codes: list[str]) -> None:
    assert agencies_in(written(codes, KNOWN), KNOWN) == tuple(codes)


def test_runs_are_ranges() -> None:
    assert written(KNOWN, KNOWN) == "H9.05 H9.08-H9.11 local.a-b X1-X3 X10"
