"""What staff read and write, in SQLite: with readers of its own, so that no report keeps a citizen waiting."""

from __future__ import annotations

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
from bot.store.sql.cases import SqlCases
from bot.store.sql.digests import SqlDigests
from bot.store.sql.drafts import SqlDrafts
from bot.store.sql.editorial import SqlEditorialBook
from bot.store.sql.erasing import SqlErasures
from bot.store.sql.figures import SqlFigures
from bot.store.sql.follow_ups import SqlFollowUps
from bot.store.sql.freshness import SqlDemands, SqlStaleReports
from bot.store.sql.holdings import SqlHoldings
from bot.store.sql.keys import SqlKeyBook
from bot.store.sql.learning import SqlLearning
from bot.store.sql.link_checks import SqlLinkChecks
from bot.store.sql.own_data import SqlOwnData
from bot.store.sql.publications import SqlPublications
from bot.store.sql.ratings import SqlRatings
from bot.store.sql.reviews import SqlReviews
from bot.store.sql.session import Readers, Writer
from bot.store.sql.sharing import SqlSharing
from bot.store.sql.staff import SqlStaffBook
from bot.store.staff import StaffBook


class SqlOffice:
    """`bot.store.office.Office` says what it is."""

    def __init__(self, quick: Readers, slow: Readers, writer: Writer) -> None:
        """`quick`: for what is read while somebody waits for an answer in the chat."""
        self._ratings = SqlRatings(quick)
        self._figures = SqlFigures(slow)
        self._follow_ups = SqlFollowUps(quick, writer)
        self._digests = SqlDigests(quick, writer)
        self._learning = SqlLearning(slow, writer)
        self._editorial = SqlEditorialBook(quick, writer)
        self._cases = SqlCases(slow, writer)
        self._reviews = SqlReviews(slow, writer)
        self._publications = SqlPublications(quick, slow, writer)
        self._drafts = SqlDrafts(slow, writer)
        self._sharing = SqlSharing(slow, writer)
        self._staff = SqlStaffBook(quick, writer)
        self._stale = SqlStaleReports(slow, writer)
        self._links = SqlLinkChecks(slow, writer)
        self._demands = SqlDemands(slow)
        self._holdings = SqlHoldings(slow)
        self._erasures = SqlErasures(slow, writer)
        self._own_data = SqlOwnData(slow)
        self._keys = SqlKeyBook(quick, slow, writer)

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

    @property
    def holdings(self) -> Holdings:
        return self._holdings

    @property
    def erasures(self) -> Erasures:
        return self._erasures

    @property
    def keys(self) -> KeyBook:
        return self._keys

    @property
    def own_data(self) -> OwnData:
        return self._own_data
