"""What a load run came to: how long people waited, and whether anything was lost, doubled or out of order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class Said:
    """One update of a person. All times are monotonic seconds.

    `heading`: the first line of the answer it asks for, which nobody is to get twice. `brought_at`: when the platform
    first tried to bring it. `acked_at`: when the platform
    first heard that it has arrived; None while it has not. `ack_seconds`: how long that request took. `unanswered`:
    how many requests before it got no answer at all, `refused`: how many got another one than 2xx.
    """

    person: str
    heading: str
    acked_at: float | None = None
    brought_at: float = 0.0
    ack_seconds: float = 0.0
    unanswered: int = 0
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Message:
    """What reached a person. `heading`: its first line."""

    person: str
    heading: str
    at: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One phase on one platform; times in milliseconds, 0 where there was nothing to measure.

    `lost`: acknowledged, never answered; of them `uncertain` may have been sent when the process was killed, and are
    not sent again on purpose. `doubled`: messages that came once too often. `out_of_order`: answers that came before
    the answer to something that the same person had said before, and that was acknowledged before they were brought:
    of two that were under way at once either may have been put away first. `strange`: messages
    that nobody asked for, such as an apology.
    """

    updates: int
    accepted: int
    accepted_per_second: float
    unanswered: int
    refused: int
    ack_p50: float
    ack_p99: float
    answer_p50: float
    answer_p99: float
    lost: int
    uncertain: int
    doubled: int
    out_of_order: int
    strange: int

    @property
    def holds(self) -> bool:
        return self.lost <= self.uncertain and not self.doubled and not self.out_of_order


def judge(
    said: Sequence[Said], sent: Sequence[Message], headings: Collection[str], began: float, uncertain: int
) -> Figures:
    """`said` in the order in which each person said it. `headings`: the first lines of all messages that are expected.

    `began`: when the first update was brought. `uncertain`: how many parts of answers were not sent again because
    they may have arrived.
    """
    first: dict[tuple[str, str], float] = {}
    for message in sent:
        first.setdefault((message.person, message.heading), message.at)
    acked = [one for one in said if one.acked_at is not None]
    waits = [
        max(0.0, first[one.person, one.heading] - one.acked_at)
        for one in acked
        if one.acked_at is not None and (one.person, one.heading) in first
    ]
    times = Counter((message.person, message.heading) for message in sent if message.heading in headings)
    lost = len(acked) - len(waits)
    last = max((one.acked_at or began for one in acked), default=began)
    return Figures(
        updates=len(said),
        accepted=len(acked),
        accepted_per_second=len(acked) / (last - began) if last > began else 0.0,
        unanswered=sum(one.unanswered for one in said),
        refused=sum(one.refused for one in said),
        ack_p50=percentile([one.ack_seconds for one in acked], 0.5) * 1000,
        ack_p99=percentile([one.ack_seconds for one in acked], 0.99) * 1000,
        answer_p50=percentile(waits, 0.5) * 1000,
        answer_p99=percentile(waits, 0.99) * 1000,
        lost=lost,
        uncertain=min(lost, uncertain),
        doubled=sum(count - 1 for count in times.values()),
        out_of_order=_out_of_order(acked, first),
        strange=sum(message.heading not in headings for message in sent),
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` of them do not exceed; 0 where there is none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def _out_of_order(acked: Sequence[Said], first: dict[tuple[str, str], float]) -> int:
    people: dict[str, list[tuple[float, float]]] = {}
    count = 0
    for one in acked:
        answered_at = first.get((one.person, one.heading))
        if answered_at is None or one.acked_at is None:
            continue
        before = people.setdefault(one.person, [])
        count += any(acked_at <= one.brought_at and answered_at < earlier for acked_at, earlier in before)
        before.append((one.acked_at, answered_at))
    return count
