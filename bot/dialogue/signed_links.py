"""Addresses of our own that nobody else can make: a link to the portal that is counted, and a link to rate a service.

What they say can be read in them; a keyed signature at the end says that it is ours. Nothing about them is stored.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.ratings.model import Origin
from bot.store.reviews import Team
from bot.store.sharing import Via

PORTAL_PATH = "/r"
RATING_PATH = "/danh-gia"
REVIEW_PATH = "/trai-nghiem"
SHARE_PATH = "/s"
_SIGNATURE_BYTES = 9
"""72 bits: enough for what can only be counted, and short enough to be read out."""
PERSON_DIGITS = 12
_CODE = r"[1-9]\.\d{6}"
_AGENCY = r"[A-Za-z0-9][A-Za-z0-9.\-]{0,31}"
_PORTAL = re.compile(
    rf"({_CODE})~({_AGENCY})?~([0-9a-f]{{{PERSON_DIGITS}}})?(?:~(\d{{1,6}})\.({_AGENCY})?)?~([A-Za-z0-9_-]{{12}})",
    re.ASCII,
)
_RATING = re.compile(
    rf"({_CODE})~({_AGENCY})?~({_AGENCY})?~([ct])(?:(\d{{1,6}})\.)?([01])~(\d{{8}})~([A-Za-z0-9_-]{{1,24}})~([A-Za-z0-9_-]{{12}})",
    re.ASCII,
)
_REVIEW = re.compile(
    rf"({_CODE})?~([a-z]{{1,12}})~({_AGENCY})?~(\d{{8}})~([A-Za-z0-9_-]{{1,24}})~([A-Za-z0-9_-]{{12}})", re.ASCII
)
_SHARE = re.compile(r"([a-z0-9-]{1,64})\.(\d{0,6})\.(\d{0,6})\.([A-Za-z0-9_-]{6})", re.ASCII)
_SHARE_SIGNATURE_CHARS = 6
"""36 bits: what hangs on walls is to be short, and nothing but a count hangs on it."""
_ORIGINS = {"c": Origin.COUNTER, "t": Origin.TEAM}


@dataclass(frozen=True, slots=True)
class PortalLink:
    """The page of a procedure on the portal. `person`: the beginning of a keyed hash; empty: nobody's.

    `via`: by whose shared link the person came, where it was somebody's.
    """

    code: str
    agency: str = ""
    person: str = ""
    via: Via | None = None


@dataclass(frozen=True, slots=True)
class RatingLink:
    """The question about one service. `origin`: a counter's code or a team's link. `is_single`: for one rating only.

    `id`: names the link (A-Z a-z 0-9 _ -). `until`: the last day on which it holds. `commune`: where it hangs. `team`:
    the number of the community team for which its ratings are counted; 0: of none. An `id` makes nobody a team.
    """

    code: str
    agency: str
    commune: str
    origin: Origin
    id: str
    until: date
    is_single: bool = False
    team: int = 0


@dataclass(frozen=True, slots=True)
class ReviewLink:
    """The checklist of a team that tries a service. `code`: empty where the team chooses the service itself.

    `commune`: agency code of where the team is; empty: not told. `id`: names the link. `until`: the last day.
    """

    code: str
    team: Team
    commune: str
    id: str
    until: date


@dataclass(frozen=True, slots=True)
class ShareLink:
    """The page of a procedure, a situation in life or a field, as a team shares it at a place.

    `target`: the digits of a code (`1001193`), or `e-` or `f-` and the id of a situation in life or of a field. `team`:
    its number; 0: nobody's. `commune`: the statistics code of where it hangs; empty: not told. `bot.dialogue.sharing`
    makes and reads targets.
    """

    target: str
    team: int = 0
    commune: str = ""


class Signer:
    """Writes and reads the addresses; `secret` is the installation's own key.

    `previous`: its keys before, whose signatures are taken as well: what was printed goes on working.
    """

    def __init__(self, secret: bytes, previous: Sequence[bytes] = ()) -> None:
        self._secrets = (secret, *previous)

    def portal_path(self, link: PortalLink) -> str:
        said = f"{link.code}~{link.agency}~{link.person[:PERSON_DIGITS]}"
        if link.via is not None:
            said += f"~{link.via.team}.{link.via.commune}"
        return f"{PORTAL_PATH}/{said}~{self._signature('portal', said)}"

    def portal_link(self, token: str) -> PortalLink | None:
        """What the last part of the address says; None where it is not one of ours."""
        match = _PORTAL.fullmatch(token)
        if match is None or not self._is_ours("portal", token):
            return None
        via = None if match[4] is None else Via(int(match[4]), match[5] or "")
        return PortalLink(match[1], match[2] or "", match[3] or "", via)

    def rating_path(self, link: RatingLink) -> str:
        kind = next(letter for letter, origin in _ORIGINS.items() if origin is link.origin)
        kind += f"{link.team}." if link.team else ""
        said = f"{link.code}~{link.agency}~{link.commune}~{kind}{int(link.is_single)}~{link.until:%Y%m%d}~{link.id}"
        return f"{RATING_PATH}/{said}~{self._signature('rating', said)}"

    def rating_link(self, token: str) -> RatingLink | None:
        """What the last part of the address says, also when its time is over; None where it is not one of ours."""
        match = _RATING.fullmatch(token)
        if match is None or not self._is_ours("rating", token):
            return None
        code, agency, commune, kind, team, single, until, name, _ = match.groups()
        try:
            last = date.fromisoformat(until)
        except ValueError:
            return None
        return RatingLink(code, agency or "", commune or "", _ORIGINS[kind], name, last, single == "1", int(team or 0))

    def review_path(self, link: ReviewLink) -> str:
        said = f"{link.code}~{link.team.value}~{link.commune}~{link.until:%Y%m%d}~{link.id}"
        return f"{REVIEW_PATH}/{said}~{self._signature('review', said)}"

    def review_link(self, token: str) -> ReviewLink | None:
        """What the last part of the address says, also when its time is over; None where it is not one of ours."""
        match = _REVIEW.fullmatch(token)
        if match is None or not self._is_ours("review", token):
            return None
        code, team, commune, until, name, _ = match.groups()
        try:
            return ReviewLink(code or "", Team(team), commune or "", name, date.fromisoformat(until))
        except ValueError:
            return None

    def share_id(self, link: ShareLink) -> str:
        """What stands behind `/s/`, and can be sent to the assistant where a link cannot start a chat."""
        said = _said_of_share(link)
        return f"{said}.{self._signature('share', said)[:_SHARE_SIGNATURE_CHARS]}"

    def share_link(self, share_id: str) -> ShareLink | None:
        """None where it is not one of ours."""
        match = _SHARE.fullmatch(share_id)
        if match is None:
            return None
        target, team, commune, signature = match.groups()
        link = ShareLink(target, int(team or 0), commune)
        said, _, _ = share_id.rpartition(".")
        is_ours = said == _said_of_share(link) and self._has_signed("share", said, signature, _SHARE_SIGNATURE_CHARS)
        return link if is_ours else None

    def sign(self, purpose: str, value: str) -> str:
        """The value with its signature, for a cookie or a hidden field."""
        return f"{value}~{self._signature(purpose, value)}"

    def read(self, purpose: str, signed: str) -> str | None:
        """The value; None where it is not one of ours, or was signed for something else."""
        return signed.rpartition("~")[0] if self._is_ours(purpose, signed) else None

    def _is_ours(self, purpose: str, signed: str) -> bool:
        said, _, signature = signed.rpartition("~")
        return self._has_signed(purpose, said, signature)

    def _has_signed(self, purpose: str, said: str, signature: str, chars: int | None = None) -> bool:
        """With each key it takes as long, whichever it is."""
        given = signature.encode("utf-8", "surrogatepass")
        made = [_signature(secret, purpose, said)[:chars].encode() for secret in self._secrets]
        return any(tuple(hmac.compare_digest(given, one) for one in made))

    def _signature(self, purpose: str, said: str) -> str:
        return _signature(self._secrets[0], purpose, said)


def _said_of_share(link: ShareLink) -> str:
    return f"{link.target}.{link.team or ''}.{link.commune}"


def _signature(secret: bytes, purpose: str, said: str) -> str:
    named = f"{purpose}\0{said}".encode("utf-8", "surrogatepass")
    digest = hmac.new(secret, named, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).decode("ascii")
