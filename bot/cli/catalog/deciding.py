"""`python -m bot catalog findings`, `decide` and `drop`: what was found in a draft, and what is done about it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable

import click

from bot.catalog.imports.answering import as_typed, rejected
from bot.catalog.imports.model import Action, Answer, Finding, FindingKind
from bot.cli.catalog.importing import json_option, reason_option
from bot.cli.catalog.said import finding_line
from bot.cli.support import open_store, operator, settings_of_process, told
from bot.errors import MotCuaError
from bot.operations.imports import drafting
from bot.operations.imports.base import Base, served_base
from bot.operations.times import now
from bot.store.drafts import DraftState
from bot.store.interface import Store
from bot.store.staff import Act

AnswersOf = Callable[[drafting.Looked, Base], dict[str, Answer]]
_KINDS = click.Choice([kind.value for kind in FindingKind])


@click.command()
@click.argument("draft", type=int)
@click.option("--kind", type=_KINDS, help="Only of this kind.")
@click.option("--open", "only_open", is_flag=True, help="Only those without an answer.")
@json_option
def findings(draft: int, kind: str | None, *, only_open: bool, as_json: bool) -> None:
    """What was found in DRAFT, a line each: where, what, what is proposed or answered, and its id."""
    with told():
        looked = asyncio.run(_looked(draft))
        shown = [one for one in (looked.open if only_open else looked.findings) if kind in {None, one.kind}]
        if as_json:
            click.echo(json.dumps([_finding_json(one, looked) for one in shown], ensure_ascii=False))
            return
        for one in shown:
            decided = looked.decided.get(one.id)
            click.echo(finding_line(one, None if decided is None else decided.answer))
        click.echo(f"{len(shown)} findings; {len(looked.open)} of the draft are open", err=True)


@click.command()
@click.argument("draft", type=int)
@click.option("--accept", multiple=True, metavar="ID", help="Do as is proposed.")
@click.option("--accept-kind", multiple=True, type=_KINDS, help="Do as is proposed with all open ones of a kind.")
@click.option("--all-proposals", is_flag=True, help="Do as is proposed with every open one.")
@click.option("--reject", multiple=True, metavar="ID", help="Keep what the catalogue says, or leave the row out.")
@click.option(
    "--use",
    multiple=True,
    metavar="ID=VALUE",
    help="Take VALUE: a code, a name, a level, an agency or a field (by code or name); nothing: gone.",
)
@click.option("--use-kind", multiple=True, metavar="KIND=VALUE", help="Take VALUE for all open ones of a kind.")
@click.option("--ask", multiple=True, metavar="ID", help="Take the answer back.")
@reason_option
@click.option("--dry-run", is_flag=True, help="Only tell what would be answered.")
def decide(
    draft: int,
    accept: tuple[str, ...],
    accept_kind: tuple[str, ...],
    reject: tuple[str, ...],
    use: tuple[str, ...],
    use_kind: tuple[str, ...],
    ask: tuple[str, ...],
    reason: str,
    *,
    all_proposals: bool,
    dry_run: bool,
) -> None:
    """Answer findings of DRAFT. All of the answers are kept, or none of them."""
    with told():
        kinds = set(FindingKind) if all_proposals else {FindingKind(kind) for kind in accept_kind}

        def answers_of(looked: drafting.Looked, base: Base) -> dict[str, Answer]:
            by_id = {finding.id: finding for finding in looked.findings}
            answers = drafting.proposals(tuple(one for one in looked.open if one.kind in kinds))
            for one, value in map(_pair, use_kind):
                answers |= {f.id: _use(base, f, value) for f in looked.open if f.kind == one}
            answers |= {one: _known(by_id, one).proposal for one in accept}
            answers |= {one: rejected(_known(by_id, one)) for one in reject}
            answers |= {one: _use(base, _known(by_id, one), value) for one, value in map(_pair, use)}
            return answers | {one: Answer(Action.ASK) for one in ask}

        if dry_run:
            for finding, answer in asyncio.run(_tried(draft, answers_of)):
                click.echo(finding_line(finding, answer))
            return
        kept, left = asyncio.run(_decide(draft, answers_of, reason))
        click.echo(f"{kept} answers kept; {left} findings are open")


@click.command()
@click.argument("draft", type=int)
@reason_option
def drop(draft: int, reason: str) -> None:
    """Give DRAFT up; `catalog reopen` takes it up again."""
    with told():
        if not asyncio.run(_drop(draft, Act(now(), operator(), drafting.DROP, reason))):
            raise MotCuaError(f"there is no open draft {draft}; `catalog drafts` names those there are")
        click.echo(f"draft {draft} is dropped")


@click.command()
@click.argument("draft", type=int)
@reason_option
def reopen(draft: int, reason: str) -> None:
    """Go on with DRAFT, which was dropped or published: every answer is still there."""
    with told():
        if not asyncio.run(_reopen(draft, Act(now(), operator(), drafting.REOPEN, reason))):
            raise MotCuaError(f"there is no closed draft {draft}; `catalog drafts` names those there are")
        click.echo(f"draft {draft} is open again")


def _known(by_id: dict[str, Finding], one: str) -> Finding:
    if one not in by_id:
        raise MotCuaError(f"there is no finding {one!r} in this draft; nothing is kept")
    return by_id[one]


def _pair(given: str) -> tuple[str, str]:
    one, equals, value = given.partition("=")
    if not equals:
        raise MotCuaError(f"{given!r} has no value: it is written ID=VALUE")
    return one, value


def _use(base: Base, finding: Finding, value: str) -> Answer:
    """`ID=` without a value: it is gone, or online no longer."""
    is_gone = finding.kind is FindingKind.REMOVED or (finding.kind is FindingKind.LEVEL_BLANK and not value)
    action = Action.REMOVE if is_gone else Action.USE
    is_choice = Answer(action, value) in (finding.proposal, *finding.choices)
    return Answer(action, value if is_choice else as_typed(base.catalogue, finding, value))


async def _looked(number: int) -> drafting.Looked:
    settings = settings_of_process()
    async with open_store(settings) as store:
        return await looked_at(store, number, await served_base(store, settings.catalog_dir))


async def looked_at(store: Store, number: int, base: Base) -> drafting.Looked:
    """Raises MotCuaError where there is no such draft."""
    looked = await drafting.look(store.office.drafts, number, base)
    if looked is None:
        raise MotCuaError(f"there is no draft {number}; `catalog drafts` names those there are")
    return looked


async def _answering(
    store: Store, number: int, base: Base, answers_of: AnswersOf
) -> tuple[drafting.Looked, dict[str, Answer]]:
    looked = await looked_at(store, number, base)
    if looked.draft.state is not DraftState.OPEN:
        raise MotCuaError(f"draft {number} is {looked.draft.state.value}; nothing is decided about it any more")
    answers = answers_of(looked, base)
    if not answers:
        raise MotCuaError("there is nothing to decide: name findings, kinds, or --all-proposals")
    return looked, answers


async def _tried(number: int, answers_of: AnswersOf) -> list[tuple[Finding, Answer]]:
    """What would be kept."""
    settings = settings_of_process()
    async with open_store(settings) as store:
        base = await served_base(store, settings.catalog_dir)
        looked, answers = await _answering(store, number, base, answers_of)
    if refused := drafting.refused_of(looked, base, answers):
        raise MotCuaError(f"nothing would be kept: {_refused(looked, refused)}")
    return [(finding, answers[finding.id]) for finding in looked.findings if finding.id in answers]


async def _decide(number: int, answers_of: AnswersOf, reason: str) -> tuple[int, int]:
    """How many answers were kept, and how many findings are open then."""
    settings = settings_of_process()
    async with open_store(settings) as store:
        base = await served_base(store, settings.catalog_dir)
        looked, answers = await _answering(store, number, base, answers_of)
        act = Act(now(), operator(), drafting.DECIDE, reason)
        decision = await drafting.decide(store.office.drafts, looked, base, answers, act)
        if not decision.is_kept:
            raise MotCuaError(f"nothing is kept: {_refused(looked, decision.refused)}")
        after = await looked_at(store, number, base)
    return len(answers), len(after.open)


def _refused(looked: drafting.Looked, refused: Iterable[str]) -> str:
    by_id = {finding.id: finding for finding in looked.findings}
    lines = [finding_line(by_id[one]) for one in refused if one in by_id]
    return "these answers make no sense:\n" + "\n".join(lines) if lines else "the draft is closed"


async def _drop(number: int, act: Act) -> bool:
    async with open_store(settings_of_process()) as store:
        return await drafting.drop(store.office.drafts, number, act)


async def _reopen(number: int, act: Act) -> bool:
    async with open_store(settings_of_process()) as store:
        return await drafting.reopen(store.office.drafts, number, act)


def _finding_json(finding: Finding, looked: drafting.Looked) -> dict[str, object]:
    decided = looked.decided.get(finding.id)
    return {
        "id": finding.id,
        "kind": finding.kind,
        "at": None if finding.spot is None else str(finding.spot),
        "code": finding.code,
        "written": finding.written,
        "known": finding.known,
        "proposal": _answer_json(finding.proposal),
        "choices": [_answer_json(one) for one in finding.choices],
        "answer": None if decided is None else _answer_json(decided.answer),
    }


def _answer_json(answer: Answer) -> dict[str, str]:
    return {"action": answer.action, "value": answer.value}
