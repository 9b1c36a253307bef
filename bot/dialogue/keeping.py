"""How long is kept what: the settings say it, people are told it, and the store is held to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Keeping:
    """`choices_hours`: how long the choices offered last are remembered. `events_days`: events and opinions, which hold
    no words. `profiles_days`: a person's commune and language after they last wrote."""

    choices_hours: int = 24
    events_days: int = 90
    profiles_days: int = 365

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
