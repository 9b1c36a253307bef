"""What may leave the house: no group of fewer than five ratings, neither shown nor to be worked out.

A group that is left out could be computed from the total and the others. So where what is left out comes to a single
group, or to fewer than five ratings together, the smallest of the shown groups is left out as well, until neither is
so; the total is kept, for it is what everybody asks for. Where all of them together are fewer than five, there is no
total either. Parts of a group (helped, flagged, set aside, filed otherwise) are often of a few people, and never
published. Two tables of the same ratings by different dimensions are each safe, unless the groups of one are sums of
the other's (fields of services); who publishes overlapping periods publishes their difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.ratings.satisfaction import FEWEST_PUBLISHED, Satisfaction, Verdict
from bot.ratings.summary import Group, Response


@dataclass(frozen=True, slots=True)
class PublishedGroup:
    """The part of a `Group` that may be published."""

    key: str
    counted: Satisfaction
    verdict: Verdict | None
    response: Response


@dataclass(frozen=True, slots=True)
class Published:
    """`groups` in their order. `hidden`: how many groups with ratings are left out. `total`: None if too small."""

    groups: tuple[PublishedGroup, ...]
    hidden: int
    total: PublishedGroup | None


def published(groups: Sequence[Group], total: Group, fewest: int = FEWEST_PUBLISHED) -> Published:
    """`total`: that of all these groups, which has every rating of them."""
    hidden = withheld({group.key: group.counted.count for group in groups}, fewest)
    return Published(
        tuple(_bare(group) for group in groups if group.counted.count and group.key not in hidden),
        len(hidden),
        _bare(total) if total.counted.count >= fewest else None,
    )


def withheld(sizes: Mapping[str, int], fewest: int = FEWEST_PUBLISHED) -> frozenset[str]:
    """The groups that are left out, by the numbers of their ratings; those without any count for nothing."""
    by_size = sorted((size, key) for key, size in sizes.items() if size)
    hidden = sum(size < fewest for size, _ in by_size)
    while 0 < hidden < len(by_size) and (hidden == 1 or sum(size for size, _ in by_size[:hidden]) < fewest):
        hidden += 1
    return frozenset(key for _, key in by_size[:hidden])


def _bare(group: Group) -> PublishedGroup:
    return PublishedGroup(group.key, group.counted, group.verdict, group.response)
