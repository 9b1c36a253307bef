"""Every kind of choice, as hypothesis makes them."""

from __future__ import annotations

from hypothesis import strategies as st

from bot.dialogue.choices import (
    FORGET_COMMUNE,
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
)
from bot.ratings.model import Filing, Reason

PAGES = st.integers(1, 99)
CODES = st.from_regex(r"[1-9]\.[0-9]{6}", fullmatch=True)
AGENCIES = st.from_regex(r"[A-Z][0-9]{2}(?:\.[0-9]{1,3}){0,3}", fullmatch=True)
FILINGS = st.sampled_from([*Filing, NOT_FILED])
SHARES = st.from_regex(
    r"(?:[1-9][0-9]{6}|[ef]-[a-z0-9]{1,38})\.[0-9]{0,6}\.[0-9]{0,6}\.[A-Za-z0-9_-]{6}", fullmatch=True
)
SHORT_SHARES = st.from_regex(r"[1-9][0-9]{6}\.[0-9]{0,6}\.[0-9]{0,6}\.[A-Za-z0-9_-]{6}", fullmatch=True)
SLUGS = st.from_regex(r"[a-z][a-z0-9]{0,7}(?:-[a-z0-9]{1,7}){0,3}", fullmatch=True)

TARGETS: st.SearchStrategy[Target] = st.one_of(
    st.builds(CardChoice, CODES, st.none() | AGENCIES),
    st.builds(CardChoice, CODES, AGENCIES, st.just(value=True)),
    st.builds(FullNameChoice, CODES),
    st.builds(RelatedChoice, CODES),
    st.builds(PickChoice, st.lists(CODES, min_size=1, max_size=MAX_PICKED).map(tuple)),
    st.builds(StartChoice, PAGES),
    st.just(MenuChoice()),
    st.builds(LifeEventGroupChoice, st.integers(1, 9)),
    st.builds(LifeEventChoice, SLUGS, PAGES),
    st.builds(FieldsChoice, PAGES),
    st.builds(FieldChoice, SLUGS, PAGES),
    st.builds(AgenciesChoice, PAGES),
    st.builds(AgencyChoice, AGENCIES, PAGES),
    st.just(OnlineListChoice()),
    st.builds(OnlineListChoice, st.sampled_from(ListBy), page=PAGES),
    st.builds(OnlineListChoice, st.sampled_from(ListBy), AGENCIES | SLUGS),
    st.builds(OnlineListChoice, st.sampled_from(ListBy), AGENCIES | SLUGS, st.sampled_from(ListedLevel), PAGES),
    st.builds(CommuneChoice, st.none() | st.sampled_from([FORGET_COMMUNE, SKIP_COMMUNE]) | AGENCIES),
    st.builds(LanguageChoice, st.sampled_from(["vi", "en"])),
    st.builds(HelpfulChoice, st.sampled_from(Opinion)),
    st.builds(StaleChoice, CODES, st.none() | AGENCIES),
    st.just(RateChoice()),
    st.builds(RateChoice, CODES, st.none() | AGENCIES, st.none() | FILINGS),
    st.builds(RateChoice, CODES, st.none() | AGENCIES, FILINGS, st.integers(1, 5), st.booleans()),
    st.builds(ReasonChoice, st.sampled_from(Reason)),
    st.builds(NoteChoice, st.sampled_from(NoteStep)),
    st.just(TellChoice()),
    st.builds(FollowUpsChoice, st.booleans()),
    st.builds(PrivacyChoice, st.sampled_from(PrivacyStep)),
    st.builds(ReceiptChoice, st.from_regex(r"[0-9A-HJKMNP-TV-Z]{28,52}", fullmatch=True)),
    st.builds(ShareChoice, CODES, st.none() | AGENCIES),
    st.builds(SharedChoice, SHARES),
    st.builds(SharedChoice, SHORT_SHARES, AGENCIES),
    st.just(BackChoice()),
    st.just(OtherChoice()),
    st.just(GoOnChoice()),
    st.builds(HelpChoice, PAGES),
    st.builds(HelpTopicChoice, SLUGS),
)
