"""Fills in or refreshes the answers of the conversations: python -m tests.conversations.record [FILE.txt …]

The difference is for a reviewer to read as the person in the conversation would.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.conversations.script import as_text, read, scripts
from tests.conversations.stage import House, build_house, play


def record(house: House, path: Path) -> bool:
    """Play the file's conversations anew; whether anything in it has changed."""
    script = read(path)
    played = tuple(asyncio.run(play(house, conversation)) for conversation in script.conversations)
    text = as_text(replace(script, conversations=played))
    if text == path.read_text(encoding="utf-8"):
        return False
    path.write_text(text, encoding="utf-8")
    return True


def main(arguments: Sequence[str]) -> int:
    house = build_house()
    for path in [Path(name) for name in arguments] or scripts():
        word = "changed" if record(house, path) else "as it was"
        sys.stdout.write(f"{path.name}: {word}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
