"""What figures can be narrowed down to: the choices of a form, and what is chosen, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace

from bot.channels import terminal, web_chat
from bot.channels.telegram import receive as telegram
from bot.channels.zalo_bot import CHANNEL as ZALO_BOT
from bot.channels.zalo_oa import receive as zalo_oa
from bot.operations.figures.addresses import FILTER_NAMES, NOT_SAID
from bot.operations.figures.model import By, Filters
from bot.operations.figures.names import FigureNames
from bot.ratings.model import Origin
from bot.search.fold import fold
from bot.texts import Texts
from bot.web.options import Option, Select

CHANNELS = (zalo_oa.CHANNEL, ZALO_BOT, telegram.CHANNEL, web_chat.CHANNEL, terminal.CHANNEL)
_BY = {
    "code": By.SERVICE,
    "field": By.FIELD,
    "agency": By.AGENCY,
    "commune": By.COMMUNE,
    "channel": By.CHANNEL,
    "origin": By.ORIGIN,
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is in force, and (as parameters of an address) what is left without it."""

    label: str
    value: str
    without: Filters


def selects(texts: Texts, names: FigureNames, filters: Filters, agencies: frozenset[str] | None) -> tuple[Select, ...]:
    """`agencies`: those that a reader may see; no other is offered."""
    catalogue = names.catalogue
    keys: dict[str, Iterable[str]] = {
        "field": catalogue.fields,
        "agency": catalogue.agencies if agencies is None else agencies,
        "commune": catalogue.communes,
        "channel": CHANNELS,
        "origin": tuple(Origin),
    }
    return tuple(_select(texts, names, filters, name, found) for name, found in keys.items())


def chosen(texts: Texts, names: FigureNames, filters: Filters) -> tuple[Chosen, ...]:
    return tuple(
        Chosen(_label(texts, name), names.of(_BY[name], value), replace(filters, **{name: None}))
        for name, value in asdict(filters).items()
        if value is not None
    )


def _select(texts: Texts, names: FigureNames, filters: Filters, name: str, keys: Iterable[str]) -> Select:
    current = asdict(filters)[name]
    named = sorted(((names.of(_BY[name], key), key) for key in keys), key=lambda pair: fold(pair[0]))
    if current is not None and current not in {key for _, key in named}:
        named.append((names.of(_BY[name], current), current))
    options = (Option(key or NOT_SAID, label, key == current) for label, key in named)
    everything = Option("", texts.get("web.staff.figures.everything"), current is None)
    return Select(FILTER_NAMES[name], _label(texts, name), (everything, *options))


def _label(texts: Texts, name: str) -> str:
    return texts.find(f"report.of.{_BY[name]}") or name
