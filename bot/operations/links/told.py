"""What a round of checks came to, for the terminal and for scripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.operations.links.checking import LeftAlone, Round
from bot.operations.links.wanted import WantedLink
from bot.store.freshness import LinkCheck, LinkOutcome

_ORDER = (LinkOutcome.GONE, LinkOutcome.MOVED, LinkOutcome.ODD, LinkOutcome.COULD_NOT_CHECK, LinkOutcome.FINE)
_WORDS = {
    LinkOutcome.GONE: "gone",
    LinkOutcome.MOVED: "moved",
    LinkOutcome.ODD: "answered oddly",
    LinkOutcome.COULD_NOT_CHECK: "could not be checked",
    LinkOutcome.FINE: "fine",
}


def is_any_gone(done: Round) -> bool:
    """Only that is a fault of the catalogue; what could not be checked says nothing of it."""
    return any(check.outcome is LinkOutcome.GONE for check in done.checks)


def as_lines(done: Round, due: Sequence[WantedLink]) -> Iterator[str]:
    """The counts, then each that is not fine, those that are gone first."""
    codes = {link.address: " ".join(link.codes) for link in due}
    counts = Counter(check.outcome for check in done.checks)
    summed = ", ".join(f"{counts[outcome]} {_WORDS[outcome]}" for outcome in reversed(_ORDER) if counts[outcome])
    yield f"{len(done.checks)} of {len(due)} addresses: {summed or 'none was asked for'}"
    for check in sorted(done.checks, key=lambda check: (_ORDER.index(check.outcome), check.address)):
        if check.outcome is not LinkOutcome.FINE:
            yield "  ".join(filter(None, (_said(check), check.address, codes.get(check.address, ""))))
    for host, left in sorted(done.left_alone.items()):
        yield f"{host}: {_why(left)}; {left.left} of its addresses were not asked for"


def as_json(done: Round, due: Sequence[WantedLink]) -> dict[str, object]:
    codes = {link.address: link.codes for link in due}
    counts = Counter(check.outcome for check in done.checks)
    return {
        "due": len(due),
        "counts": {outcome.value: counts[outcome] for outcome in LinkOutcome},
        "checks": [
            {
                "address": check.address,
                "codes": codes.get(check.address, ()),
                "outcome": check.outcome.value,
                "why": check.why or None,
                "status": _of_now(check, "status"),
                "moved_to": _of_now(check, "to") or None,
                "is_surely_gone": check.is_surely_gone,
                "at": check.tried_at.isoformat(),
            }
            for check in done.checks
        ],
        "left_alone": {
            host: {
                "why": left.why,
                "left": left.left,
                "seconds": None if left.pause is None else int(left.pause.total_seconds()),
            }
            for host, left in sorted(done.left_alone.items())
        },
    }


def plan_lines(due: Sequence[WantedLink]) -> Iterator[str]:
    """What a round would ask for, by host."""
    hosts = Counter(link.host for link in due)
    yield f"would ask for {len(due)} addresses at {len(hosts)} hosts"
    for host, count in sorted(hosts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>6}  {host}"


def _of_now(check: LinkCheck, name: str) -> object:
    """Of the answer that was had this time; None where there was none."""
    if check.answer is None or check.outcome is LinkOutcome.COULD_NOT_CHECK:
        return None
    return getattr(check.answer, name)


def _said(check: LinkCheck) -> str:
    word = _WORDS[check.outcome]
    if check.outcome is LinkOutcome.COULD_NOT_CHECK:
        return f"{word} ({check.why})"
    answer = check.answer
    assert answer is not None  # noqa: S101 - for the type checker: it was answered now
    return f"{word} to {answer.to}" if check.outcome is LinkOutcome.MOVED else f"{word} ({answer.status})"


def _why(left: LeftAlone) -> str:
    if left.pause is None:
        return "cannot be reached from here"
    return f"asks to be left alone for {int(left.pause.total_seconds())} s"
