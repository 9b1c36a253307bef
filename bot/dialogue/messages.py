"""Channel-neutral message in, answer out. Channels parse into `Incoming` and render `Reply`; nothing else."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.ratings.model import Subject


class Status(StrEnum):
    """What became of a message; analytics count it and tests assert it."""

    ANSWERED = "answered"
    ASKED_BACK = "asked_back"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"
    STARTED = "started"
    HELPED = "helped"
    BROWSED = "browsed"
    REMEMBERED = "remembered"
    """The commune or the language was told, changed or forgotten."""
    HELPFULNESS = "helpfulness"
    ERASED = "erased"
    OWN_DATA = "own_data"
    """They were told what is held of them."""
    EMPTY = "empty"
    TOO_LONG = "too_long"
    EXPIRED_CHOICE = "expired_choice"
    PERSONAL_DATA_REFUSED = "personal_data_refused"
    FAILED = "failed"
    NOT_TEXT = "not_text"
    """A picture, a voice message, a place … without words."""
    TOO_FAST = "too_fast"
    SWITCHED_OFF = "switched_off"
    ASKED_TO_RATE = "asked_to_rate"
    RATED = "rated"
    NOT_FILED = "not_filed"
    """They were asked, and have not used the service."""
    COMMENTED = "commented"
    SHARED = "shared"
    """A text to send to others."""
    STAFF = "staff"
    """Something for a member of staff."""


class Attachment(StrEnum):
    """What people send instead of words."""

    PICTURE = "picture"
    VOICE = "voice"
    VIDEO = "video"
    FILE = "file"
    PLACE = "place"
    CONTACT = "contact"
    STICKER = "sticker"
    LINK = "link"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A message as a channel hands it in. Exactly one of `text`, `choice`, `attachment` and `ask` is set.

    `user` is the channel's own id. `attachment`: what was sent instead of words. `commune` (agency code) and `language`
    (`vi`, `en`) are where the channel was entered, not what the person chose: untrusted, and used only for someone who
    has chosen nothing yet. `sent_at`: when, where it may have waited. `is_greeted`: they have been told already who
    answers here. `is_masked`: private numbers were taken out of the text already. `task`: its number in the inbox,
    closed together with what is kept of the answer. `person`: their keyed hash, where the channel's own id is not at
    hand. `ask`: nobody has written, the assistant itself asks how this service went (a follow-up). `address`: a keyed
    hash of the network that a browser's message comes from; empty where not known. `is_staff`: a member of staff
    is logged in there. `is_in_group`: others read it and its answer, and the person is known in this group only.
    `is_program`: nobody may be behind it (a preview, a crawler), so that by whose link it came is not counted.
    `message`: the id that its sender gave it, where it may come again.
    """

    channel: str
    user: str
    text: str | None = None
    choice: str | None = None
    commune: str | None = None
    language: str | None = None
    attachment: Attachment | None = None
    sent_at: datetime | None = None
    is_greeted: bool = True
    is_masked: bool = False
    task: int | None = None
    person: str | None = None
    ask: Subject | None = None
    address: str = ""
    is_staff: bool = False
    is_in_group: bool = False
    is_program: bool = False
    message: str | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A tappable or typable option. `id` is short ASCII (`tt:1.001193`) and untrusted when it comes back."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Link:
    """`through`: our own address that leads there and counts that it was opened; empty: there is none."""

    label: str
    url: str
    through: str = ""

    @property
    def address(self) -> str:
        """What to open. `url` is what a person is told of where it leads."""
        return self.through or self.url


@dataclass(frozen=True, slots=True)
class Forward:
    """How a reply is sent on to others. `words`: what finds the same in another conversation, where a messenger
    answers there (Telegram's inline mode)."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """`text` is plain text (no markup), lines separated by newlines; `codes` are the procedures it speaks of.

    `turns_page`: another page of what was shown just before, which it may take the place of. `heading`: how to choose,
    for channels that show the choices as numbered lines; empty where there are not several. `picture`: a PNG that says
    no more than the text and the links do, for channels that show pictures. `forward`: the text is there to be sent to
    others as it stands.
    """

    status: Status
    text: str
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    codes: tuple[str, ...] = ()
    turns_page: bool = False
    heading: str = ""
    picture: bytes | None = field(default=None, repr=False)
    forward: Forward | None = None

    def to_json(self) -> str:
        """For the inbox, which keeps an answer until it has been sent."""
        return json.dumps(
            {
                "status": self.status.value,
                "text": self.text,
                "choices": [[choice.id, choice.label] for choice in self.choices],
                "links": [[link.label, link.url, link.through] for link in self.links],
                "codes": list(self.codes),
                "turns_page": self.turns_page,
                "heading": self.heading,
                "picture": None if self.picture is None else b64encode(self.picture).decode("ascii"),
                "forward": None if self.forward is None else [self.forward.label, self.forward.words],
            },
            ensure_ascii=False,
        )

    @classmethod
    def from_json(cls, text: str) -> Reply:
        """What `to_json` wrote."""
        kept = json.loads(text)
        picture, forward = kept.get("picture"), kept.get("forward")
        return cls(
            Status(kept["status"]),
            kept["text"],
            tuple(Choice(choice_id, label) for choice_id, label in kept["choices"]),
            tuple(Link(*link) for link in kept["links"]),
            tuple(kept["codes"]),
            kept["turns_page"],
            # Answers put away by an older version have none.
            kept.get("heading", ""),
            None if picture is None else b64decode(picture),
            None if forward is None else Forward(*forward),
        )
