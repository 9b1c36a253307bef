"""`python -m bot migrate`: the tables of the database are brought up to date, or what that would do is shown."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import click

from bot.cli.support import open_store, settings_of_process, told
from bot.settings import Settings
from bot.store.planning import Plan, plan_of
from bot.store.sql.steps import Step


@click.command()
@click.option("--plan", "only_plan", is_flag=True, help="Show the steps that are missing, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def migrate(*, only_plan: bool, as_json: bool) -> None:
    """Bring the tables of the database up to date, as `serve` does when it begins.

    A step is safe when the version before may go on running: then the processes of an installation are replaced one
    after the other. With --json: {"made": false with --plan, "steps": [{"name", "about", "changes": [], "is_safe",
    "why", "left_out"}], "newer": []}; "newer" names steps of a newer version, which this one goes along with.
    """
    with told():
        plan = asyncio.run(_run(settings_of_process(), only_plan=only_plan))
        if as_json:
            click.echo(json.dumps(_object(plan, is_made=not only_plan), ensure_ascii=False))
            return
        for line in _lines(plan, is_made=not only_plan):
            click.echo(line)


async def _run(settings: Settings, *, only_plan: bool) -> Plan:
    plan = await plan_of(settings.database_url)
    if not only_plan:
        async with open_store(settings):
            pass
    return plan


def _lines(plan: Plan, *, is_made: bool) -> Iterator[str]:
    if not plan.missing:
        yield "the tables are up to date"
    else:
        yield f"{_steps(len(plan.missing))} {'made' if is_made else 'missing'}:"
    for step in plan.missing:
        yield f"  {step.name}: {step.about}"
        yield from (f"    - {change.words}" for change in step.changes)
        yield f"    {_safety(step)}"
        if step.left_out:
            yield f"    left out {step.left_out}"
    if plan.newer:
        yield f"{_steps(len(plan.newer))} of a newer version: {', '.join(plan.newer)}"


def _steps(count: int) -> str:
    return "1 step" if count == 1 else f"{count} steps"


def _safety(step: Step) -> str:
    if step.judged:
        return f"safe while the version before is running: {step.judged}"
    if step.is_safe:
        return "safe while the version before is running: it only adds"
    if step.last_used_by:
        return f"safe once no process of {step.last_used_by} or older is running: nothing newer uses what it removes"
    return "NOT safe while the version before is running: stop every process of it first"


def _object(plan: Plan, *, is_made: bool) -> dict[str, object]:
    steps = [
        {
            "name": step.name,
            "about": step.about,
            "changes": [change.words for change in step.changes],
            "is_safe": step.is_safe,
            "why": _safety(step),
            "left_out": step.left_out,
        }
        for step in plan.missing
    ]
    return {"made": is_made, "steps": steps, "newer": list(plan.newer)}
