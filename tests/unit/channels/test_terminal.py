"""Lines in, lines out: the JSON contract, broken input, and the conversation with line editing."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.channels import terminal
from bot.channels.terminal import (
    COLOURED,
    MAX_LINE_BYTES,
    PLAIN,
    as_json,
    chat,
    chat_json,
    chat_lines,
    parse_line,
    render,
)
from bot.dialogue.messages import Choice, Incoming, Link, Reply, Status

REPLY = Reply(Status.ASKED_BACK, "Việc nào?", (Choice("a", "Một"), Choice("b", "Hai")), (Link("Trang", "https://x"),))


class Echo:
    """Answers with what it was told, so that tests see what arrived."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []

    async def answer(self, incoming: Incoming) -> Reply:
        self.heard.append(incoming)
        return Reply(Status.ANSWERED, f"{len(self.heard)}")


def said(text: str, user: str = "u") -> Incoming:
    return Incoming("terminal", user, text=text)


@pytest.mark.parametrize(
    ("line", "incoming"),
    [
        ("khai sinh\n", said("khai sinh")),
        ("khai sinh\r\n", said("khai sinh")),
        ("\n", said("")),
        ("", said("")),
        ("\ufeffkhai sinh\n", said("khai sinh")),
        ('{"text": "khai sinh"}\n', said("khai sinh")),
        ('  {"text": "khai sinh", "user": "b"}\n', said("khai sinh", "b")),
        ('{"text": "khai sinh", "user": 7}\n', said("khai sinh", "7")),
        ('{"text": "khai sinh", "user": null}\n', said("khai sinh")),
        ('{"text": "khai sinh", "user": true}\n', said("khai sinh")),
        ('{"text": "khai sinh", "user": ["b"]}\n', said("khai sinh")),
        ('{"choice": "tt:1.001193"}\n', Incoming("terminal", "u", choice="tt:1.001193")),
        ('{"choice": "start", "text": "x", "user": "b"}\n', Incoming("terminal", "b", choice="start")),
        ('{"choice": 5}\n', said("")),
        ('{"text": 5}\n', said("")),
        ('{"text": null}\n', said("")),
        ("{}\n", said("")),
        ('{"text": "\\ud800"}\n', said("\ud800")),
        ('{"text": "x"\n', said('{"text": "x"')),
        ("{bad json}\n", said("{bad json}")),
        ('["text"]\n', said('["text"]')),
        ("5\n", said("5")),
        ("null\n", said("null")),
    ],
)
def test_parse_line(line: str, incoming: Incoming) -> None:
    assert parse_line(line.encode(), "u") == incoming


def test_a_line_that_is_not_utf8() -> None:
    assert parse_line(b"khai \xff\xfe sinh\n", "u") == said("khai \ufffd\ufffd sinh")


def test_json_nested_too_deeply_is_text() -> None:
    line = '{"a":' * 100_000
    assert parse_line(line.encode(), "u") == said(line)


@given(st.binary(max_size=200))
def test_parse_line_never_raises(line: bytes) -> None:
    incoming = parse_line(line, "u")
    assert (incoming.text is None) != (incoming.choice is None)


def test_as_json_is_one_line() -> None:
    reply = Reply(Status.ANSWERED, 'a\n"b"', REPLY.choices, REPLY.links, ("1.000001",))
    line = as_json(reply)
    assert line.count(b"\n") == 1
    assert json.loads(line) == {
        "status": "answered",
        "text": 'a\n"b"',
        "choices": [{"id": "a", "label": "Một"}, {"id": "b", "label": "Hai"}],
        "links": [{"label": "Trang", "url": "https://x"}],
    }


def test_a_counted_link_is_opened_through_our_own_address() -> None:
    reply = Reply(Status.ANSWERED, "a", (), (Link("Trang", "https://x.test", "https://here.test/r/t"),))
    assert render(reply) == "a\n  Trang: https://here.test/r/t"
    assert json.loads(as_json(reply))["links"] == [{"label": "Trang", "url": "https://here.test/r/t"}]


class Flushing(io.BytesIO):
    """Remembers how much had been written at each flush."""

    def __init__(self) -> None:
        super().__init__()
        self.flushed: list[int] = []

    def flush(self) -> None:
        self.flushed.append(self.getvalue().count(b"\n"))


async def test_chat_json_answers_each_line_in_order_and_flushes() -> None:
    echo, output = Echo(), Flushing()
    await chat_json(echo, io.BytesIO(b'one\n\n{"text": 5}\nlast'), output, "u")
    assert [json.loads(line)["text"] for line in output.getvalue().splitlines()] == ["1", "2", "3", "4"]
    assert output.flushed[:4] == [1, 2, 3, 4]
    assert echo.heard == [said("one"), said(""), said(""), said("last")]


async def test_chat_json_of_nothing_says_nothing() -> None:
    output = Flushing()
    await chat_json(Echo(), io.BytesIO(b""), output)
    assert output.getvalue() == b""


async def test_a_line_of_megabytes_is_one_message_and_the_next_one_works() -> None:
    echo, output = Echo(), Flushing()
    await chat_json(echo, io.BytesIO(b"x" * (3 * MAX_LINE_BYTES + 5) + b"\nnext\n"), output, "u")
    assert [len(incoming.text or "") for incoming in echo.heard] == [MAX_LINE_BYTES, 4]
    assert output.getvalue().count(b"\n") == 2


async def test_chat_lines() -> None:
    output = io.StringIO()
    await chat_lines(Echo(), io.BytesIO(b"one\n\nlast"), output)
    assert output.getvalue() == "1\n\n2\n\n3\n\n"


def test_render_plain_and_coloured() -> None:
    assert render(REPLY, PLAIN) == "Việc nào?\n  1. Một\n  2. Hai\n  Trang: https://x"
    assert render(REPLY, COLOURED) == (
        "Việc nào?\n  \x1b[1;36m1. Một\x1b[0m\n  \x1b[1;36m2. Hai\x1b[0m\n  Trang: \x1b[4;34mhttps://x\x1b[0m"
    )


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_only_on_a_terminal_that_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert (terminal.style_for(io.StringIO()), terminal.style_for(Terminal())) == (PLAIN, COLOURED)
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.style_for(Terminal()) == PLAIN


@pytest.mark.parametrize("leaving", ["\x04", "\x03", "/quit\r"])
async def test_chat_with_line_editing(leaving: str) -> None:
    echo, output = Echo(), io.StringIO()
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        # "haix", one back, to the beginning, "k", and out.
        keys.send_text(f"haix\x7f\x01k\r\r{leaving}")
        await chat(echo, output, "u")
    assert echo.heard == [said("/start"), said("khai"), said("")]
    assert output.getvalue() == "1\n\n2\n\n3\n\n"
