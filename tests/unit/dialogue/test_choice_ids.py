"""Choice ids come back from outside: only what is exactly ours is read."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.choice_ids import parse, shared_in
from bot.dialogue.choices import (
    MAX_ID_CHARS,
    MAX_PICKED,
    AgenciesChoice,
    AgencyChoice,
    BackChoice,
    CardChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    FullNameChoice,
    GoOnChoice,
    HelpChoice,
    HelpfulChoice,
    HelpTopicChoice,
    LanguageChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    ListBy,
    ListedLevel,
    MenuChoice,
    OnlineListChoice,
    Opinion,
    OtherChoice,
    PickChoice,
    PrivacyChoice,
    PrivacyStep,
    ReceiptChoice,
    RelatedChoice,
    ShareChoice,
    SharedChoice,
    StaleChoice,
    StartChoice,
    Target,
)
from bot.dialogue.rating_choices import (
    NOT_FILED,
    FollowUpsChoice,
    NoteChoice,
    NoteStep,
    RateChoice,
    ReasonChoice,
    TellChoice,
)
from bot.ratings.model import Filing, Reason
from handlers.browse import field_key
from tests.unit.dialogue.targets import TARGETS
from tests.unit.shipped import shipped_catalogue, shipped_guide

WRITTEN = [
    ("tt:1.001193", CardChoice("1.001193")),
    ("tt:1.001193@H27.05", CardChoice("1.001193", "H27.05")),
    ("tt:1.001193@000.00.27.G66", CardChoice("1.001193", "000.00.27.G66")),
    ("tt:1.001193@H27.100~", CardChoice("1.001193", "H27.100", alike=True)),
    ("more:1.001193", FullNameChoice("1.001193")),
    ("kin:1.001193", RelatedChoice("1.001193")),
    ("pick:1.001193", PickChoice(("1.001193",))),
    ("pick:1.001193+1.000689", PickChoice(("1.001193", "1.000689"))),
    ("start", StartChoice()),
    ("start:2", StartChoice(2)),
    ("menu", MenuChoice()),
    ("lg:1", LifeEventGroupChoice(1)),
    ("le:having-a-child", LifeEventChoice("having-a-child")),
    ("le:having-a-child:2", LifeEventChoice("having-a-child", 2)),
    ("fi", FieldsChoice()),
    ("fi:2", FieldsChoice(2)),
    ("fi:dat-dai", FieldChoice("dat-dai")),
    ("fi:dat-dai:3", FieldChoice("dat-dai", 3)),
    ("ag", AgenciesChoice()),
    ("ag:2", AgenciesChoice(2)),
    ("ag:H99.05", AgencyChoice("H99.05")),
    ("ag:H99.05:3", AgencyChoice("H99.05", 3)),
    ("ol", OnlineListChoice()),
    ("ol:tier", OnlineListChoice(ListBy.TIER)),
    ("ol:agency:2", OnlineListChoice(ListBy.AGENCY, page=2)),
    ("ol:tier:X", OnlineListChoice(ListBy.TIER, "X")),
    ("ol:field:dat-dai:mixed", OnlineListChoice(ListBy.FIELD, "dat-dai", ListedLevel.MIXED)),
    ("ol:tier:X:full:2", OnlineListChoice(ListBy.TIER, "X", ListedLevel.FULL, 2)),
    ("cm", CommuneChoice()),
    ("cm:H99.101", CommuneChoice("H99.101")),
    ("cm:none", CommuneChoice("none")),
    ("cm:skip", CommuneChoice("skip")),
    ("lang:en", LanguageChoice("en")),
    ("ok:yes", HelpfulChoice(Opinion.YES)),
    ("ok:incomplete", HelpfulChoice(Opinion.INCOMPLETE)),
    ("old:1.001193", StaleChoice("1.001193")),
    ("old:1.001193@H99.05", StaleChoice("1.001193", "H99.05")),
    ("rate", RateChoice()),
    ("rate:1.001193", RateChoice("1.001193")),
    ("rate:1.001193@H99.05", RateChoice("1.001193", "H99.05")),
    ("rate:1.001193:counter", RateChoice("1.001193", None, Filing.COUNTER)),
    ("rate:1.001193@H99.05:none", RateChoice("1.001193", "H99.05", NOT_FILED)),
    ("rate:1.001193@H99.05:online:3", RateChoice("1.001193", "H99.05", Filing.ONLINE, 3)),
    ("rate:1.001193:helper:5+", RateChoice("1.001193", None, Filing.HELPER, 5, is_helped=True)),
    ("why:papers", ReasonChoice(Reason.PAPERS)),
    ("note:ask", NoteChoice(NoteStep.ASKED)),
    ("note:write", NoteChoice(NoteStep.WRITE)),
    ("note:skip", NoteChoice(NoteStep.SKIP)),
    ("tell:yes", TellChoice()),
    ("stop", FollowUpsChoice()),
    ("stop:no", FollowUpsChoice(are_wanted=True)),
    ("me", PrivacyChoice()),
    ("me:erase", PrivacyChoice(PrivacyStep.ASKED)),
    ("me:erased", PrivacyChoice(PrivacyStep.ERASED)),
    ("me:kept", PrivacyChoice(PrivacyStep.KEPT)),
    ("hq:full-process", HelpTopicChoice("full-process")),
    (f"bn:{'0WK1' * 7}", ReceiptChoice("0WK1" * 7)),
    ("share:1.001193", ShareChoice("1.001193")),
    ("share:1.001193@H99.05", ShareChoice("1.001193", "H99.05")),
    ("s:1001193.12.18073.Ab3_-x", SharedChoice("1001193.12.18073.Ab3_-x")),
    ("s:1001193...Ab3_-x@H99.05", SharedChoice("1001193...Ab3_-x", "H99.05")),
    ("s:e-having-a-child..18073.Ab3_-x", SharedChoice("e-having-a-child..18073.Ab3_-x")),
    ("back", BackChoice()),
    ("other", OtherChoice()),
    ("next", GoOnChoice()),
    ("help", HelpChoice()),
    ("help:2", HelpChoice(2)),
]


@pytest.mark.parametrize(("choice_id", "target"), WRITTEN)
def test_there_and_back(choice_id: str, target: Target) -> None:
    assert parse(choice_id) == target
    assert str(target) == choice_id


def test_every_kind_of_choice_is_tried() -> None:
    assert {type(target) for _, target in WRITTEN} == set(get_args(Target))


@given(TARGETS)
def test_what_is_written_is_read_back(target: Target) -> None:
    written = str(target)
    assert written.isascii()
    if len(written) <= MAX_ID_CHARS:
        assert parse(written) == target


@pytest.mark.parametrize(
    "choice_id",
    [
        "", "tt:", "tt:1001193", "tt:1.0011931", "tt:1.00119", "tt:0.001193", "TT:1.001193", " tt:1.001193",
        "tt:1.001193\n", "tt:1.001193@", "tt:1.001193~", "tt:1.001193@~", "tt:1.001193@H27;drop",
        "tt:١.٠٠١١٩٣", "le:", "le:Having", "le:a--b",
        "le:a:0", "le:a:1000", "start:", "start:0", "help!", "help:0", "hq:", "hq:Full", "hq:a:2", "kin:", "pick:",
        "pick:1.001193+", "pick:" + "+".join(["1.001193"] * (MAX_PICKED + 1)), "lg:0", "lg:10", "lg:", "menu:2",
        "fi:dat-dai:0", "ag:", "ag:H99.05:0", "ol:", "ol:2", "ol:all", "ol:tier:X:best", "ol:tier:X:full:0",
        "ol:tier::full", "cm:", "cm:;", "lang:", "lang:fr", "ok:", "ok:maybe", "me:", "me:told", "back:2", "other:1",
        "next:1", "rate:", "rate:1.001193:", "rate:1.001193:mail", "rate:1.001193:online:0", "rate:1.001193:online:6",
        "rate:1.001193:online:3++", "rate:online:3", "why:", "why:money", "note:", "tell", "tell:no", "stop:yes",
        "tt:1.001193@" + "H" * 60, "<b>", "1", "\ud800",
        None, 5, b"start", ["start"],
    ],
)  # fmt: skip
def test_anything_else_is_refused(choice_id: object) -> None:
    assert parse(choice_id) is None


@given(st.text(max_size=80) | st.from_regex(r"[a-z]{1,5}:[A-Za-z0-9.:@+\-]{0,40}"))
def test_never_raises_and_reads_only_what_it_writes(text: str) -> None:
    target = parse(text)
    assert target is None or len(str(target)) <= MAX_ID_CHARS
    assert target is None or parse(str(target)) == target


def test_every_id_of_the_shipped_catalogue_fits_and_is_read_back() -> None:
    catalogue, guide = shipped_catalogue(), shipped_guide()
    fields = [field_key(shelf.id) for shelf in guide.fields]
    targets: list[Target] = [
        *(kind(code) for code in catalogue.procedures for kind in (CardChoice, FullNameChoice, RelatedChoice)),
        *(CardChoice("1.001193", agency) for agency in catalogue.agencies),
        *(kind(agency) for agency in catalogue.agencies for kind in (CommuneChoice, AgencyChoice)),
        *(
            RateChoice("1.001193", agency, filing, 5, is_helped=True)
            for agency in catalogue.agencies
            for filing in Filing
        ),
        *(AgencyChoice(agency, 99) for agency in catalogue.agencies),
        *(OnlineListChoice(ListBy.AGENCY, agency, level, 99) for agency in catalogue.agencies for level in ListedLevel),
        *(FieldChoice(key, 99) for key in fields),
        *(OnlineListChoice(ListBy.FIELD, key, level, 99) for key in fields for level in ListedLevel),
        *(LifeEventChoice(event.id, 99) for event in catalogue.life_events),
        *(HelpTopicChoice(topic.id) for topic in catalogue.help_topics),
        PickChoice(("1.001193",) * MAX_PICKED),
    ]
    wrong = [t for t in targets if parse(str(t)) != t or len(str(t)) > MAX_ID_CHARS or not str(t).isascii()]
    assert wrong == []


def test_the_keys_of_fields_tell_them_apart() -> None:
    keys = [field_key(shelf.id) for shelf in shipped_guide().fields]
    assert sorted(set(keys)) == sorted(keys)


@pytest.mark.parametrize(
    "text",
    [
        "1001193.12.18073.Ab3_-x",
        " #1001193.12.18073.Ab3_-x ",
        "s:1001193.12.18073.Ab3_-x",
        "#s:1001193.12.18073.Ab3_-x",
    ],
)
def test_a_shared_link_is_known_however_its_id_is_pasted(text: str) -> None:
    assert shared_in(text) == SharedChoice("1001193.12.18073.Ab3_-x")


@pytest.mark.parametrize(
    "text",
    [
        "1.001193",
        "#1.001193",
        "0912345.678.901.234567",
        "10.12.2026",
        "1001193.12.18073.Ab3",
        "s:tt:1.001193",
        "##1001193...Ab3_-x",
        "s",
    ],
)
def test_nothing_else_is_taken_for_one(text: str) -> None:
    assert shared_in(text) is None
