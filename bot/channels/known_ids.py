"""Whose an address is that answers go to: the id under which the person is hashed, where the address tells it."""

from __future__ import annotations

from bot.channels.zalo_oa.address import recipient_of


def ids_in(address: str) -> tuple[str, ...]:
    """What the id may be; whoever asks holds it against the hash. Of somebody in a group it is not in the address."""
    recipient = recipient_of(address)
    return (address,) if recipient is None else (*recipient.values(), address)
