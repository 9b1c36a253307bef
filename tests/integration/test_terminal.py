"""The commands as an operator and a program meet them: a process, its output, its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.settings import Settings

ROOT = Path(__file__).resolve().parents[2]


def every_command(group: click.Group, before: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        yield before + name
        if isinstance(command, click.Group):
            yield from every_command(command, f"{before}{name} ")


COMMANDS = tuple(every_command(main))


def run(
    *arguments: str, stdin: bytes = b"", folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    data = {} if folder is None else {"DATABASE_URL": f"sqlite:///{folder}/x.sqlite"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        input=stdin,
        capture_output=True,
        cwd=ROOT,
        env={**kept, **data, **environment},
        timeout=60,
        check=False,
    )


def test_chat_json_answers_every_line(tmp_path: Path) -> None:
    lines = [
        b"dang ky khai sinh",
        b"",
        b'{"text": 5}',
        b'{"choice": "tt:9.999999"}',
        b"{broken",
        b"\xff\xfe",
        b'{"text": "\\ud800"}',
        b"x" * 2_000_000,
        b'{"text": "tt:1.001193", "user": "other"}',
        b'{"choice": "start"}',
    ]
    done = run("chat", "--json", stdin=b"\n".join(lines), folder=tmp_path)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (0, b"")
    assert [answer["status"] for answer in answers] == [
        "answered",
        "empty",
        "empty",
        "expired_choice",
        "not_found",
        "empty",
        "empty",
        "too_long",
        "answered",
        "started",
    ]
    assert {tuple(answer) for answer in answers} == {("status", "text", "choices", "links")}
    assert answers[0] == answers[8]


def test_chat_json_remembers_each_user_across_processes(tmp_path: Path) -> None:
    run("chat", "--json", stdin=b'{"choice": "start", "user": "a"}\n', folder=tmp_path)
    done = run("chat", "--json", stdin=b'{"text": "1", "user": "a"}\n{"text": "1", "user": "b"}\n', folder=tmp_path)
    assert [json.loads(line)["status"] for line in done.stdout.splitlines()] == ["answered", "expired_choice"]


def test_nothing_of_a_message_is_on_the_disk(tmp_path: Path) -> None:
    message = "đăng ký khai sinh cho bé Tí, cccd 042193001234, gọi 0912345678"
    done = run("chat", "--json", stdin=message.encode(), folder=tmp_path, LOG_LEVEL="DEBUG")
    kept = b"".join(path.read_bytes() for path in tmp_path.iterdir()) + done.stdout + done.stderr
    assert json.loads(done.stdout)["status"] == "personal_data_refused"
    assert [secret for secret in (b"042193001234", b"0912345678", "bé Tí".encode()) if secret in kept] == []


def test_chat_without_json_from_a_pipe(tmp_path: Path) -> None:
    done = run("chat", stdin="đăng ký khai sinh\n".encode(), folder=tmp_path)
    assert done.stdout.decode().splitlines()[0] == "Đăng ký khai sinh"
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_command_has_help(command: str) -> None:
    done = CliRunner().invoke(main, [*command.split(), "--help"], prog_name="python -m bot")
    assert (done.exit_code, done.output.startswith(f"Usage: python -m bot {command}".rstrip())) == (0, True)


def test_the_process_has_help() -> None:
    done = run("--help")
    assert (done.returncode, done.stdout.startswith(b"Usage: python -m bot")) == (0, True)


def test_search_batch(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text('id,query\n1,đăng ký khai sinh\n2,"1.001193"\n3,\n', encoding="utf-8")
    done = run("search", "--batch", str(file), "--json")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert [list(row) for row in rows] == [["query", "status", "codes", "ms"]] * 3
    assert [(row["query"], row["status"], row["codes"][:1]) for row in rows] == [
        ("đăng ký khai sinh", "answered", ["1.001193"]),
        ("1.001193", "answered", ["1.001193"]),
        ("", "not_found", []),
    ]
    assert all(len(row["codes"]) <= 10 and row["ms"] >= 0 for row in rows)


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"text\nx\n", "has no column named 'query'"), (b"query\n\xff\n", "is not UTF-8"), (b"", "has no column")],
)
def test_search_batch_of_a_wrong_file(tmp_path: Path, content: bytes, message: str) -> None:
    file = tmp_path / "q.csv"
    file.write_bytes(content)
    done = run("search", "--batch", str(file), "--json")
    assert (done.returncode, done.stdout) == (1, b"")
    assert message in done.stderr.decode()


def test_search_explains_and_writes_json() -> None:
    explained = run("search", "đăng ký khai sinh", "--explain")
    assert (explained.returncode, explained.stdout.decode().split()[0]) == (0, "answered")
    as_json = json.loads(run("search", "đăng ký khai sinh", "--json").stdout)
    assert (as_json["status"], as_json["codes"][0]) == ("answered", "1.001193")
    assert as_json["wishes"][0]["candidates"][0]["code"] == "1.001193"


@pytest.mark.parametrize(
    "arguments",
    [("search",), ("search", "a", "--batch", "pyproject.toml"), ("search", "--batch", "pyproject.toml"), ("nonsense",)],
)
def test_wrong_use(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("code", ["1.001193", "1001193", "1.001193.000.00.00.H27"])
def test_catalog_show(code: str) -> None:
    done = run("catalog", "show", code)
    assert (done.returncode, done.stdout.decode().splitlines()[0]) == (0, "Đăng ký khai sinh")


def test_catalog_show_of_an_unknown_code() -> None:
    done = run("catalog", "show", "4.999999")
    assert (done.returncode, done.stderr) == (
        1,
        b"'4.999999' is not in this catalogue; it may still exist, codes change often\n",
    )


def test_a_program_may_ask_as_fast_as_it_likes(tmp_path: Path) -> None:
    done = run("chat", "--json", stdin=b"start\n" * 30, folder=tmp_path, MAX_MESSAGES_PER_MINUTE="1")
    assert {json.loads(line)["status"] for line in done.stdout.splitlines()} == {"started"}


def test_catalog_check_of_the_shipped_one() -> None:
    assert run("catalog", "check").returncode == 0
    assert json.loads(run("catalog", "check", "--json").stdout)["problems"] == []


def test_a_catalogue_with_problems_is_not_served(tmp_path: Path) -> None:
    checked = run("catalog", "check", str(tmp_path))
    as_json = run("catalog", "check", str(tmp_path), "--json")
    chat = run("chat", "--json", stdin=b"x\n", folder=tmp_path, CATALOG_DIR=str(tmp_path))
    assert (checked.returncode, as_json.returncode, chat.returncode, chat.stdout) == (2, 2, 2, b"")
    assert len(json.loads(as_json.stdout)["problems"]) == len(checked.stderr.splitlines()) - 1
    assert b"The catalogue cannot be served" in chat.stderr
    assert b"Traceback" not in chat.stderr


def test_wrong_settings_exit_with_2() -> None:
    done = run("chat", "--json", PORT="x", LOG_LEVEL="loud")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines() == [
        "PORT: must be a whole number; for example PORT=8080",
        "LOG_LEVEL: must be one of 'DEBUG', 'INFO', 'WARNING' or 'ERROR'; for example LOG_LEVEL=INFO",
    ]


def test_a_reader_that_goes_away_is_no_traceback(tmp_path: Path) -> None:
    file = tmp_path / "q.csv"
    file.write_text("query\n" + "khai sinh\n" * 3000, encoding="utf-8")
    shell = f"{sys.executable} -m bot search --batch {file} --json | head -1"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, cwd=ROOT, timeout=60, check=False)  # noqa: S607
    assert (len(done.stdout.splitlines()), done.stderr) == (1, b"")


def test_every_setting_is_documented() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert [name for name in Settings.model_fields if f"{name.upper()}=" not in example] == []
