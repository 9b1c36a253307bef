"""The settings of those who watch the service: where its figures are read, and how it leaves a balancer."""

from __future__ import annotations

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings


class WatchSettings(BaseSettings):
    """The part of `Settings` that is about figures and health."""

    metrics_token: SecretStr | None = None
    """The token with which `/metrics` may be read; without it there is no such address on the port of the web chat."""
    metrics_port: int | None = Field(default=None, ge=1, le=65535)
    """A port of its own for `/metrics`, `/healthz` and `/readyz`, without a token; without it there is none."""
    metrics_host: str = Field(default="127.0.0.1", min_length=1)
    """The address that this port is opened on: whoever reaches it reads the figures."""
    drain_seconds: int = Field(default=0, ge=0, le=60)
    """How long a process that is told to stop goes on answering while `/readyz` says 503, so that a balancer hears."""
