"""The judge of the load run must see what it is there for."""

from __future__ import annotations

from dataclasses import replace

from tests.benchmarks.channel_figures import Figures, Message, Said, judge, percentile

HEADINGS = ("A", "B")
BOTH = [
    Said("1", "A", brought_at=9.5, acked_at=10.0, ack_seconds=0.002),
    Said("1", "B", brought_at=10.5, acked_at=11.0, ack_seconds=0.004),
]
ANSWERS = [Message("1", "A", 10.5), Message("1", "B", 12.0)]
GOOD = Figures(
    updates=2,
    accepted=2,
    accepted_per_second=1.0,
    unanswered=0,
    refused=0,
    ack_p50=4.0,
    ack_p99=4.0,
    answer_p50=1000.0,
    answer_p99=1000.0,
    lost=0,
    uncertain=0,
    doubled=0,
    out_of_order=0,
    strange=0,
)


def judged(said: list[Said], sent: list[Message], uncertain: int = 0) -> Figures:
    return judge(said, sent, HEADINGS, 9.0, uncertain)


def test_all_answered_once_in_order() -> None:
    assert judged(BOTH, ANSWERS) == GOOD
    assert GOOD.holds


def test_lost_unless_it_may_have_been_sent() -> None:
    lost = replace(GOOD, lost=1, answer_p50=500.0, answer_p99=500.0)
    assert judged(BOTH, ANSWERS[:1]) == lost
    assert not lost.holds
    uncertain = replace(lost, uncertain=1)
    assert judged(BOTH, ANSWERS[:1], uncertain=3) == uncertain
    assert uncertain.holds


def test_doubled() -> None:
    doubled = replace(GOOD, doubled=1)
    assert judged(BOTH, [*ANSWERS, Message("1", "A", 13.0)]) == doubled
    assert not doubled.holds


def test_out_of_order_within_a_person_only() -> None:
    turned = judged(BOTH, [Message("1", "B", 11.5), Message("1", "A", 12.0)])
    assert turned == replace(GOOD, out_of_order=1, answer_p50=2000.0, answer_p99=2000.0)
    assert not turned.holds
    two_people = [BOTH[0], replace(BOTH[1], person="2")]
    assert judged(two_people, [Message("2", "B", 11.5), Message("1", "A", 12.0)]).out_of_order == 0


def test_order_is_that_of_acknowledging_where_the_platform_turned_it_around() -> None:
    late_first = [replace(BOTH[0], acked_at=12.0), BOTH[1]]
    assert judged(late_first, [Message("1", "B", 11.5), Message("1", "A", 12.5)]).out_of_order == 0


def test_of_two_under_way_at_once_either_may_be_first() -> None:
    together = [BOTH[0], replace(BOTH[1], brought_at=9.9)]
    assert judged(together, [Message("1", "B", 11.5), Message("1", "A", 12.0)]).out_of_order == 0


def test_what_the_platform_was_not_told_is_not_lost() -> None:
    said = [BOTH[0], Said("1", "B", unanswered=2, refused=1)]
    expected = replace(GOOD, accepted=1, unanswered=2, refused=1, ack_p50=2.0, ack_p99=2.0)
    assert judged(said, ANSWERS[:1]) == replace(expected, answer_p50=500.0, answer_p99=500.0)


def test_strange_messages_are_counted_apart() -> None:
    assert judged(BOTH, [*ANSWERS, Message("1", "Xin lỗi", 13.0)]) == replace(GOOD, strange=1)


def test_nothing_at_all() -> None:
    nothing = replace(GOOD, updates=0, accepted=0, accepted_per_second=0.0, ack_p50=0.0, ack_p99=0.0)
    assert judged([], []) == replace(nothing, answer_p50=0.0, answer_p99=0.0)


def test_percentile() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.0, 0.5, 0.99)] == [1.0, 51.0, 100.0]
    assert percentile([], 0.5) == 0.0
