"""What those who handle requests find in the application, by typed key."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.dialogue.personal_data import Masker
from bot.dialogue.signed_links import Signer
from bot.operations.readiness import Readiness
from bot.settings import Settings
from bot.texts import Texts
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.greeting import Greeting
from bot.web.rendering import Pages
from bot.web.repeated import Repeated
from bot.web.suggestions import Suggestions

ASSISTANT = web.AppKey("assistant", Answers)
SETTINGS = web.AppKey("settings", Settings)
TEXTS = web.AppKey("texts", Texts)
SIGNER = web.AppKey("signer", Signer)
ASSETS = web.AppKey("assets", Assets)
PAGES = web.AppKey("pages", Pages)
GREETING = web.AppKey("greeting", Greeting)
SUGGESTIONS = web.AppKey("suggestions", Suggestions)
REPEATED = web.AppKey("repeated", Repeated)
READINESS = web.AppKey("readiness", Readiness)
MASKER = web.AppKey("masker", Masker)
LANGUAGES: web.AppKey[Mapping[str, Texts]] = web.AppKey("languages")
"""The texts of each language in which the page is offered, the default one first."""
