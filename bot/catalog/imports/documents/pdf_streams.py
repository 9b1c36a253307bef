"""What the packed parts of a PDF unpack to, before the reader unpacks them whole.

A PDF says nothing of these sizes beforehand. Each part is unpacked here piece by piece and thrown away; pictures too,
because a part that calls itself a picture need not be one.
"""

from __future__ import annotations

import re
import zlib

from bot.catalog.imports.documents import limits
from bot.errors import Unreadable, UnreadableFile

_STREAM = re.compile(rb"stream\r?\n")
_PIECE = 1 * limits.MB
_MOST_NESTED = 3


def check_streams(file: str, content: bytes) -> None:
    """Raises UnreadableFile where one part, or all together, unpack to far more than they are."""
    total = 0
    view = memoryview(content)
    for match in _STREAM.finditer(content):
        packed, unpacked = _sizes(view[match.end() :], _MOST_NESTED)
        total += unpacked
        is_bomb = unpacked > limits.MOST_OF_A_PART and unpacked > limits.MOST_RATIO * packed
        if is_bomb or (total > limits.MOST_OF_A_PDF and total > limits.MOST_RATIO * len(content)):
            raise UnreadableFile(
                file,
                Unreadable.TOO_LARGE,
                f"it unpacks to more than {limits.MOST_RATIO} times its size",
                "Print it to a new PDF, or ask for the file it was printed from",
            )


def _sizes(packed: memoryview | bytes, nested: int) -> tuple[int, int]:
    """Bytes that were taken and bytes that they unpack to; (0, 0) where they are not packed in this way.

    Stops soon after the limit of a part. What was packed several times counts as it is in the end.
    """
    unpacker = zlib.decompressobj()
    taken = size = 0
    start = b""
    try:
        while not unpacker.eof and taken < len(packed) and size <= limits.MOST_OF_A_PART:
            piece = bytes(packed[taken : taken + _PIECE])
            found = unpacker.decompress(piece, _PIECE)
            taken += len(piece) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
            size += len(found)
            if len(start) < _PIECE:
                start += found
            if not found and taken >= len(packed):
                break
    except zlib.error:
        # The reader stumbles over it too, or it is packed in another way.
        pass
    if nested and start[:1] == b"\x78":
        return taken, max(size, _sizes(start, nested - 1)[1])
    return taken, size
