"""What is counted can be read, and holds nothing but channels and fixed words."""

from __future__ import annotations

from bot.operations.metrics import Metrics


def lines(metrics: Metrics) -> list[str]:
    """Without remarks, and without when each was made."""
    text = metrics.as_text().decode()
    return [line for line in text.splitlines() if not line.startswith("#") and "_created{" not in line]


def test_nothing_is_counted_at_first() -> None:
    assert lines(Metrics()) == []


def test_what_was_counted_is_told() -> None:
    metrics = Metrics()
    metrics.received.labels("telegram", "message").inc()
    metrics.received.labels("telegram", "message").inc()
    metrics.closed.labels("telegram", "answered").inc()
    metrics.send_errors.labels("zalo_oa", "wait").inc()
    metrics.working.labels("telegram").set(3)
    assert lines(metrics) == [
        'mot_cua_received_total{channel="telegram",what="message"} 2.0',
        'mot_cua_closed_total{channel="telegram",reason="answered"} 1.0',
        'mot_cua_send_errors_total{channel="zalo_oa",error="wait"} 1.0',
        'mot_cua_working{channel="telegram"} 3.0',
    ]


def test_times_are_told_in_steps() -> None:
    metrics = Metrics()
    metrics.acknowledged.labels("telegram").observe(0.03)
    metrics.answered.labels("telegram").observe(400)
    told = dict(line.rsplit(" ", 1) for line in lines(metrics))
    assert told['mot_cua_acknowledged_seconds_bucket{channel="telegram",le="0.025"}'] == "0.0"
    assert told['mot_cua_acknowledged_seconds_bucket{channel="telegram",le="0.05"}'] == "1.0"
    assert told['mot_cua_answered_seconds_bucket{channel="telegram",le="300.0"}'] == "0.0"
    assert told['mot_cua_answered_seconds_bucket{channel="telegram",le="+Inf"}'] == "1.0"


def test_each_process_has_its_own() -> None:
    one, other = Metrics(), Metrics()
    one.working.labels("telegram").set(1)
    assert (len(lines(one)), lines(other)) == (1, [])


def test_the_format_is_named() -> None:
    assert Metrics.CONTENT_TYPE.startswith("text/plain; version=")
