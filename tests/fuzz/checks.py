"""What has to hold for every answer, whoever has asked and whatever was sent."""

from __future__ import annotations

from bot.store.staff import Role
from bot.web.middlewares import SECURITY_HEADERS
from bot.web.staff.access import LOGIN
from tests.fuzz.asking import Answer
from tests.fuzz.kinds import CANARY, ELSEWHERE
from tests.fuzz.table import JSON, Described

_TRACES = ("Traceback (most recent call last)", 'File "/', "site-packages", "sqlite3.", "aiohttp.")
_BENEATH, _MOST_BENEATH = frozenset({400, 417}), 400
_OF_STAFF = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "X-Frame-Options": "DENY"}


def faults(line: Described, role: Role | None, answer: Answer, *, had_token: bool = True) -> list[str]:
    """What is wrong with it, each as a few words. `role`: of who asked; None: of nobody who is logged in.

    `had_token`: whether a form carried the token of its session.
    """
    if _is_from_beneath(answer):
        return []
    found = []
    if answer.status >= 500:
        found.append(f"status {answer.status}")
    elif answer.status not in line.allowed:
        found.append(f"status {answer.status} is not described")
    found += [f"no header {name}" for name in SECURITY_HEADERS if name not in answer.headers]
    if answer.headers.get("Server") != "mot-cua":
        found.append("names its server")
    if any(trace in answer.text for trace in _TRACES):
        found.append("shows a trace")
    if CANARY in answer.text and answer.type == "text/html":
        found.append("repeats words unescaped")
    if ELSEWHERE in answer.location.partition("?")[0] or "X-Injected" in answer.headers:
        found.append("leads elsewhere")
    found += _wrong_type(line, answer)
    if line.is_staff:
        found += [f"no {name}: {value}" for name, value in _OF_STAFF.items() if answer.headers.get(name) != value]
    if line.least is not None:
        found += _let_in(line, line.least, role, answer, had_token=had_token)
    return found


def _is_from_beneath(answer: Answer) -> bool:
    """What never became a request is refused by the HTTP library, in a few plain words and before the application."""
    is_short = answer.type == "text/plain" and len(answer.body) <= _MOST_BENEATH
    return answer.status in _BENEATH and is_short and not any(trace in answer.text for trace in _TRACES)


def _wrong_type(line: Described, answer: Answer) -> list[str]:
    status, given = answer.status, answer.type
    if 300 <= status < 400 or (not answer.body and not line.type):
        return []
    if status == 200:
        wanted = line.type
        if wanted == "*/*":
            return [] if given else ["no type"]
    else:
        wanted = JSON if line.is_api else "text/html" if line.type or status in {403, 404, 405} else ""
    return [] if given == wanted or not wanted else [f"{status} as {given}"]


def _let_in(line: Described, least: Role, role: Role | None, answer: Answer, *, had_token: bool) -> list[str]:
    if role is None:
        is_login = answer.status == 303 and answer.location.startswith(LOGIN)
        # Sent by another site, or with another method: refused before it is asked who it is.
        is_refused = answer.status in {403, 405} and not had_token
        return [] if (is_login and not answer.body) or is_refused else ["answers nobody with more than the login"]
    # Whose session has ended meanwhile, by a form that was understood, is nobody.
    ended = answer.status == 303 and answer.location.startswith(LOGIN)
    if not role.may(least) and answer.status not in {403, 405} and not ended:
        return [f"answers a {role}"]
    if line.method == "POST" and not had_token and answer.status in {200, 303} and not ended:
        return ["takes a form without its token"]
    return []
