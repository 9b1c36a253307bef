"""What staff read and write, in SQLite: with readers of its own, so that no report keeps a citizen waiting."""

from __future__ import annotations

from pathlib import Path

from bot.store.cases import Cases
from bot.store.digests import Digests
from bot.store.drafts import Drafts
from bot.store.editorial import EditorialBook
from bot.store.figures import Figures
from bot.store.follow_ups import FollowUps
from bot.store.freshness import Demands, LinkChecks, StaleReports
from bot.store.learning import Learning
from bot.store.publications import Publications
from bot.store.ratings import Ratings
from bot.store.reviews import Reviews
from bot.store.sharing import Sharing
from bot.store.sqlite.cases import SqliteCases
from bot.store.sqlite.digests import SqliteDigests
from bot.store.sqlite.drafts import SqliteDrafts
from bot.store.sqlite.editorial import SqliteEditorialBook
from bot.store.sqlite.figures import SqliteFigures
from bot.store.sqlite.follow_ups import SqliteFollowUps
from bot.store.sqlite.freshness import SqliteDemands, SqliteStaleReports
from bot.store.sqlite.lanes import Readers, Writer
from bot.store.sqlite.learning import SqliteLearning
from bot.store.sqlite.link_checks import SqliteLinkChecks
from bot.store.sqlite.publications import SqlitePublications
from bot.store.sqlite.ratings import SqliteRatings
from bot.store.sqlite.reviews import SqliteReviews
from bot.store.sqlite.sharing import SqliteSharing
from bot.store.sqlite.staff import SqliteStaffBook
from bot.store.staff import StaffBook

_READERS = 2


class SqliteOffice:
    """`bot.store.office.Office` says what it is."""

    def __init__(self, path: Path, quick: Readers, writer: Writer) -> None:
        """`quick`: for what is read while somebody waits for an answer in the chat."""
        self._slow = Readers(path, _READERS)
        self._ratings = SqliteRatings(quick)
        self._figures = SqliteFigures(self._slow)
        self._follow_ups = SqliteFollowUps(quick, writer)
        self._digests = SqliteDigests(quick, writer)
        self._learning = SqliteLearning(self._slow, writer)
        self._editorial = SqliteEditorialBook(quick, writer)
        self._cases = SqliteCases(self._slow, writer)
        self._reviews = SqliteReviews(self._slow, writer)
        self._publications = SqlitePublications(quick, self._slow, writer)
        self._drafts = SqliteDrafts(self._slow, writer)
        self._sharing = SqliteSharing(self._slow, writer)
        self._staff = SqliteStaffBook(quick, writer)
        self._stale = SqliteStaleReports(self._slow, writer)
        self._links = SqliteLinkChecks(self._slow, writer)
        self._demands = SqliteDemands(self._slow)

    @property
    def ratings(self) -> Ratings:
        return self._ratings

    @property
    def figures(self) -> Figures:
        return self._figures

    @property
    def follow_ups(self) -> FollowUps:
        return self._follow_ups

    @property
    def digests(self) -> Digests:
        return self._digests

    @property
    def learning(self) -> Learning:
        return self._learning

    @property
    def editorial(self) -> EditorialBook:
        return self._editorial

    @property
    def cases(self) -> Cases:
        return self._cases

    @property
    def reviews(self) -> Reviews:
        return self._reviews

    @property
    def publications(self) -> Publications:
        return self._publications

    @property
    def drafts(self) -> Drafts:
        return self._drafts

    @property
    def sharing(self) -> Sharing:
        return self._sharing

    @property
    def staff(self) -> StaffBook:
        return self._staff

    @property
    def stale(self) -> StaleReports:
        return self._stale

    @property
    def links(self) -> LinkChecks:
        return self._links

    @property
    def demands(self) -> Demands:
        return self._demands

    def close(self) -> None:
        self._slow.close()
