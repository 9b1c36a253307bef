"""What is asked after a card and names nothing else ("lệ phí bao nhiêu", "còn cho người nước ngoài") is about it."""

from __future__ import annotations

from dataclasses import replace

from bot.catalog.lookup import FilingPlace, place_of_filing
from bot.catalog.model import Procedure
from bot.dialogue.choices import FullNameChoice, PickChoice, RelatedChoice, ShareChoice
from bot.dialogue.messages import Reply, Status
from bot.dialogue.trail import last_view
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.search.fold import fold
from bot.search.model import Decision, Verdict
from handlers import card, full_name
from handlers.asked import asked_sentence
from handlers.beside import benefit_line, hidden_bodies
from handlers.bodies import levels_by_agency
from handlers.card_lines import data_lines
from handlers.closing import closing
from handlers.filing import kind_of_place, where_to_file, which_place_counts, who_decides
from handlers.hidden import hiding_for
from handlers.level_text import level_sentence, needs_account
from handlers.naming import ENGLISH, heading
from handlers.offering import card_choices, closed, current, pending, whole_card
from handlers.related import has_relatives, related
from handlers.share import is_asked, share

_SAYS_NOTHING = frozenset({None, "vague", "confirm"})
_LONGEST = 12
"""Words: a longer message tells of something new."""
_LONGEST_ASIDE = 7
_LONG_NAME = 80
_GAIN = 0.15
_LIKELY = 0.9
_NEARLY = 0.12
_HARDLY = 1.05
_FEW_WORDS = 3
_TELLING = 3
"""Letters: shorter words are in every name ("có yếu tố …")."""
_GENERAL = frozenset({"how", "condition", "result", "other"})
"""What may as well be asked of every procedure, so that the help section may know it."""
_UNSEEN = 0.5
"""About the score of what is not among the first ten."""
_GAINS = frozenset({"fee", "time"})
"""What a benefit may be about."""


def follow_up(turn: Turn, wish: Decision) -> Outcome | None:
    """The answer about the procedure spoken of last; None where the message is about something else."""
    code = turn.conversation.procedure
    if code is None and wish.asks and _names_nothing(wish):
        return _first_which(turn, wish)
    known = None if code is None else current(turn, (code,))
    words = fold(turn.text).split()
    if known and _bare_words(turn) in {fold(asked) for asked in turn.texts.words("follow.what_next")}:
        return related(replace(turn, target=RelatedChoice(known[0]))) if has_relatives(turn, known[0]) else None
    if known and _bare_words(turn) in {fold(asked) for asked in turn.texts.words("follow.full_name")}:
        return full_name.full_name(replace(turn, target=FullNameChoice(known[0])))
    if code is not None and is_asked(turn):
        target = ShareChoice(code, turn.conversation.agency)
        return replace(share(replace(turn, target=target)), view=target)
    if not known or wish.written is not None or not 1 <= len(words) <= _LONGEST:
        return None
    procedure = turn.catalogue.procedures[known[0]]
    if set(wish.asks) <= _GENERAL and wish.verdict is not Verdict.ANSWERED and _is_about_help(turn):
        return None
    # "… thì sao" is read as "how" too, and says nothing of what is asked.
    if _names_nothing(wish) and set(wish.asks) - {"how"}:
        return _told(turn, procedure, wish.asks)
    relative = _relative(turn, procedure, wish)
    if relative is not None:
        return card.show(turn, relative, near=(procedure.code,))
    if wish.asks and (_names_nothing(wish) or (_hardly_found(wish) and len(words) <= _LONGEST_ASIDE)):
        asks_how = set(wish.asks) == {"how"} and not _bare(turn)[1]
        return _told(turn, procedure, wish.asks if asks_how or set(wish.asks) != {"how"} else ())
    if _hardly_found(wish) and wish.intent in _SAYS_NOTHING and _is_question(turn):
        return None if _is_about_help(turn) else _told(turn, procedure, ())
    return None


def _is_about_help(turn: Turn) -> bool:
    """Whether the help section knows better ("nhận qua bưu điện được không")."""
    return turn.engine.help_topic(turn.text, turn.language) is not None


def _is_question(turn: Turn) -> bool:
    """Whether the message ends as questions do: so short after a card it is about what was shown."""
    said = _bare_words(turn)
    return any(said == fold(end) or said.endswith(f" {fold(end)}") for end in turn.texts.words("follow.question_ends"))


def _bare_words(turn: Turn) -> str:
    return fold(turn.text).strip(" ?.!")


def _first_which(turn: Turn, wish: Decision) -> Outcome | None:
    """Asked about one of several that were offered: which one comes first; what was asked is kept in mind."""
    view = last_view(turn.conversation.trail)
    if not isinstance(view, PickChoice):
        return None
    text = turn.texts.get("follow.which_first")
    reply = Reply(
        Status.ASKED_BACK, text, closed(turn, card_choices(turn, current(turn, view.codes))), codes=view.codes
    )
    return replace(unchanged(turn, reply), asks=wish.asks)


def _names_nothing(wish: Decision) -> bool:
    return not wish.candidates and wish.intent in _SAYS_NOTHING


def _hardly_found(wish: Decision) -> bool:
    """Whether what was found may as well be chance."""
    if wish.verdict is Verdict.NOT_FOUND:
        return True
    return wish.verdict is Verdict.ASKED_BACK and wish.candidates[0].score < _HARDLY


def _relative(turn: Turn, procedure: Procedure, wish: Decision) -> str | None:
    """The procedure of the same matter that the message switches to.

    The message is read together with the name of what was spoken of. What was said must speak for the relative: it
    gains on the procedure by `_GAIN` over what the name alone gives it.
    """
    if wish.verdict is Verdict.ANSWERED or (wish.intent not in _SAYS_NOTHING and wish.intent != "deny"):
        return None
    said, is_aside = _bare(turn)
    if set(wish.asks) - {"how", "condition"} and not is_aside:
        return None
    if wish.candidates and wish.candidates[0].code == procedure.code and not is_aside:
        return None
    if not said or not (is_aside or len(said.split()) <= _FEW_WORDS or wish.verdict is Verdict.NOT_FOUND):
        return None
    name = _name(procedure, turn.language)
    alone, together = _scores(turn, name), _scores(turn, f"{name} {said}")
    own = procedure.code
    gains = {
        code: (score - together.get(own, 0.0)) - (alone.get(code, _UNSEEN) - alone.get(own, 0.0))
        for code, score in together.items()
        if code != own and _is_relative(turn, procedure, code)
    }
    gaining = [code for code, gain in gains.items() if gain >= _GAIN and _is_told(turn, said, code, procedure)]
    best = max((together[code] for code in gaining), default=0.0)
    if best < _LIKELY:
        return None
    # Of those that fit nearly as well, the plainest: nobody spoke of the rest of a longer name.
    nearly = (code for code in gaining if together[code] >= best - _NEARLY)
    return min(nearly, key=lambda code: len(turn.catalogue.procedures[code].title))


def _name(procedure: Procedure, language: str) -> str:
    """A name by which the search finds it, short enough not to drown what is read together with it."""
    if language == ENGLISH and procedure.english is not None:
        return procedure.english.title
    return procedure.title if len(procedure.title) <= _LONG_NAME else procedure.short_name or procedure.title


def _is_told(turn: Turn, said: str, code: str, procedure: Procedure) -> bool:
    """Whether a word that was said stands in the relative's names, and not in those of what was spoken of."""
    apart = set(turn.guide.words[code]).difference(turn.guide.words[procedure.code])
    empty = frozenset(map(fold, turn.texts.words("follow.empty")))
    return any(word in apart for word in fold(said).split() if len(word) >= _TELLING and word not in empty)


def _is_relative(turn: Turn, procedure: Procedure, code: str) -> bool:
    if code in turn.guide.kin.get(procedure.code, ()):
        return True
    other = turn.catalogue.procedures[code]
    return other.field_id == procedure.field_id and other.in_force and not other.maybe_superseded


def _scores(turn: Turn, text: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for candidate in turn.search(text).first.candidates:
        for code in current(turn, (candidate.code,)):
            scores.setdefault(code, candidate.score)
    return scores


def _bare(turn: Turn) -> tuple[str, bool]:
    """The message without "còn … thì sao" around it, and whether that stood there."""
    said = fold(turn.text)
    openings = sorted(map(fold, turn.texts.words("follow.openings")), key=len, reverse=True)
    endings = sorted(map(fold, turn.texts.words("follow.endings")), key=len, reverse=True)
    opening = next((word for word in openings if said.startswith(f"{word} ")), None)
    ending = next((word for word in endings if said.endswith(f" {word}")), None)
    words = turn.text.split()
    start, end = len((opening or "").split()), len(words) - len((ending or "").split())
    return " ".join(words[start:end]), opening is not None or ending is not None


def _told(turn: Turn, procedure: Procedure, asks: tuple[str, ...]) -> Outcome:
    """The one thing that was asked, where it stands if we do not know it, and the page."""
    texts, catalogue, agency = turn.texts, turn.catalogue, turn.conversation.agency
    if hiding_for(turn, procedure, agency) is not None:
        return card.show(turn, procedure.code, agency, asks)
    if procedure.is_gone:
        return card.show(turn, procedure.code)
    levels = levels_by_agency(catalogue, procedure.code)
    agencies = (agency,) if agency in levels else tuple(levels)
    if "online" in asks and len({levels[a] for a in agencies}) > 1:
        return card.show(turn, procedure.code, agency, asks)
    lines = _answers(turn, procedure, agencies, asks)
    end = closing(turn, local=False)
    text = "\n".join(
        line
        for line in (
            heading(procedure, turn.language),
            *lines,
            *data_lines(turn, procedure, published=bool(agencies)),
            end.question,
        )
        if line
    )
    waiting = turn.conversation.waiting
    with_account = needs_account(procedure, [levels[a] for a in agencies])
    reply = Reply(
        Status.ANSWERED,
        text,
        closed(turn, (*pending(turn, waiting), *whole_card(turn), *end.choices)),
        card.links(catalogue, texts, procedure, with_account=with_account and bool(set(asks) & {"online", "how"})),
        (procedure.code,),
    )
    others = turn.conversation.others
    return Outcome(reply, waiting, asks, procedure.code, turn.conversation.agency, others)


def _answers(turn: Turn, procedure: Procedure, agencies: tuple[str, ...], asks: tuple[str, ...]) -> list[str | None]:
    texts, catalogue = turn.texts, turn.catalogue
    said = _bare_words(turn)
    if any(fold(receiving) in said for receiving in texts.words("follow.receiving")):
        return [texts.get("follow.amount"), _or_ask(turn, procedure)]
    told = asked_sentence(texts, asks)
    lines: list[str | None] = [told, _or_ask(turn, procedure) if told else None]
    if "place" in asks:
        lines += [
            where_to_file(catalogue, texts, procedure, turn.commune),
            who_decides(catalogue, texts, procedure, agencies),
            which_place_counts(catalogue, texts, procedure, agencies) if kind_of_place(catalogue, procedure) else None,
        ]
    if "online" in asks:
        levels = levels_by_agency(catalogue, procedure.code)
        first = levels[agencies[0]] if agencies else frozenset()
        lines.append(level_sentence(catalogue, texts, procedure, first, agencies))
    if {"place", "online"}.intersection(asks) and turn.conversation.agency not in agencies:
        lines.append(hidden_bodies(catalogue, texts, procedure))
    if _GAINS.intersection(asks):
        lines.append(benefit_line(catalogue, texts, procedure, turn.today))
    if not any(lines):
        lines += [texts.get("follow.not_known"), _or_ask(turn, procedure)]
    return lines


def _or_ask(turn: Turn, procedure: Procedure) -> str | None:
    """For who has no way to open the page: people who know. Only where a service centre takes the papers."""
    if place_of_filing(turn.catalogue, procedure) is not FilingPlace.SERVICE_CENTRE:
        return None
    return turn.texts.get("follow.or_ask", centre=turn.catalogue.province.service_centre)
