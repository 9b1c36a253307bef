"""`python -m bot privacy rotate-key`: another secret key, without anybody becoming a new person."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from bot.channels.known_ids import ids_in
from bot.cli.progress import shown_progress
from bot.cli.support import FAILED, leave, open_store, settings_of_process, told
from bot.errors import MotCuaError
from bot.operations.keys.ring import keyring_of, known_keyring
from bot.operations.keys.rotating import NOBODY, Moved, Outlook, Stage, move_addressed, not_restarted, outlook
from bot.operations.retention import keeping_of
from bot.operations.times import in_vietnam, now
from bot.ratings.periods import day_of
from bot.settings import Settings
from bot.store.interface import Store
from bot.store.keyring import EARLIER_FILE, Keyring, replace_key
from bot.store.opening import shown
from bot.store.person import KEY_FILE, SECRET_BYTES
from bot.store.processes import Process

_SET = """Nothing has been changed: SECRET_KEY is set, so set the new one yourself, on every machine.
1. Make a new key:          python -m bot privacy rotate-key --print-key
2. One machine:             SECRET_KEY=(the new one) and {earlier}=(the one of now); restart, go on with 4
3. Several machines:        first {several}=(the new one) everywhere, restart one after the other;
                            then SECRET_KEY=(the new one) and {earlier}=(the one of before), restart again
4. Move who can be moved:   python -m bot privacy rotate-key"""
_LINKS = "printed codes and links of the key before work for as long as it stays among the earlier keys"
_LEAKED_LINKS = "printed codes and links of the key before do not work any more: print them anew"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What somebody typed."""

    begin: bool
    leaked: bool
    finish: bool
    lost: bool
    anyway: bool
    dry_run: bool

    def check(self) -> None:
        if sum((self.begin, self.finish, self.lost)) > 1:
            raise click.UsageError("give one of --begin, --finish and --lost")
        if self.leaked and not self.begin:
            raise click.UsageError("--leaked goes with --begin")
        if self.anyway and not self.finish:
            raise click.UsageError("--anyway goes with --finish")


@dataclass(frozen=True, slots=True)
class _Outcome:
    outlook: Outlook
    moved: Moved | None = None
    begun: bool = False
    finished: bool = False
    waiting_for: tuple[Process, ...] = ()


@click.command("rotate-key")
@click.option("--begin", is_flag=True, help="Make a new key in person.key; where SECRET_KEY is set, say what to set.")
@click.option("--leaked", is_flag=True, help="With --begin: others know the key of now; what it signed is not taken.")
@click.option("--finish", is_flag=True, help="Look for nobody any more under the keys before.")
@click.option("--anyway", is_flag=True, help="With --finish: although people are left, who become new people.")
@click.option("--lost", is_flag=True, help="The database's key is lost for good: go on with the one of now.")
@click.option("--print-key", is_flag=True, help="Print a new random key for SECRET_KEY, and do nothing else.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Write a JSON object.")
def rotate_key(
    *, begin: bool, leaked: bool, finish: bool, anyway: bool, lost: bool, print_key: bool, dry_run: bool, as_json: bool
) -> None:
    """Put another secret key in the place of the one of now. Nobody becomes a new person by it.

    Begin with --begin, restart the service, then run it without options: who can be reached just now is moved to the
    new key at once, everybody else with their next message. It tells how many are left, and changes nothing when run
    again; Ctrl-C loses nothing. When nobody is left: --finish. See docs/runbooks/key-rotation.md.

    With --json: {"stage": "unused, settled, new, moving or another", "key", "before": [{"fingerprint", "since"}],
    "missing": [], "left": {"people", "links"}, "known", "moved", "is_begun", "is_finished", "is_dry_run",
    "not_restarted": []}. Leaves with 1 where something is in the way.
    """
    if print_key:
        click.echo(secrets.token_hex(SECRET_BYTES))
        return
    asked = _Asked(begin, leaked, finish, lost, anyway, dry_run)
    asked.check()
    with told():
        settings = settings_of_process()
        if not settings.has_store:
            raise MotCuaError(f"{shown(settings.database_url)}: there is no database yet, so there is nothing to move")
        if known_keyring(settings) is None:
            raise MotCuaError(f"there is no {KEY_FILE} beside the database: nothing can be moved from or to it")
        outcome = asyncio.run(_run(settings, asked))
        if as_json:
            click.echo(json.dumps(_object(outcome, is_dry=dry_run)))
        elif begin and settings.secret_key is not None:
            earlier = "LEAKED_SECRET_KEYS" if leaked else "PREVIOUS_SECRET_KEYS"
            click.echo(_SET.format(earlier=earlier, several="PREVIOUS_SECRET_KEYS"))
        else:
            for line in _lines(outcome, settings, asked):
                click.echo(line)
        if outcome.waiting_for and not dry_run:
            leave("Restart these processes first, then run the same again.", FAILED)


async def _run(settings: Settings, asked: _Asked) -> _Outcome:
    async with open_store(settings) as store:
        keyring = keyring_of(settings)
        found = await outlook(store.office.keys, keyring)
        if found.stage is Stage.ANOTHER:
            return await _accept_loss(store, found, asked)
        if asked.lost:
            raise MotCuaError("the key is the database's, or follows it: nothing is lost")
        if asked.begin:
            return await _begin(store, settings, found, asked)
        if found.missing and not asked.finish:
            raise MotCuaError(_missing(found))
        if asked.finish:
            return await _finish(store, found, asked)
        return await _go_on(store, keyring, found, asked)


async def _accept_loss(store: Store, found: Outlook, asked: _Asked) -> _Outcome:
    there = found.before[0].fingerprint
    if not asked.lost:
        raise MotCuaError(
            f"the key ({found.key}) is none that the database knows; its own is {there}. Put that back, or name it "
            "among the earlier keys. Where it is lost for good: --lost makes everybody a new person"
        )
    if not asked.dry_run:
        await store.office.keys.begin(found.key, now(), frozenset({there}))
        await store.office.keys.finish(found.key, now())
    return _Outcome(found, finished=True)


async def _begin(store: Store, settings: Settings, found: Outlook, asked: _Asked) -> _Outcome:
    if found.stage in {Stage.NEW, Stage.MOVING} and not asked.leaked:
        raise MotCuaError("a change of the key is under way: run it without --begin, and then with --finish")
    if found.stage is Stage.UNUSED and not asked.dry_run:
        # A release that kept no fingerprints may have met people under it.
        await store.office.keys.begin(found.key, now(), frozenset())
    if settings.secret_key is None and not asked.dry_run:
        try:
            replace_key(settings.database_path.parent, is_leaked=asked.leaked)
        except OSError as error:
            raise MotCuaError(f"the new key cannot be kept: {error.strerror}") from error
    return _Outcome(found, begun=True)


async def _go_on(store: Store, keyring: Keyring, found: Outlook, asked: _Asked) -> _Outcome:
    if found.stage not in {Stage.NEW, Stage.MOVING}:
        return _Outcome(found)
    waiting_for = await not_restarted(store, found.key, now())
    if asked.dry_run or waiting_for:
        return _Outcome(found, waiting_for=waiting_for)
    book = store.office.keys
    if found.stage is Stage.NEW:
        await book.begin(found.key, now(), keyring.fingerprints)
    with shown_progress("people") as progress:
        moved = await move_addressed(book, keyring, ids_in, now, progress)
    return _Outcome(await outlook(book, keyring), moved)


async def _finish(store: Store, found: Outlook, asked: _Asked) -> _Outcome:
    if found.stage is not Stage.MOVING:
        raise MotCuaError(
            "no change of the key is under way" if found.stage is not Stage.NEW else "it has not begun yet"
        )
    if found.left != NOBODY and not asked.anyway:
        raise MotCuaError(f"not finished: {_left(found)}. With --anyway they become new people")
    if not asked.dry_run:
        await store.office.keys.finish(found.key, now())
    return _Outcome(found, finished=True)


def _object(outcome: _Outcome, *, is_dry: bool) -> dict[str, object]:
    found, moved = outcome.outlook, outcome.moved or Moved(0, 0)
    return {
        "stage": found.stage.value,
        "key": found.key,
        "before": [{"fingerprint": one.fingerprint, "since": one.since.isoformat()} for one in found.before],
        "missing": list(found.missing),
        "left": {"people": found.left.people, "links": found.left.links},
        "known": moved.known,
        "moved": moved.moved,
        "is_begun": outcome.begun,
        "is_finished": outcome.finished,
        "is_dry_run": is_dry,
        "not_restarted": [one.label for one in outcome.waiting_for],
    }


def _lines(outcome: _Outcome, settings: Settings, asked: _Asked) -> Iterator[str]:
    found, would = outcome.outlook, "would be" if asked.dry_run else "is"
    folder: Path | None = None if settings.is_shared else settings.database_path.parent
    if asked.lost:
        yield f"the key {found.key} {would} the database's from now on; whoever was known under another is a new person"
    elif outcome.begun and folder is not None:
        yield f"a new key {would} in {folder / KEY_FILE}, the one of now ({found.key}) in {folder / EARLIER_FILE}"
        yield "Next: restart the service, then run `python -m bot privacy rotate-key`"
        yield "Back up both files again, apart from the data"
        yield _LEAKED_LINKS if asked.leaked else _LINKS
    elif outcome.finished:
        yield f"nobody {would} looked for any more under {_marks(found)}; processes heed it from their next start"
        if found.left != NOBODY:
            yield f"lost: {_left(found)}"
        yield f"{_LINKS}: remove it there when they have been printed anew"
    elif outcome.waiting_for:
        yield from _not_restarted(outcome.waiting_for)
    elif found.stage in {Stage.UNUSED, Stage.SETTLED}:
        yield f"nothing is to be done: the key ({found.key}) is the only one that people are known under"
        yield "--begin puts another in its place"
    else:
        yield from _how_far(outcome, settings, asked)


def _how_far(outcome: _Outcome, settings: Settings, asked: _Asked) -> Iterator[str]:
    found = outcome.outlook
    if found.stage is Stage.NEW:
        yield f"the key {found.key} follows {_marks(found)}; nobody has been moved to it yet"
    if outcome.moved is not None:
        yield f"{outcome.moved.moved:,} moved now, of {outcome.moved.known:,} whose address is kept"
    if asked.dry_run or found.stage is Stage.NEW:
        yield "who can be reached just now would be moved"
    if found.stage is Stage.MOVING and found.since is not None:
        yield _left(found)
        if found.left == NOBODY:
            yield "Next: --finish"
            return
        keeping = keeping_of(settings)
        over = found.since + max(keeping.profiles, keeping.raters, keeping.events)
        yield "They grow fewer as people write. Of those who do not, nothing but linked chats of staff is kept after"
        yield f"{day_of(over).isoformat()}, and less and less before: run it again now and then"


def _left(found: Outlook) -> str:
    left = found.left
    return f"known under {_marks(found)} only: people {left.people:,}, used links {left.links:,}"


def _missing(found: Outlook) -> str:
    return (
        f"people may be known under {', '.join(found.missing)}, which is not among the earlier keys: name it there, or "
        "they become new people with --finish --anyway"
    )


def _not_restarted(processes: Sequence[Process]) -> Iterator[str]:
    for one in processes:
        yield f"{one.label} runs since {in_vietnam(one.started_at)}, before the key was used"


def _marks(found: Outlook) -> str:
    return ", ".join(one.fingerprint for one in found.before)
