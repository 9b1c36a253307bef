"""Secrets of the kinds that this project deals with, by their shape, beside those that detect-secrets knows."""

from __future__ import annotations

import re

from detect_secrets.plugins.base import RegexBasedDetector


class AgeKeyDetector(RegexBasedDetector):
    """The secret key of age, which opens backups."""

    secret_type = "age secret key"
    denylist = (re.compile(r"AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]{58,}"),)


class BotTokenDetector(RegexBasedDetector):
    """Tokens of Telegram (a number, a colon, 35 characters) and of Zalo Bot (a long number, a colon, letters)."""

    secret_type = "bot token"
    denylist = (re.compile(r"(?<![\d.])\d{8,20}:[0-9A-Za-z_-]{32,80}(?![0-9A-Za-z_-])"),)


class ZaloTokenDetector(RegexBasedDetector):
    """Tokens of a Zalo Official Account: hundreds of characters, where a setting or a field names them."""

    secret_type = "Zalo token"
    denylist = (re.compile(r"(?:access|refresh)_token\W{1,5}([0-9A-Za-z_-]{80,})", re.IGNORECASE),)
