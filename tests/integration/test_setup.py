"""scripts/setup.sh on machines that lack something, and on one that has everything: all programs are stand-ins."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "setup.sh"
# What the script needs of a bare Debian, beside a Python.
TOOLS = ("sh", "dirname", "cksum", "cat", "rm", "mkdir", "cp")

# Writes down what it is asked to do; `-m venv DIR` puts itself there.
PYTHON = """#!/bin/sh
case "$*" in
*"version_info < "*) exit {too_old} ;;
*"import ensurepip"*) exit {no_venv} ;;
*"import pip"*) exit 0 ;;
*"%d.%d"*) echo 3.12 ;;
--version) echo Python 3.12.1 ;;
"-m venv "*) echo "venv" >>"$LOG"; mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
*) echo "$*" >>"$LOG"; case "$*" in *"{fails_on}"*) exit 1 ;; esac ;;
esac
"""


@dataclass(frozen=True)
class Machine:
    """A folder with the script and a lock, and a PATH that knows nothing but what is put there."""

    root: Path
    programs: Path

    def put(self, name: str, text: str) -> Path:
        program = self.programs / name
        program.write_text(text)
        program.chmod(0o755)
        return program

    def put_python(
        self, name: str = "python3", *, too_old: int = 0, no_venv: int = 0, fails_on: str = "nothing at all"
    ) -> Path:
        return self.put(name, PYTHON.format(too_old=too_old, no_venv=no_venv, fails_on=fails_on))

    def set_up(self, what: str, **settings: str) -> tuple[int, list[str]]:
        """The exit code and every line said."""
        done = subprocess.run(
            [self.programs / "sh", self.root / "scripts" / "setup.sh", *([what] if what else [])],
            env={"PATH": str(self.programs), "LOG": str(self.root / "log"), **settings},
            cwd="/",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=30,
            check=False,
        )
        return done.returncode, done.stdout.splitlines()

    @property
    def done(self) -> list[str]:
        """What the Pythons were asked to do since the last look."""
        log = self.root / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    root, programs = tmp_path / "mot-cua", tmp_path / "programs"
    (root / "scripts").mkdir(parents=True)
    programs.mkdir()
    shutil.copy(SCRIPT, root / "scripts" / "setup.sh")
    (root / "uv.lock").write_text("version = 1\n")
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool) or tool)
    made = Machine(root, programs)
    made.put("id", "#!/bin/sh\necho 1000\n")
    return made


def uv_version() -> str:
    lines = SCRIPT.read_text().splitlines()
    return next(line.removeprefix("UV_VERSION=") for line in lines if line.startswith("UV_VERSION="))


INSTALL_PYTHON = (
    "Install one (Debian 12 or newer: apt install python3 python3-venv), or name it: PYTHON=/path/to/python3."
)
UV = f"-m pip install --quiet --disable-pip-version-check uv=={uv_version()}"
SYNC_RUN = "-m uv sync --frozen --quiet --no-dev --inexact"
SYNC_TEST = "-m uv sync --frozen --quiet --all-groups"


def test_without_python(machine: Machine) -> None:
    assert machine.set_up("run") == (
        1,
        [
            "setup: No Python 3.11 or newer was found.",
            f"setup: {INSTALL_PYTHON}",
        ],
    )


def test_with_an_old_python(machine: Machine) -> None:
    machine.put_python(too_old=1)
    code, said = machine.set_up("run")
    assert (code, said[0]) == (1, "setup: No Python 3.11 or newer was found.")


def test_a_newer_python_beside_an_old_one_is_taken(machine: Machine) -> None:
    machine.put_python(too_old=1)
    machine.put_python("python3.11")
    assert machine.set_up("run")[0] == 0


def test_with_a_wrong_python_named(machine: Machine) -> None:
    machine.put_python()
    code, said = machine.set_up("run", PYTHON="/none/python3")
    assert (code, said[0]) == (1, "setup: PYTHON=/none/python3 is not a Python 3.11 or newer.")


def test_without_the_venv_module(machine: Machine) -> None:
    machine.put_python(no_venv=1)
    assert machine.set_up("run") == (
        1,
        [
            "setup: The venv module of python3 is missing.",
            "setup: Install it: apt install python3-venv (or, for this version alone: apt install python3.12-venv).",
        ],
    )
    assert not (machine.root / ".venv").exists()


def test_run_is_set_up_once(machine: Machine) -> None:
    machine.put_python()
    assert machine.set_up("run") == (
        0,
        [
            "setup: making .venv with Python 3.12.1",
            f"setup: installing uv {uv_version()}",
            "setup: installing the packages of uv.lock",
        ],
    )
    assert machine.done == ["venv", UV, SYNC_RUN]
    assert machine.set_up("run") == (0, ["setup: packages are up to date"])
    assert machine.done == []


def test_a_new_lock_is_installed(machine: Machine) -> None:
    machine.put_python()
    machine.set_up("run")
    (machine.root / "uv.lock").write_text("version = 2\n")
    assert machine.done != []
    assert machine.set_up("run")[0] == 0
    assert machine.done == [UV, SYNC_RUN]


def test_what_was_broken_off_is_taken_up_again(machine: Machine) -> None:
    machine.put_python(fails_on="uv sync")
    code, said = machine.set_up("run")
    assert (code, said[-1]) == (
        1,
        "setup: The packages of uv.lock could not be installed; see uv's message above.",
    )
    shutil.copy(machine.put_python(), machine.root / ".venv" / "bin" / "python")
    assert machine.set_up("run")[0] == 0


def test_without_the_network(machine: Machine) -> None:
    machine.put_python(fails_on="pip install")
    code, said = machine.set_up("run")
    assert code == 1
    assert said[-1].endswith("The first set-up needs the network.")


def test_testing_has_all_that_running_needs(machine: Machine) -> None:
    machine.put_python()
    chromium = machine.put("chromium", "#!/bin/sh\n")
    code, said = machine.set_up("test")
    assert (code, said[-1]) == (0, f"setup: browser for the tests: {chromium}")
    assert machine.done == ["venv", UV, SYNC_TEST]
    assert machine.set_up("run") == (0, ["setup: packages are up to date"])


def test_a_browser_is_named(machine: Machine) -> None:
    machine.put_python()
    browser = machine.put("my-browser", "#!/bin/sh\n")
    assert machine.set_up("test", CHROMIUM=str(browser))[1][-1] == f"setup: browser for the tests: {browser}"
    code, said = machine.set_up("test", CHROMIUM="/none/chromium")
    assert (code, said[-1]) == (1, "setup: CHROMIUM=/none/chromium is not a program that can be started.")


def test_root_gets_the_browser_of_debian(machine: Machine) -> None:
    machine.put_python()
    machine.put("id", "#!/bin/sh\necho 0\n")
    machine.put("apt-get", '#!/bin/sh\necho "apt-get $*" >>"$LOG"\n')
    code, said = machine.set_up("test")
    assert (code, said[-1]) == (0, "setup: installing Debian's chromium for the tests")
    assert machine.done[-2:] == ["apt-get update -qq", "apt-get install -y -qq chromium"]
    machine.put("apt-get", "#!/bin/sh\nexit 1\n")
    code, said = machine.set_up("test")
    assert (code, said[-2]) == (1, "setup: apt-get could not install chromium; see its message above.")


def test_others_get_the_browser_of_playwright(machine: Machine) -> None:
    machine.put_python(fails_on="playwright")
    code, said = machine.set_up("test")
    assert machine.done[-1] == "-m playwright install chromium"
    assert (code, said[-1]) == (
        1,
        "setup: Install one (as root: apt install chromium), or name one: CHROMIUM=/path/to/chromium.",
    )


@pytest.mark.parametrize("what", ["", "everything"])
def test_it_wants_to_know_what_for(machine: Machine, what: str) -> None:
    code, said = machine.set_up(what)
    assert (code, said) == (1, ["setup: Say what to set up for: scripts/setup.sh run, or scripts/setup.sh test."])
