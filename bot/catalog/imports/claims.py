"""One row of a list in the catalogue's terms, and what is found in it that does not go without saying."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.catalog import online_list
from bot.catalog.codes import is_public_code, is_service_code
from bot.catalog.imports.agency_names import AgencyNames, agencies_in, tier_of
from bot.catalog.imports.field_names import FieldNames
from bot.catalog.imports.ledger import Ledger
from bot.catalog.imports.model import Action, Answer, FindingKind, Listed, ListTier, Reading
from bot.catalog.imports.spelling import tidied
from bot.catalog.imports.written_codes import candidates, is_internal, is_well_written, proven, several_codes
from bot.catalog.model import Catalogue, OnlineLevel, Tier
from bot.catalog.ranges import RangeError
from bot.catalog.titles import tidy

ASK = Answer(Action.ASK)
LEAVE_OUT = Answer(Action.LEAVE_OUT)
KEEP = Answer(Action.KEEP)
LEVELS = (OnlineLevel.FULL, OnlineLevel.PARTIAL, OnlineLevel.INFORMATION)
_OLD_LEVEL = re.compile(r"(?:.*(?:mức\s*(?:độ)?|level)|độ)?\s*(?:[34]|III|IV)(?:\b.*)?", re.IGNORECASE)
_MOST_SERVICES = 100
_USE_TIERS = (Answer(Action.USE, Tier.PROVINCE.value), Answer(Action.USE, Tier.COMMUNE.value))
_TIERS = {ListTier.PROVINCE: Tier.PROVINCE, ListTier.COMMUNE: Tier.COMMUNE, ListTier.OTHER: Tier.OTHER}


@dataclass(frozen=True, slots=True)
class Claim:
    """`agencies`, `trial`: None: the row does not say. `is_whole`: nothing that it says of agencies was left out.
    `field`: None: it waits for somebody to say what is meant; empty: the row does not say. `is_offline`: it is offered
    online no longer where the row says.
    """

    row: Listed
    code: str
    service_code: str
    name: str
    field: str | None
    is_new_field: bool
    agencies: tuple[str, ...] | None
    is_whole: bool
    level: OnlineLevel | None
    tier: Tier | None
    trial: bool | None
    is_offline: bool = False


class RowReader:
    """`mentioned`: codes that stand in the list, also in rows that are left out."""

    def __init__(self, catalogue: Catalogue, reading: Reading, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._rows = reading.rows
        self._agencies = AgencyNames(catalogue)
        self._fields = FieldNames(catalogue)
        self.titles: dict[str, str] = {}
        self._well_written = {row.code: tidied(row.name) for row in self._rows if row.code and is_well_written(row)}
        self.mentioned: set[str] = set()
        self._owners = {s.service_code: s.code for group in catalogue.services.values() for s in group}

    @property
    def communes(self) -> tuple[str, ...]:
        return self._agencies.communes

    def title(self, name: str) -> str:
        """A list has a name in many rows."""
        title = self.titles.get(name)
        if title is None:
            title = self.titles[name] = tidy(name)
        return title

    def claims(self) -> Iterator[Claim]:
        for row in self._rows:
            yield from self._claims_of(row)

    def _claims_of(self, row: Listed) -> Iterator[Claim]:
        """None: it is left out, or waits for an answer without which nothing can be said of it. Several: of a row with
        several codes.
        """
        if row.is_struck and self._struck(row).action is not Action.USE:
            return
        tier = row.tier or _TIERS.get(row.list_tier)
        if row.list_tier is ListTier.DISTRICT:
            answer = self._district(row)
            if answer.action is not Action.USE:
                return
            tier = Tier(answer.value)
        for code in self._codes(row):
            claim = self._claim(row, code, tier)
            if claim is not None:
                yield claim

    def _claim(self, row: Listed, code: str, tier: Tier | None) -> Claim | None:
        self.mentioned.add(code)
        name = tidied(row.name)
        if not name and code not in self._catalogue.procedures:
            self._ledger.add(
                FindingKind.UNREADABLE, row.spot, code, row.code_written, proposal=LEAVE_OUT, apart=("name",)
            )
            return None
        if not row.tier_is_known and not row.agencies:
            answer = self._ledger.once(
                FindingKind.TIER_UNKNOWN, row.spot, row.tier_written, proposal=ASK, choices=(*_USE_TIERS, LEAVE_OUT)
            )
            if answer.action is not Action.USE:
                return None
            tier = Tier(answer.value)
        level_answer, level = self._level(row, code)
        if level_answer is Action.LEAVE_OUT:
            return None
        agencies, is_whole = self._agencies_of(row)
        field, is_new = self._field(row)
        service, is_offline = self._service(row, code), level_answer is Action.REMOVE
        return Claim(*(row, code, service, name, field, is_new, agencies, is_whole, level, tier, row.trial, is_offline))

    def _service(self, row: Listed, code: str) -> str:
        """The service that the row names; a number that is another procedure's already is taken as one of its own."""
        if not is_service_code(row.service_code):
            return ""
        if self._owners.setdefault(row.service_code, code) == code:
            return row.service_code
        return self.own_service(code)

    def own_service(self, code: str) -> str:
        """The first number that no other procedure's service has; to be asked when all rows are read."""
        numbers = (f"{code}.{number:02d}" for number in range(1, _MOST_SERVICES))
        return next((one for one in numbers if self._owners.setdefault(one, code) == code), code)

    def _struck(self, row: Listed) -> Answer:
        written = tidied(row.code_written)
        return self._ledger.add(
            *(FindingKind.STRUCK, row.spot, row.code or written, tidied(row.name)),
            proposal=LEAVE_OUT,
            choices=(Answer(Action.USE, written),),
        )

    def _district(self, row: Listed) -> Answer:
        choices = (*_USE_TIERS, LEAVE_OUT)
        return self._ledger.add(
            FindingKind.DISTRICT,
            row.spot,
            row.code or row.code_written,
            tidied(row.name),
            proposal=ASK,
            choices=choices,
        )

    def _codes(self, row: Listed) -> Iterator[str]:
        written = (row.code,) if row.code is not None and is_well_written(row) else self._meant(row)
        for code in written:
            if is_public_code(code):
                yield code
            elif is_internal(code):
                self._ledger.add(FindingKind.INTERNAL_CODE, row.spot, code, tidied(row.name), proposal=LEAVE_OUT)

    def _meant(self, row: Listed) -> tuple[str, ...]:
        several = several_codes(row)
        # Whichever of them is meant: each of them stands in the list.
        self.mentioned.update(several)
        found = several or candidates(row)
        if len(found) == 1 and is_internal(found[0]):
            return found
        title = self.title(tidied(row.name))
        proof = "" if several else proven(row, found, self._is_known, lambda code: self._bears(code, title))
        together = (" ".join(several),) if several else ()
        uses = tuple(Answer(Action.USE, code) for code in (*together, *found) if code != proof)
        proposal = Answer(Action.USE, proof) if proof else ASK
        known = self._catalogue.procedures[proof].name if proof in self._catalogue.procedures else ""
        apart = (tidied(row.name),)
        answer = self._ledger.add(
            *(FindingKind.CODE_FORM, row.spot, row.code or "", row.code_written.strip(), known),
            proposal=proposal,
            choices=(*uses, LEAVE_OUT),
            apart=apart,
        )
        if answer.action is Action.USE:
            return tuple(answer.value.split())
        self.mentioned.update(found if answer.action is Action.ASK else ())
        return ()

    def _is_known(self, code: str) -> bool:
        return code in self._catalogue.procedures or code in self._well_written

    def _bears(self, code: str, title: str) -> bool:
        known = self._catalogue.procedures.get(code)
        if known is not None and known.title == title:
            return True
        return code in self._well_written and self.title(self._well_written[code]) == title

    def _level(self, row: Listed, code: str) -> tuple[Action | None, OnlineLevel | None]:
        written = tidied(row.level_written)
        uses = tuple(Answer(Action.USE, level.value) for level in LEVELS)
        if row.level is None and not written and row.level_is_blank and code in self._catalogue.services:
            known = dict.fromkeys(service.level.value for service in self._catalogue.services[code])
            answer = self._ledger.add(
                *(FindingKind.LEVEL_BLANK, row.spot, code, tidied(row.name), " ".join(known)),
                proposal=KEEP,
                choices=(Answer(Action.REMOVE), *uses[:2], LEAVE_OUT),
                apart=(row.service_code, " ".join(row.agencies)),
            )
            return answer.action, OnlineLevel(answer.value) if answer.action is Action.USE else None
        if row.level is not None or not written:
            return None, None if row.level is OnlineLevel.UNKNOWN else row.level
        if _OLD_LEVEL.fullmatch(written):
            apart = (row.service_code, " ".join(row.agencies))
            choices = (*uses[:2], KEEP, LEAVE_OUT)
            answer = self._ledger.add(
                FindingKind.OLD_LEVEL, row.spot, code, written, proposal=ASK, choices=choices, apart=apart
            )
        else:
            answer = self._ledger.once(
                FindingKind.LEVEL_UNKNOWN, row.spot, written, proposal=ASK, choices=(*uses, KEEP, LEAVE_OUT)
            )
        return answer.action, OnlineLevel(answer.value) if answer.action is Action.USE else None

    def _agencies_of(self, row: Listed) -> tuple[tuple[str, ...] | None, bool]:
        written = [name for name in map(tidied, row.agencies) if name]
        if not written:
            return None, True
        codes: dict[str, None] = {}
        is_whole = True
        for name in written:
            found = self._agency(row, name)
            is_whole = is_whole and bool(found)
            codes.update(dict.fromkeys(found))
        return tuple(codes), is_whole

    def _agency(self, row: Listed, name: str) -> tuple[str, ...]:
        resolved = self._agencies.resolve(name)
        if resolved.codes:
            return resolved.codes
        uses = tuple(Answer(Action.USE, code) for code in resolved.near)
        proposal = uses[0] if uses and resolved.is_likely else ASK
        rest = tuple(use for use in uses if use != proposal)
        known = self._catalogue.agencies[self._named(proposal)[0]].name if proposal.value else ""
        answer = self._ledger.once(
            FindingKind.AGENCY_UNKNOWN, row.spot, name, known, proposal=proposal, choices=(*rest, LEAVE_OUT)
        )
        return self._named(answer)

    def _field(self, row: Listed) -> tuple[str | None, bool]:
        written = tidied(row.field)
        if not written:
            return "", False
        known = self._fields.resolve(written)
        if known is not None:
            return known, False
        likely = self._fields.likely(written)
        uses = tuple(Answer(Action.USE, field) for field in self._fields.near(written))
        proposal = ASK if likely is None else Answer(Action.USE, likely)
        name = self._catalogue.fields[proposal.value].name if proposal.value else ""
        new = () if self._fields.is_name(written) else (written,)
        answer = self._ledger.once(
            *(FindingKind.FIELD_UNKNOWN, row.spot, written, name),
            proposal=proposal,
            choices=(*(use for use in uses if use != proposal), *(Answer(Action.USE, one) for one in new), KEEP),
        )
        if answer.action is not Action.USE:
            return None if answer.action is Action.ASK else "", False
        resolved = self._fields.resolve(answer.value)
        return (answer.value, True) if resolved is None else (resolved, False)

    def field_of_new(self, claim: Claim) -> str | None:
        """The field of a procedure that the catalogue does not have, where its rows name none: a person's word."""
        answer = self._ledger.add(FindingKind.FIELD_UNKNOWN, claim.row.spot, claim.code, "", claim.name, proposal=ASK)
        return self._fields.resolve(answer.value) if answer.action is Action.USE else None

    def agencies_of_new(self, claim: Claim) -> tuple[str, ...]:
        """The agencies of a service that the catalogue does not have, where its rows name none: a person's word."""
        answer = self._ledger.add(
            *(FindingKind.AGENCY_UNKNOWN, claim.row.spot, claim.code, "", claim.name),
            proposal=ASK,
            choices=(LEAVE_OUT,),
        )
        return self._named(answer)

    def _named(self, answer: Answer) -> tuple[str, ...]:
        """The agencies that an answer names; none where they are not known any more."""
        try:
            return agencies_in(answer.value, self._catalogue.agencies)
        except RangeError:
            return ()

    def is_of(self, agency: str, tier: Tier | None) -> bool:
        if tier is Tier.OTHER:
            return online_list.tier_of(self._catalogue, agency) is tier
        return tier is None or tier_of(self._catalogue, agency) is tier
