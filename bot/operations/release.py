"""Which release of this program runs."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"
_NAME = "mot-cua"


def release() -> str:
    """As in `pyproject.toml`, or of the package where it was installed as one; empty where neither is known."""
    try:
        return str(tomllib.loads(_PROJECT.read_text("utf-8"))["project"]["version"])
    except (OSError, KeyError, ValueError):
        pass
    try:
        return metadata.version(_NAME)
    except metadata.PackageNotFoundError:
        return ""
