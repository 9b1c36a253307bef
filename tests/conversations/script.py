"""Conversations as they are written down: what a person does, and below it the whole answer.

```
== Người mẹ hỏi khai sinh            a conversation begins
# a remark for whoever reads this
@ telegram                           from here on: the channel; `@ xa=CODE`, `@ lang=en`: what it brings
@ person=B                           from here on someone else writes
@ store=broken                       the store fails, until `@ store=works`
@ switch=off                         the channel is switched off, until `@ switch=on`
@ greeted=no                         nobody has told them yet who answers
@ reachable=yes                      they can be written to later, as in a messenger
@ said={"kind": "pin", …}            editors say this besides, as their record has it; `@ said=` takes all of it back
@ limit=2                            how many messages a person may send in a minute; none is set: as many as they like
~ 25 giờ sau                         time passes (giờ, ngày)
> lam giay khai sinh                 a message; `>+ …` is its next line
>*300 khai sinh                      a message of 300 times these words
* tt:1.001193                        a tap on a choice, by its id
! 1.001193                           nobody wrote: the assistant asks by itself how this procedure went
+ picture                            something sent instead of words: `Attachment` says what there is
[answered] Đăng ký khai sinh         the answer: status and text,
  1. Sao y giấy tờ <tt:2.000815>     choices with their ids,
  -> Mở trang <https://…>            links
```

An answer is everything between a message and the next line that begins with one of these marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.messages import Attachment, Reply

FOLDER = Path(__file__).parent
_TITLE, _MESSAGE, _MORE, _TAP, _SENT, _ASKS = "== ", ">", ">+ ", "* ", "+ ", "! "
_SETTING, _TIME, _REMARK = "@ ", "~ ", "#"
_MARKS = (_TITLE, _MESSAGE, _TAP, _SENT, _ASKS, _SETTING, _TIME, _REMARK)
_REPEATED = re.compile(r">\*(\d+) (.*)")
_DURATION = re.compile(r"~ (\d+) (giờ|ngày) sau")
_HOURS = {"giờ": 1, "ngày": 24}


class ScriptError(ValueError):
    """A line of a script that cannot be read."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was written: `lines` as they stand in the file, and the `answer` below them (only to what is said)."""

    lines: tuple[str, ...]
    answer: tuple[str, ...] = ()

    @property
    def is_said(self) -> bool:
        return self.lines[0].startswith((_MESSAGE, _TAP, _SENT, _ASKS))

    @property
    def text(self) -> str | None:
        """The message; None for anything else."""
        first, *more = self.lines
        if not first.startswith(_MESSAGE):
            return None
        if match := _REPEATED.fullmatch(first):
            return " ".join([match[2]] * int(match[1]))
        return "\n".join([first[1:].removeprefix(" "), *(line.removeprefix(_MORE) for line in more)])

    @property
    def tap(self) -> str | None:
        """The id of the choice that was tapped; None for anything else."""
        return self.lines[0].removeprefix(_TAP) if self.lines[0].startswith(_TAP) else None

    @property
    def attachment(self) -> Attachment | None:
        """What was sent instead of words; None for anything else."""
        first = self.lines[0]
        return Attachment(first.removeprefix(_SENT)) if first.startswith(_SENT) else None

    @property
    def ask(self) -> str | None:
        """The code that the assistant asks about by itself; None for anything else."""
        return self.lines[0].removeprefix(_ASKS) if self.lines[0].startswith(_ASKS) else None

    @property
    def setting(self) -> tuple[str, str] | None:
        """Name and value: `@ xa=H1` is ("xa", "H1"), `@ telegram` ("channel", "telegram")."""
        if not self.lines[0].startswith(_SETTING):
            return None
        name, separator, value = self.lines[0].removeprefix(_SETTING).partition("=")
        return (name, value) if separator else ("channel", name)

    @property
    def hours(self) -> int:
        """The hours that pass; 0 for anything else."""
        if not self.lines[0].startswith(_TIME):
            return 0
        match = _DURATION.fullmatch(self.lines[0])
        if match is None:
            raise ScriptError(f"no duration: {self.lines[0]!r}")
        return int(match[1]) * _HOURS[match[2]]


@dataclass(frozen=True, slots=True)
class Conversation:
    file: str
    title: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """`head`: the lines above the first conversation."""

    head: tuple[str, ...]
    conversations: tuple[Conversation, ...]


def scripts() -> list[Path]:
    return sorted(FOLDER.glob("*.txt"))


def read(path: Path) -> Script:
    """The conversations of a file. Raises ScriptError."""
    head: list[str] = []
    blocks: list[tuple[str, list[str]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith(_TITLE):
            blocks.append((line.removeprefix(_TITLE), []))
        elif blocks:
            blocks[-1][1].append(line)
        else:
            head.append(line)
    found = (Conversation(path.stem, title, tuple(_steps(title, lines))) for title, lines in blocks)
    return Script(_trimmed(head), tuple(found))


def _steps(title: str, lines: Sequence[str]) -> Iterator[Step]:
    said: list[str] = []
    answer: list[str] = []
    for line in lines:
        if line.startswith(_MORE) and said and not _trimmed(answer):
            said.append(line)
        elif line.startswith(_MARKS):
            if said:
                yield Step(tuple(said), _trimmed(answer))
            said, answer = [line], []
        elif said or not line.strip():
            answer.append(line)
        else:
            raise ScriptError(f"{title}: nobody said anything before {line!r}")
    if said:
        yield Step(tuple(said), _trimmed(answer))


def _trimmed(lines: Sequence[str]) -> tuple[str, ...]:
    """Without the blank lines at both ends."""
    return tuple("\n".join(lines).strip("\n").splitlines())


def written(reply: Reply) -> tuple[str, ...]:
    """A whole reply as the lines of a script."""
    return (
        *f"[{reply.status}] {reply.text}".splitlines(),
        *(f"  {number}. {choice.label} <{choice.id}>" for number, choice in enumerate(reply.choices, start=1)),
        *(f"  -> {link.label} <{link.url}>" for link in reply.links),
    )


def as_text(script: Script) -> str:
    """The file as it is kept: a blank line after each answer, two before a conversation."""
    blocks = ["\n".join(script.head)] if script.head else []
    blocks += [_conversation_text(conversation) for conversation in script.conversations]
    return "\n\n\n".join(blocks) + "\n"


def _conversation_text(conversation: Conversation) -> str:
    parts = [f"{_TITLE}{conversation.title}"]
    for before, step in zip((None, *conversation.steps), conversation.steps, strict=False):
        gap = [""] if before is not None and before.answer else []
        parts += [*gap, *step.lines, *step.answer]
    return "\n".join(parts)
