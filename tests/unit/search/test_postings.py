from __future__ import annotations

import numpy as np

from bot.search.postings import Postings

OWNER = np.array([0, 0, 1, 2], dtype=np.int32)
POSTINGS = Postings({"khai": 0, "sinh": 1, "xe": 2}, [0, 1, 0, 1, 2], [0, 0, 1, 2, 3], OWNER)


def test_terms_give_their_wordings_in_order() -> None:
    assert {key: POSTINGS.get(key).tolist() for key in ("khai", "sinh", "xe", "?")} == {
        "khai": [0, 1],
        "sinh": [0, 2],
        "xe": [3],
        "?": [],
    }


def test_counts_are_over_procedures() -> None:
    assert POSTINGS.counts.tolist() == [1, 2, 1]


def test_weights_are_added_up_by_wording() -> None:
    assert POSTINGS.sums(np.array([1.0, 2.0, 4.0], dtype=np.float32), 4).tolist() == [3.0, 1.0, 2.0, 4.0]


def test_nothing_in_nothing_out() -> None:
    empty: Postings[str] = Postings({}, [], [], np.array([], dtype=np.int32))
    assert (empty.get("x").tolist(), empty.counts.tolist()) == ([], [])
