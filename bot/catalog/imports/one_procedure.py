"""All rows of one procedure together: its name, its field, and what is offered where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from bot.catalog.imports.claims import ASK, KEEP, LEAVE_OUT, LEVELS, Claim, RowReader
from bot.catalog.imports.ledger import Ledger
from bot.catalog.imports.listing import ListedProcedure, Offer
from bot.catalog.imports.model import Action, Answer, FindingKind
from bot.catalog.model import Catalogue, OnlineLevel, Service, Tier
from bot.catalog.online_list import tier_of

_ORDER = {level: place for place, level in enumerate(LEVELS)}
_Offers = dict[str, dict[str, Offer]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the lists speak of. `whole`: what they lack of it is gone."""

    whole: bool
    tiers: frozenset[Tier]


class Binder:
    """Makes a `ListedProcedure` of the claims of one code."""

    def __init__(self, catalogue: Catalogue, reader: RowReader, ledger: Ledger, coverage: Coverage) -> None:
        self._catalogue = catalogue
        self._reader = reader
        self._ledger = ledger
        self._coverage = coverage

    def bind(self, code: str, claims: Sequence[Claim]) -> ListedProcedure | None:
        """None: it is new, and a person has to say what it is first."""
        procedure = self._catalogue.procedures.get(code)
        known = {service.service_code: service for service in self._catalogue.services.get(code, ())}
        service_names: dict[str, str] = {}
        name = ""
        kept: list[Claim] = []
        for service_code, group in _by_service(claims).items():
            left, chosen = self._one_name(code, service_code, group)
            kept += self._once(code, left)
            if service_code and service_code not in known and (known or procedure is None):
                # One more service of it, under a name of its own.
                service_names[service_code] = chosen
                name = name or ("" if procedure is not None else chosen)
                continue
            renamed = self._renamed(code, known.get(service_code), left, chosen)
            if renamed:
                of_procedure = {one for one, service in known.items() if self._is_the_procedure(code, service)}
                is_of_procedure = not service_code or service_code in of_procedure
                service_names |= dict.fromkeys({service_code} if service_code else of_procedure, renamed)
                name = name or (renamed if is_of_procedure else "")
        if not kept:
            return None
        field, is_new = next(((c.field, c.is_new_field) for c in kept if c.field), ("", False))
        if procedure is None and not field:
            if any(claim.field is None for claim in kept):
                return None
            field = self._reader.field_of_new(kept[0]) or ""
            if not field:
                return None
        offers = self._offers(code, kept)
        self._worse(code, kept, offers)
        tiers = frozenset(claim.tier for claim in kept if claim.tier is not None)
        ministry = next((claim.row.ministry for claim in kept if claim.row.ministry), "")
        return ListedProcedure(code, name, service_names, field, is_new, tiers, offers, ministry)

    def _is_the_procedure(self, code: str, service: Service) -> bool:
        """Whether a name of this service is the procedure's: not where it bears one of its own."""
        return self._reader.title(service.name) == self._catalogue.procedures[code].title

    def _one_name(self, code: str, service_code: str, claims: Sequence[Claim]) -> tuple[list[Claim], str]:
        """The claims that stay, and the one name of all of them."""
        names: dict[str, Claim] = {}
        for claim in claims:
            if claim.name:
                names.setdefault(self._reader.title(claim.name), claim)
        if len(names) < 2:
            return list(claims), next((claim.name for claim in names.values()), "")
        titles = self._known_titles(code, service_code)
        likeliest = next((claim for title, claim in names.items() if title in titles), next(iter(names.values()))).name
        chosen = likeliest
        dropped: set[str] = set()
        for title, claim in names.items():
            # Two services of it may bear two names, and both are known then.
            if claim.name == likeliest or title in titles:
                continue
            answer = self._ledger.add(
                *(FindingKind.TWO_NAMES, claim.row.spot, code, claim.name, likeliest),
                proposal=Answer(Action.USE, likeliest),
                choices=(Answer(Action.USE, claim.name), LEAVE_OUT),
                apart=(service_code,),
            )
            if answer.action is Action.LEAVE_OUT:
                dropped.add(title)
            elif answer.value and answer.value != likeliest:
                chosen = answer.value
        return [claim for claim in claims if self._reader.title(claim.name) not in dropped], chosen

    def _known_titles(self, code: str, service_code: str) -> set[str]:
        procedure = self._catalogue.procedures.get(code)
        if procedure is None:
            return set()
        services = self._catalogue.services.get(code, ())
        names = [s.name for s in services if service_code in {"", s.service_code}]
        return {procedure.title, *(self._reader.title(name) for name in names)}

    def _renamed(self, code: str, service: Service | None, claims: Sequence[Claim], name: str) -> str:
        """The name that it has from now on; empty where it stays."""
        procedure = self._catalogue.procedures.get(code)
        if procedure is None or not name or not claims:
            return name
        if self._reader.title(name) in self._known_titles(code, claims[0].service_code):
            return ""
        answer = self._ledger.add(
            *(FindingKind.RENAMED, claims[0].row.spot, code, name, (service or procedure).name),
            proposal=Answer(Action.USE, name),
            choices=(KEEP,),
            apart=(claims[0].service_code,),
        )
        return answer.value if answer.action is Action.USE else ""

    def _once(self, code: str, claims: Iterable[Claim]) -> list[Claim]:
        """Without rows that say the same again."""
        seen: dict[tuple[object, ...], Claim] = {}
        kept = []
        for claim in claims:
            title = self._reader.title(claim.name)
            says = (title, claim.agencies, claim.level, claim.tier, claim.field, claim.trial, claim.row.list_tier)
            first = seen.setdefault(says, claim)
            if first is claim:
                kept.append(claim)
                continue
            said = (claim.name, str(first.row.spot))
            self._ledger.add(FindingKind.DUPLICATE, claim.row.spot, code, *said, proposal=LEAVE_OUT)
        return kept

    def _offers(self, code: str, claims: Sequence[Claim]) -> _Offers:
        before = _as_offers(self._catalogue.services.get(code, ()))
        offers: _Offers = {service: dict(agencies) for service, agencies in before.items()}
        said: dict[tuple[str, str], tuple[Offer, Claim]] = {}
        for claim in claims:
            for agency in self._agencies(claim, before):
                for service in self._services(claim, agency, before):
                    self._offer(service, agency, claim, offers, said)
        if self._coverage.whole and all(claim.agencies is not None and claim.is_whole for claim in claims):
            # A row that names no service speaks of all that there are at its agencies.
            unnamed = {agency for claim in claims if not claim.service_code for agency in claim.agencies or ()}
            self._drop(offers, said.keys() | {(service, agency) for service in before for agency in unnamed})
        return {service: agencies for service, agencies in offers.items() if agencies}

    def _drop(self, offers: _Offers, said: Set[tuple[str, str]]) -> None:
        for service, agencies in offers.items():
            for agency in list(agencies):
                is_covered = tier_of(self._catalogue, agency) in self._coverage.tiers
                if is_covered and (service, agency) not in said:
                    del agencies[agency]

    def _agencies(self, claim: Claim, before: _Offers) -> tuple[str, ...]:
        if claim.agencies is not None:
            return claim.agencies
        offered = [agency for agencies in before.values() for agency in agencies]
        here = tuple(dict.fromkeys(agency for agency in offered if self._reader.is_of(agency, claim.tier)))
        if here or claim.level is None:
            return here
        return self._reader.communes if claim.tier is Tier.COMMUNE else self._reader.agencies_of_new(claim)

    def _services(self, claim: Claim, agency: str, before: _Offers) -> tuple[str, ...]:
        """Which services a row speaks of: the one it names, else those that the agency offers, else the first."""
        if claim.service_code:
            return (claim.service_code,)
        here = tuple(service for service, agencies in before.items() if agency in agencies)
        if any(before[service][agency].level is claim.level for service in here):
            # It is offered so in one case and otherwise in another; that stays true.
            return tuple(service for service in here if before[service][agency].level is claim.level)
        return here or (next(iter(before), "") or self._reader.own_service(claim.code),)

    def _offer(
        self,
        service: str,
        agency: str,
        claim: Claim,
        offers: _Offers,
        said: dict[tuple[str, str], tuple[Offer, Claim]],
    ) -> None:
        if claim.is_offline:
            offers.get(service, {}).pop(agency, None)
            return
        old = offers.get(service, {}).get(agency)
        level = claim.level or (old.level if old else None)
        if level is None:
            return
        was_trial = old is not None and old.trial
        new = Offer(level, was_trial if claim.trial is None else claim.trial)
        earlier = said.get((service, agency))
        if earlier is not None and earlier[0].level is not level:
            answer = self._contradicts(claim, earlier[0], earlier[1], level)
            if answer.action is not Action.USE or answer.value != level:
                return
        said[service, agency] = (new, claim)
        offers.setdefault(service, {})[agency] = new

    def _contradicts(self, claim: Claim, earlier: Offer, first: Claim, level: OnlineLevel) -> Answer:
        # Of one row, once: it may name seventy agencies.
        uses = tuple(Answer(Action.USE, one.value) for one in (level, earlier.level))
        return self._ledger.once_of_row(
            *(
                FindingKind.DUPLICATE,
                claim.row.spot,
                claim.code,
                level.value,
                f"{earlier.level.value} {first.row.spot}",
            ),
            proposal=ASK,
            choices=uses,
        )

    def _worse(self, code: str, claims: Sequence[Claim], offers: _Offers) -> None:
        """Levels that get worse, put back where a person says so."""
        before = _as_offers(self._catalogue.services.get(code, ()))
        found: defaultdict[tuple[str, OnlineLevel, OnlineLevel], list[str]] = defaultdict(list)
        for service, agencies in before.items():
            for agency, old in agencies.items():
                new = offers.get(service, {}).get(agency)
                if new is not None and _ORDER[new.level] > _ORDER[old.level]:
                    found[service, old.level, new.level].append(agency)
        for (service, old_level, new_level), worse in found.items():
            spot = next((c.row.spot for c in claims if c.level is new_level), claims[0].row.spot)
            answer = self._ledger.add(
                *(FindingKind.LEVEL_WORSE, spot, code, new_level.value, f"{old_level.value} {' '.join(worse)}"),
                proposal=Answer(Action.USE, new_level.value),
                choices=(KEEP,),
                apart=(service, old_level.value),
            )
            if answer.action is Action.KEEP:
                for agency in worse:
                    offers[service][agency] = replace(before[service][agency])


def _by_service(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(claim.service_code, []).append(claim)
    return groups


def _as_offers(services: Iterable[Service]) -> _Offers:
    offers: _Offers = {}
    for service in services:
        offers.setdefault(service.service_code, {}).update(
            dict.fromkeys(service.agencies, Offer(service.level, service.trial))
        )
    return offers
