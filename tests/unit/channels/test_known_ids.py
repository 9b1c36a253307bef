"""What the address tells of whose it is."""

from __future__ import annotations

import pytest

from bot.channels.known_ids import ids_in
from bot.channels.telegram.address import Address
from bot.channels.zalo_oa.address import anonymous_address, user_address


@pytest.mark.parametrize(
    ("address", "id_"),
    [
        (str(Address(4711)), "4711"),
        (user_address("4712"), "4712"),
        (anonymous_address("4713", "c"), "4713"),
        ("a chat of the Zalo bot", "a chat of the Zalo bot"),
    ],
)
def test_the_id_is_among_what_it_may_be(address: str, id_: str) -> None:
    assert id_ in ids_in(address)
