"""From what the store and the processes say to the view. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.operations.live.figures import Change, buckets, highest, increases, quantile, totals
from bot.operations.live.model import CatalogueRow, ChannelRow, CountRow, JobRow, ProcessRow, StoreRow, View
from bot.operations.members import LEADER
from bot.store.inbox import Waiting
from bot.store.processes import Roll
from bot.store.registry import Switch

CHANNELS = ("zalo_oa", "telegram", "zalo_bot", "web")
_WEB = "web"


@dataclass(frozen=True, slots=True)
class StoreSeen:
    """What was read of the store, or (`trouble`) why not."""

    address: str
    trouble: str = ""
    roll: Roll = field(default_factory=Roll)
    waiting: tuple[Waiting, ...] = ()
    switches: tuple[Switch, ...] = ()


def view_of(seen: StoreSeen, changes: Sequence[Change], now: datetime, unseen: Iterable[str] = ()) -> View:
    """`changes`: one for each process whose figures could be read."""
    seconds = min((change.seconds for change in changes), default=0.0)
    written = totals(changes, "mot_cua_store_up", "")
    return View(
        at=now,
        seconds=seconds or None,
        processes=_processes(seen.roll, now),
        store=StoreRow(seen.address, seen.trouble, written[""] >= len(changes) if written else None),
        channels=tuple(_channel(name, seen, changes, seconds, now) for name in CHANNELS),
        replies=_counted(changes, "mot_cua_replies_total", "status"),
        errors=_counted(changes, "mot_cua_errors_logged_total", "event"),
        catalogue=_catalogue(changes),
        jobs=_jobs(changes, now),
        lag_p95=quantile(buckets(changes, "mot_cua_loop_lag_seconds", {}), 0.95),
        memory_bytes=tuple(
            int(value) for change in changes for value in totals([change], "process_resident_memory_bytes", "").values()
        ),
        unseen=(*((f"store: {seen.trouble}",) if seen.trouble else ()), *unseen),
    )


def _processes(roll: Roll, now: datetime) -> tuple[ProcessRow, ...]:
    lease = roll.holder_of(LEADER)
    holder = None if lease is None else lease.holder
    return tuple(
        ProcessRow(one.label, one.version, one.started_at, one.id == holder, (now - one.seen_at).total_seconds())
        for one in roll.processes
    )


def _channel(name: str, seen: StoreSeen, changes: Sequence[Change], seconds: float, now: datetime) -> ChannelRow:
    switch = next((one for one in seen.switches if one.channel == name and not one.is_on), None)
    waiting = next((one for one in seen.waiting if one.channel == name), None)
    row = ChannelRow(
        name,
        is_on=False if switch is not None else _is_on(name, changes),
        off_since=None if switch is None else switch.changed_at,
        waiting=_waiting(name, seen, changes, waiting),
        oldest_seconds=None if waiting is None else (now - waiting.oldest).total_seconds(),
        token_seconds=_token(name, changes, now),
    )
    if not seconds or row.is_on is None:
        return row
    answers = increases(changes, "mot_cua_replies_total", "channel").get(name, 0.0)
    # The web chat has no inbox: what comes is answered at once.
    came = answers if name == _WEB else _kept(name, changes)
    times = _times(name, changes)
    return replace(
        row,
        received=came / seconds,
        answered=answers / seconds,
        p50=quantile(times, 0.5),
        p95=quantile(times, 0.95),
        send_errors=int(increases(changes, "mot_cua_send_errors_total", "channel").get(name, 0.0)),
    )


def _is_on(name: str, changes: Sequence[Change]) -> bool | None:
    on = highest(changes, "mot_cua_channel_on", "channel").get(name)
    return None if on is None else on > 0


def _waiting(name: str, seen: StoreSeen, changes: Sequence[Change], waiting: Waiting | None) -> int | None:
    """What the store says, else what the processes say of it."""
    if not seen.trouble:
        return 0 if waiting is None else waiting.count
    known = highest(changes, "mot_cua_waiting", "channel").get(name)
    return None if known is None else int(known)


def _token(name: str, changes: Sequence[Change], now: datetime) -> float | None:
    """Of the token that ends first."""
    ends = [
        value
        for change in changes
        for (known, labels), value in change.now.values.items()
        if known == "mot_cua_token_expires_timestamp_seconds" and ("channel", name) in labels
    ]
    return min(ends) - now.timestamp() if ends else None


def _kept(name: str, changes: Sequence[Change]) -> float:
    """Updates that were put away; requests of the platform may bring none, or several."""
    labels = frozenset({("step", "keep"), ("channel", name)})
    return sum(change.increase("mot_cua_step_seconds_count", labels) for change in changes)


def _times(name: str, changes: Sequence[Change]) -> Mapping[float, float]:
    if name == _WEB:
        return buckets(changes, "mot_cua_step_seconds", {"channel": name, "step": "find"})
    return buckets(changes, "mot_cua_answered_seconds", {"channel": name})


def _counted(changes: Sequence[Change], name: str, by: str) -> tuple[CountRow, ...]:
    """Those that happened lately first, then those that happened most."""
    lately = increases(changes, name, by)
    rows = (CountRow(key, int(count), int(lately.get(key, 0.0))) for key, count in totals(changes, name, by).items())
    return tuple(sorted((row for row in rows if row.count), key=lambda row: (-row.lately, -row.count, row.name)))


def _catalogue(changes: Sequence[Change]) -> CatalogueRow | None:
    """Of the first process that says it: they follow each other within seconds."""
    for change in changes:
        for name, labels in change.now.values:
            if name == "mot_cua_catalogue_info":
                told = dict(labels)
                procedures, age = (
                    int(totals([change], f"mot_cua_catalogue_{what}", "").get("", 0.0))
                    for what in ("procedures", "age_days")
                )
                return CatalogueRow(told.get("version", ""), told.get("publication", ""), procedures, age)
    return None


def _jobs(changes: Sequence[Change], now: datetime) -> tuple[JobRow, ...]:
    """Those that fail first, then those that worked longest ago."""
    last = highest(changes, "mot_cua_job_last_success_timestamp_seconds", "name")
    failures = totals(changes, "mot_cua_job_failures_total", "name")
    rows = (
        JobRow(name, now.timestamp() - last[name] if last.get(name) else None, int(failures.get(name, 0.0)))
        for name in last.keys() | failures.keys()
    )
    return tuple(sorted(rows, key=lambda row: (-row.failures, -(row.ago_seconds or 0.0), row.name)))
