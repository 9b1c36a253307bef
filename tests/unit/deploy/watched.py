"""The rules and the dashboard as they are shipped, and which figures they ask for."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[3]
MONITORING = ROOT / "deploy" / "monitoring"
RULES = MONITORING / "mot_cua_alerts.yml"
DASHBOARD = MONITORING / "mot_cua_dashboard.json"

OUTSIDE = frozenset({"up", "ALERTS", "mot_cua_backup_last_success_timestamp_seconds"})
"""Figures that no process of ours tells: Prometheus' own, and what the line of cron that makes a backup writes."""

_FIGURE = re.compile(r"\b(up|ALERTS|(?:mot_cua|process|python)_[a-z0-9_]+)\b(\{[^}]*\})?")
_LABEL = re.compile(r'([a-z_]+)\s*(?:=~|!~|!=|=)\s*"([^"]*)"')
_GROUPING = re.compile(r"\b(?:by|on)\s*\(([^)]*)\)")


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure as an expression asks for it. `labels`: with the values that may be, where it says so."""

    figure: str
    labels: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Alert:
    name: str
    expression: str
    labels: Mapping[str, str]
    annotations: Mapping[str, str]


def alerts() -> tuple[Alert, ...]:
    groups = yaml.safe_load(RULES.read_text(encoding="utf-8"))["groups"]
    rules = [rule for group in groups for rule in group["rules"]]
    return tuple(Alert(one["alert"], one["expr"], one["labels"], one["annotations"]) for one in rules)


def shown() -> tuple[str, ...]:
    """The expressions of the dashboard."""
    return tuple(_values(json.loads(DASHBOARD.read_text(encoding="utf-8")), "expr"))


def _values(found: object, key: str) -> Iterator[str]:
    if isinstance(found, dict):
        for name, value in found.items():
            if name == key:
                yield str(value)
            else:
                yield from _values(value, key)
    elif isinstance(found, list):
        for one in found:
            yield from _values(one, key)


def asked(expression: str) -> Iterator[Asked]:
    """Every figure in it; variables of the dashboard are no values. Labels that it groups by are of all its figures."""
    bare = _GROUPING.sub("", expression)
    for match in _FIGURE.finditer(bare):
        labels = [(name, _choices(value)) for name, value in _LABEL.findall(match[2] or "")]
        yield Asked(match[1], tuple(labels))


def grouped_by(expression: str) -> frozenset[str]:
    return frozenset(name.strip() for names in _GROUPING.findall(expression) for name in names.split(","))


def _choices(value: str) -> frozenset[str]:
    return frozenset() if value.startswith("$") else frozenset(value.split("|"))
