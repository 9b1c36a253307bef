"""The addresses below /staff. Each part adds its own pages, and offers them in the menu."""

from __future__ import annotations

from aiohttp import web

from bot.settings import Settings
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.backing import Backing
from bot.web.staff.access import keep_to_ourselves, let_in_staff
from bot.web.staff.case_pages import add_case_pages
from bot.web.staff.catalogue_pages import add_catalogue_pages
from bot.web.staff.digest_page import add_digest_pages
from bot.web.staff.editorial_pages import add_editorial_pages
from bot.web.staff.entry_pages import add_entry_pages
from bot.web.staff.figure_pages import offer
from bot.web.staff.freshness_pages import add_freshness_pages
from bot.web.staff.house import STAFF, make_house
from bot.web.staff.import_pages import add_import_pages
from bot.web.staff.log_page import add_log_page
from bot.web.staff.member_pages import add_member_pages
from bot.web.staff.official_list_page import add_official_list_pages
from bot.web.staff.overview_page import add_overview_page
from bot.web.staff.own_pages import add_own_pages
from bot.web.staff.rating_link_pages import add_rating_link_pages
from bot.web.staff.ratings_page import add_ratings_page
from bot.web.staff.report_pages import add_report_pages
from bot.web.staff.review_pages import add_review_pages
from bot.web.staff.share_pages import add_share_pages
from bot.web.staff.tables_page import add_tables_page
from bot.web.staff.team_pages import add_team_pages
from bot.web.staff.use_page import add_use_page
from bot.web.staff.word_pages import add_word_pages


def add_staff(app: web.Application, assistant: Answers, settings: Settings, assets: Assets, backing: Backing) -> None:
    """Everything below /staff."""
    app[STAFF] = make_house(assistant, settings, backing, assets)
    app.middlewares.append(let_in_staff)
    app.on_response_prepare.append(keep_to_ourselves)
    add_entry_pages(app)
    offer(app)
    add_overview_page(app)
    add_tables_page(app)
    add_ratings_page(app)
    add_use_page(app)
    add_own_pages(app)
    add_digest_pages(app)
    add_member_pages(app)
    add_log_page(app)
    add_rating_link_pages(app)
    add_share_pages(app)
    add_report_pages(app)
    add_case_pages(app)
    add_word_pages(app)
    add_catalogue_pages(app)
    add_review_pages(app)
    add_freshness_pages(app)
    add_editorial_pages(app)
    add_official_list_pages(app)
    add_import_pages(app)
    add_team_pages(app)
