"""A process that makes a backup, or puts one back, and says when it begins: to be killed in the middle."""

from __future__ import annotations

import sys
from pathlib import Path

from bot.operations.backup.making import Wanted, back_up
from bot.operations.backup.restoring import Allowed, Source, Target, restore
from bot.store.backup.progress import silent
from tests.unit.store.samples import NOW


def main(what: str, address: str, file: Path) -> None:
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    if what == "backup":
        back_up(Wanted(address, file, "", is_overwritten=True), lambda: NOW, silent)
    else:
        restore(Source(file), Target(address, ""), Allowed(replacing=True), lambda: NOW, silent)


if __name__ == "__main__":
    main(sys.argv[1], f"sqlite:///{sys.argv[2]}", Path(sys.argv[3]))
