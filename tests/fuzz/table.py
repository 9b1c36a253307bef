"""The routes as they are described by hand in `routes.toml`, and the same as an OpenAPI 3.1 document."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp.web import AbstractRoute

from bot.store.staff import Role
from tests.fuzz.kinds import OBJECTS, values_of

_TABLE = Path(__file__).parent / "routes.toml"
_OTHER_LANGUAGES = ("/en",)
FORM, PARTS, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
REFUSED_BODIES = frozenset({400, 413, 415, 422})
_OF_STAFF = frozenset({303, 403, 404})
METRICS = "/metrics"


@dataclass(frozen=True, slots=True)
class Described:
    """A line of the table. `answers`: statuses; `type`: of a 200. The rest: what is given, by name, as in `kinds`."""

    method: str
    path_pattern: str
    answers: frozenset[int]
    type: str = "text/html"
    least: Role | None = None
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] = field(default_factory=dict)
    json: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return f"{self.method} {self.path_pattern}"

    @property
    def is_staff(self) -> bool:
        return self.path_pattern == "/staff" or self.path_pattern.startswith("/staff/")

    @property
    def is_api(self) -> bool:
        return self.path_pattern.startswith("/api/")

    @property
    def body_type(self) -> str | None:
        """Of the body that it takes; None where it takes none."""
        if self.method != "POST":
            return None
        return JSON if self.json else PARTS if self.files else FORM

    @property
    def allowed(self) -> frozenset[int]:
        """Every status that anybody may get."""
        allowed = self.answers | (_OF_STAFF if self.is_staff else frozenset())
        return allowed | REFUSED_BODIES | {403} if self.method == "POST" else allowed


def described() -> dict[str, Described]:
    """By method and address, as the table names them."""
    lines: dict[str, dict[str, object]] = tomllib.loads(_TABLE.read_text(encoding="utf-8"))
    return {name: _line(name, line) for name, line in lines.items()}


def _line(name: str, line: Mapping[str, object]) -> Described:
    method, _, pattern = name.partition(" ")
    return Described(
        method,
        pattern,
        frozenset(number for number in _listed(line["answers"]) if isinstance(number, int)),
        str(line.get("type", "text/html")),
        Role(str(line["least"])) if "least" in line else None,
        **{part: _names(line.get(part, {})) for part in ("path", "query", "form", "json")},
        files=tuple(str(name) for name in _listed(line.get("files", []))),
    )


def _listed(value: object) -> list[object]:
    assert isinstance(value, list), value
    return value


def _names(value: object) -> dict[str, str]:
    assert isinstance(value, dict), value
    return {str(name): str(spec) for name, spec in value.items()}


def named_in_table(route: AbstractRoute) -> str:
    """The name of the line that describes a route: those of other languages are described by the Vietnamese one's."""
    assert route.resource is not None
    path = route.resource.canonical
    for prefix in _OTHER_LANGUAGES:
        if path.startswith(f"{prefix}/"):
            path = path.removeprefix(prefix)
    return f"{route.method} {path}"


def openapi(
    routes: Iterable[AbstractRoute], table: Mapping[str, Described], known: Mapping[str, list[str]]
) -> dict[str, object]:
    """The description of these routes, HEAD left out: it is GET without a body. `known`: what exists, by kind."""
    paths: dict[str, dict[str, object]] = {}
    for route in routes:
        if route.method == "HEAD" or route.resource is None:
            continue
        operation = _operation(table[named_in_table(route)], known)
        paths.setdefault(route.resource.canonical, {})[route.method.lower()] = operation
    return {"openapi": "3.1.0", "info": {"title": "Một Cửa", "version": "1"}, "paths": paths}


def _operation(line: Described, known: Mapping[str, list[str]]) -> dict[str, object]:
    parameters: list[dict[str, object]] = [
        {"name": name, "in": where, "required": where == "path", "schema": {"enum": _values(where, spec, known)}}
        for where, given in (("path", line.path), ("query", line.query))
        for name, spec in given.items()
    ]
    if line.path_pattern == METRICS:
        values = [*known["metrics"], "Bearer ", "Basic eDp5", "Bearer x"]
        parameters.append({"name": "Authorization", "in": "header", "schema": {"enum": values}})
    operation: dict[str, object] = {
        "parameters": parameters,
        "responses": {str(status): _response(line, status) for status in sorted(line.allowed)},
    }
    if line.body_type is not None:
        operation["requestBody"] = {"content": {line.body_type: {"schema": _body(line, known)}}}
    return operation


def _values(where: str, spec: str, known: Mapping[str, list[str]]) -> list[str]:
    values = values_of(spec, known)
    # Of an address an empty part is another address.
    return [value for value in values if value.strip("/. ") and "/" not in value] if where == "path" else values


def _body(line: Described, known: Mapping[str, list[str]]) -> dict[str, object]:
    def schema(spec: str) -> Mapping[str, object]:
        return OBJECTS[spec] if line.json and spec in OBJECTS else {"enum": values_of(spec, known)}

    properties = {name: schema(spec) for name, spec in (line.json or line.form).items()}
    for name in line.files:
        properties[name] = {"type": "string", "format": "binary"}
    whole: dict[str, object] = {"type": "object", "properties": properties}
    # A form comes whole; what lacks a field, or has one too many, is made from this by turning it round.
    return whole if line.json else whole | {"required": list(properties), "additionalProperties": False}


def _response(line: Described, status: int) -> dict[str, object]:
    kind = line.type if status == 200 else JSON if line.is_api else "text/html"
    return {"description": str(status)} | ({"content": {kind: {}}} if kind and not 300 <= status < 400 else {})
