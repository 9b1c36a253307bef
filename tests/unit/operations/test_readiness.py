"""Whether requests may be sent here: what is wrong and not serious leaves a process in service."""

from __future__ import annotations

from bot.operations.readiness import Condition, Readiness, Reason, Standing


def test_how_it_stands() -> None:
    wrong: set[Reason] = set()
    readiness = Readiness(
        {
            Reason.NO_CATALOGUE: lambda: Reason.NO_CATALOGUE in wrong,
            Reason.STORE_AWAY: lambda: Reason.STORE_AWAY in wrong,
            Reason.CATALOGUE_NOT_IN_FORCE: lambda: Reason.CATALOGUE_NOT_IN_FORCE in wrong,
        }
    )
    assert readiness.standing() == Standing(Condition.READY)
    wrong |= {Reason.STORE_AWAY, Reason.CATALOGUE_NOT_IN_FORCE}
    degraded = (Reason.STORE_AWAY, Reason.CATALOGUE_NOT_IN_FORCE)
    assert readiness.standing() == Standing(Condition.DEGRADED, degraded)
    wrong.add(Reason.NO_CATALOGUE)
    assert readiness.standing() == Standing(Condition.UNREADY, (Reason.NO_CATALOGUE, *degraded))
    wrong.clear()
    readiness.stop()
    assert readiness.standing() == Standing(Condition.UNREADY, (Reason.STOPPING,))
