"""Forms with files: read piece by piece, and refused as soon as they are larger than they may be."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web
from aiohttp.http import HttpProcessingError

from bot.web.errors import TOO_LARGE, WRONG_CONTENT_TYPE, WRONG_SHAPE, ApiError
from bot.web.forms import MAX_BODY_BYTES, Form
from bot.web.patience import PATIENCE, in_time

MOST_UPLOAD_BYTES = 32 * 1024 * 1024
"""Of all files of a form together."""
MOST_UPLOADS = 10
_MOST_FIELDS = 40
_MOST_NAME_CHARS = 200


@dataclass(frozen=True, slots=True)
class Upload:
    """`files`: their bytes by name, without folders; a name that comes twice stands once with a number."""

    form: Form = field(default_factory=Form)
    files: dict[str, bytes] = field(default_factory=dict, repr=False)


def has_files(request: web.Request) -> bool:
    return request.content_type == "multipart/form-data"


async def read_upload(request: web.Request) -> Upload:
    """Raises ApiError for what is none, and for what is too large or too slow."""
    if not has_files(request):
        raise ApiError(WRONG_CONTENT_TYPE)
    if (request.content_length or 0) > MOST_UPLOAD_BYTES + MAX_BODY_BYTES:
        raise ApiError(TOO_LARGE)
    async with in_time(request.app[PATIENCE].upload):
        return await _parts(request)


async def _parts(request: web.Request) -> Upload:
    pairs: list[tuple[str, str]] = []
    files: dict[str, bytes] = {}
    left = MOST_UPLOAD_BYTES
    try:
        async for part in await request.multipart():
            if not isinstance(part, BodyPartReader) or len(pairs) > _MOST_FIELDS:
                raise ApiError(WRONG_SHAPE)
            if part.filename:
                content = await _content(part, left)
                left -= len(content)
                if len(files) == MOST_UPLOADS:
                    raise ApiError(TOO_LARGE)
                files[_free_name(part.filename, files)] = content
            else:
                content = await _content(part, MAX_BODY_BYTES)
                pairs.append((part.name or "", content.decode("utf-8", "replace")))
    except (web.RequestPayloadError, HttpProcessingError, ConnectionResetError, ValueError):
        # A part's own headers can be as wrong as those of the request.
        raise ApiError(WRONG_SHAPE) from None
    return Upload(Form(tuple(pairs)), files)


async def _content(part: BodyPartReader, most: int) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while piece := await part.read_chunk():
        size += len(piece)
        if size > most:
            raise ApiError(TOO_LARGE)
        pieces.append(piece)
    return b"".join(pieces)


def _free_name(given: str, taken: dict[str, bytes]) -> str:
    bare = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(char for char in bare if char.isprintable())[-_MOST_NAME_CHARS:] or "tep"
    number = 2
    free = name
    while free in taken:
        free = f"{number}-{name}"
        number += 1
    return free
