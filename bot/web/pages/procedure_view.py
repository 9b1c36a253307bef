"""A procedure as its page shows it: the assistant's card, where to go on, and what is like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.catalog.model import LifeEvent
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice, Link, Reply, Status
from bot.dialogue.rating_choices import RateChoice
from bot.dialogue.signed_links import Signer
from bot.operations.show import card_of
from bot.settings import Settings
from bot.texts import Texts
from bot.texts.written import day_written
from bot.web.pages import addresses
from bot.web.pages.counting import counted
from bot.web.pages.guests import NOBODY, Guest
from bot.web.pages.names import Named, event_title, field_name, procedure_heading, vietnamese, vietnamese_name_line
from bot.web.pages.onward import Onward, onward
from bot.web.pages.rows import RowView, row_views
from bot.web.pages.site import Site, near_of_field, rows_of_event

_MOST_OF_EVENT = 8
_LEVELS = (
    "card.level.full",
    "card.level.partial",
    "card.level.information",
    "card.level.by_case",
    "card.level.unknown",
    "card.level.unknown_listed",
    "card.level.unknown_not_listed",
    "card.level.differs",
)


@dataclass(frozen=True, slots=True)
class Related:
    """A list of procedures under a heading, with a link to the whole of it."""

    title: str
    rows: tuple[RowView, ...]
    whole: str


@dataclass(frozen=True, slots=True)
class ProcedureView:
    """`lines`: the card below its heading. `official`: the whole official name where the heading is another."""

    code: str
    heading: Named
    official: Named | None
    translated: bool
    """The heading is not Vietnamese, so that `official` says the same in the official words."""
    lines: tuple[str, ...]
    level: str
    """The one of the lines that says how far the procedure goes online."""
    bodies: tuple[Link, ...]
    """Where the level depends on the body: a link to the card at each."""
    at_body: str | None
    """The body that the card speaks of, where one was chosen."""
    all_bodies: str
    links: tuple[Link, ...]
    field: Link | None
    replaced: tuple[str, ...]
    onward: Onward
    twins: tuple[Link, ...]
    related: tuple[Related, ...]
    body: str | None
    """The code of `at_body`."""
    report: str | None
    """Where one says that it looks old; None where nothing can be kept."""


def procedure_view(
    site: Site,
    texts: Texts,
    settings: Settings,
    code: str,
    agency: str | None,
    signer: Signer | None = None,
    today: date | None = None,
    guest: Guest = NOBODY,
) -> ProcedureView | None:
    """The page of a code in force; None where no procedure bears it. An agency that does not decide is left out.

    With a `signer` its link to the portal is counted; of nobody, because the page is everybody's. `today`: where it is
    another day than today. `guest`: by whose shared link it is read.
    """
    catalogue = site.catalogue
    old_days = settings.data_old_days

    def card(at: str | None) -> Reply | None:
        return card_of(site.guide, texts, code, at, today=today, old_days=old_days)

    row, whole = site.rows.get(code), card(None)
    if row is None or whole is None:
        return None
    decides = agency is not None and any(agency in place.agencies for place in row.places)
    shown = (card(agency) if decides else whole) or whole
    procedure, language = row.procedure, texts.language
    body = agency if decides else None
    links = shown.links
    if signer is not None:
        links = counted(links, catalogue, signer, code, body, guest.via)
    # The card begins with its name, and in English with the Vietnamese one: the page has both in its heading.
    in_vietnamese = vietnamese_name_line(procedure, texts)
    _, *lines = (line for line in shown.text.split("\n") if line and line != in_vietnamese)
    heading, official = procedure_heading(procedure, language), vietnamese(procedure.title, language)
    field = catalogue.fields.get(procedure.field_id)
    return ProcedureView(
        code=code,
        heading=heading,
        official=None if heading.text == official.text else official,
        translated=heading.language != official.language,
        lines=tuple(lines),
        level=level_line(site, texts, lines),
        bodies=_bodies(language, shown, guest),
        at_body=None if body is None else catalogue.agencies[body].name,
        all_bodies=guest.address(addresses.in_language(language, addresses.procedure_path(code)), CardChoice(code)),
        links=links,
        field=None
        if field is None
        else Link(str(field_name(field, language)), addresses.in_language(language, addresses.field_path(field.id))),
        replaced=_replaced(site, texts, code),
        onward=onward(texts, settings, CardChoice(code, body), guest).with_link(rate_link(texts, code, body)),
        twins=_twins(language, whole, code, guest),
        related=tuple(_told(related, guest) for related in _related(site, texts, code)),
        body=body,
        report=None if signer is None else addresses.in_language(language, addresses.stale_path(code)),
    )


def _replaced(site: Site, texts: Texts, code: str) -> tuple[str, ...]:
    """A sentence for the codes whose place it took, and one for each of which it is known when it left the list."""
    procedures = [site.catalogue.procedures[old] for old in site.replaced.get(code, ())]
    plain = ", ".join(old.code for old in procedures if old.removal is None)
    first = (texts.get("web.pages.procedure.replaces", codes=plain),) if plain else ()
    dated = (
        texts.get("removed.page.replaces", old=old.code, date=day_written(texts.language, old.removal.since))
        for old in procedures
        if old.removal is not None
    )
    return (*first, *dated)


def level_line(site: Site, texts: Texts, lines: Sequence[str]) -> str:
    """The first line of what a card says about the level; empty where there is none."""
    province = site.catalogue.province.name
    beginnings = {(texts.find(text_id, province=province) or "").split("\n")[0] for text_id in _LEVELS}
    return next((line for line in lines if line in beginnings), "")


def rate_link(texts: Texts, code: str, agency: str | None) -> Link:
    address = addresses.chat_address(texts.language, str(RateChoice(code, agency)))
    return Link(texts.get("rating.open"), address)


def _bodies(language: str, card: Reply, guest: Guest) -> tuple[Link, ...]:
    if card.status is not Status.ASKED_BACK:
        return ()
    return _links(language, [choice for choice in card.choices if _target(choice).agency is not None], guest)


def _twins(language: str, card: Reply, code: str, guest: Guest) -> tuple[Link, ...]:
    """Other procedures that the card offers: those of the same name."""
    offered = (_target(choice) for choice in card.choices)
    wanted = {target.code for target in offered if target.code not in ("", code)}
    return _links(language, [choice for choice in card.choices if _target(choice).code in wanted], guest)


def _target(choice: Choice) -> CardChoice:
    target = parse(choice.id)
    return target if isinstance(target, CardChoice) else CardChoice("")


def _links(language: str, choices: Sequence[Choice], guest: Guest) -> tuple[Link, ...]:
    return tuple(
        Link(choice.label, guest.address(addresses.choice_address(language, choice.id), _target(choice)))
        for choice in choices
    )


def _told(related: Related, guest: Guest) -> Related:
    return replace(related, rows=guest.rows(related.rows))


def _related(site: Site, texts: Texts, code: str) -> tuple[Related, ...]:
    found = [_of_event(site, texts, event, code) for event in site.catalogue.life_events if code in event.codes]
    field = site.catalogue.fields.get(site.rows[code].procedure.field_id)
    shown = {row.code for related in found for row in related.rows}
    near = [row for row in near_of_field(site, code) if row.procedure.code not in shown]
    if near and field is not None:
        name = field_name(field, texts.language)
        title = texts.get("web.pages.procedure.same_field", field=name)
        whole = addresses.in_language(texts.language, addresses.field_path(field.id))
        found.append(Related(title, row_views(site.catalogue, texts, near), whole))
    return tuple(related for related in found if related.rows)


def _of_event(site: Site, texts: Texts, event: LifeEvent, code: str) -> Related:
    rows = [row for row in rows_of_event(site, event.codes) if row.procedure.code != code][:_MOST_OF_EVENT]
    title = texts.get("web.pages.procedure.situation", title=event_title(event, texts.language))
    whole = addresses.in_language(texts.language, addresses.event_path(event.id))
    return Related(title, row_views(site.catalogue, texts, rows), whole)
