"""What Telegram refuses in texts, keyboards and inline results, with the limits of the Bot API."""

from __future__ import annotations

import json
import re

from yarl import URL

from tests.fakes.failures import JsonObject, RefusedError
from tests.fakes.telegram_failures import BUTTON_DATA_INVALID, TOO_LONG, bad_request
from tests.fakes.telegram_html import parse_html

MOST_CHARS = 4096
MOST_CHARS_OF_CAPTION = 1024
MOST_BYTES_OF_PHOTO = 10 * 1024 * 1024
MOST_BUTTONS = 100
MOST_BUTTONS_A_ROW = 8
MOST_DATA_BYTES = 64
MOST_RESULTS = 50
MOST_ID_BYTES = 64
_ACTIONS = {
    "url", "callback_data", "copy_text", "switch_inline_query", "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat", "web_app", "login_url", "pay", "callback_game",
}  # fmt: skip
_CHAT_KINDS = ("allow_user_chats", "allow_bot_chats", "allow_group_chats", "allow_channel_chats")
_START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")


def content(text: str, parse_mode: str | None) -> JsonObject:
    """The `text` and `entities` of a message. HTML is parsed; Markdown is taken as it stands, unchecked."""
    shown, entities = parse_html(text) if (parse_mode or "").lower() == "html" else (text, [])
    if not shown.strip():
        raise bad_request("message text is empty")
    if len(shown) > MOST_CHARS:
        raise RefusedError(TOO_LONG)
    return {"text": shown} | ({"entities": entities} if entities else {})


def caption(text: str, parse_mode: str | None) -> JsonObject:
    """The `caption` and `caption_entities` of a picture; none where there is nothing to read."""
    shown, entities = parse_html(text) if (parse_mode or "").lower() == "html" else (text, [])
    if len(shown) > MOST_CHARS_OF_CAPTION:
        raise bad_request("message caption is too long")
    said: JsonObject = {"caption": shown} if shown.strip() else {}
    return said | ({"caption_entities": entities} if entities else {})


def check_photo(photo: object) -> None:
    """Only pictures that are sent along are known here: no addresses and no pictures of before."""
    if not isinstance(photo, bytes) or not photo:
        raise bad_request("there is no photo in the request")
    if not photo.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")):
        raise bad_request("IMAGE_PROCESS_FAILED")
    if len(photo) > MOST_BYTES_OF_PHOTO:
        raise bad_request("file is too big")


def check_markup(markup: object) -> None:
    """Refuse a keyboard that Telegram would refuse; reply keyboards need a text on each button."""
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    rows = markup.get("inline_keyboard", markup.get("keyboard", []))
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_BUTTONS_A_ROW for row in rows):
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            if "inline_keyboard" in markup:
                _check_button(button)
            elif not (button if isinstance(button, str) else button.get("text")):
                raise bad_request('can\'t parse keyboard button: field "text" must be non-empty')


def _check_button(button: JsonObject) -> None:
    if not button.get("text"):
        raise bad_request('can\'t parse inline keyboard button: field "text" must be non-empty')
    actions = _ACTIONS & button.keys()
    if len(actions) != 1:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if "callback_data" in actions and not 1 <= len(button["callback_data"].encode()) <= MOST_DATA_BYTES:
        raise RefusedError(BUTTON_DATA_INVALID)
    if "copy_text" in actions and not 1 <= len(button["copy_text"]["text"]) <= 256:
        raise bad_request("BUTTON_COPY_TEXT_INVALID")
    if "switch_inline_query_chosen_chat" in actions and not any(
        button["switch_inline_query_chosen_chat"].get(kind) for kind in _CHAT_KINDS
    ):
        raise bad_request("can't parse inline keyboard button: at least one chat type must be allowed")
    if "url" in actions:
        _check_link(button["url"])


def _check_link(link: str) -> None:
    """A link button leads to a host with a dot in it, or into Telegram; `localhost` is refused as the server does."""
    try:
        url = URL(link if "://" in link else f"http://{link}")
    except ValueError:
        url = URL()
    if url.scheme == "tg" or (url.scheme in ("http", "https") and "." in (url.host or "")):
        return
    raise bad_request(f"inline keyboard button URL '{link}' is invalid: Wrong HTTP URL")


def check_results(fields: JsonObject) -> None:
    """The answer to an inline query: how many results, their ids, texts and keyboards, and the button above them."""
    results = fields.get("results")
    if not isinstance(results, list):
        raise bad_request("can't parse inline query results: results must be an Array")
    if len(results) > MOST_RESULTS:
        raise bad_request("RESULTS_TOO_MUCH")
    ids = [result.get("id") for result in results]
    if not all(isinstance(id_, str) and 1 <= len(id_.encode()) <= MOST_ID_BYTES for id_ in ids):
        raise bad_request("RESULT_ID_INVALID")
    if len(set(ids)) != len(ids):
        raise bad_request("RESULT_ID_DUPLICATE")
    if len(str(fields.get("next_offset", "")).encode()) > MOST_ID_BYTES:
        raise bad_request("NEXT_OFFSET_INVALID")
    for result in results:
        _check_result(result)
    button = fields.get("button")
    if button is not None and "start_parameter" in button and not _START_PARAMETER.fullmatch(button["start_parameter"]):
        raise bad_request("SWITCH_PM_PARAM_INVALID")


def _check_result(result: JsonObject) -> None:
    if result.get("type") == "article":
        if not result.get("title"):
            raise bad_request('can\'t parse inline query result: field "title" must be non-empty')
        message = result.get("input_message_content")
        if not isinstance(message, dict):
            raise bad_request("can't parse inline query result: there is no message content")
        if "message_text" in message:
            content(message["message_text"], message.get("parse_mode"))
    if "reply_markup" in result:
        check_markup(result["reply_markup"])


def as_number(value: object, what: str) -> int:
    """A number from a form; "chat not found" is what Telegram says of a chat that is none."""
    try:
        return int(str(value))
    except ValueError:
        raise bad_request("chat not found" if what == "chat_id" else f"{what} is not specified") from None


def decoded(name: str, text: str) -> object:
    """A form's field that holds JSON."""
    try:
        value: object = json.loads(text)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object") from None
    return value


def as_object(text: str) -> JsonObject:
    """The body of a call in JSON."""
    value = decoded("request", text)
    if not isinstance(value, dict):
        raise bad_request("can't parse request JSON object")
    return value
