"""What a choice stands for, and its id: short and ASCII. `str()` writes it; `choice_ids.parse` reads it.

| id | what it opens |
|---|---|
| `tt:1.001193`, `tt:1.001193@H99.05` | a procedure's card; the same for one agency |
| `tt:1.001193@H99.100~` | the same for all agencies that offer it as this one does |
| `more:1.001193` | its full name |
| `kin:1.001193` | its family, and what people usually need next |
| `pick:1.001193+1.000689` | a choice between a few procedures |
| `start`, `start:2`, `menu` | the beginning; its second page; all ways to browse |
| `lg:1`, `le:having-a-child:2` | a group of situations in life; a situation, its second page |
| `fi`, `fi:2`, `fi:dat-dai:3` | the fields; their second page; the third page of a field |
| `ag`, `ag:2`, `ag:H99.05:3` | the same for agencies |
| `ol`, `ol:tier` | the list of online services: counts; broken down by tier, agency or field |
| `ol:tier:X`, `ol:tier:X:full:2` | the same of one part; the second page of its procedures with one level |
| `cm`, `cm:H99.101`, `cm:none`, `cm:skip` | the person's commune: asked, chosen, forgotten, not told |
| `lang:en` | the language |
| `ok:yes`, `ok:no`, `ok:wrong` | whether an answer helped, and what was missing |
| `old:1.001193`, `old:1.001193@H99.05` | what was told of a procedure, or of it at one agency, looks old |
| `rate`, `rate:1.001193`, `rate:1.001193@H99.05` | asked whether a service was used, and how it was filed |
| `rate:1.001193@H99.05:online:3`, `…:online:3+` | filed online, level 3; the same with somebody's help |
| `why:papers`, `note:write`, `note:skip`, `tell:yes` | why not filed; a comment; to be told the outcome |
| `share:1.001193`, `share:1.001193@H99.05` | a text about a procedure to send to others; the same for one agency |
| `s:1001193.12.18073.Ab3_-x`, `…@H99.05` | what a shared link leads to; the same at one agency |
| `stop`, `stop:no` | no questions from the assistant's own side; they may come again |
| `me`, `me:erase`, `me:erased`, `me:kept` | what is kept of a person; asked to delete it; deleted; not deleted |
| `bn:0123…` | what the receipt of a deletion says |
| `hq:full-process` | a help topic |
| `back`, `other`, `next`, `help`, `help:2` | one step back; none of those; whatever comes next; the help |
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogue.rating_choices import FollowUpsChoice, NoteChoice, RateChoice, ReasonChoice, TellChoice

MAX_ID_CHARS = 64
"""The longest id a channel takes (Telegram: 64 bytes)."""
MAX_PICKED = 5


@dataclass(frozen=True, slots=True)
class CardChoice:
    """`alike`: not for this agency itself, but for the group that it stands for ("the other communes")."""

    code: str
    agency: str | None = None
    alike: bool = False

    def __str__(self) -> str:
        body = "" if self.agency is None else f"@{self.agency}"
        return f"tt:{self.code}{body}{'~' if self.alike else ''}"


@dataclass(frozen=True, slots=True)
class FullNameChoice:
    code: str

    def __str__(self) -> str:
        return f"more:{self.code}"


@dataclass(frozen=True, slots=True)
class RelatedChoice:
    code: str

    def __str__(self) -> str:
        return f"kin:{self.code}"


@dataclass(frozen=True, slots=True)
class PickChoice:
    """At most MAX_PICKED codes, so that the id fits."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return f"pick:{'+'.join(self.codes)}"


@dataclass(frozen=True, slots=True)
class StartChoice:
    page: int = 1

    def __str__(self) -> str:
        return _paged("start", self.page)


@dataclass(frozen=True, slots=True)
class MenuChoice:
    def __str__(self) -> str:
        return "menu"


@dataclass(frozen=True, slots=True)
class LifeEventGroupChoice:
    number: int

    def __str__(self) -> str:
        return f"lg:{self.number}"


@dataclass(frozen=True, slots=True)
class LifeEventChoice:
    id: str
    page: int = 1

    def __str__(self) -> str:
        return _paged(f"le:{self.id}", self.page)


@dataclass(frozen=True, slots=True)
class FieldsChoice:
    page: int = 1

    def __str__(self) -> str:
        return _paged("fi", self.page)


@dataclass(frozen=True, slots=True)
class FieldChoice:
    id: str
    page: int = 1

    def __str__(self) -> str:
        return _paged(f"fi:{self.id}", self.page)


@dataclass(frozen=True, slots=True)
class AgenciesChoice:
    page: int = 1

    def __str__(self) -> str:
        return _paged("ag", self.page)


@dataclass(frozen=True, slots=True)
class AgencyChoice:
    code: str
    page: int = 1

    def __str__(self) -> str:
        return _paged(f"ag:{self.code}", self.page)


class ListBy(StrEnum):
    """What the online list is broken down by."""

    TIER = "tier"
    AGENCY = "agency"
    FIELD = "field"


class ListedLevel(StrEnum):
    FULL = "full"
    PARTIAL = "partial"
    MIXED = "mixed"
    """Full or partial, depending on the place or the case."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OnlineListChoice:
    """`by` alone: a page of a breakdown. `part` (tier, agency, field's key): its counts; with `level`: its list."""

    by: ListBy | None = None
    part: str | None = None
    level: ListedLevel | None = None
    page: int = 1

    def __str__(self) -> str:
        parts = ["ol", self.by or "", self.part or "", self.level or ""]
        return _paged(":".join(parts).rstrip(":"), self.page)


@dataclass(frozen=True, slots=True)
class CommuneChoice:
    """`code` None: asked which. Otherwise an agency code, or one of the words below."""

    code: str | None = None

    def __str__(self) -> str:
        return "cm" if self.code is None else f"cm:{self.code}"


FORGET_COMMUNE = "none"
SKIP_COMMUNE = "skip"


@dataclass(frozen=True, slots=True)
class LanguageChoice:
    language: str

    def __str__(self) -> str:
        return f"lang:{self.language}"


class Opinion(StrEnum):
    """What a person says of an answer: it helped, it did not, and then why not."""

    YES = "yes"
    NO = "no"
    WRONG = "wrong"
    INCOMPLETE = "incomplete"
    UNCLEAR = "unclear"
    OLD = "old"


@dataclass(frozen=True, slots=True)
class HelpfulChoice:
    opinion: Opinion

    def __str__(self) -> str:
        return f"ok:{self.opinion}"


@dataclass(frozen=True, slots=True)
class StaleChoice:
    """What was told looks old. `agency`: of which it was told; None: of all."""

    code: str
    agency: str | None = None

    def __str__(self) -> str:
        return f"old:{self.code}" if self.agency is None else f"old:{self.code}@{self.agency}"


class PrivacyStep(StrEnum):
    TOLD = "told"
    ASKED = "erase"
    ERASED = "erased"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class PrivacyChoice:
    step: PrivacyStep = PrivacyStep.TOLD

    def __str__(self) -> str:
        return "me" if self.step is PrivacyStep.TOLD else f"me:{self.step}"


@dataclass(frozen=True, slots=True)
class ReceiptChoice:
    """`letters`: of a receipt's number, whose signature is still to be held against ours (`bot.dialogue.receipts`)."""

    letters: str

    def __str__(self) -> str:
        return f"bn:{self.letters}"


@dataclass(frozen=True, slots=True)
class ShareChoice:
    code: str
    agency: str | None = None

    def __str__(self) -> str:
        return f"share:{self.code}" if self.agency is None else f"share:{self.code}@{self.agency}"


@dataclass(frozen=True, slots=True)
class SharedChoice:
    """`link`: the id of a shared link, whose signature is still to be held against ours (`Signer.share_link`)."""

    link: str
    agency: str | None = None

    def __str__(self) -> str:
        return f"s:{self.link}" if self.agency is None else f"s:{self.link}@{self.agency}"


@dataclass(frozen=True, slots=True)
class BackChoice:
    def __str__(self) -> str:
        return "back"


@dataclass(frozen=True, slots=True)
class OtherChoice:
    """None of what was offered."""

    def __str__(self) -> str:
        return "other"


@dataclass(frozen=True, slots=True)
class GoOnChoice:
    """Whatever comes next: the next wish, or the next page."""

    def __str__(self) -> str:
        return "next"


@dataclass(frozen=True, slots=True)
class HelpChoice:
    page: int = 1

    def __str__(self) -> str:
        return "help" if self.page == 1 else f"help:{self.page}"


@dataclass(frozen=True, slots=True)
class HelpTopicChoice:
    id: str

    def __str__(self) -> str:
        return f"hq:{self.id}"


Target = (
    CardChoice
    | FullNameChoice
    | RelatedChoice
    | PickChoice
    | StartChoice
    | MenuChoice
    | LifeEventGroupChoice
    | LifeEventChoice
    | FieldsChoice
    | FieldChoice
    | AgenciesChoice
    | AgencyChoice
    | OnlineListChoice
    | CommuneChoice
    | LanguageChoice
    | HelpfulChoice
    | StaleChoice
    | RateChoice
    | ReasonChoice
    | NoteChoice
    | TellChoice
    | FollowUpsChoice
    | PrivacyChoice
    | ReceiptChoice
    | ShareChoice
    | SharedChoice
    | BackChoice
    | OtherChoice
    | GoOnChoice
    | HelpChoice
    | HelpTopicChoice
)


def _paged(name: str, page: int) -> str:
    return name if page == 1 else f"{name}:{page}"
