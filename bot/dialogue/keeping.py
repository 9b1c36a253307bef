"""How long is kept what: the settings say it, people are told it, and the store is held to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Keeping:
    """`choices_hours`: how long the choices offered last are remembered. `events_days`: events and opinions, which hold
    no words. `profiles_days`: a person's commune and language after they last wrote. `unfound_days`: short words that
    found nothing, of nobody. `raters_months`: that two ratings are of one person. `erasures_days`: that a person's data
    were deleted. `backups_days`: backups, which the operator removes."""

    choices_hours: int = 24
    events_days: int = 90
    profiles_days: int = 365
    unfound_days: int = 180
    raters_months: int = 24
    erasures_days: int = 400
    backups_days: int = 14

    @property
    def contacts(self) -> timedelta:
        """How long a messenger's id of a person is kept after they last wrote: as long as they may be written to."""
        return timedelta(hours=48)

    @property
    def keys(self) -> timedelta:
        """How long it is known that an update was answered: longer than any platform sends one again."""
        return timedelta(days=7)

    @property
    def unfound(self) -> timedelta:
        return timedelta(days=self.unfound_days)

    @property
    def erasures(self) -> timedelta:
        return timedelta(days=self.erasures_days)

    @property
    def backups(self) -> timedelta:
        return timedelta(days=self.backups_days)

    @property
    def raters(self) -> timedelta:
        """Months of 30.5 days: nobody is promised a day."""
        return timedelta(days=self.raters_months * 30.5)

    @property
    def choices(self) -> timedelta:
        return timedelta(hours=self.choices_hours)

    @property
    def events(self) -> timedelta:
        return timedelta(days=self.events_days)

    @property
    def profiles(self) -> timedelta:
        return timedelta(days=self.profiles_days)


USUAL = Keeping()
