"""Nothing of a province stands in the code, and no province shows another's."""

from __future__ import annotations

import re
from pathlib import Path

from bot.catalog.model import Catalogue

ROOT = Path(__file__).parents[3]
CODE = [file for folder in ("bot", "handlers") for file in sorted((ROOT / folder).rglob("*")) if file.is_file()]


def test_the_code_names_no_province(shipped: Catalogue) -> None:
    """Neither the province, nor its code, nor any of its communes, in any spelling."""
    name = re.compile(r"h[àaâ]\s*t[ĩi]nh|hatinh|\bH27\b", re.IGNORECASE)
    texts = {file: file.read_text(encoding="utf-8") for file in CODE if "__pycache__" not in file.parts}

    assert [str(file.relative_to(ROOT)) for file, text in texts.items() if name.search(text)] == []
    assert [
        (str(file.relative_to(ROOT)), former)
        for file, text in texts.items()
        for former in ("Thành Sen", "Kỳ Anh", "Hương Sơn", "Nghi Xuân")
        if former in text
    ] == []


def test_no_target_of_one_province_shows_in_the_other(shipped: Catalogue, second: Catalogue) -> None:
    assert {target.id for target in shipped.targets} & {target.id for target in second.targets} == set()
    assert {target.province for target in shipped.targets} == {shipped.province.name}
    assert {target.province for target in second.targets} == {second.province.name}


def test_no_agency_and_no_procedure_of_one_province_shows_in_the_other(shipped: Catalogue, second: Catalogue) -> None:
    own = {code for code in second.agencies if not code.startswith("local.")}

    assert shipped.agencies.keys() & own == set()
    assert shipped.procedures.keys() & second.procedures.keys() == set()
    assert shipped.communes.keys() & second.communes.keys() == set()
