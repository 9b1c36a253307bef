"""What staff read and write, and what is done for them: beside the conversations, and never in their way.

There is no twin of it in memory: what cannot be kept is told, and not made up.
"""

from __future__ import annotations

from typing import Protocol

from bot.store.cases import Cases
from bot.store.digests import Digests
from bot.store.drafts import Drafts
from bot.store.editorial import EditorialBook
from bot.store.erasing import Erasures
from bot.store.figures import Figures
from bot.store.follow_ups import FollowUps
from bot.store.freshness import Demands, LinkChecks, StaleReports
from bot.store.holdings import Holdings
from bot.store.keys import KeyBook
from bot.store.learning import Learning
from bot.store.own_data import OwnData
from bot.store.publications import Publications
from bot.store.ratings import Ratings
from bot.store.reviews import Reviews
from bot.store.sharing import Sharing
from bot.store.staff import StaffBook


class Office(Protocol):
    """Each part has its own queries; all may raise StoreError."""

    @property
    def ratings(self) -> Ratings: ...

    @property
    def figures(self) -> Figures: ...

    @property
    def follow_ups(self) -> FollowUps: ...

    @property
    def digests(self) -> Digests: ...

    @property
    def learning(self) -> Learning: ...

    @property
    def editorial(self) -> EditorialBook: ...

    @property
    def cases(self) -> Cases: ...

    @property
    def reviews(self) -> Reviews: ...

    @property
    def publications(self) -> Publications: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def sharing(self) -> Sharing: ...

    @property
    def staff(self) -> StaffBook: ...

    @property
    def stale(self) -> StaleReports: ...

    @property
    def links(self) -> LinkChecks: ...

    @property
    def demands(self) -> Demands: ...

    @property
    def holdings(self) -> Holdings: ...

    @property
    def erasures(self) -> Erasures: ...

    @property
    def keys(self) -> KeyBook: ...

    @property
    def own_data(self) -> OwnData: ...
