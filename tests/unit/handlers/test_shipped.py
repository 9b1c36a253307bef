"""The shipped catalogue, tapped through: every view that can be reached without typing, and every commune by name."""

from __future__ import annotations

from collections import Counter, deque
from functools import cache

import pytest

from bot.app.answering import make_handlers
from bot.catalog.model import Commune
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import BackChoice, CommuneChoice, GoOnChoice
from bot.dialogue.conversation import Conversation
from bot.dialogue.keeping import USUAL
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.turn import Outcome, Turn
from bot.search.fold import fold
from bot.texts import load_texts
from handlers.commune import told
from handlers.commune_answer import card_at_commune
from handlers.offering import MOST
from tests.unit.handlers.example import SITE, FileFree, TableEngine
from tests.unit.shipped import shipped_catalogue, shipped_guide

HANDLERS = make_handlers(FileFree())
MOST_TAPS = 4
ASKED = Conversation(choices=(Choice("cm:skip", ""),))
COMMUNES = tuple(shipped_catalogue().communes.values())
FORMER = [(commune, unit) for commune in COMMUNES for unit in commune.former_units]


def turn(text: str = "", choice_id: str = "", conversation: Conversation | None = None, language: str = "vi") -> Turn:
    kept = conversation or Conversation(profile=Profile(commune_asked=True))
    texts = load_texts(language)
    return Turn(text, parse(choice_id), kept, shipped_guide(), TableEngine(), texts, SITE, USUAL)


@cache
def walked(language: str) -> tuple[dict[str, int], dict[str, Reply]]:
    """How many taps away from the beginning each choice is, and what it opens. The ways back lead to nothing new."""
    taps: dict[str, int] = {"start": 0}
    replies: dict[str, Reply] = {}
    queue = deque(taps)
    while queue:
        choice_id = queue.popleft()
        given = turn(choice_id=choice_id, language=language)
        if isinstance(given.target, BackChoice | GoOnChoice):
            continue
        replies[choice_id] = reply = HANDLERS.targets[type(given.target)](given).reply
        for choice in reply.choices:
            if choice.id not in taps:
                taps[choice.id] = taps[choice_id] + 1
                queue.append(choice.id)
    return taps, replies


@pytest.mark.parametrize("language", ["vi", "en"])
def test_no_view_has_more_choices_than_can_be_read_and_every_choice_opens(language: str) -> None:
    replies = walked(language)[1]
    assert len(replies) > 7000
    wrong = {
        choice_id: (reply.status, len(reply.choices))
        for choice_id, reply in replies.items()
        if len(reply.choices) > MOST or reply.status in {Status.EXPIRED_CHOICE, Status.FAILED}
    }
    assert wrong == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_in_no_view_two_choices_read_alike_or_lead_to_the_same(language: str) -> None:
    wrong = {
        choice_id: reply.choices
        for choice_id, reply in walked(language)[1].items()
        if len({choice.id for choice in reply.choices}) < len(reply.choices)
        or len({choice.label for choice in reply.choices}) < len(reply.choices)
    }
    assert wrong == {}


def test_every_procedure_in_force_can_be_reached_without_typing() -> None:
    taps = walked("vi")[0]
    in_force = [c for c, procedure in shipped_catalogue().procedures.items() if procedure.superseded_by is None]
    assert [code for code in in_force if f"tt:{code}" not in taps] == []


def test_what_people_need_most_is_at_most_four_taps_away() -> None:
    taps = walked("vi")[0]
    needed = {code for event in shipped_catalogue().life_events for code in event.codes}
    assert {code: taps[f"tt:{code}"] for code in needed if taps[f"tt:{code}"] > MOST_TAPS} == {}
    assert Counter(taps[f"tt:{used.code}"] for used in shipped_catalogue().most_used) == {1: 4, 2: 8}


def test_every_way_to_browse_is_two_taps_away() -> None:
    taps = walked("vi")[0]
    ways = ("menu", "fi", "ag", "ol", "cm", "help", "lang:en")
    assert [taps[way] for way in ways] == [1, 2, 2, 2, 2, 2, 2]


def leads_to(outcome: Outcome | None, commune: Commune) -> bool:
    """Whether a commune is remembered at once, or is among those that a question offers."""
    if outcome is None:
        return False
    if outcome.profile is not None:
        return outcome.profile.commune == commune.agency_code
    offered = {choice.id for choice in outcome.reply.choices}
    return outcome.reply.status is Status.ASKED_BACK and str(CommuneChoice(commune.agency_code)) in offered


def test_every_commune_of_today_is_understood_with_and_without_diacritics() -> None:
    names = [(commune, commune.name) for commune in COMMUNES]
    wrong = [
        said
        for commune, name in names
        for said in (name, fold(name), name.upper())
        if not leads_to(told(turn(said, conversation=ASKED)), commune)
    ]
    wrong += [
        said
        for commune, name in names
        for said in (f"tôi ở {name}", fold(f"tôi ở {name}"))
        if not leads_to(told(turn(said)), commune)
    ]
    assert wrong == []


def test_every_former_unit_leads_to_its_commune_or_to_a_question_that_offers_it() -> None:
    wrong = [
        said
        for commune, unit in FORMER
        for said in (
            unit.name,
            fold(unit.name),
            f"{unit.name}, {unit.district}",
            fold(f"{unit.name} {unit.district}"),
            f"tôi ở {unit.name}",
        )
        if not leads_to(told(turn(said, conversation=ASKED)), commune)
    ]
    assert (len(FORMER), wrong) == (212, [])


def test_a_unit_named_with_its_district_is_asked_about_only_where_it_was_split() -> None:
    asked = {
        unit.name
        for _, unit in FORMER
        if (outcome := told(turn(f"{unit.name}, {unit.district}", conversation=ASKED))) is not None
        and outcome.reply.status is Status.ASKED_BACK
    }
    assert asked == {unit.name for _, unit in FORMER if not unit.whole}


def test_every_former_district_is_asked_about_with_its_communes() -> None:
    wrong = []
    for district in dict.fromkeys(unit.district for _, unit in FORMER):
        names = [c.name for c in COMMUNES if any(unit.district == district for unit in c.former_units)]
        outcome = told(turn(f"tôi ở {district}"))
        if outcome is None or outcome.profile is not None or [n for n in names if n not in outcome.reply.text]:
            wrong.append(district)
    assert wrong == []


def test_a_ward_with_the_name_of_an_old_one_says_what_it_was_formed_from() -> None:
    outcome = told(turn("tôi ở phường Trần Phú"))
    assert outcome is not None
    assert outcome.reply == Reply(
        Status.ASKED_BACK,
        "Có hơn một nơi mang tên Trần Phú. Anh/chị ở nơi nào?\n"
        "• Phường Trần Phú bây giờ gồm các nơi cũ: phường Thạch Trung, phường Thạch Hạ, phường Đồng Môn, xã Hộ Độ.\n"
        "• Còn phường Trần Phú cũ nay thuộc phường Thành Sen.",
        (
            Choice("cm:H27.119", "Phường Trần Phú"),
            Choice("cm:H27.118", "Phường Thành Sen"),
            Choice("cm:skip", "Không nói nơi ở"),
            Choice("start", "Việc khác"),
        ),
    )


LAND = "1.116156"


def test_every_commune_is_understood_where_the_place_of_land_is_asked() -> None:
    conversation = Conversation(profile=Profile(commune_asked=True), procedure=LAND)
    wrong = []
    for commune in COMMUNES:
        names = (commune.name, fold(commune.name), f"đất ở {commune.name}", *(u.name for u in commune.former_units))
        for said in names:
            outcome = card_at_commune(turn(said, conversation=conversation))
            offered = () if outcome is None else (outcome.agency, *(choice.id for choice in outcome.reply.choices))
            if not {commune.agency_code, f"tt:{LAND}@{commune.agency_code}"}.intersection(offered):
                wrong.append(said)
    assert wrong == []
