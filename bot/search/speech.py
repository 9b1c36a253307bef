"""What the steps of the search must know of a language beside its lexicon."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Speech:
    """`joining`: folded words between two wishes. `place_markers`: words before the name of a place.

    `typed_by_key`: words may be raw Telex or VNI keystrokes, or syllables typed together. `inflects`: words have
    endings, and stop words stand between the words that carry meaning: wordings are compared without either.
    """

    joining: tuple[tuple[str, ...], ...]
    place_markers: frozenset[str]
    typed_by_key: bool
    inflects: bool


VIETNAMESE = Speech(
    joining=(
        ("va",), ("voi",), ("roi",), ("con",), ("dong", "thoi"), ("cung", "voi"), ("sau", "do"), ("tien", "the"),
        ("ngoai", "ra"), ("them",), ("luon",), ("sau", "nua"),
    ),
    place_markers=frozenset({"xa", "phuong", "huyen", "tran", "o", "tai", "ve", "que", "tinh"}),
    typed_by_key=True,
    inflects=False,
)  # fmt: skip
ENGLISH = Speech(
    joining=(("and",), ("also",), ("then",), ("as", "well", "as"), ("after", "that"), ("plus",)),
    place_markers=frozenset({"in", "at", "from", "to", "of", "near", "commune", "ward"}),
    typed_by_key=False,
    inflects=True,
)
