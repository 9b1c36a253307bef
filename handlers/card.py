"""A procedure's card: its name, how far it goes online, who decides, where to hand it in, and the page to open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.catalog.lookup import portal_link, successor
from bot.catalog.model import Catalogue, OnlineLevel, Procedure
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice, FullNameChoice, RelatedChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.texts import Texts
from handlers import choice_expired
from handlers.asked import asked_sentence
from handlers.beside import benefit_line, hidden_bodies
from handlers.bodies import Offer, levels_by_agency, offers
from handlers.card_lines import data_lines, head_lines
from handlers.closing import closing
from handlers.filing import kind_of_place, own_commune, where_to_file, which_place_counts, who_decides
from handlers.hidden import hidden_card, hiding_for, is_hidden_there
from handlers.level_text import level_sentence, needs_account
from handlers.naming import is_cut
from handlers.offering import MOST, closed, home, pending, waiting_still
from handlers.onward import left_on_list, near_choices, situation
from handlers.rating import rate_choice
from handlers.related import has_relatives
from handlers.removed import gone, replaced_note
from handlers.same_name import same_name
from handlers.share import share_choice
from handlers.which_body import ask_which


@dataclass(frozen=True, slots=True)
class Shown:
    """A procedure as one body offers it, or all of them where they agree. `local`: communes decide on it."""

    procedure: Procedure
    agencies: tuple[str, ...]
    levels: frozenset[OnlineLevel]
    trial: bool
    local: bool


def open_card(turn: Turn) -> Outcome:
    """The card behind a choice."""
    if not isinstance(turn.target, CardChoice):
        return choice_expired.expired(turn)
    target, near = turn.target, left_on_list(turn)
    return show(turn, target.code, target.agency, turn.conversation.asks, near, alike=target.alike)


def show(
    turn: Turn,
    code: str,
    agency: str | None = None,
    asks: tuple[str, ...] = (),
    near: tuple[str, ...] = (),
    note: str | None = None,
    *,
    alike: bool = False,
) -> Outcome:
    """The card of a procedure, or the question which body is meant where they differ in level.

    `near`: codes that may be meant instead; `note`: a line below the name. `alike`: not `agency` itself is meant,
    but the group that it stands for. A code that was replaced leads to what took its place; an
    unknown code is an expired choice, and so is an agency that does not offer it.
    """
    catalogue = turn.catalogue
    current = successor(catalogue, code)
    if current is None:
        return choice_expired.expired(turn)
    procedure = catalogue.procedures[current]
    if current != code:
        replaced = replaced_note(turn, code, current)
        note = replaced if note is None else f"{note}\n{replaced}"
    if agency not in catalogue.agencies:
        # An old link may name a body that is no more, or that the procedure of today is not offered by.
        agency = None
    if alike and is_hidden_there(catalogue, current, agency):
        # Of the group that it stands for only this one is hidden: which of the others is meant is asked anew.
        agency, alike = None, False
    hiding = hiding_for(turn, procedure, agency)
    if hiding is not None:
        instead = _near(turn, procedure, near, turn.conversation.waiting)
        return hidden_card(turn, procedure, hiding, note, instead, CardChoice(current, agency, alike))
    if procedure.is_gone:
        return gone(turn, procedure, note)
    found = offers(catalogue, current)
    if current != code and not any(agency in offer.group.agencies for offer in found):
        agency = None
    narrowed = agency or own_commune(turn, procedure, [body for offer in found for body in offer.group.agencies])
    if narrowed is not None:
        found = tuple(offer for offer in found if narrowed in offer.group.agencies)
        if not found:
            return choice_expired.expired(turn)
    if len({offer.levels for offer in found}) > 1:
        return _ask(turn, procedure, found, note, asks)
    shown = _shown(catalogue, procedure, found, None if alike else narrowed)
    return _card(turn, shown, note, asks, near, CardChoice(current, agency, alike))


def _shown(catalogue: Catalogue, procedure: Procedure, found: tuple[Offer, ...], narrowed: str | None) -> Shown:
    offered = {agency for offer in found for agency in offer.group.agencies}
    if narrowed is not None:
        offered = {narrowed}
    agencies = tuple(agency for agency in levels_by_agency(catalogue, procedure.code) if agency in offered)
    levels = found[0].levels if found else frozenset()
    trial = bool(found) and all(offer.trial for offer in found)
    return Shown(procedure, agencies, levels, trial, any(agency in catalogue.communes for agency in agencies))


def _card(
    turn: Turn,
    shown: Shown,
    note: str | None,
    asks: tuple[str, ...],
    near: tuple[str, ...],
    view: CardChoice,
) -> Outcome:
    catalogue, texts, procedure = turn.catalogue, turn.texts, shown.procedure
    twin = same_name(turn.guide, texts, procedure)
    where = where_to_file(catalogue, texts, procedure, turn.commune)
    level = level_sentence(catalogue, texts, procedure, shown.levels, shown.agencies)
    again = turn.target == view and turn.conversation.trail[-1:] == (str(view),)
    end = closing(
        turn, local=shown.local and view.agency is None and kind_of_place(catalogue, procedure) is None, again=again
    )
    lines = [
        *head_lines(turn, procedure, note),
        asked_sentence(texts, asks),
        *((where, level) if "place" in asks else (level,)),
        hidden_bodies(catalogue, texts, procedure) if view.agency is None else None,
        benefit_line(catalogue, texts, procedure, turn.today),
        texts.get("card.trial") if shown.trial else None,
        texts.get("card.maybe_superseded") if procedure.maybe_superseded else None,
        *(() if "place" in asks else (where,)),
        who_decides(catalogue, texts, procedure, shown.agencies),
        which_place_counts(catalogue, texts, procedure, shown.agencies),
        twin.sentence if twin else None,
        *data_lines(turn, procedure, published=bool(shown.agencies)),
        end.question,
    ]
    waiting = waiting_still(turn, procedure.code)
    choices = (
        *pending(turn, waiting),
        *_near(turn, procedure, near, [*waiting, *((twin.choice,) if twin else ())]),
        *((twin.choice,) if twin else ()),
        *full_name_choice(turn, procedure),
        *_related(turn, procedure),
        *situation(turn, procedure.code),
    )
    # What was asked stays in mind, so that a second tap is answered like the first.
    body = None if view.alike else view.agency
    last = (rate_choice(turn, procedure.code, body), *end.choices, share_choice(turn, procedure.code, body))
    reply = Reply(
        Status.ANSWERED,
        "\n".join(line for line in lines if line),
        closed(turn, (*choices[: MOST - 1 - len(last)], *last)),
        links(catalogue, texts, procedure, with_account=needs_account(procedure, [shown.levels])),
        (procedure.code,),
    )
    return Outcome(reply, waiting, asks, procedure.code, body, near, view=view, profile=end.profile)


def _ask(
    turn: Turn, procedure: Procedure, found: tuple[Offer, ...], note: str | None, asks: tuple[str, ...]
) -> Outcome:
    catalogue, texts = turn.catalogue, turn.texts
    agencies = tuple(levels_by_agency(catalogue, procedure.code))
    question = ask_which(turn, procedure, found)
    lines = [
        *head_lines(turn, procedure, note),
        *question.lines,
        hidden_bodies(catalogue, texts, procedure),
        benefit_line(catalogue, texts, procedure, turn.today),
        which_place_counts(catalogue, texts, procedure, agencies),
        *data_lines(turn, procedure, published=True),
        question.asked,
    ]
    choices = (*question.choices, *full_name_choice(turn, procedure))[: MOST - 1]
    reply = Reply(
        Status.ASKED_BACK,
        "\n".join(line for line in lines if line),
        (*choices, home(turn)),
        links(catalogue, texts, procedure, with_account=needs_account(procedure, [offer.levels for offer in found])),
        (procedure.code,),
    )
    return Outcome(reply, turn.conversation.waiting, asks, procedure.code, view=CardChoice(procedure.code))


def _near(turn: Turn, procedure: Procedure, near: tuple[str, ...], offered: Sequence[Choice]) -> tuple[Choice, ...]:
    """What may be meant instead, without what is offered already."""
    targets = (parse(choice.id) for choice in offered)
    known = [procedure.code, *(target.code for target in targets if isinstance(target, CardChoice))]
    return near_choices(turn, near, known)


def full_name_choice(turn: Turn, procedure: Procedure) -> tuple[Choice, ...]:
    if not is_cut(procedure):
        return ()
    return (Choice(str(FullNameChoice(procedure.code)), turn.texts.get("card.name_cut")),)


def _related(turn: Turn, procedure: Procedure) -> tuple[Choice, ...]:
    if not has_relatives(turn, procedure.code):
        return ()
    return (Choice(str(RelatedChoice(procedure.code)), turn.texts.get("related.open")),)


def links(catalogue: Catalogue, texts: Texts, procedure: Procedure, *, with_account: bool) -> tuple[Link, ...]:
    """The procedure's page, and how to get an account where one is needed."""
    page = Link(texts.get("link.procedure"), portal_link(catalogue, procedure))
    if not with_account:
        return (page,)
    return (page, Link(texts.get("link.identity"), catalogue.province.identity_help))
