"""What the web needs of the running service."""

from __future__ import annotations

from bot.app.service import Service
from bot.web.backing import Backing
from bot.web.server import Messengers


def messengers_of(service: Service) -> Messengers:
    return Messengers(service.doors, service.metrics, service.readiness)


def backing_of(service: Service) -> Backing:
    house = service.house
    return Backing(
        house.store,
        house.signer,
        house.rules,
        reporting=house.reporting,
        catalogues=house.catalogues,
        taught=house.taught,
        members=service.members,
    )
