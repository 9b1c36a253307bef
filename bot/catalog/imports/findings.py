"""What does not go without saying in lists that were read, compared with the catalogue: pure and repeatable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bot.catalog.codes import find_codes
from bot.catalog.imports.claims import KEEP, Claim, RowReader
from bot.catalog.imports.ledger import Ledger
from bot.catalog.imports.listing import Answers, Examined, Gone
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind, ListTier, Reading
from bot.catalog.imports.one_procedure import Binder, Coverage
from bot.catalog.imports.spelling import letters
from bot.catalog.model import Catalogue, Tier
from bot.catalog.online_list import tier_of

NO_ANSWERS: Answers = {}
_COVERS = {
    ListTier.PROVINCE: frozenset({Tier.PROVINCE}),
    ListTier.COMMUNE: frozenset({Tier.COMMUNE}),
    ListTier.DISTRICT: frozenset[Tier](),
    ListTier.OTHER: frozenset({Tier.OTHER}),
    ListTier.UNKNOWN: frozenset(Tier),
}
"""What is not the province's own stands in an appendix of its own: a list of the province's lacks it rightly."""


def open_findings(findings: Iterable[Finding], answers: Answers) -> tuple[Finding, ...]:
    """Those that wait for an answer; one that only asks again is none."""
    return tuple(f for f in findings if f.id not in answers or answers[f.id].action is Action.ASK)


def examine(catalogue: Catalogue, reading: Reading, whole: bool, answers: Answers) -> Examined:
    """What becomes of the catalogue, and everything that a person has to say something about on the way.

    `whole`: what the lists lack is gone from the catalogue. An answer may bring up what could not be seen before it
    (a code that is put right belongs to another name): those are found when it is given. Where a proposal stands,
    what it brings up is found with it.
    """
    ledger = Ledger(answers)
    for unread in reading.unread:
        said = (unread.written, unread.known)
        ledger.add(unread.kind, unread.spot, unread.code, *said, proposal=unread.proposal, choices=unread.choices)
    reader = RowReader(catalogue, reading, ledger)
    # A code that stands in a row nobody could read is in the list all the same, and not gone.
    reader.mentioned.update(code for unread in reading.unread for code in find_codes(unread.written))
    claims: dict[str, list[Claim]] = {}
    for claim in reader.claims():
        claims.setdefault(claim.code, []).append(claim)
    coverage = Coverage(whole, frozenset(tier for part in reading.parts for tier in _COVERS[part.list_tier]))
    binder = Binder(catalogue, reader, ledger, coverage)
    bound = {code: binder.bind(code, group) for code, group in sorted(claims.items())}
    procedures = {code: listed for code, listed in bound.items() if listed is not None}
    gone = tuple(_gone(catalogue, reader, ledger, coverage.tiers, claims)) if whole else ()
    return Examined(procedures, gone, ledger.findings())


def _gone(
    catalogue: Catalogue,
    reader: RowReader,
    ledger: Ledger,
    tiers: frozenset[Tier],
    claims: Mapping[str, list[Claim]],
) -> Iterator[Gone]:
    """What stands in the catalogue's list, and not in these, of the tiers that they cover."""
    new_by_title = _new_by_title(catalogue, reader, claims)
    for code, services in catalogue.services.items():
        if code in reader.mentioned:
            continue
        offered = [agency for service in services for agency in service.agencies]
        gone = frozenset(agency for agency in offered if tier_of(catalogue, agency) in tiers)
        if not gone:
            continue
        is_all = len(gone) == len(set(offered))
        name = catalogue.procedures[code].name
        successors = new_by_title.get(letters(catalogue.procedures[code].title), ()) if is_all else ()
        uses = tuple(Answer(Action.REMOVE, successor) for successor in successors)
        nothing = Answer(Action.REMOVE)
        covered = "".join(sorted({tier_of(catalogue, agency).value for agency in gone}))
        answer = ledger.add(
            *(FindingKind.REMOVED, None, code, covered, name),
            proposal=uses[0] if len(uses) == 1 else nothing,
            choices=(*(uses if len(uses) > 1 else ()), *((nothing,) if len(uses) == 1 else ()), KEEP),
        )
        if answer.action is Action.REMOVE:
            yield Gone(code, gone, answer.value if is_all and answer.value != code else "", is_all)


def _new_by_title(
    catalogue: Catalogue, reader: RowReader, claims: Mapping[str, list[Claim]]
) -> dict[str, tuple[str, ...]]:
    """Codes that come into the list, by what they are called."""
    found: dict[str, tuple[str, ...]] = {}
    for code in sorted(claims):
        if code not in catalogue.services:
            for title in dict.fromkeys(letters(reader.title(claim.name)) for claim in claims[code] if claim.name):
                found[title] = (*found.get(title, ()), code)
    return found
