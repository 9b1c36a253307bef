"""One route after the other, as each role and as nobody: what was asked, how it was answered, and what is wrong."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import quote

import requests
import schemathesis
from aiohttp.web import AbstractResource
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import Case, GenerationMode

from bot.store.staff import Role
from bot.web.forms import MAX_BODY_BYTES
from tests.fakes.telegram import SECRET_HEADER as TELEGRAM_HEADER
from tests.fakes.zalo_bot import SECRET_HEADER as ZALO_BOT_HEADER
from tests.fakes.zalo_oa import SIGNATURE_HEADER, zalo_mac
from tests.fuzz.asking import Answer, Client, NoAnswerError
from tests.fuzz.checks import faults
from tests.fuzz.house import Member, Running
from tests.fuzz.kinds import values_of
from tests.fuzz.raw import Raw, wild
from tests.fuzz.table import FORM, Described, described, named_in_table, openapi
from tests.integration.channels.town import SECRET

AnyCase = Case[Any]
"""Of whichever operation: the library's own types say no more."""
_MOST_KEPT = 3
"""Of each fault of a route so many examples are told."""
_WITH_TOKEN = 0.85
HUNG_UP = 0
"""Instead of a status."""
_OF_ODD = frozenset({304, 400, 403, 404, 405, 417})
"""Answers to another method than the one described, and to headers that nobody sends."""


@dataclass(slots=True)
class Tally:
    """Of one route. `failures`: what is wrong, and the requests that show it."""

    name: str
    asked: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    failures: dict[str, list[str]] = field(default_factory=dict)

    def add(self, request: requests.PreparedRequest, answer: Answer, found: list[str], who: str) -> None:
        self.asked += 1
        self.statuses[answer.status] += 1
        for fault in found:
            self._keep(fault, f"as {who}: {_shown(request)} -> {answer.status}")

    def broke_off(self, request: requests.PreparedRequest, error: NoAnswerError, who: str) -> None:
        """No answer was read. Who sends more than is taken may be hung up on before the refusal is read."""
        self.asked += 1
        self.statuses[HUNG_UP] += 1
        is_large = isinstance(request.body, bytes) and len(request.body) > MAX_BODY_BYTES
        if not is_large:
            self._keep(f"no answer: {error}", f"as {who}: {_shown(request)}")

    def _keep(self, fault: str, example: str) -> None:
        shown = self.failures.setdefault(fault, [])
        if len(shown) < _MOST_KEPT:
            shown.append(example)


@dataclass(frozen=True, slots=True)
class Aimed:
    """A route and what is said of it."""

    line: Described
    resource: AbstractResource

    @property
    def pattern(self) -> str:
        return self.resource.canonical

    @property
    def name(self) -> str:
        return f"{self.line.method} {self.pattern}"

    def is_meant_by(self, path: str) -> bool:
        """Whether the router leads this path here: a part may have to be a number."""
        pattern = self.resource.get_info().get("pattern")
        return pattern is None or pattern.fullmatch(path) is not None


class Fuzzer:
    """`seed_number`: the same one sends the same."""

    def __init__(self, house: Running, seed_number: int) -> None:
        self._house = house
        self._seed = seed_number
        self._chance = random.Random(seed_number)  # noqa: S311 - to be repeated, not to be secret
        self._table = described()
        self._schema = schemathesis.openapi.from_dict(openapi(house.routes, self._table, house.known))
        self._client = Client(house.url)

    def routes(self) -> list[Aimed]:
        """Every address of the router with the line of the table that describes it."""
        return [
            Aimed(self._table[named_in_table(route)], route.resource)
            for route in self._house.routes
            if route.method != "HEAD" and route.resource is not None
        ]

    def fuzz(self, aimed: Aimed, meant: int, odd: int) -> Tally:
        """So many requests of each kind, `meant` as described or nearly so, `odd` of `raw`, for each who may ask."""
        line, pattern, tally = aimed.line, aimed.pattern, Tally(aimed.name)
        for role in (None, *Role) if line.least is not None else (None,):
            # Nobody, and those who may not, are told so whatever they send.
            may = line.least is None or (role is not None and role.may(line.least))
            asker = _Asker(self._house, self._client, self._chance, aimed, role, tally)
            self._describe(pattern, line, asker, meant if may else max(2, meant // 5))
            for raw in wild(line, self._chance, odd if may else max(2, odd // 5)):
                asker.ask_raw(raw, _address(line, pattern, self._chance, self._house.known))
        return tally

    def _describe(self, pattern: str, line: Described, asker: _Asker, count: int) -> None:
        operation = self._schema[pattern][line.method]
        has_input = bool(line.path or line.query or line.body_type)
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE) if has_input else (GenerationMode.POSITIVE,)
        for mode in modes:
            self._each(operation.as_strategy(mode), asker, max(1, count // len(modes)))

    def _each(self, cases: SearchStrategy[AnyCase], asker: _Asker, count: int) -> None:
        @seed(self._seed)
        @settings(
            max_examples=count,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        @given(case=cases)
        def ask(case: AnyCase) -> None:
            asker.ask(case)

        ask()


class _Asker:
    """Somebody who asks one route. Who is of staff comes in anew where a form has ended their session."""

    def __init__(
        self,
        house: Running,
        client: Client,
        chance: random.Random,
        aimed: Aimed,
        role: Role | None,
        tally: Tally,
    ) -> None:
        self._house, self._client, self._chance, self._aimed = house, client, chance, aimed
        self._line, self._role, self._tally = aimed.line, role, tally
        self._member: Member | None = None

    def ask(self, case: AnyCase) -> None:
        """As described, or nearly so."""
        given = case.as_transport_kwargs(base_url=self._house.url)
        data = given.get("data")
        member = self._present()
        token = self._token(member)
        if token and isinstance(data, dict):
            given["data"] = data | {"csrf": token}
        elif token and given.get("files"):
            given["files"] = [*given["files"], ("csrf", (None, token))]
        kept = {name: given[name] for name in ("params", "data", "files", "json") if name in given}
        headers = {str(name): str(value) for name, value in given["headers"].items()} | _cookies(member)
        request = requests.Request(case.method, given["url"], headers=headers, **kept)
        self._send(request, has_token=bool(token))

    def ask_raw(self, raw: Raw, path: str) -> None:
        member = self._present()
        token, headers, data = self._token(member), dict(raw.headers), raw.body
        is_form = headers.get("Content-Type", "").startswith(FORM) and isinstance(data, bytes)
        has_token = bool(token) and is_form and "Content-Encoding" not in headers
        if has_token and isinstance(data, bytes):
            data += f"&csrf={token}".encode()
        headers = _cookies(member) | headers
        request = requests.Request(raw.method, self._house.url + path, headers=headers, data=data)
        self._send(
            request,
            has_token=has_token,
            is_other=raw.method != self._line.method,
            is_odd=True,
            is_nobody="Cookie" in raw.headers,
        )

    def _send(
        self,
        request: requests.Request,
        *,
        has_token: bool,
        is_other: bool = False,
        is_odd: bool = False,
        is_nobody: bool = False,
    ) -> None:
        # Else the second hour of one address is all "slower, please".
        network = f"8.{self._chance.randrange(256)}.8.{self._chance.randrange(256)}"
        request.headers = {"X-Forwarded-For": network, **request.headers}
        prepared = request.prepare()
        self._signed(prepared)
        try:
            answer = self._client.send(prepared)
        except NoAnswerError as error:
            self._tally.broke_off(prepared, error, str(self._role or "nobody"))
            return
        line, role = self._line, None if is_nobody else self._role
        is_here = self._aimed.is_meant_by(prepared.path_url.partition("?")[0])
        found = faults(line if is_here else replace(line, least=None), role, answer, had_token=has_token)
        if (is_other or is_odd or not is_here) and answer.status in _OF_ODD:
            found = [one for one in found if not one.endswith("is not described")]
        self._tally.add(prepared, answer, found, str(role or "nobody"))
        if answer.status == 303 and "/dang-nhap" in answer.location:
            self._member = None

    def _present(self) -> Member | None:
        if self._role is not None and self._member is None:
            self._member = self._house.enter(self._role)
        return self._member

    def _token(self, member: Member | None) -> str:
        """Of the form: mostly the right one."""
        if member is None or self._line.method != "POST":
            return ""
        return member.csrf if self._chance.random() < _WITH_TOKEN else ""

    def _signed(self, request: requests.PreparedRequest) -> None:
        """As the platform signs, mostly: behind the signature is more to be broken than in front of it."""
        body = request.body if isinstance(request.body, bytes) else b""
        if self._chance.random() > _WITH_TOKEN:
            return
        if self._line.path_pattern == "/webhooks/telegram":
            request.headers[TELEGRAM_HEADER] = SECRET
        elif self._line.path_pattern == "/webhooks/zalo-bot":
            request.headers[ZALO_BOT_HEADER] = SECRET
        elif self._line.path_pattern == "/webhooks/zalo-oa":
            zalo = self._house.town.zalo_oa
            request.headers[SIGNATURE_HEADER] = f"mac={zalo_mac(zalo.app_id, body, _timestamp(body), zalo.oa_secret)}"


def _timestamp(body: bytes) -> str:
    try:
        return str(json.loads(body).get("timestamp", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _cookies(member: Member | None) -> dict[str, str]:
    return {} if member is None else member.headers


def _address(line: Described, pattern: str, chance: random.Random, known: Mapping[str, list[str]]) -> str:
    path = pattern
    for name, spec in line.path.items():
        path = path.replace(f"{{{name}}}", quote(chance.choice(values_of(spec, known))[:500] or "x", safe=""))
    return path


def _shown(request: requests.PreparedRequest) -> str:
    body = request.body if isinstance(request.body, bytes | str) else b""
    odd = {
        name: value for name, value in request.headers.items() if name in {"Host", "Content-Type", "Content-Encoding"}
    }
    return f"{request.method} {request.path_url[:200]} {odd} {body[:300]!r}"


def totals(tallies: list[Tally]) -> Iterator[str]:
    """The table of a run, a line for each route, and what is wrong below it."""
    width = max(len(tally.name) for tally in tallies)
    yield f"{'route':{width}}  requests  failures  statuses"
    for tally in tallies:
        statuses = " ".join(f"{status}×{count}" for status, count in sorted(tally.statuses.items()))
        yield f"{tally.name:{width}}  {tally.asked:8}  {len(tally.failures):8}  {statuses}"
    failures = sum(len(tally.failures) for tally in tallies)
    yield f"{len(tallies)} routes, {sum(tally.asked for tally in tallies)} requests, {failures} failures"
    for tally in tallies:
        for fault, shown in tally.failures.items():
            yield f"\n{tally.name}: {fault}"
            yield from (f"    {one}" for one in shown)
