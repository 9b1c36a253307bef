"""What is held of a person, told in short, and where all of it can be had as a file."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.choices import PrivacyChoice, PrivacyStep
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.own_links import VALID_FOR
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.store.own_data import OwnRows
from bot.texts import Texts
from bot.texts.written import number_written
from handlers.commune_names import commune_name
from handlers.offering import home


def shown(turn: Turn, held: Sequence[OwnRows], address: str) -> Outcome:
    """`address`: where the file is. Of a messenger whoever has it may open it, for a while."""
    texts, commune = turn.texts, turn.commune
    if not held:
        return unchanged(turn, Reply(Status.OWN_DATA, texts.get("own.nothing"), (home(turn),)))
    where = texts.get("privacy.no_commune")
    if commune is not None:
        where = texts.get("privacy.commune", commune=commune_name(texts, commune))
    minutes = int(VALID_FOR.total_seconds()) // 60
    alone = texts.get("own.link_ends", minutes=minutes) if turn.is_reachable else texts.get("own.this_browser")
    lines = (texts.get("own.title"), where, *(f"• {titled(texts, one)}" for one in held), alone)
    page = Link(texts.get("own.link"), address)
    return unchanged(turn, Reply(Status.OWN_DATA, "\n".join(lines), (_erase(turn), home(turn)), (page,)))


def titled(texts: Texts, held: OwnRows) -> str:
    """What the rows of a table are, with how many."""
    found = texts.find(f"own.held.{held.table}", n=number_written(texts.language, held.count))
    if found is None:
        raise KeyError(held.table)
    return found


def in_group(turn: Turn) -> Outcome:
    """Others would read it."""
    return unchanged(turn, Reply(Status.HELPED, turn.texts.get("own.in_group"), (_erase(turn), home(turn))))


def too_often(turn: Turn) -> Outcome:
    return unchanged(turn, Reply(Status.TOO_FAST, turn.texts.get("own.too_often"), (home(turn),)))


def _erase(turn: Turn) -> Choice:
    return Choice(str(PrivacyChoice(PrivacyStep.ASKED)), turn.texts.get("privacy.erase"))
