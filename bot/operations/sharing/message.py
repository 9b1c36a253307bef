"""A text to forward in a group: short, and the link alone on its line, where every app makes a link of it."""

from __future__ import annotations

from bot.operations.sharing.material import Material
from bot.texts import load_texts
from bot.texts.written import day_written
from handlers.naming import shorten

MOST_CHARS = 2000
"""What one message of Zalo holds."""
_MOST_NAME = 200


def message(material: Material) -> str:
    """At most MOST_CHARS characters."""
    texts = load_texts(material.language)
    whole, *shorter = material.names
    name = whole if len(whole) <= _MOST_NAME else (shorter[0] if shorter else shorten(whole, _MOST_NAME))
    day = texts.get("poster.data", date=day_written(material.language, material.as_of))
    code = f"{texts.get('poster.code', code=material.code)}. " if material.code else ""
    blocks = (
        name,
        "\n".join((material.can, *material.notes)),
        f"{texts.get('poster.message.look')}\n{material.link}",
        "\n".join(part for part in (", ".join(material.whose), material.about, f"{code}{day}") if part),
    )
    return "\n\n".join(blocks)
