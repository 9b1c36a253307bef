"""Choice ids that come back from a channel: untrusted, and read here only.

Their forms are in the table of `bot/dialogue/choices.py`, which writes them.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.dialogue.choices import (
    FORGET_COMMUNE,
    MAX_ID_CHARS,
    MAX_PICKED,
    SKIP_COMMUNE,
    AgenciesChoice,
    AgencyChoice,
    BackChoice,
    CardChoice,
    CommuneChoice,
    FieldChoice,
    FieldsChoice,
    FullNameChoice,
    GoOnChoice,
    HelpChoice,
    HelpfulChoice,
    HelpTopicChoice,
    LanguageChoice,
    LifeEventChoice,
    LifeEventGroupChoice,
    ListBy,
    ListedLevel,
    MenuChoice,
    OnlineListChoice,
    Opinion,
    OtherChoice,
    PickChoice,
    PrivacyChoice,
    PrivacyStep,
    ReceiptChoice,
    RelatedChoice,
    ShareChoice,
    SharedChoice,
    StaleChoice,
    StartChoice,
    Target,
)
from bot.dialogue.rating_choices import (
    NOT_FILED,
    FollowUpsChoice,
    NoteChoice,
    NoteStep,
    RateChoice,
    ReasonChoice,
    TellChoice,
    filed_of,
)
from bot.dialogue.receipts import number_in
from bot.ratings.model import Filing, Reason

_CODE = r"[1-9]\.\d{6}"
_AGENCY = r"[A-Za-z0-9][A-Za-z0-9.\-]{0,31}"
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PAGE = r"[1-9]\d{0,2}"
_SHARE = r"(?:[1-9]\d{6}|[ef]-[a-z0-9-]{1,38})\.\d{0,6}\.\d{0,6}\.[A-Za-z0-9_-]{6}"

_FORMS: tuple[tuple[str, Callable[[re.Match[str]], Target]], ...] = (
    (rf"tt:({_CODE})(?:@({_AGENCY})(~)?)?", lambda m: CardChoice(m[1], m[2], m[3] is not None)),
    (rf"more:({_CODE})", lambda m: FullNameChoice(m[1])),
    (rf"kin:({_CODE})", lambda m: RelatedChoice(m[1])),
    (rf"pick:({_CODE}(?:\+{_CODE}){{0,{MAX_PICKED - 1}}})", lambda m: PickChoice(tuple(m[1].split("+")))),
    (rf"start(?::({_PAGE}))?", lambda m: StartChoice(_page(m[1]))),
    (r"menu", lambda _: MenuChoice()),
    (r"lg:([1-9])", lambda m: LifeEventGroupChoice(int(m[1]))),
    (rf"le:({_SLUG})(?::({_PAGE}))?", lambda m: LifeEventChoice(m[1], _page(m[2]))),
    (rf"fi(?::({_PAGE}))?", lambda m: FieldsChoice(_page(m[1]))),
    (rf"fi:({_SLUG})(?::({_PAGE}))?", lambda m: FieldChoice(m[1], _page(m[2]))),
    (rf"ag(?::({_PAGE}))?", lambda m: AgenciesChoice(_page(m[1]))),
    (rf"ag:({_AGENCY})(?::({_PAGE}))?", lambda m: AgencyChoice(m[1], _page(m[2]))),
    (r"ol", lambda _: OnlineListChoice()),
    (rf"ol:({'|'.join(ListBy)})(?::({_PAGE}))?", lambda m: OnlineListChoice(ListBy(m[1]), page=_page(m[2]))),
    (
        rf"ol:({'|'.join(ListBy)}):({_AGENCY}|{_SLUG})(?::({'|'.join(ListedLevel)})(?::({_PAGE}))?)?",
        lambda m: OnlineListChoice(ListBy(m[1]), m[2], ListedLevel(m[3]) if m[3] else None, _page(m[4])),
    ),
    (rf"cm(?::({FORGET_COMMUNE}|{SKIP_COMMUNE}|{_AGENCY}))?", lambda m: CommuneChoice(m[1])),
    (r"lang:(vi|en)", lambda m: LanguageChoice(m[1])),
    (rf"ok:({'|'.join(Opinion)})", lambda m: HelpfulChoice(Opinion(m[1]))),
    (rf"old:({_CODE})(?:@({_AGENCY}))?", lambda m: StaleChoice(m[1], m[2])),
    (
        rf"rate:({_CODE})(?:@({_AGENCY}))?(?::({'|'.join(Filing)}|{NOT_FILED})(?::([1-5])(\+)?)?)?",
        lambda m: RateChoice(m[1], m[2], filed_of(m[3]), int(m[4]) if m[4] else None, m[5] is not None),
    ),
    (r"rate", lambda _: RateChoice()),
    (rf"why:({'|'.join(Reason)})", lambda m: ReasonChoice(Reason(m[1]))),
    (rf"note:({'|'.join(NoteStep)})", lambda m: NoteChoice(NoteStep(m[1]))),
    (r"tell:yes", lambda _: TellChoice()),
    (r"stop(:no)?", lambda m: FollowUpsChoice(m[1] is not None)),
    (r"me", lambda _: PrivacyChoice()),
    (r"me:(erase|erased|kept)", lambda m: PrivacyChoice(PrivacyStep(m[1]))),
    (r"bn:([0-9A-HJKMNP-TV-Z]{28,52})", lambda m: ReceiptChoice(m[1])),
    (rf"share:({_CODE})(?:@({_AGENCY}))?", lambda m: ShareChoice(m[1], m[2])),
    (rf"s:({_SHARE})(?:@({_AGENCY}))?", lambda m: SharedChoice(m[1], m[2])),
    (r"back", lambda _: BackChoice()),
    (r"other", lambda _: OtherChoice()),
    (r"next", lambda _: GoOnChoice()),
    (rf"help(?::({_PAGE}))?", lambda m: HelpChoice(_page(m[1]))),
    (rf"hq:({_SLUG})", lambda m: HelpTopicChoice(m[1])),
)
_PARSERS = tuple((re.compile(form, re.ASCII), build) for form, build in _FORMS)


def parse(choice_id: object) -> Target | None:
    """What an id stands for, or None where it is not written exactly as one of ours. Never raises."""
    if not isinstance(choice_id, str) or len(choice_id) > MAX_ID_CHARS:
        return None
    for pattern, build in _PARSERS:
        if match := pattern.fullmatch(choice_id):
            return build(match)
    return None


def shared_in(text: str) -> SharedChoice | None:
    """The shared link whose id the text is, as it is copied from a page (`#1001193.12.18073.Ab3_-x`)."""
    target = parse(f"s:{text.strip().removeprefix('#').removeprefix('s:')}")
    return target if isinstance(target, SharedChoice) else None


def signed_in(text: str) -> SharedChoice | ReceiptChoice | None:
    """What we have signed and the text brings back: the id of a shared link, or the number of a receipt."""
    letters = number_in(text)
    return shared_in(text) or (None if letters is None else ReceiptChoice(letters))


def _page(written: str | None) -> int:
    return int(written or 1)
