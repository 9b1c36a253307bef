"""The person's commune: asked once, remembered until changed or forgotten, and told in today's or in former names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.catalog.communes import CommuneMatch
from bot.catalog.model import Commune
from bot.catalog.titles import begin_lower, begin_upper
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import (
    FORGET_COMMUNE,
    SKIP_COMMUNE,
    AgencyChoice,
    CardChoice,
    CommuneChoice,
    ListBy,
    OnlineListChoice,
    PickChoice,
)
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import fold
from handlers import card, choice_expired, other
from handlers.commune_names import (
    Place,
    asked_what_became,
    commune_name,
    formed_from,
    former_name,
    place_named,
    states_home,
)
from handlers.naming import province_name
from handlers.offering import MOST, closed, home, skip_commune


def commune(turn: Turn) -> Outcome:
    """Asked for, chosen, named behind the command, forgotten, or not told."""
    target, profile = turn.target, turn.conversation.profile
    code = target.code if isinstance(target, CommuneChoice) else None
    if code is None:
        return (named_alone(turn) or _unknown(turn)) if turn.text else _ask(turn)
    if code in {FORGET_COMMUNE, SKIP_COMMUNE}:
        forgotten = replace(profile, commune=None, commune_asked=True)
        text = turn.texts.get("commune.forgotten" if code == FORGET_COMMUNE else "commune.skipped")
        spoken_of = turn.conversation.procedure
        if spoken_of is not None:
            now = replace(turn, conversation=replace(turn.conversation, profile=forgotten))
            return replace(card.show(now, spoken_of, asks=turn.conversation.asks, note=text), profile=forgotten)
        kept = unchanged(turn, Reply(Status.REMEMBERED, text, (home(turn),)))
        return replace(kept, profile=forgotten)
    chosen = turn.catalogue.communes.get(code)
    return choice_expired.expired(turn) if chosen is None else _remember(turn, CommuneMatch(chosen, None))


def told(turn: Turn) -> Outcome | None:
    """What follows from a message that says where the person lives; None for any other message."""
    return _not_told(turn) or _where_now(turn) or _place(turn, place_named(turn, asked=_was_asked(turn)))


def _not_told(turn: Turn) -> Outcome | None:
    """What follows where the person would rather not say it, in words instead of by the button."""
    skip = CommuneChoice(SKIP_COMMUNE)
    is_offered = any(choice.id == str(skip) for choice in turn.conversation.choices)
    if not is_offered or fold(turn.text) not in map(fold, turn.texts.words("commune.not_told")):
        return None
    return commune(replace(turn, target=skip))


def _where_now(turn: Turn) -> Outcome | None:
    """What became of a place ("xã Thạch Kênh bây giờ là xã nào"); nothing is remembered for having asked."""
    name = asked_what_became(turn)
    place = None if name is None else place_named(replace(turn, text=name), asked=True)
    if place is None:
        return None
    meant = {match.commune.agency_code: match for match in place.matches}
    if not meant:
        return _ask_in_district(turn, place)
    lines = [former_name(turn, match) or _today(turn, match.commune) for match in meant.values()]
    choices = tuple(_choice(turn, match.commune) for match in meant.values())
    asked = turn.texts.get("commune.is_it_yours")
    reply = Reply(Status.HELPED, "\n".join([*lines, asked]), closed(turn, choices[: MOST - 1]))
    return unchanged(turn, reply)


def named_alone(turn: Turn) -> Outcome | None:
    """The same for a message that is the name of a place and nothing else that we know."""
    return _place(turn, place_named(turn, asked=True))


def unknown(turn: Turn) -> Outcome | None:
    """What follows where a place was asked for or told, and no commune bears such a name."""
    if not (_was_asked(turn) or states_home(turn)):
        return None
    return _unknown(turn)


def _unknown(turn: Turn) -> Outcome:
    province = province_name(turn.catalogue.province, turn.language)
    text = turn.texts.get("commune.unknown", province=province)
    return unchanged(turn, Reply(Status.ASKED_BACK, text, (skip_commune(turn), home(turn))))


def _place(turn: Turn, place: Place | None) -> Outcome | None:
    if place is None:
        return None
    meant = {match.commune.agency_code: match for match in place.matches}
    if len(meant) == 1 and not place.districts:
        return _remember(turn, next(iter(meant.values())))
    return _ask_which(turn, place, meant.values()) if meant else _ask_in_district(turn, place)


def _was_asked(turn: Turn) -> bool:
    """Whether the answer on the screen asks for the commune, or offers communes to choose from."""
    return any(choice.id.startswith(str(CommuneChoice())) for choice in turn.conversation.choices)


def _ask(turn: Turn) -> Outcome:
    texts = turn.texts
    if turn.commune is None:
        reply = Reply(Status.ASKED_BACK, texts.get("commune.ask"), (skip_commune(turn), home(turn)))
    else:
        forget = Choice(str(CommuneChoice(FORGET_COMMUNE)), texts.get("commune.forget"))
        text = texts.get("commune.change", commune=commune_name(texts, turn.commune))
        reply = Reply(Status.ASKED_BACK, text, (forget, home(turn)))
    return replace(unchanged(turn, reply), profile=replace(turn.conversation.profile, commune_asked=True))


def _ask_which(turn: Turn, place: Place, matches: Iterable[CommuneMatch]) -> Outcome:
    """One short question: which of the communes of today, each named with what it was formed from."""
    texts, meant = turn.texts, tuple(matches)
    split = {match.former.name for match in meant if match.former is not None and not match.former.whole}
    if len(split) == 1 and all(match.former is not None for match in meant):
        lines = [texts.get("commune.split", unit=split.pop())]
        lines += [_today(turn, match.commune) for match in meant]
    else:
        lines = [texts.get("commune.which", name=_name(meant[0]))]
        lines += [_described(turn, match) for match in meant]
    choices = [_choice(turn, match.commune) for match in meant]
    listed = {match.commune.agency_code for match in place.matches}
    others = [c for c in place.of_district if c.agency_code not in listed]
    if others:
        names = ", ".join(commune.name for commune in others)
        lines.append(texts.get("commune.else_in_district", district=_named_together(turn, place), names=names))
    choices += [_choice(turn, c) for c in others]
    return unchanged(turn, Reply(Status.ASKED_BACK, "\n".join(lines), _with_ways_out(turn, choices)))


def _described(turn: Turn, match: CommuneMatch) -> str:
    if match.former is None:
        return _today(turn, match.commune)
    unit = begin_lower(match.former.name)
    return turn.texts.get("commune.holds", commune=commune_name(turn.texts, match.commune), unit=unit)


def _today(turn: Turn, commune: Commune) -> str:
    units = formed_from(turn.texts, commune)
    name = commune_name(turn.texts, commune)
    return turn.texts.get("commune.today", commune=begin_upper(name), units=units)


def _name(match: CommuneMatch) -> str:
    """What was named, in the spelling of the catalogue."""
    return match.commune.name if match.former is None else match.former.name


def _ask_in_district(turn: Turn, place: Place) -> Outcome:
    names = ", ".join(commune.name for commune in place.of_district)
    district = _named_together(turn, place)
    text = turn.texts.get("commune.district", district=begin_upper(district), names=names)
    choices = [_choice(turn, commune) for commune in place.of_district]
    return unchanged(turn, Reply(Status.ASKED_BACK, text, _with_ways_out(turn, choices)))


def _named_together(turn: Turn, place: Place) -> str:
    """The former districts, for the middle of a sentence."""
    named = [begin_lower(district) for district in place.districts]
    if len(named) < 2:
        return "".join(named)
    return turn.texts.get("commune.and", first=", ".join(named[:-1]), second=named[-1])


def _with_ways_out(turn: Turn, choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """As many of the choices as fit; the others are named in the text, and may be typed."""
    return (*choices[: MOST - 2], skip_commune(turn), home(turn))


def _choice(turn: Turn, commune: Commune) -> Choice:
    name = commune_name(turn.texts, commune)
    return Choice(str(CommuneChoice(commune.agency_code)), begin_upper(name))


def _remember(turn: Turn, match: CommuneMatch) -> Outcome:
    """The commune is kept; what was being spoken of is said again for it."""
    chosen, kept = match.commune, turn.conversation
    profile = replace(kept.profile, commune=chosen.agency_code, commune_asked=True)
    now = replace(turn, conversation=replace(kept, profile=profile))
    note = turn.texts.get("commune.remembered", commune=commune_name(turn.texts, chosen))
    if match.former is not None:
        note = f"{former_name(turn, match)}\n{note}"
    if kept.procedure is not None:
        return replace(card.show(now, kept.procedure, asks=kept.asks, note=note), profile=profile)
    following = other.next_wish(now)
    if following is not None:
        return replace(following.with_note(note), profile=profile)
    view = last_view(kept.trail)
    if isinstance(view, PickChoice) and any(isinstance(parse(choice.id), CardChoice) for choice in kept.choices):
        # Asked which of several: that question stands.
        text = f"{note}\n{turn.texts.get('other.which_one')}"
        asked = unchanged(now, Reply(Status.ASKED_BACK, text, kept.choices, codes=view.codes))
        return replace(asked, profile=profile)
    return _remembered(now, chosen, note, profile)


def _remembered(turn: Turn, chosen: Commune, note: str, profile: Profile) -> Outcome:
    texts, code = turn.texts, chosen.agency_code
    choices = (
        Choice(str(AgencyChoice(code)), texts.get("commune.services")),
        Choice(str(OnlineListChoice(ListBy.AGENCY, code)), texts.get("commune.online")),
        Choice(str(CommuneChoice(FORGET_COMMUNE)), texts.get("commune.forget")),
    )
    text = f"{note}\n{texts.get('commune.what_next')}"
    return Outcome(Reply(Status.REMEMBERED, text, closed(turn, choices)), profile=profile)
