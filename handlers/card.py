"""A procedure's card: its name, how far it goes online, who decides, where to hand it in, and the page to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.catalog.lookup import portal_link, successor
from bot.catalog.model import Catalogue, OnlineLevel, Procedure
from bot.dialogue.choices import CardChoice, FullNameChoice, StartChoice, parse
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts import Texts
from handlers import choice_expired
from handlers.asked import asked_sentence
from handlers.bodies import Offer, levels_by_agency, offers
from handlers.filing import where_to_file, which_place_counts, who_decides
from handlers.level_text import level_sentence, needs_account
from handlers.naming import heading, is_cut
from handlers.onward import left_on_list, near_choices, situation
from handlers.same_name import same_name
from handlers.which_body import ask_which

_SERVICES_FILE = "services.csv"


@dataclass(frozen=True, slots=True)
class Shown:
    """A procedure as one body offers it, or all of them where `agency` is None and they agree."""

    procedure: Procedure
    agencies: tuple[str, ...]
    levels: frozenset[OnlineLevel]
    trial: bool


def open_card(turn: Turn) -> Outcome:
    """The card behind a choice."""
    if not isinstance(turn.target, CardChoice):
        return choice_expired.expired(turn)
    near = left_on_list(turn)
    return show(turn, turn.target.code, turn.target.agency, turn.conversation.asks, near)


def show(
    turn: Turn, code: str, agency: str | None = None, asks: tuple[str, ...] = (), near: tuple[str, ...] = ()
) -> Outcome:
    """The card of a procedure, or the question which body is meant where they differ in level.

    `near`: codes that may be meant instead. A code that was replaced leads to what took its place; an unknown code
    or agency is an expired choice.
    """
    catalogue = turn.catalogue
    current = successor(catalogue, code)
    if current is None:
        return choice_expired.expired(turn)
    procedure = catalogue.procedures[current]
    note = None if current == code else turn.texts.get("card.replaced", old=code, new=current)
    found = offers(catalogue, current)
    if agency is not None:
        found = tuple(offer for offer in found if agency in offer.group.agencies)
        if not found:
            return choice_expired.expired(turn)
    if len({offer.levels for offer in found}) > 1:
        return _ask(turn, procedure, found, note, asks)
    return _card(turn, _shown(catalogue, procedure, found), note, asks, near)


def _shown(catalogue: Catalogue, procedure: Procedure, found: tuple[Offer, ...]) -> Shown:
    offered = {agency for offer in found for agency in offer.group.agencies}
    agencies = tuple(agency for agency in levels_by_agency(catalogue, procedure.code) if agency in offered)
    levels = found[0].levels if found else frozenset()
    return Shown(procedure, agencies, levels, trial=bool(found) and all(offer.trial for offer in found))


def _card(turn: Turn, shown: Shown, note: str | None, asks: tuple[str, ...], near: tuple[str, ...]) -> Outcome:
    catalogue, texts, procedure = turn.catalogue, turn.texts, shown.procedure
    twin = same_name(catalogue, texts, procedure)
    where = where_to_file(catalogue, texts, procedure)
    level = level_sentence(catalogue, texts, procedure, shown.levels)
    lines = [
        note,
        heading(procedure),
        procedure.difference,
        asked_sentence(texts, asks),
        *((where, level) if "place" in asks else (level,)),
        texts.get("card.trial") if shown.trial else None,
        texts.get("card.maybe_superseded") if procedure.maybe_superseded else None,
        *(() if "place" in asks else (where,)),
        who_decides(catalogue, texts, procedure, shown.agencies),
        which_place_counts(catalogue, texts, procedure, shown.agencies),
        twin.sentence if twin else None,
        small_line(catalogue, texts, procedure, published=bool(shown.agencies)),
    ]
    waiting = tuple(choice for choice in turn.conversation.waiting if choice.id != str(CardChoice(procedure.code)))
    choices = (
        *(Choice(choice.id, texts.get("card.waiting", label=choice.label)) for choice in waiting),
        *_near(turn, procedure, near, [*waiting, *((twin.choice,) if twin else ())]),
        *((twin.choice,) if twin else ()),
        *_full_name(texts, procedure),
        *situation(turn, procedure.code),
        Choice(str(StartChoice()), texts.get("start.again")),
    )
    reply = Reply(
        Status.ANSWERED,
        "\n".join(line for line in lines if line),
        choices,
        links(catalogue, texts, procedure, with_account=needs_account(procedure, [shown.levels])),
        (procedure.code,),
    )
    # What was asked stays in mind, so that a second tap is answered like the first.
    return Outcome(reply, waiting, asks, procedure.code)


def _ask(
    turn: Turn, procedure: Procedure, found: tuple[Offer, ...], note: str | None, asks: tuple[str, ...]
) -> Outcome:
    catalogue, texts = turn.catalogue, turn.texts
    agencies = tuple(levels_by_agency(catalogue, procedure.code))
    question = ask_which(catalogue, texts, procedure.code, found)
    lines = [
        note,
        heading(procedure),
        procedure.difference,
        *question.lines,
        which_place_counts(catalogue, texts, procedure, agencies),
        texts.get("card.level.which_body"),
        small_line(catalogue, texts, procedure, published=True),
    ]
    reply = Reply(
        Status.ASKED_BACK,
        "\n".join(line for line in lines if line),
        (
            *question.choices,
            *_full_name(texts, procedure),
            Choice(str(StartChoice()), texts.get("start.again")),
        ),
        links(catalogue, texts, procedure, with_account=needs_account(procedure, [offer.levels for offer in found])),
        (procedure.code,),
    )
    return Outcome(reply, turn.conversation.waiting, asks, procedure.code)


def _near(turn: Turn, procedure: Procedure, near: tuple[str, ...], offered: Sequence[Choice]) -> tuple[Choice, ...]:
    """What may be meant instead, without what is offered already."""
    targets = (parse(choice.id) for choice in offered)
    known = [procedure.code, *(target.code for target in targets if isinstance(target, CardChoice))]
    return near_choices(turn, near, known)


def _full_name(texts: Texts, procedure: Procedure) -> tuple[Choice, ...]:
    if not is_cut(procedure):
        return ()
    return (Choice(str(FullNameChoice(procedure.code)), texts.get("card.name_cut")),)


def links(catalogue: Catalogue, texts: Texts, procedure: Procedure, *, with_account: bool) -> tuple[Link, ...]:
    """The procedure's page, and how to get an account where one is needed."""
    page = Link(texts.get("link.procedure"), portal_link(catalogue, procedure))
    if not with_account:
        return (page,)
    return (page, Link(texts.get("link.identity"), catalogue.province.identity_help))


def small_line(catalogue: Catalogue, texts: Texts, procedure: Procedure, *, published: bool) -> str:
    """Code, source and the day of the data. `published`: the level comes from the province's own list."""
    if published:
        source = texts.get("card.source.province", province=catalogue.province.full_name)
        day = next((s.as_of for s in catalogue.sources if s.path == _SERVICES_FILE), catalogue.as_of)
    else:
        source, day = texts.get("card.source.national"), procedure.as_of
    return texts.get("card.line", code=procedure.code, source=source, date=_written(day))


def _written(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
