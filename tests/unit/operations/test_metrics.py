"""What is counted can be read, and holds nothing but channels and fixed words."""

from __future__ import annotations

import time

import pytest

from bot.dialogue.messages import Status
from bot.operations.jobs import Job
from bot.operations.metrics import Metrics, Step
from bot.store.watching import Call
from tests.unit.operations.counted import counted

_STATES = {
    "mot_cua_store_up",
    "mot_cua_leader",
    "mot_cua_processes",
    "mot_cua_catalogue_procedures",
    "mot_cua_catalogue_age_days",
    "mot_cua_catalogue_data_timestamp_seconds",
    "mot_cua_catalogue_published_timestamp_seconds",
    "mot_cua_catalogue_taken_up_timestamp_seconds",
    "mot_cua_catalogue_not_in_force",
    "mot_cua_ready",
    "mot_cua_loop_lag_seconds_count",
    "mot_cua_catalogue_info",
    "mot_cua_build_info",
}
"""What has no label is there from the beginning."""


def test_nothing_is_counted_at_first() -> None:
    found = counted(Metrics(), "mot_cua_")
    assert {name.partition("{")[0] for name in found} <= _STATES
    assert {value for name, value in found.items() if not name.endswith("_info")} == {0.0}


def test_what_was_counted_is_told() -> None:
    metrics = Metrics()
    metrics.received.labels("telegram", "message").inc()
    metrics.received.labels("telegram", "message").inc()
    metrics.closed.labels("telegram", "answered").inc()
    metrics.send_errors.labels("zalo_oa", "wait").inc()
    metrics.working.labels("telegram").set(3)
    metrics.failed(Call.WRITE)
    metrics.rated("web")
    names = ("mot_cua_received", "mot_cua_closed", "mot_cua_send", "mot_cua_working", "mot_cua_store_f", "mot_cua_rat")
    assert counted(metrics, *names) == {
        'mot_cua_received_total{channel="telegram",what="message"}': 2,
        'mot_cua_closed_total{channel="telegram",reason="answered"}': 1,
        'mot_cua_send_errors_total{channel="zalo_oa",error="wait"}': 1,
        'mot_cua_ratings_total{channel="web"}': 1,
        'mot_cua_store_failures_total{call="write"}': 1,
        'mot_cua_working{channel="telegram"}': 3,
    }


def test_an_answer_is_a_step_and_a_status() -> None:
    metrics = Metrics()
    metrics.replied("web", Status.NOT_FOUND, 0.02)
    metrics.replied("web", Status.NOT_FOUND, 0.02)
    metrics.replied("zalo_oa", Status.ANSWERED, 0.02)
    assert counted(metrics, "mot_cua_replies", "mot_cua_step") == {
        'mot_cua_replies_total{channel="web",status="not_found"}': 2,
        'mot_cua_replies_total{channel="zalo_oa",status="answered"}': 1,
        'mot_cua_step_seconds_count{channel="web",step="find"}': 2,
        'mot_cua_step_seconds_count{channel="zalo_oa",step="find"}': 1,
    }


def test_a_step_that_fails_took_its_time_too() -> None:
    metrics = Metrics()
    with pytest.raises(ZeroDivisionError), metrics.timed(Step.SEND, "telegram"):
        raise ZeroDivisionError
    assert counted(metrics, "mot_cua_step") == {'mot_cua_step_seconds_count{channel="telegram",step="send"}': 1}


def test_a_job_says_when_it_worked_and_how_often_it_did_not() -> None:
    metrics, before = Metrics(), time.time()
    done = metrics.done(Job.DIGESTS)
    done(False)
    done(False)
    name = 'mot_cua_job_last_success_timestamp_seconds{name="digests"}'
    assert counted(metrics, "mot_cua_job") == {name: 0, 'mot_cua_job_failures_total{name="digests"}': 2}
    done(True)
    found = counted(metrics, "mot_cua_job")
    assert before <= found.pop(name) <= time.time()
    assert found == {'mot_cua_job_failures_total{name="digests"}': 2}


def test_times_are_told_in_steps() -> None:
    metrics = Metrics()
    metrics.acknowledged.labels("telegram").observe(0.03)
    metrics.answered.labels("telegram").observe(400)
    told = dict(line.rsplit(" ", 1) for line in metrics.as_text().decode().splitlines())
    assert told['mot_cua_acknowledged_seconds_bucket{channel="telegram",le="0.025"}'] == "0.0"
    assert told['mot_cua_acknowledged_seconds_bucket{channel="telegram",le="0.05"}'] == "1.0"
    assert told['mot_cua_answered_seconds_bucket{channel="telegram",le="300.0"}'] == "0.0"
    assert told['mot_cua_answered_seconds_bucket{channel="telegram",le="+Inf"}'] == "1.0"


def test_each_process_has_its_own() -> None:
    one, other = Metrics(), Metrics()
    one.working.labels("telegram").set(1)
    assert [len(counted(metrics, "mot_cua_working")) for metrics in (one, other)] == [1, 0]


def test_what_the_machine_knows_of_the_process_is_told_on_request() -> None:
    metrics = Metrics()
    assert counted(metrics, "process_", "python_") == {}
    metrics.tell_process()
    found = counted(metrics, "process_", "python_")
    assert found["process_resident_memory_bytes"] > 0
    assert {name.partition("{")[0] for name in found} >= {"process_cpu_seconds_total", "python_info"}


def test_the_format_is_named() -> None:
    assert Metrics.CONTENT_TYPE.startswith("text/plain; version=")
