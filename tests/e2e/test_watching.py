"""A process as Prometheus and a balancer see it: its figures are those that rules and dashboard ask for."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from pathlib import Path

from tests.e2e.process import free_port, serving
from tests.unit.deploy.watched import OUTSIDE, alerts, asked, shown

_SECONDS_TO_BE_LOOKED_AT = 60


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=30) as answer:  # noqa: S310 - our own address
        text: str = answer.read().decode()
        return text


def asks(url: str, text: str) -> str:
    body = json.dumps({"text": text}).encode()
    request = urllib.request.Request(f"{url}/api/chat", body, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 - our own address
        status: str = json.load(answer)["status"]
        return status


def names(figures: str) -> set[str]:
    """Of all series, also of those that have counted nothing yet."""
    found = set()
    for name, kind in re.findall(r"^# TYPE (\S+) (\S+)$", figures, re.MULTILINE):
        found |= {f"{name}{end}" for end in ("_bucket", "_count", "_sum")} if kind == "histogram" else {name}
    return found


def test_every_figure_that_is_asked_for_is_told_by_a_process_that_was_talked_to(tmp_path: Path) -> None:
    watched = f"http://127.0.0.1:{(port := free_port())}"
    with serving(tmp_path, METRICS_PORT=str(port), PUBLIC_URL="https://hoidap.test") as server:
        said = [asks(server.url, "đăng ký khai sinh"), asks(server.url, "zzzz qqqq")]
        fetched(f"{server.url}/toan-trinh")
        assert json.loads(fetched(f"{watched}/readyz")) == {"status": "ready", "reasons": []}
        assert json.loads(fetched(f"{watched}/healthz")) == json.loads(fetched(f"{server.url}/healthz"))
        deadline = time.monotonic() + _SECONDS_TO_BE_LOOKED_AT
        while "mot_cua_leader 1.0" not in (figures := fetched(f"{watched}/metrics")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        code, log = server.stop()
    assert code == 0, log
    wanted = {one.figure for expression in (*(a.expression for a in alerts()), *shown()) for one in asked(expression)}
    assert len(wanted) > 40
    assert wanted - OUTSIDE - names(figures) == set()
    told = dict(line.rsplit(" ", 1) for line in figures.splitlines() if not line.startswith("#"))
    expected = {
        **{f'mot_cua_replies_total{{channel="web",status="{status}"}}': "1.0" for status in said},
        'mot_cua_http_seconds_count{kind="message",status="2xx"}': "2.0",
        'mot_cua_http_seconds_count{kind="page",status="2xx"}': "1.0",
        "mot_cua_processes": "1.0",
        "mot_cua_store_up": "1.0",
        "mot_cua_ready": "1.0",
        "mot_cua_catalogue_not_in_force": "0.0",
        'mot_cua_channel_on{channel="web"}': "1.0",
    }
    assert {name: told.get(name) for name in expected} == expected
    assert len(said) == len(set(said)) == 2
    jobs = {name for name, value in told.items() if name.startswith("mot_cua_job_last") and float(value) > 0}
    of_each = {
        f'mot_cua_job_last_success_timestamp_seconds{{name="{job}"}}' for job in ("publications", "switches", "gauges")
    }
    assert of_each <= jobs
    # Nothing that anybody wrote, and no figure of ours without its meaning.
    assert "khai sinh" not in figures
    assert "zzzz" not in figures
