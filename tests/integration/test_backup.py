"""Backups of a store that is written to; backing up and restoring, killed at any moment: nothing is there by halves."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.operations.backup.restoring import Allowed, Source, Target, restore
from bot.store.backup.checking import check
from bot.store.backup.progress import silent
from tests.integration.backup_writer import AT_ONCE
from tests.unit.store.samples import NOW

ROOT = Path(__file__).parents[2]
_SECONDS = 60


def bot(path: Path, *words: str) -> subprocess.Popen[bytes]:
    """`python -m bot …` on the store at `path`."""
    env = {**os.environ, "DATABASE_URL": f"sqlite:///{path}", "PYTHONPATH": str(ROOT), "SECRET_KEY": "s" * 32}
    words = (sys.executable, "-m", "bot", *words)
    return subprocess.Popen(words, cwd=path.parent, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def done(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    said, _ = process.communicate(timeout=_SECONDS)
    return process.returncode, said.decode()


@contextmanager
def writing(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has begun to write; killed at the end."""
    words = [sys.executable, "-m", "tests.integration.backup_writer", str(path)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        yield process
    finally:
        process.kill()
        process.stdout.close()
        process.wait()


def reach(writer: subprocess.Popen[bytes], number: int) -> None:
    """Until it has written so many turns."""
    assert writer.stdout is not None
    while int(writer.stdout.readline()) < number:
        pass


def numbers(path: Path) -> list[int]:
    """How far each lane has come, with every record whole and every sum equal to its rows."""
    with closing(sqlite3.connect(path)) as database:
        last = []
        for lane in range(AT_ONCE):
            who = [f"lane {lane}"]
            events = database.execute("select count(*) from events where person = ?", who).fetchone()[0]
            opinions = database.execute("select count(*) from helpfulness where person = ?", who).fetchone()[0]
            state = database.execute("select state from conversations where person = ?", who).fetchone()
            expected = 0 if state is None else (int(state[0]) - lane) // AT_ONCE + 1
            assert (events, opinions) == (expected, expected)
            last.append(expected)
        (counted,) = database.execute("select sum(n) from event_counts where status = 'answered'").fetchone()
        assert counted == sum(last)
        (waiting,) = database.execute("select count(*) from inbox").fetchone()
        assert sum(last) - AT_ONCE <= waiting <= sum(last)
    return last


def test_a_backup_while_hundreds_of_messages_come_in(tmp_path: Path) -> None:
    path, new = tmp_path / "data.sqlite", tmp_path / "new" / "data.sqlite"
    with writing(path):
        before = time.monotonic()
        for number in range(3):
            assert done(bot(path, "backup", f"{number}.sqlite"))[0] == 0
        seconds = time.monotonic() - before
    last = [0] * AT_ONCE
    for number in range(3):
        manifest = check(tmp_path / f"{number}.sqlite", silent).manifest
        target = Target(f"sqlite:///{new}", manifest.key)
        restore(Source(tmp_path / f"{number}.sqlite"), target, Allowed(replacing=True), lambda: NOW, silent)
        found = numbers(new)
        # Each is of a later moment than the one before.
        assert all(now >= was for now, was in zip(found, last, strict=True))
        assert sum(found) > sum(last)
        last = found
    assert sum(numbers(path)) > sum(last)
    assert sum(last) / seconds > 50


def lasting(what: str, path: Path, file: Path) -> float:
    """How many seconds it takes from when it has begun, left alone."""
    words = [sys.executable, "-m", "tests.integration.backup_mover", what, str(path), str(file)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    begun = time.monotonic()
    process.stdout.close()
    assert process.wait(_SECONDS) == 0
    return time.monotonic() - begun


def killed(what: str, path: Path, file: Path, seconds: float) -> bool:
    """Whether it was still at it after so many seconds, and was killed."""
    words = [sys.executable, "-m", "tests.integration.backup_mover", what, str(path), str(file)]
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.stdout.close()
    return process.wait() != 0


def test_backing_up_is_killed(tmp_path: Path) -> None:
    path, file, chance = tmp_path / "data.sqlite", tmp_path / "b.sqlite", random.Random(20261122)  # noqa: S311
    with writing(path) as writer:
        reach(writer, 2000)
    longest, old, died = lasting("backup", path, file), file.read_bytes(), 0
    for _ in range(12):
        died += killed("backup", path, file, chance.uniform(0, longest))
        assert file.read_bytes() == old or check(file, silent)
    assert died >= 3
    assert not killed("backup", path, file, _SECONDS)
    check(file, silent)
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_restoring_is_killed(tmp_path: Path) -> None:
    path, file, chance = tmp_path / "data.sqlite", tmp_path / "b.sqlite", random.Random(20261122)  # noqa: S311
    with writing(path) as writer:
        reach(writer, 1500)
        assert not killed("backup", path, file, _SECONDS)
        reach(writer, 3000)
    newer = numbers(path)
    longest, older, died = lasting("restore", path, file), numbers(path), 0
    assert sum(newer) > sum(older)
    (kept,) = tmp_path.glob("data.sqlite-before-*")
    for _ in range(12):
        path.write_bytes(kept.read_bytes())
        died += killed("restore", path, file, chance.uniform(0, longest))
        assert numbers(path) in (newer, older)
    assert died >= 3
    assert not killed("restore", path, file, _SECONDS)
    assert numbers(path) == older


def test_what_is_served_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "data.sqlite"
    with writing(path):
        assert done(bot(path, "backup", "b.sqlite"))[0] == 0
        said = (1, "another process has the database open (the service, or a command such as `top`); stop it first\n")
        assert done(bot(path, "restore", "b.sqlite", "--replace")) == said
    assert done(bot(path, "restore", "b.sqlite", "--replace"))[0] == 0
