"""Rules, dashboard and runbooks fit each other and the figures: names, labels, and the values that labels may have."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from prometheus_client.metrics import MetricWrapperBase

from bot.channels.header_secret import UNSIGNED, WRONG_SECRET
from bot.channels.zalo_oa.events import Counted
from bot.dialogue.messages import Status
from bot.operations.jobs import Job
from bot.operations.messages.sending import NotSentError, SendError
from bot.operations.metrics import Metrics, Step
from bot.store.watching import Call
from bot.web.watching import kind_of
from tests.unit.deploy.watched import DASHBOARD, MONITORING, OUTSIDE, ROOT, Alert, alerts, asked, grouped_by, shown

_ENDINGS = {"counter": ("_total",), "histogram": ("_bucket", "_count", "_sum"), "info": ("_info",), "gauge": ("",)}
_PROMETHEUS_OWN = frozenset({"instance", "job", "le"})
_INFO = {"mot_cua_catalogue_info": {"version", "publication"}, "mot_cua_build_info": {"release"}}
NOT_SHOWN: frozenset[str] = frozenset()
"""Figures of ours that no panel shows, on purpose."""


def figures() -> dict[str, frozenset[str]]:
    """The names of all series of ours, and their labels."""
    found = {}
    for metric in vars(Metrics()).values():
        if isinstance(metric, MetricWrapperBase):
            (described,) = metric.describe()
            for ending in _ENDINGS[described.type]:
                name = described.name + ending
                found[name] = frozenset(metric._labelnames) | _INFO.get(name, set())
    return found


def errors() -> frozenset[str]:
    kinds = {*SendError.__subclasses__(), *NotSentError.__subclasses__()} - {NotSentError}
    return frozenset({kind.__name__.removesuffix("Error").lower() for kind in kinds} | {"fault"})


VALUES = {
    ("mot_cua_replies_total", "status"): frozenset(Status),
    ("mot_cua_http_seconds_count", "status"): frozenset({"2xx", "3xx", "4xx", "5xx", "broken_off"}),
    ("mot_cua_http_seconds_count", "kind"): frozenset({kind_of("/readyz")}),
    ("mot_cua_send_errors_total", "error"): errors(),
    ("mot_cua_received_total", "what"): frozenset({*Counted, UNSIGNED, WRONG_SECRET, "full"}),
    ("mot_cua_job_last_success_timestamp_seconds", "name"): frozenset(Job),
    ("mot_cua_step_seconds_bucket", "step"): frozenset(Step),
    ("mot_cua_store_failures_total", "call"): frozenset(Call),
    ("mot_cua_token_expires_timestamp_seconds", "token"): frozenset({"access", "refresh"}),
}
"""What a label may be, where an expression names it."""

EXPRESSIONS = [*(alert.expression for alert in alerts()), *shown()]


def test_there_are_figures_to_look_for() -> None:
    assert (len(alerts()) > 25, len(shown()) > 40, len(figures()) > 40) == (True, True, True)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_an_expression_asks_for_figures_with_labels_that_they_have(expression: str) -> None:
    known = figures()
    names = [one for one in asked(expression) if one.figure.startswith("mot_cua_") and one.figure not in OUTSIDE]
    assert [one.figure for one in names if one.figure not in known] == []
    wrong = [
        (one.figure, label)
        for one in names
        for label, _ in one.labels
        if label not in known[one.figure] | _PROMETHEUS_OWN
    ]
    assert wrong == []
    of_all = frozenset[str]().union(*(known[one.figure] for one in names)) | _PROMETHEUS_OWN
    if names:
        assert grouped_by(expression) - of_all == set()


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_a_label_has_a_value_that_it_can_have(expression: str) -> None:
    for one in asked(expression):
        for label, values in one.labels:
            if values and one.figure.startswith("mot_cua_") and label not in _PROMETHEUS_OWN:
                assert values - VALUES[one.figure, label] == set(), one


def test_every_figure_of_ours_is_shown() -> None:
    on_panels = {one.figure for expression in shown() for one in asked(expression)}

    def is_shown(name: str) -> bool:
        stem = re.sub(r"_(bucket|count|sum)$", "", name)
        return any(one in {name, stem, f"{stem}_bucket", f"{stem}_count"} for one in on_panels)

    assert {name for name in figures() if not is_shown(name)} == NOT_SHOWN


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert.name)
def test_an_alert_says_what_and_where_to_read_on(alert: Alert) -> None:
    assert alert.labels.keys() == {"severity"}
    assert alert.labels["severity"] in {"critical", "warning"}
    assert alert.annotations.keys() == {"summary", "runbook"}
    path, _, anchor = alert.annotations["runbook"].partition("#")
    page = (ROOT / path).read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    assert not anchor or anchor in {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_alert_has_its_own_name_and_a_line_in_the_table() -> None:
    names = [alert.name for alert in alerts()]
    table = (ROOT / "docs" / "runbooks" / "alerts.md").read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line.startswith("| `MotCua")]
    listed = [
        (name, target)
        for row in rows
        for name in re.findall(r"`(MotCua\w+)`", row)
        for target in re.findall(r"\]\((.+)\)", row)
    ]
    assert sorted(name for name, _ in listed) == sorted(set(names)) == sorted(names)
    pages = {alert.name: Path(alert.annotations["runbook"].partition("#")[0]).name for alert in alerts()}
    assert {name: target.partition("#")[0] for name, target in listed} == pages


def test_every_figure_that_the_handbook_names_is_there() -> None:
    known = {re.sub(r"_(bucket|count|sum)$", "", name) for name in figures()} | OUTSIDE
    text = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    # `mot_cua_backup` begins the name of a file.
    named = set(re.findall(r"\bmot_cua_[a-z_]+[a-z]\b(?!\.prom)", text))
    assert len(named) > 20
    assert named - known == set()


def test_the_other_files_can_be_read() -> None:
    scraped = yaml.safe_load((MONITORING / "prometheus.yml").read_text(encoding="utf-8"))
    assert [one["job_name"] for one in scraped["scrape_configs"]] == ["mot_cua", "node"]
    assert scraped["rule_files"] == ["mot_cua_alerts.yml"]
    tried = yaml.safe_load((MONITORING / "mot_cua_alerts_test.yml").read_text(encoding="utf-8"))
    names = {one["alertname"] for test in tried["tests"] for one in test["alert_rule_test"]}
    assert names - {alert.name for alert in alerts()} == set()


def test_the_panels_lie_beside_each_other_and_say_what_they_show() -> None:
    panels = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    taken: dict[tuple[int, int], int] = {}
    for panel in panels:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert taken.setdefault((x, y), panel["id"]) == panel["id"]
    titles = [panel["title"] for panel in panels]
    assert len(titles) == len(set(titles)) == len({panel["id"] for panel in panels})
