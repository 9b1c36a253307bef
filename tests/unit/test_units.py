"""deploy/: what an operator copies. The walls of the units stand, and they start commands that there are."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import time
from pathlib import Path

import pytest
from click import Command, Group

from bot.cli import main
from bot.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
WALLS = {
    "NoNewPrivileges": ["yes"],
    "CapabilityBoundingSet": [""],
    "AmbientCapabilities": [""],
    "ProtectSystem": ["strict"],
    "ProtectHome": ["yes"],
    "InaccessiblePaths": ["-/etc/mot-cua"],
    "PrivateTmp": ["yes"],
    "PrivateDevices": ["yes"],
    "PrivateMounts": ["yes"],
    "PrivateUsers": ["yes"],
    "ProtectProc": ["invisible"],
    "ProcSubset": ["pid"],
    "ProtectClock": ["yes"],
    "ProtectHostname": ["yes"],
    "ProtectKernelLogs": ["yes"],
    "ProtectKernelModules": ["yes"],
    "ProtectKernelTunables": ["yes"],
    "ProtectControlGroups": ["yes"],
    "RemoveIPC": ["yes"],
    "RestrictSUIDSGID": ["yes"],
    "RestrictNamespaces": ["yes"],
    "RestrictRealtime": ["yes"],
    "RestrictAddressFamilies": ["AF_INET AF_INET6 AF_UNIX"],
    "LockPersonality": ["yes"],
    "MemoryDenyWriteExecute": ["yes"],
    "SystemCallArchitectures": ["native"],
    "SystemCallFilter": ["@system-service", "~@privileged @resources"],
    "User": ["mot-cua"],
    "StateDirectory": ["mot-cua"],
    "StateDirectoryMode": ["0700"],
    "UMask": ["0077"],
    "LimitCORE": ["0"],
}


def lines_of(path: Path) -> dict[str, list[str]]:
    """By name; one that stands more than once has each value."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        name, equals, value = line.partition("=")
        if equals and not line.startswith("#"):
            found.setdefault(name, []).append(value)
    return found


def test_there_are_two_units_and_a_timer() -> None:
    assert sorted(path.name for path in (DEPLOY / "systemd").iterdir()) == [
        "after-backup.sh",
        "mot-cua-backup.service",
        "mot-cua-backup.timer",
        "mot-cua.service",
    ]


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_walls_stand(unit: Path) -> None:
    lines = lines_of(unit)
    assert {name: lines.get(name) for name in WALLS} == WALLS


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_command_is_one_of_ours_with_its_options(unit: Path) -> None:
    python, *rest = shlex.split(lines_of(unit)["ExecStart"][0])
    assert (python, rest[:2]) == ("/opt/mot-cua/.venv/bin/python", ["-m", "bot"])
    command: Command = main
    words = rest[2:]
    while isinstance(command, Group):
        command = command.commands[words.pop(0)]
    options = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_credentials_and_variables_are_settings(unit: Path) -> None:
    text = unit.read_text(encoding="utf-8")
    credentials = set(re.findall(r"^#?LoadCredential=(\w+):", text, re.MULTILINE))
    assert credentials <= set(Settings.model_fields)
    assert "secret_key" in credentials
    variables = {word.partition("=")[0] for line in lines_of(unit)["Environment"] for word in line.split()}
    others = {"MPLCONFIGDIR", "XDG_CACHE_HOME", "PYTHONDONTWRITEBYTECODE"}
    assert {name.lower() for name in variables - others} <= set(Settings.model_fields)


def test_backups_are_kept_for_their_days_and_the_last_one_is_told(tmp_path: Path) -> None:
    kept, told = tmp_path / "backups", tmp_path / "exporter"
    kept.mkdir()
    told.mkdir()
    for name, days in (("mot-cua-old.age", 3), ("mot-cua-young.age", 1), ("mot-cua.age", 0), ("others.age", 99)):
        (kept / name).write_text(name, encoding="utf-8")
        at = time.time() - days * 86_400
        os.utime(kept / name, (at, at))
    begun = int(time.time())
    script = str(DEPLOY / "systemd" / "after-backup.sh")
    subprocess.run(["/bin/sh", script, str(kept), str(told)], check=True, env=os.environ | {"KEEP_BACKUPS_DAYS": "2"})
    left = {re.sub(r"\d{4}-\d\d-\d\d", "DAY", path.name): path.read_text(encoding="utf-8") for path in kept.iterdir()}
    assert left == {
        "mot-cua-DAY.age": "mot-cua.age",
        "mot-cua-young.age": "mot-cua-young.age",
        "mot-cua.age": "mot-cua.age",
        "others.age": "others.age",
    }
    assert [path.name for path in told.iterdir()] == ["mot_cua_backup.prom"]
    figure = (told / "mot_cua_backup.prom").read_text(encoding="utf-8")
    assert figure.split()[0] == "mot_cua_backup_last_success_timestamp_seconds"
    assert begun <= int(figure.split()[1]) <= time.time()


@pytest.mark.parametrize("name", ["nginx.conf", "Caddyfile"])
def test_proxies_leave_the_headers_to_the_assistant_and_keep_the_figures_in(name: str) -> None:
    lines = [
        line.strip()
        for line in (DEPLOY / "proxy" / name).read_text(encoding="utf-8").splitlines()
        if not line.strip().startswith("#")
    ]
    text = "\n".join(lines)
    assert "Strict-Transport-Security" not in text
    assert "add_header" not in text
    assert re.search(r"/metrics[ {\n]*(return )?404", text)
    # Pages alone are led on to TLS: a program that sends words or a token in the open is refused.
    assert re.search(
        r"\^/\(api\|webhooks\|metrics\).*\n*return 403;|@programs path /api/\* /webhooks/\* /metrics", text
    )
    # No log with an address in it, which may hold somebody's words.
    assert "$request_uri" not in text.replace("return 301 https://hoidap.example.gov.vn$request_uri;", "")
