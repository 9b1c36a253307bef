"""The texts of the pages of staff: each is used, and each that is asked for is there."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bot.operations.staff.accounts import Wrong
from bot.operations.staff.passwords import Weakness
from bot.store.staff import Role
from bot.texts import load_texts

ROOT = Path(__file__).resolve().parents[4]
WEB = ROOT / "bot" / "web"
PREFIX = "web.staff."
MADE_AT_RUN_TIME = ("role.", "may.", "flash.", "action.", "field.", "value.", "wrong.", "weak.")


def ids() -> set[str]:
    """Those of the accounts and of the frame around each page; other parts have files of their own."""
    table = tomllib.loads((ROOT / "bot" / "texts" / "staff.vi.toml").read_text("utf-8"))["web"]["staff"]
    groups = {name: group if isinstance(group, dict) else None for name, group in table.items()}
    return {
        f"{PREFIX}{name}{'' if group is None else '.'}{key}"
        for name, group in groups.items()
        for key in (group or {"": ""})
    }


def used() -> set[str]:
    files = [*(WEB / "staff").rglob("*.py"), *(WEB / "templates" / "staff").rglob("*.html")]
    return {text_id for file in files for text_id in re.findall(r"web\.staff\.[a-z_.]*[a-z_]", file.read_text("utf-8"))}


def flashes() -> set[str]:
    """What the handlers tell by `visit.go(…, "…")` and `_done(…, "…")`."""
    code = "".join(file.read_text("utf-8") for file in (WEB / "staff").rglob("*.py"))
    return {f"{PREFIX}flash.{name}" for name in re.findall(r'(?:\.go|_go_on|_done)\(.*"([a-z_]+)"\)', code)}


def test_every_text_is_used() -> None:
    rest = {i for i in ids() - used() if not i.removeprefix(PREFIX).startswith(MADE_AT_RUN_TIME)}
    assert rest == set()


def test_what_is_made_at_run_time_is_there() -> None:
    wanted = {f"{PREFIX}{group}.{role}" for group in ("role", "may") for role in Role}
    wanted |= {f"{PREFIX}wrong.{wrong}" for wrong in Wrong} | {f"{PREFIX}weak.{weak}" for weak in Weakness}
    assert wanted - ids() == set()
    assert flashes() - load_texts().sentences.keys() == set()
    assert {i for i in ids() if i.startswith(f"{PREFIX}flash.")} - flashes() == set()
