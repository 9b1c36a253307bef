"""The whole assistant on the shipped catalogue: every card, and every kind of bad input."""

from __future__ import annotations

import asyncio
import sqlite3
import unicodedata
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import open_assistant
from bot.catalog.hosts import host_of, is_allowed
from bot.catalog.load import load_catalogue
from bot.catalog.model import Catalogue, Tier
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import (
    MAX_ID_CHARS,
    AgenciesChoice,
    AgencyChoice,
    CardChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    FullNameChoice,
    HelpfulChoice,
    HelpTopicChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    ListBy,
    ListedLevel,
    OnlineListChoice,
    Opinion,
    RelatedChoice,
    StartChoice,
)
from bot.dialogue.messages import Incoming, Reply, Status
from bot.dialogue.router import Assistant
from bot.settings import SHIPPED_CATALOGUE
from bot.store.moving.identity import FINISH
from bot.store.sqlite.store import SqliteStore
from tests.log import Log
from tests.unit.handlers.example import FileFree
from tests.unit.operations.publishing.samples import SECOND_PROVINCE

MOST_CHOICES = 8
MOST_CHARS = 1900
"""A reply fits into one message of the narrowest channel (2000 characters)."""


OWN_SITE = f"{FileFree().address}/"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(SHIPPED_CATALOGUE)


@pytest.fixture
async def assistant(tmp_path: Path) -> AsyncIterator[Assistant]:
    async with open_assistant(FileFree(database_url=f"sqlite:///{tmp_path}/x.sqlite")) as opened:
        yield opened


def faults(reply: Reply, catalogue: Catalogue) -> list[str]:
    """What is wrong with a reply, whatever it says."""
    labels = [choice.label for choice in reply.choices]
    found = {
        "no text": not reply.text.strip(),
        "too long": len(reply.text) > MOST_CHARS,
        "too many choices": len(reply.choices) > MOST_CHOICES,
        "labels alike": len(set(labels)) != len(labels),
        "label too long": any(len(label) > 90 for label in labels),
        "id not ours": any(
            parse(c.id) is None or len(c.id) > MAX_ID_CHARS or not c.id.isascii() for c in reply.choices
        ),
        "host not allowed": any(
            not is_allowed(host_of(link.url), catalogue.province.link_hosts)
            for link in reply.links
            if not link.url.startswith(OWN_SITE)
        ),
        "placeholder left": any(mark in reply.text for mark in ("{", "}", "None")),
        "district": any(words in reply.text for words in ("UBND huyện", "Ủy ban nhân dân huyện")),
        "handed in at a department": "nộp tại sở" in reply.text.lower(),
        "control character": any(unicodedata.category(c)[0] == "C" and c != "\n" for c in reply.text),
        "markup": "<" in reply.text,
        "not NFC": not unicodedata.is_normalized("NFC", reply.text),
    }
    return [fault for fault, is_so in found.items() if is_so]


def every_choice(catalogue: Catalogue) -> Iterator[str]:
    yield from (str(StartChoice(page)) for page in (1, 2))
    yield from ("help", "menu", "back", "other", "next", "cm", "me", "me:erase", "me:kept", "lang:vi")
    yield from (str(HelpfulChoice(opinion)) for opinion in Opinion)
    yield from (str(kind(page)) for kind in (FieldsChoice, AgenciesChoice) for page in range(1, 6))
    yield from (str(OnlineListChoice(by, page=page)) for by in ListBy for page in range(1, 4))
    yield from (str(OnlineListChoice(ListBy.TIER, tier.value, level)) for tier in Tier for level in ListedLevel)
    yield from (str(LifeEventGroupChoice(number)) for number in range(1, 4))
    for event in catalogue.life_events:
        yield from (str(LifeEventChoice(event.id, page)) for page in range(1, 4))
    yield from (str(FieldChoice(field[:40].rstrip("-"))) for field in catalogue.fields)
    yield from (str(AgencyChoice(agency)) for agency in catalogue.agencies)
    yield from (str(CommuneChoice(commune)) for commune in catalogue.communes)
    yield from (str(HelpTopicChoice(topic.id)) for topic in catalogue.help_topics)
    for code in catalogue.procedures:
        yield str(CardChoice(code))
        yield str(FullNameChoice(code))
        yield str(RelatedChoice(code))


async def test_every_choice_there_is(assistant: Assistant, catalogue: Catalogue) -> None:
    wrong = {}
    for number, choice in enumerate(every_choice(catalogue)):
        reply = await assistant.answer(Incoming("test", f"u{number % 50}", choice=choice))
        if reply.status is Status.FAILED or faults(reply, catalogue):
            wrong[choice] = faults(reply, catalogue)
        is_card = choice.startswith("tt:")
        for offered in reply.choices if is_card and reply.status is Status.ASKED_BACK else ():
            inner = await assistant.answer(Incoming("test", "inner", choice=offered.id))
            wanted = Status.STARTED if offered.id == str(StartChoice()) else Status.ANSWERED
            if inner.status is not wanted or faults(inner, catalogue):
                wrong[offered.id] = faults(inner, catalogue)
    assert wrong == {}


async def test_every_code_gives_its_own_card_or_its_successors(assistant: Assistant, catalogue: Catalogue) -> None:
    wrong = {}
    for code, procedure in catalogue.procedures.items():
        reply = await assistant.answer(Incoming("test", "u", text=code))
        if reply.codes != (procedure.superseded_by or code,):
            wrong[code] = (reply.status, reply.codes)
    assert wrong == {}


BAD = {
    "empty": ("", Status.EMPTY),
    "blanks": (" \t\n\u00a0", Status.EMPTY),
    "emoji": ("👍🏽 😀", Status.EMPTY),
    "control": ("\x00\x07\x1b", Status.EMPTY),
    "bidi": ("\u202e\u2066\u2069", Status.EMPTY),
    "surrogate": ("\ud800", Status.EMPTY),
    "long": ("khai sinh " * 1000, Status.TOO_LONG),
    "megabytes": ('{"a":' * 1_000_000, Status.TOO_LONG),
    "command": ("/delete everything", Status.HELPED),
    "identity": ("tôi là 042193001234", Status.PERSONAL_DATA_REFUSED),
}


@pytest.mark.parametrize("name", BAD)
async def test_bad_input_is_answered_and_the_next_message_works(assistant: Assistant, name: str) -> None:
    text, status = BAD[name]
    reply = await assistant.answer(Incoming("test", "u", text=text))
    after = await assistant.answer(Incoming("test", "u", text="đăng ký khai sinh"))
    assert (reply.status, faults(reply, assistant.catalogue)) == (status, [])
    assert after.codes[:1] == ("1.001193",)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b>khai sinh</b>",
        "'; DROP TABLE events; --",
        "[x](javascript:1) **y**",
        "{{7*7}} {name}",
    ],
)
async def test_markup_is_never_echoed(assistant: Assistant, text: str) -> None:
    reply = await assistant.answer(Incoming("test", "u", text=text))
    assert faults(reply, assistant.catalogue) == []
    assert reply.status is not Status.FAILED


async def test_a_second_province_is_only_another_folder(tmp_path: Path) -> None:
    folder = Path(__file__).resolve().parents[1] / "fixtures" / "second_province"
    given_settings = FileFree(database_url=f"sqlite:///{tmp_path}/x.sqlite", catalog_dir=folder)
    async with open_assistant(given_settings) as assistant:
        catalogue = assistant.catalogue
        replies = [await assistant.answer(Incoming("test", "u", choice=choice)) for choice in every_choice(catalogue)]
    own = load_catalogue(SHIPPED_CATALOGUE).province.name
    assert [reply.text for reply in replies if faults(reply, catalogue) or own in reply.text] == []


async def test_many_people_at_once(assistant: Assistant) -> None:
    texts = ["khai sinh", "2", "sổ đỏ", "", "/start"]
    replies = await asyncio.gather(
        *(assistant.answer(Incoming("test", f"u{n % 20}", text=texts[n % 5])) for n in range(200))
    )
    assert Status.FAILED not in {reply.status for reply in replies}


async def test_a_copy_that_was_broken_off_is_not_served_from_and_nobody_waits_for_it(tmp_path: Path, log: Log) -> None:
    file = tmp_path / "data.sqlite"
    await (await SqliteStore.open(file)).close()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("update store_identity set is_whole = 0")
    settings = FileFree(catalog_dir=SECOND_PROVINCE, database_url=f"sqlite:///{file}")
    async with open_assistant(settings) as assistant:
        reply = await assistant.answer(Incoming("web", "someone", "1.900001"))
    assert reply.status is Status.ANSWERED
    told = [line for line in log.lines() if line["event"] == "store_not_opened"]
    why = f"the database is a copy that was broken off. {FINISH}"
    assert told == [{"level": "error", "event": "store_not_opened", "error": why, "kept": "in memory only"}]


async def test_a_store_that_cannot_be_opened_does_not_stop_answering(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    given_settings = FileFree(database_url=f"sqlite:///{tmp_path}/file/x.sqlite")
    async with open_assistant(given_settings) as assistant:
        reply = await assistant.answer(Incoming("test", "u", text="đăng ký khai sinh"))
    assert reply.codes == ("1.001193",)


ANYTHING = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.characters(categories=["Cs", "Cf", "Cc", "Co", "Mn", "So"]), max_size=80),
    st.lists(
        st.sampled_from(["khai sinh", "<b>", "0912345678", "số", "2", "và", "không phải", "1.001193", "\u202e", "/"])
    ).map(" ".join),
    st.text(max_size=40).map(lambda text: text * 300),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=st.lists(st.tuples(st.booleans(), ANYTHING), min_size=1, max_size=4))
def test_any_conversation(
    fuzzed: tuple[asyncio.AbstractEventLoop, Assistant], messages: list[tuple[bool, str]]
) -> None:
    loop, assistant = fuzzed
    for is_choice, text in messages:
        incoming = Incoming("test", "u", choice=text) if is_choice else Incoming("test", "u", text=text)
        reply = loop.run_until_complete(assistant.answer(incoming))
        assert faults(reply, assistant.catalogue) == []
        assert reply.status is not Status.FAILED


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[asyncio.AbstractEventLoop, Assistant]]:
    """An assistant and the loop it lives in: hypothesis runs many examples in one test."""
    folder = tmp_path_factory.mktemp("fuzz")
    with asyncio.Runner() as runner:
        opened = open_assistant(FileFree(database_url=f"sqlite:///{folder}/x.sqlite"))
        yield runner.get_loop(), runner.run(opened.__aenter__())
        runner.run(opened.__aexit__(None, None, None))
