"""What is to be printed, forwarded or read out, in words: a link to what is shared, and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.catalog.editorial import hiding_of
from bot.catalog.lookup import is_hidden
from bot.catalog.model import Catalogue, Commune, Procedure
from bot.catalog.titles import begin_upper
from bot.dialogue.signed_links import SHARE_PATH, ShareLink, Signer
from bot.operations.sharing.at_home import at_home, few_words, sentence
from bot.operations.sharing.targets import Kind, Target, event_of
from bot.store.sharing import CommunityTeam
from bot.texts import Texts
from handlers.commune_names import commune_name
from handlers.naming import operator_name
from handlers.stages import Stage


class Wrong(StrEnum):
    """Why nothing is made."""

    REMOVED = "removed"
    """It stands in the list no longer."""
    HIDDEN = "hidden"
    """Editors have hidden it for the moment."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """`team`, `commune`: whose link it is and where it hangs; None: nobody's, anywhere."""

    target: Target
    team: CommunityTeam | None = None
    commune: Commune | None = None


@dataclass(frozen=True, slots=True)
class House:
    """What all materials of an installation share. `public`: its address. `is_on_zalo`: it has a Zalo account."""

    catalogue: Catalogue
    texts: Texts
    signer: Signer
    public: str
    is_on_zalo: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """All words and the link; it holds no reference to a catalogue, so that another process may draw it.

    `code`: empty for what is no procedure. `names`: the whole name first, then shorter ones that say the same. `can`:
    one sentence, what can be done at home; `few`: the same in few words. `stage`: None for what is no procedure.
    `notes`: what has to be known besides. `team`, `commune`: empty where not told. `centre`: where there is help, as
    it is called. `about`: whose assistant it is. `zalo`: what its Zalo account is called; empty without one.
    """

    target: Target
    link: str
    code: str
    names: tuple[str, ...]
    can: str
    few: str
    stage: Stage | None
    notes: tuple[str, ...]
    team: str
    commune: str
    centre: str
    assistant: str
    about: str
    zalo: str
    as_of: date
    language: str

    @property
    def whose(self) -> tuple[str, ...]:
        """Team and place as they are told, none to both of them; the first begins with a capital."""
        told = [part for part in (self.team, self.commune) if part]
        return (begin_upper(told[0]), *told[1:]) if told else ()


def make_material(house: House, wanted: Wanted) -> Material | Wrong:
    """What is known of the target today. Pure. The target is one of the catalogue."""
    catalogue, texts, target = house.catalogue, house.texts, wanted.target
    procedure = catalogue.procedures[target.id] if target.kind is Kind.PROCEDURE else None
    if procedure is not None:
        wrong = _wrong(catalogue, procedure, wanted.commune)
        if wrong is not None:
            return wrong
    stage, notes, as_of = _standing(house, procedure, wanted.commune)
    province = catalogue.province
    commune = "" if wanted.commune is None else commune_name(texts, wanted.commune)
    return Material(
        target=target,
        link=address_of(house, wanted),
        code="" if procedure is None else procedure.code,
        names=tuple(dict.fromkeys(_names(catalogue, target))),
        can=texts.find(f"poster.can.{target.kind}") or "" if stage is None else sentence(texts, catalogue, stage),
        few=texts.find(f"poster.few.{target.kind}") or "" if stage is None else few_words(texts, stage),
        stage=stage,
        notes=notes,
        team="" if wanted.team is None else wanted.team.name,
        commune=commune,
        centre=f"{province.service_centre} {commune}".strip(),
        assistant=province.assistant_name,
        about=texts.get(
            "poster.about", assistant=province.assistant_name, operator=operator_name(province, texts.language)
        ),
        zalo=province.assistant_name if house.is_on_zalo else "",
        as_of=as_of,
        language=texts.language,
    )


def materials_of(
    house: House, codes: Iterable[str], team: CommunityTeam | None, commune: Commune | None
) -> list[Material]:
    """Of procedures of the catalogue, without those about which nothing is made."""
    found = (make_material(house, Wanted(Target(Kind.PROCEDURE, code), team, commune)) for code in codes)
    return [one for one in found if isinstance(one, Material)]


def address_of(house: House, wanted: Wanted) -> str:
    """The counted short link; the same for the same target, team and place."""
    link = ShareLink(
        wanted.target.in_link,
        0 if wanted.team is None else wanted.team.number,
        "" if wanted.commune is None else wanted.commune.statistics_code,
    )
    return f"{house.public}{SHARE_PATH}/{house.signer.share_id(link)}"


def _wrong(catalogue: Catalogue, procedure: Procedure, commune: Commune | None) -> Wrong | None:
    if procedure.is_gone:
        return Wrong.REMOVED
    hiding = hiding_of(catalogue.editorial, procedure.code, "" if commune is None else commune.agency_code)
    return None if hiding is None and not is_hidden(catalogue, procedure.code) else Wrong.HIDDEN


def _standing(
    house: House, procedure: Procedure | None, commune: Commune | None
) -> tuple[Stage | None, tuple[str, ...], date]:
    if procedure is None:
        return None, (), house.catalogue.as_of
    texts, found = house.texts, at_home(house.catalogue, procedure, commune)
    notes = (
        texts.get("card.trial") if found.is_trial else "",
        texts.get("poster.doubtful") if procedure.maybe_superseded else "",
    )
    return found.stage, tuple(note for note in notes if note), found.as_of


def _names(catalogue: Catalogue, target: Target) -> Iterator[str]:
    """The whole name first."""
    if target.kind is Kind.PROCEDURE:
        procedure = catalogue.procedures[target.id]
        yield from (name for name in (procedure.title, procedure.short_name, procedure.label) if name)
        return
    event = event_of(catalogue, target.id)
    yield begin_upper(catalogue.fields[target.id].name if event is None else event.title)
