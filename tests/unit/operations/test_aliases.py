"""What staff teach is checked, takes effect in every process, and leaves as it came."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.catalog.load import load_catalogue
from bot.catalog.taught import AliasFault, with_taught
from bot.dialogue.personal_data import masker_of
from bot.operations.aliases import Answer, Preview, Said, School, TaughtWords, Trial, answer_of, as_csv, preview, tidy
from bot.operations.workshop import Workshop
from bot.search.engine import SearchEngine
from bot.store.learning import TaughtAlias
from bot.store.sqlite.store import SqliteStore
from bot.store.staff import Act
from bot.texts import LANGUAGES, load_texts
from tests.log import Log
from tests.unit.store.samples import NOW

SECOND = load_catalogue(Path(__file__).resolve().parents[2] / "fixtures" / "second_province")
ENGINE = SearchEngine(SECOND)
MASKER = masker_of(load_texts(language) for language in LANGUAGES)
BIRTH, LAND = "1.900001", "1.900003"
ALIAS = TaughtAlias("trái cây đầu mùa", LAND, "chi.lan", NOW)
ACT = Act(NOW, "chi.lan", "alias.add", "nhiều người hỏi")
NOTHING, FOUND = Answer("not_found", ()), Answer("answered", (LAND,))


@pytest.mark.parametrize(
    ("written", "phrase"),
    [
        ("  giấy   ra đời?! ", "giấy ra đời"),
        ("“sổ đỏ”…", "sổ đỏ"),
        ("to\u031b khai\u200b", "tơ khai"),
        ("mất C/O", "mất C/O"),
        ("?!", ""),
    ],
)
def test_words_become_a_phrase(written: str, phrase: str) -> None:
    assert tidy(written) == phrase


def tried(phrase: str, code: str) -> Preview:
    return preview(Trial(SECOND, (), MASKER, phrase, code, Said.by(ENGINE, phrase)))


def test_before_and_after() -> None:
    assert preview(Trial(SECOND, (), MASKER, ALIAS.phrase, LAND)) == Preview(ALIAS.phrase, LAND, None, NOTHING, FOUND)


def test_what_answers_already_with_another_procedure_is_said() -> None:
    seen = tried("khai sinh lần đầu", LAND)
    after = Answer("asked_back", (BIRTH, LAND))
    assert (seen.takes_from, seen.fault, seen.after) == (BIRTH, None, after)
    assert tried("khai sinh lần đầu", BIRTH).takes_from is None


def test_the_name_of_a_procedure_stays_its_name() -> None:
    seen = tried("đăng ký khai sinh", LAND)
    assert (seen.takes_from, seen.fault) == (BIRTH, AliasFault.WITHOUT_EFFECT)


@pytest.mark.parametrize(
    ("phrase", "code", "fault"),
    [
        ("cây của 0912345678", LAND, AliasFault.PRIVATE),
        ("trái cây đầu mùa", "9.999999", AliasFault.UNKNOWN_CODE),
        ("", LAND, AliasFault.EMPTY),
        ("cháy nhà", LAND, AliasFault.DANGER),
        ('=HYPERLINK("x")', LAND, AliasFault.CHARACTERS),
        ("1.900001", LAND, AliasFault.EMPTY),
        ("mã 1.900001", LAND, AliasFault.WITHOUT_EFFECT),
    ],
)
def test_what_is_refused(phrase: str, code: str, fault: AliasFault) -> None:
    assert tried(phrase, code).fault is fault


async def test_nothing_is_kept_of_what_is_refused(store: SqliteStore) -> None:
    school = School(store.office.learning, SECOND, MASKER)
    assert (await school.teach(f" {ALIAS.phrase}. ", f" {LAND} ", ACT)).fault is None
    assert (await school.teach("Trái cây đầu mùa", BIRTH, ACT)).fault is AliasFault.TAUGHT
    assert await store.office.learning.aliases() == (ALIAS,)
    assert [entry.act for entry in await store.office.staff.entries(9)] == [ACT]


async def test_what_is_built_elsewhere_says_the_same(store: SqliteStore) -> None:
    workshop = Workshop()
    there, here = (School(store.office.learning, SECOND, MASKER, one) for one in (workshop, None))
    for now in (ENGINE, None):
        for phrase in (ALIAS.phrase, "đăng ký khai sinh", "cháy nhà"):
            assert await there.preview(phrase, LAND, now) == await here.preview(phrase, LAND, now)
    await workshop.close()


async def test_of_two_who_teach_the_same_at_once_one_is_told(store: SqliteStore) -> None:
    school = School(store.office.learning, SECOND, MASKER)
    seen = await asyncio.gather(*(school.teach(ALIAS.phrase, LAND, ACT, ENGINE) for _ in range(2)))
    assert sorted(str(one.fault) for one in seen) == ["None", "taught"]


def test_rows_of_an_alias_file() -> None:
    quoted = TaughtAlias('xin "giấy, tờ"', BIRTH, "chi.lan", NOW)
    assert as_csv([ALIAS, quoted]) == f'phrase,codes\ntrái cây đầu mùa,{LAND}\n"xin ""giấy, tờ""",{BIRTH}\n'


async def test_what_is_taught_is_laid_over_a_catalogue_and_taken_away(store: SqliteStore) -> None:
    learning = store.office.learning
    words = TaughtWords(learning)
    assert (await words.aliases(), await words.version()) == ((), 0)
    await learning.teach(ALIAS, ACT)
    taught, _ = with_taught(SECOND, await words.aliases())
    assert (answer_of(SearchEngine(taught), ALIAS.phrase), taught.version) == (FOUND, SECOND.version)
    version = await words.version()
    assert version > 0
    await learning.unteach(ALIAS.phrase, ACT)
    assert (await words.aliases(), await words.version() > version) == ((), True)


async def test_what_the_files_have_outgrown_is_left_out_and_told(store: SqliteStore, log: Log) -> None:
    learning = store.office.learning
    await learning.teach(TaughtAlias("mã đã bỏ", "9.999999", "chi.lan", NOW), ACT)
    await learning.teach(ALIAS, ACT)
    words = TaughtWords(learning)
    catalogue, left_out = with_taught(SECOND, await words.aliases())
    words.note(left_out, catalogue.version)
    assert (words.left_out, answer_of(SearchEngine(catalogue), ALIAS.phrase)) == (("mã đã bỏ",), FOUND)
    assert log.lines() == [{"level": "warning", "event": "aliases_left_out", "count": 1, "catalogue": SECOND.version}]
