"""What those who handle requests find in the application, by typed key."""

from __future__ import annotations

from aiohttp import web

from bot.settings import Settings
from bot.texts import Texts
from bot.web.answers import Answers
from bot.web.assets import Assets
from bot.web.greeting import Greeting
from bot.web.rendering import Pages

ASSISTANT = web.AppKey("assistant", Answers)
SETTINGS = web.AppKey("settings", Settings)
TEXTS = web.AppKey("texts", Texts)
ASSETS = web.AppKey("assets", Assets)
PAGES = web.AppKey("pages", Pages)
GREETING = web.AppKey("greeting", Greeting)
