"""A list asked for in words: of a field, an agency or a commune, all of it or how much of it can be done online."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from bot.catalog.communes import commune_by_name
from bot.catalog.list_names import ListName, Shelved, words_of
from bot.catalog.phrases import folded
from bot.catalog.titles import begin_upper
from bot.dialogue.choices import AgencyChoice, FieldChoice, FieldsChoice, ListBy, OnlineListChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.model import Verdict
from bot.texts import Texts
from handlers.browse import agency, field, field_key
from handlers.commune_names import commune_name, former_name
from handlers.naming import LABEL_CHARS, event_title, field_name, shorten
from handlers.offering import MOST, closed
from handlers.online_list import online_list

_MOST_WORDS = 16
_FEWEST_LETTERS = 3
"""Of a word that is looked for in the names of fields."""
_ListTarget = FieldChoice | AgencyChoice | OnlineListChoice


class _Said(StrEnum):
    """What a word or two around a name say. A phrase of several lists says all of it."""

    LISTING = "lists.listing"
    THINGS = "lists.things"
    OFFICIAL = "lists.official"
    ONLINE = "lists.online"
    FIELD = "lists.field"
    YES_NO = "lists.yes_no"
    POLITE = "lists.polite"
    AROUND = "lists.around"


_HARMLESS = frozenset({_Said.POLITE, _Said.THINGS, _Said.FIELD})
_OF_A_LIST = frozenset({_Said.LISTING, _Said.THINGS, _Said.OFFICIAL})


@dataclass(frozen=True, slots=True)
class _Phrases:
    """What phrases say, by their words without accents; `longest` in words."""

    said: Mapping[tuple[str, ...], frozenset[_Said]]
    longest: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """A part of the catalogue that may be meant.

    `former`: the name before 2025 under which it was asked for; `note`: what became of that; `remark`: what of a
    former agency it took over.
    """

    by: ListBy
    id: str
    name: str
    former: str | None = None
    note: str | None = None
    remark: str | None = None

    def target(self, *, online: bool) -> _ListTarget:
        key = field_key(self.id) if self.by is ListBy.FIELD else self.id
        if online:
            return OnlineListChoice(self.by, key)
        return FieldChoice(key) if self.by is ListBy.FIELD else AgencyChoice(key)


def list_in_words(turn: Turn) -> Outcome | None:
    """The list that the message asks for; None for a message that says anything else beside a name.

    With words for online services these are the counts of that part, otherwise its procedures.
    """
    words = words_of(turn.text).split()
    if not 1 <= len(words) <= _MOST_WORDS:
        return None
    phrases = _phrases(turn.texts)
    for start, end in _spans(len(words)):
        said = _said(words[:start], phrases), _said(words[end:], phrases)
        if said[0] is None or said[1] is None:
            continue
        around = said[0] | said[1]
        asked = _named(turn, words[start:end], around, phrases)
        if asked:
            return _opened(turn, asked, around)
    return None


def _spans(count: int) -> Iterator[tuple[int, int]]:
    """Where a name may stand, the longest first."""
    for length in range(count, 0, -1):
        for start in range(count - length + 1):
            yield start, start + length


@lru_cache(maxsize=8)
def _listed_phrases(lists: tuple[tuple[_Said, tuple[str, ...]], ...]) -> _Phrases:
    found: dict[tuple[str, ...], frozenset[_Said]] = {}
    for said, phrases in lists:
        for phrase in phrases:
            key = tuple(folded(words_of(phrase)).split())
            found[key] = found.get(key, frozenset()) | {said}
    return _Phrases(found, max(map(len, found), default=0))


def _phrases(texts: Texts) -> _Phrases:
    return _listed_phrases(tuple((said, texts.words(said)) for said in _Said))


def _said(words: Sequence[str], phrases: _Phrases) -> frozenset[_Said] | None:
    """What the words say if they are phrases of ours one after the other, the longest preferred; else None."""
    if not words:
        return frozenset()
    plain = tuple(folded(word) for word in words[: phrases.longest])
    for length in range(min(phrases.longest, len(plain)), 0, -1):
        kinds = phrases.said.get(plain[:length])
        rest = None if kinds is None else _said(words[length:], phrases)
        if kinds is not None and rest is not None:
            return kinds | rest
    return None


def _named(turn: Turn, words: Sequence[str], around: frozenset[_Said], phrases: _Phrases) -> list[_Asked]:
    """The lists that bear this name and may be meant, given what was said around it."""
    found = turn.guide.list_names.get(folded(" ".join(words)), ())
    alike = [name for name in found if _spelled_alike(words, name.words)]
    fields = [name for name in alike if name.by is Shelved.FIELD and _is_list_of_field(turn, words, around, phrases)]
    agencies = [name for name in alike if name.by is Shelved.AGENCY and _is_list_of_body(turn, around)]
    asked = [_as_asked(turn, name) for name in (*fields, *agencies)]
    return asked or _communes(turn, words, around) or _fields_with(turn, words, around)


def _spelled_alike(words: Sequence[str], name: str) -> bool:
    """A word typed with accents must have just these: "thuê" is not "thuế"."""
    return all(word in (own, folded(own)) for word, own in zip(words, name.split(), strict=True))


def _is_list_of_field(turn: Turn, words: Sequence[str], around: frozenset[_Said], phrases: _Phrases) -> bool:
    """Whether a field's name stands for the field: many are the name of a procedure as well ("lý lịch tư pháp")."""
    if _Said.FIELD in around:
        return _is_list_of_body(turn, around)
    if _said(words, phrases) is not None:
        # "Việc làm được trên mạng" is not about jobs.
        return False
    if around & {_Said.LISTING, _Said.OFFICIAL}:
        return _Said.YES_NO not in around
    if not around <= _HARMLESS or _is_situation(turn, words):
        return False
    return turn.search(turn.text).first.verdict is Verdict.NOT_FOUND


def _is_situation(turn: Turn, words: Sequence[str]) -> bool:
    """Whether a situation in life is called so: what people need of a matter, before all that the field holds."""
    wanted = {folded(word) for word in words}
    titles = (event_title(event, turn.language) for event in turn.catalogue.life_events)
    return any(wanted <= set(folded(words_of(title)).split()) for title in titles)


def _is_list_of_body(turn: Turn, around: frozenset[_Said]) -> bool:
    if turn.conversation.procedure is not None and not around & _OF_A_LIST and _is_online(around):
        # After a card this asks about its procedure.
        return False
    return bool(around & {_Said.LISTING}) or _is_online(around) or around <= _HARMLESS


def _is_online(around: frozenset[_Said]) -> bool:
    return bool(around & {_Said.OFFICIAL, _Said.ONLINE})


def _as_asked(turn: Turn, name: ListName) -> _Asked:
    if name.by is Shelved.FIELD:
        return _Asked(ListBy.FIELD, name.id, field_name(turn.catalogue, name.id, turn.language))
    today = turn.catalogue.agencies[name.id].name
    note = None if name.former is None else turn.texts.get("lists.former", former=name.former, name=today)
    return _Asked(ListBy.AGENCY, name.id, today, name.former, note, name.remark)


def _communes(turn: Turn, words: Sequence[str], around: frozenset[_Said]) -> list[_Asked]:
    """A commune named alone says where someone lives; its list must be asked for."""
    if not (around & {_Said.LISTING} or _is_online(around)) or not _is_list_of_body(turn, around):
        return []
    asked: list[_Asked] = []
    for match in commune_by_name(turn.catalogue, " ".join(words)):
        code, name = match.commune.agency_code, commune_name(turn.texts, match.commune)
        former = None if match.former is None else match.former.name
        if code not in {earlier.id for earlier in asked}:
            label = begin_upper(name)
            asked.append(_Asked(ListBy.AGENCY, code, label, former, former_name(turn, match)))
    return asked


def _fields_with(turn: Turn, words: Sequence[str], around: frozenset[_Said]) -> list[_Asked]:
    """The fields whose names hold these words, where a field is asked for and none bears just this name."""
    said = " ".join(words)
    if _Said.FIELD not in around or len(said) < _FEWEST_LETTERS or not _is_list_of_body(turn, around):
        return []
    is_plain = said == folded(said)
    asked = []
    for shelf in turn.guide.fields:
        name = field_name(turn.catalogue, shelf.id, turn.language)
        own = folded(words_of(name)) if is_plain else words_of(name)
        if f" {said} " in f" {own} ":
            asked.append(_Asked(ListBy.FIELD, shelf.id, name))
    return asked


def _opened(turn: Turn, asked: Sequence[_Asked], around: frozenset[_Said]) -> Outcome | None:
    online = _is_online(around)
    if len(asked) > 1:
        return _ask_which(turn, asked, online=online)
    target = asked[0].target(online=online)
    handler = (
        online_list if isinstance(target, OnlineListChoice) else field if isinstance(target, FieldChoice) else agency
    )
    outcome = handler(replace(turn, text="", target=target))
    if outcome.reply.status is not Status.BROWSED:
        return None
    note, reply = asked[0].note, outcome.reply
    return replace(outcome, reply=reply if note is None else replace(reply, text=f"{note}\n{reply.text}"), view=target)


def _ask_which(turn: Turn, asked: Sequence[_Asked], *, online: bool) -> Outcome:
    """One short question where several lists bear the name. It stands on no trail: nothing leads back to it."""
    texts, former = turn.texts, {each.former for each in asked}
    only = former.pop() if len(former) == 1 else None
    text = texts.get("lists.which") if only is None else texts.get("lists.divided", former=only)
    choices = [Choice(str(each.target(online=online)), _label(texts, each, said=only)) for each in asked]
    if len(choices) >= MOST:
        all_fields = OnlineListChoice(ListBy.FIELD) if online else FieldsChoice()
        choices = [*choices[: MOST - 2], Choice(str(all_fields), texts.get("lists.all_fields"))]
    return unchanged(turn, Reply(Status.ASKED_BACK, text, closed(turn, choices)))


def _label(texts: Texts, asked: _Asked, *, said: str | None) -> str:
    """`said`: the former name that the question itself speaks of."""
    label = asked.name
    if asked.remark is not None:
        label = texts.get("lists.taken_over", name=label, remark=asked.remark)
    elif asked.former is not None and said is None:
        label = texts.get("lists.formerly", name=label, former=asked.former)
    return shorten(label, LABEL_CHARS)
