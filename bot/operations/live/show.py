"""The live view as lines of a terminal of 80 columns and 24 lines. Colours repeat what the words say already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap

from rich.text import Text

from bot.operations.live.model import ChannelRow, CountRow, JobRow, ProcessRow, StoreRow, View
from bot.operations.times import in_vietnam

WIDTH = 80
LINES = 23
"""One is left for how to leave it."""
_MOST_PROCESSES = 3
_MOST_ERRORS = 3
_MOST_REPLIES = 8
_MOST_UNSEEN = 4
_SILENT_SECONDS = 10.0
_LATE_SECONDS = 60.0
_OLD_JOB_SECONDS = 25 * 3600.0
_SHORT_TOKEN_SECONDS = 3 * 3600.0
_OLD_DAYS = 365
_GOOD, _BAD, _DIM, _HEAD = "green", "bold red", "dim", "bold"
_NOT_KNOWN = "-"
_HEADS = ("channel", "in/s", "out/s", "p50", "p95", "waiting", "oldest", "errors", "token", "state")
_WIDTHS = (8, 6, 6, 7, 7, 8, 7, 7, 7)


def lines(view: View) -> list[Text]:
    """At most `LINES` of them; where there is much to show, less is said of what cannot be seen."""
    shown = list(_seen(view))
    return [*shown, *_unseen(view.unseen, min(_MOST_UNSEEN, LINES - len(shown)))]


def _seen(view: View) -> Iterator[Text]:
    over = "" if view.seconds is None else f", rates of the last {view.seconds:.0f} s"
    yield Text(f"Một Cửa at {in_vietnam(view.at)}{over}", _HEAD)
    yield from _processes(view.processes)
    yield _store(view.store)
    yield _labelled("catalogue", _catalogue(view))
    yield _labelled("machine", _machine(view))
    yield Text()
    yield Text(_row(_HEADS), _HEAD)
    for channel in view.channels:
        yield _channel(channel, is_counted=_is_counted(view))
    yield Text()
    yield from _wrapped("replies", _counts(view.replies, _MOST_REPLIES), _counted(view), 2)
    yield from _errors(view)
    yield from _wrapped("jobs", map(_job, view.jobs), "none has reported" if view.jobs else _counted(view), 2)


def plain(view: View) -> str:
    """For a pipe."""
    return "".join(f"{line.plain}\n" for line in lines(view))


def _processes(rows: Sequence[ProcessRow]) -> Iterator[Text]:
    if not rows:
        yield _labelled("processes", Text("none is known", _BAD))
        return
    for number, row in enumerate(rows[:_MOST_PROCESSES]):
        words = Text(_cut(row.label, 40))
        if row.leads:
            words.append(", leads", _GOOD)
        words.append(f", since {in_vietnam(row.since)[5:16]}")
        if row.silent_seconds > _SILENT_SECONDS:
            words.append(f", SILENT {_age(row.silent_seconds)}", _BAD)
        left = len(rows) - _MOST_PROCESSES
        if left > 0 and number == _MOST_PROCESSES - 1:
            words.append(f" +{left} more")
        yield _labelled("processes" if number == 0 else "", words)


def _store(row: StoreRow) -> Text:
    words = Text(_cut(row.address, 42))
    if row.trouble:
        words.append(" CANNOT BE READ", _BAD)
    elif row.is_written is False:
        words.append(" NOT WRITTEN, in memory only", _BAD)
    else:
        words.append(" written" if row.is_written else " readable", _GOOD)
    return _labelled("store", words)


def _catalogue(view: View) -> Text:
    row = view.catalogue
    if row is None:
        return Text(_NOT_KNOWN, _DIM)
    as_shipped = "as shipped" if row.publication in {"", "0"} else f"publication {row.publication}"
    words = Text(f"{row.version} ({as_shipped}), {row.procedures:,} procedures, data of {row.age_days} days ago")
    if row.age_days > _OLD_DAYS:
        words.append(" OLD", _BAD)
    return words


def _machine(view: View) -> Text:
    memory = ", ".join(f"{size / 2**20:.0f} MB" for size in view.memory_bytes) or _NOT_KNOWN
    lag = _NOT_KNOWN if view.lag_p95 is None else _seconds(view.lag_p95)
    words = Text(f"memory {memory}; event loop late by {lag} (p95)")
    if view.lag_p95 is not None and view.lag_p95 > 1:
        words.append(" SLOW", _BAD)
    return words


def _channel(row: ChannelRow, *, is_counted: bool) -> Text:
    late = row.oldest_seconds is not None and row.oldest_seconds > _LATE_SECONDS
    short = row.token_seconds is not None and row.token_seconds < _SHORT_TOKEN_SECONDS
    cells = (
        row.name,
        _rate(row.received),
        _rate(row.answered),
        _NOT_KNOWN if row.p50 is None else _seconds(row.p50),
        _NOT_KNOWN if row.p95 is None else _seconds(row.p95),
        _NOT_KNOWN if row.waiting is None else f"{row.waiting:,}",
        _NOT_KNOWN if row.oldest_seconds is None else _age(row.oldest_seconds),
        _NOT_KNOWN if row.send_errors is None else f"{row.send_errors:,}",
        _NOT_KNOWN if row.token_seconds is None else _age(row.token_seconds),
        _state(row, is_counted=is_counted, is_late=late, is_short=short),
    )
    is_bad = row.is_on is False or late or short or bool(row.send_errors)
    line = Text(_row(cells), _BAD if is_bad else _DIM if row.is_on is None else "")
    line.truncate(WIDTH, overflow="ellipsis")
    return line


def _state(row: ChannelRow, *, is_counted: bool, is_late: bool, is_short: bool) -> str:
    if row.is_on is False:
        return "SWITCHED OFF"
    if row.is_on is None:
        return "not connected" if is_counted else "not seen"
    words = ("LATE",) * is_late + ("TOKEN",) * is_short + ("ERRORS",) * bool(row.send_errors)
    return " ".join(words) or "on"


def _errors(view: View) -> Iterator[Text]:
    if not view.errors:
        yield _labelled("errors", Text(_counted(view), _DIM))
        return
    for number, row in enumerate(view.errors[:_MOST_ERRORS]):
        words = Text(f"{_cut(row.name, 40)}: {row.count:,}", _BAD if row.lately else "")
        if row.lately:
            words.append(f", {row.lately:,} of them just now", _BAD)
        left = len(view.errors) - _MOST_ERRORS
        if left > 0 and number == _MOST_ERRORS - 1:
            words.append(f"; {left} more kinds")
        yield _labelled("errors" if number == 0 else "", words)


def _unseen(reasons: Sequence[str], left: int) -> Iterator[Text]:
    """Each in at most two lines, and not more than fit."""
    for why in reasons:
        broken = wrap(why, WIDTH - 10, max_lines=min(2, left), placeholder=" …") if left else []
        left -= len(broken)
        for number, line in enumerate(broken):
            yield _labelled("" if number else "not seen", Text(line, _BAD))


def _counted(view: View) -> str:
    """What stands where nothing was counted: none where it would be known."""
    return "none" if _is_counted(view) else _NOT_KNOWN


def _is_counted(view: View) -> bool:
    """Whether a process told its figures: of a channel that it does not name, it has no keys."""
    return bool(view.memory_bytes) or view.catalogue is not None


def _counts(rows: Sequence[CountRow], most: int) -> Iterator[Text]:
    for row in rows[:most]:
        yield Text(f"{row.name} {row.count:,}" + (f" (+{row.lately:,})" if row.lately else ""))


def _job(row: JobRow) -> Text:
    ago = "not yet" if row.ago_seconds is None else f"{_age(row.ago_seconds)} ago"
    words = Text(f"{row.name} {ago}")
    if row.ago_seconds is not None and row.ago_seconds > _OLD_JOB_SECONDS:
        words.append(" OLD", _BAD)
    if row.failures:
        words.append(f" FAILED {row.failures:,}", _BAD)
    return words


def _wrapped(label: str, parts: Iterable[Text], without: str, most: int) -> Iterator[Text]:
    """One after the other, in at most so many lines; what does not fit is left out, and said to be."""
    filled: list[Text] = []
    waiting = list(parts)
    while waiting and len(filled) < most:
        line = waiting.pop(0)
        while waiting and len(line) + 2 + len(waiting[0]) <= WIDTH - 12:
            line = line + Text(", ") + waiting.pop(0)
        filled.append(line)
    if waiting:
        filled[-1].append(" …")
    for number, line in enumerate(filled or [Text(without, _DIM)]):
        yield _labelled("" if number else label, line)


def _labelled(label: str, words: Text) -> Text:
    line = Text.assemble((f"{label:<10}", _HEAD), words)
    line.truncate(WIDTH, overflow="ellipsis")
    return line


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells[:-1]
    numbers = "".join(f"{cell:>{width}}" for cell, width in zip(rest, _WIDTHS[1:], strict=True))
    return f"{first:<{_WIDTHS[0]}}{numbers}  {cells[-1]}"


def _rate(rate: float | None) -> str:
    if rate is None:
        return _NOT_KNOWN
    return f"{rate:.0f}" if rate >= 100 else f"{rate:.1f}"


def _seconds(seconds: float) -> str:
    if seconds < 1:
        return f"{seconds * 1000:.0f} ms"
    return f"{seconds:.1f} s" if seconds < 100 else _age(seconds)


def _age(seconds: float) -> str:
    """`42 s`, `5 min`, `3 h`, `12 d`; of what lies ahead of us by a clock that is wrong, `0 s`."""
    for size, unit in ((86400.0, "d"), (3600.0, "h"), (60.0, "min")):
        if abs(seconds) >= 2 * size or (unit == "min" and abs(seconds) >= 100):
            return f"{seconds / size:.0f} {unit}"
    return f"{max(seconds, 0.0):.0f} s" if seconds > -1 else "ended"


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"…{text[1 - most :]}"
