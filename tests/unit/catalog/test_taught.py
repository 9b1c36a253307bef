from __future__ import annotations

import csv
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.catalog.lexicon_model import Alias
from bot.catalog.load import check_catalogue, load_catalogue
from bot.catalog.taught import MAX_PHRASE_CHARS, AliasFault, alias_fault, with_taught

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "second_province"
SECOND = load_catalogue(FOLDER)
BIRTH = "1.900001"
GOOD = Alias("cái giấy ra đời", (BIRTH,))
SHIPPED = SECOND.lexicon.aliases[0]


def test_a_good_alias_has_no_fault() -> None:
    assert alias_fault(SECOND, (), GOOD) is None


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("", AliasFault.EMPTY),
        (" 12 ", AliasFault.EMPTY),
        ("a" * (MAX_PHRASE_CHARS + 1), AliasFault.TOO_LONG),
        ("a" * MAX_PHRASE_CHARS, None),
        ("hai  khoảng", AliasFault.CHARACTERS),
        (" trước", AliasFault.CHARACTERS),
        ("vô\u200bhình", AliasFault.CHARACTERS),
        ("giấy to\u031b", AliasFault.CHARACTERS),
        ("xuống\ndòng", AliasFault.CHARACTERS),
        (SHIPPED.phrase, AliasFault.SHIPPED),
        (SHIPPED.phrase.upper(), AliasFault.SHIPPED),
        ("Cái giấy ra ĐỜI", AliasFault.TAUGHT),
        ("cai giay ra doi", AliasFault.TAUGHT),
        ("cái giày ra đời", None),
    ],
)
def test_a_phrase_is_held_to_the_form_of_the_files(phrase: str, fault: AliasFault | None) -> None:
    assert alias_fault(SECOND, [GOOD], replace(GOOD, phrase=phrase)) == fault


def test_the_procedure_must_be_one_of_today() -> None:
    replaced = {**SECOND.procedures, BIRTH: replace(SECOND.procedures[BIRTH], superseded_by="1.000001")}
    assert alias_fault(SECOND, (), Alias("x", ("9.999999",))) is AliasFault.UNKNOWN_CODE
    assert alias_fault(replace(SECOND, procedures=replaced), (), GOOD) is AliasFault.REPLACED_CODE


def test_the_catalogue_with_what_is_taught() -> None:
    clash, gone = Alias(SHIPPED.phrase, (BIRTH,)), Alias("giấy lạ", ("9.999999",))
    twice = Alias("cai giay ra doi", (BIRTH,))
    catalogue, left_out = with_taught(SECOND, [GOOD, clash, gone, twice])
    lexicon = replace(SECOND.lexicon, aliases=(*SECOND.lexicon.aliases, GOOD))
    assert (catalogue, left_out) == (replace(SECOND, lexicon=lexicon), (clash, gone, twice))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(phrase=st.text(max_size=30) | st.sampled_from([a.phrase for a in SECOND.lexicon.aliases]), second=st.text())
def test_what_is_taken_may_stand_in_a_file_and_what_may_not_is_refused(
    phrase: str, second: str, tmp_path: Path
) -> None:
    """The check of the files is the slow twin."""
    folder = tmp_path / "catalogue"
    if not folder.exists():
        shutil.copytree(FOLDER, folder)
    taken: list[Alias] = []
    for words in (phrase, second):
        alias = Alias(words, (BIRTH,))
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow(("phrase", "codes"))
        writer.writerows((a.phrase, "; ".join(a.codes)) for a in (*taken, alias))
        own = folder / "lexicon" / "aliases" / "taught.csv"
        own.write_bytes(written.getvalue().encode("utf-8", "surrogatepass"))
        problems = [p for p in check_catalogue(folder) if p.path.endswith("taught.csv")]
        fault = alias_fault(SECOND, taken, alias)
        if fault is None:
            assert problems == []
            taken.append(alias)
        elif fault in {AliasFault.SHIPPED, AliasFault.TAUGHT, AliasFault.CHARACTERS}:
            assert problems != []
