"""The events that the platform is known to send, and what each is to the assistant."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bot.dialogue.messages import Attachment

SENT: Mapping[str, Attachment | None] = {
    "text": None,
    "image": Attachment.PICTURE,
    "gif": Attachment.PICTURE,
    "link": Attachment.LINK,
    "audio": Attachment.VOICE,
    "video": Attachment.VIDEO,
    "sticker": Attachment.STICKER,
    "location": Attachment.PLACE,
    "business_card": Attachment.CONTACT,
    "file": Attachment.FILE,
}
"""What a person can send, as it stands at the end of an event's name."""
FROM_PERSON: Mapping[str, Attachment | None] = {f"user_send_{what}": sent for what, sent in SENT.items()}
FROM_ANONYMOUS: Mapping[str, Attachment | None] = {
    f"anonymous_send_{what}": SENT[what] for what in ("text", "image", "file", "sticker")
}
WELCOMES = frozenset({"follow", "user_click_chatnow"})
LEFT = "unfollow"
WITHDRAWN = "user_withdraw"
FROM_ACCOUNT = frozenset(f"oa_send_{what}" for what in ("text", "image", "gif", "list", "file", "sticker"))
"""Every message of the account comes back so: those of the assistant, and those of a clerk."""


class Counted(StrEnum):
    """Under which name a request is counted where its event is not answered: never what the wire says."""

    UNSIGNED = "unsigned"
    WRONG_SIGNATURE = "wrong_signature"
    MALFORMED = "malformed"
    OTHER_ACCOUNT = "other_account"
    UNKNOWN_EVENT = "unknown_event"
    ECHO = "echo"
    RECEIPT = "receipt"
    ANONYMOUS = "anonymous"
    REACTION = "reaction"
    FEEDBACK = "feedback"
    TEMPLATE = "template"
    PERSONAL_INFO = "personal_info"
    """What a person told about themselves in a form: never read, never kept."""
    TAG = "tag"
    WIDGET = "widget"
    CALL = "call"
    GROUP = "group"
    ACCOUNT = "account"


_GROUP_EVENTS = ("create", "user_join", "user_request_join", "accept_request_join", "reject_request_join", "user_out")
_IN_GROUPS = ("text", "image", "link", "audio", "video", "business_card", "sticker", "gif", "file", "location")
IGNORED: Mapping[str, Counted] = {
    **dict.fromkeys(("user_received_message", "user_seen_message"), Counted.RECEIPT),
    **dict.fromkeys(("user_reacted_message", "oa_reacted_message"), Counted.REACTION),
    **dict.fromkeys((f"oa_send_anonymous_{what}" for what in ("text", "image", "file", "sticker")), Counted.ECHO),
    **dict.fromkeys(("user_feedback", "user_click_response_button"), Counted.FEEDBACK),
    **dict.fromkeys(("change_template_status", "change_template_quality"), Counted.TEMPLATE),
    **dict.fromkeys(("user_submit_info", "update_user_info"), Counted.PERSONAL_INFO),
    **dict.fromkeys(("add_user_to_tag", "remove_user_from_tag", "remove_tag"), Counted.TAG),
    **dict.fromkeys(("widget_interaction_accepted", "widget_failed_to_sync_user_external_id"), Counted.WIDGET),
    **dict.fromkeys(("oa_send_consent", "user_reply_consent", "user_call_oa", "oa_call_user"), Counted.CALL),
    **dict.fromkeys((f"{what}_group" for what in (*_GROUP_EVENTS, "delete")), Counted.GROUP),
    **dict.fromkeys(("add_group_admin", "remove_group_admin", "update_group_info"), Counted.GROUP),
    **dict.fromkeys((f"{who}_send_group_{what}" for who in ("user", "oa") for what in _IN_GROUPS), Counted.GROUP),
    **dict.fromkeys(("change_oa_daily_quota", "extension_purchased"), Counted.ACCOUNT),
}
"""Events that are counted and nothing else."""
ANSWERED = frozenset({*FROM_PERSON, *FROM_ANONYMOUS, *WELCOMES, LEFT, WITHDRAWN, *FROM_ACCOUNT})
"""Events that become arrivals; they are counted under their own names."""
