"""Who answers what."""

from __future__ import annotations

from bot.dialogue.choices import (
    AgenciesChoice,
    AgencyChoice,
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
    MenuChoice,
    OnlineListChoice,
    OtherChoice,
    PickChoice,
    PrivacyChoice,
    RelatedChoice,
    StaleChoice,
    StartChoice,
)
from bot.dialogue.messages import Status
from bot.dialogue.rating_choices import FollowUpsChoice, NoteChoice, RateChoice, ReasonChoice, TellChoice
from bot.dialogue.turn import Handlers
from bot.settings import Settings
from handlers import (
    browse,
    card,
    choice_expired,
    commune,
    find,
    full_name,
    help_topic,
    helpful,
    language,
    online_list,
    other,
    personal_data,
    privacy,
    rating,
    related,
    stale,
    start,
    unreadable,
)
from handlers import help as help_page


def make_handlers(settings: Settings) -> Handlers:
    """Who answers what."""
    return Handlers(
        targets={
            CardChoice: card.open_card,
            FullNameChoice: full_name.full_name,
            RelatedChoice: related.related,
            PickChoice: other.pick,
            OtherChoice: other.other,
            StartChoice: start.start,
            MenuChoice: start.menu,
            LifeEventGroupChoice: browse.life_event_group,
            LifeEventChoice: browse.life_event,
            FieldsChoice: browse.fields,
            FieldChoice: browse.field,
            AgenciesChoice: browse.agencies,
            AgencyChoice: browse.agency,
            OnlineListChoice: online_list.online_list,
            CommuneChoice: commune.commune,
            LanguageChoice: language.language,
            GoOnChoice: other.no_more,
            HelpfulChoice: helpful.helpful,
            StaleChoice: stale.stale,
            PrivacyChoice: privacy.privacy,
            RateChoice: rating.rate,
            ReasonChoice: rating.reason,
            NoteChoice: rating.note,
            TellChoice: rating.tell,
            FollowUpsChoice: rating.follow_ups,
            HelpChoice: help_page.help_,
            HelpTopicChoice: help_topic.help_topic,
        },
        free_text=find.find,
        personal_data=personal_data.refuse,
        unknown_command=help_page.unknown_command,
        choice_expired=choice_expired.expired,
        number_out_of_range=choice_expired.out_of_range,
        empty=unreadable.empty,
        wordless=unreadable.wordless,
        too_long=unreadable.TooLong(settings.max_message_chars),
        failed=unreadable.failed,
        not_text=unreadable.not_text,
        introduce=start.introduce,
        asked_later=rating.asked_later,
        awaited=rating.written,
        not_kept=rating.not_kept,
        refused={Status.TOO_FAST: unreadable.too_fast, Status.SWITCHED_OFF: unreadable.switched_off},
    )
