"""What is asked after a card and names nothing else ("lệ phí bao nhiêu", "còn người nước ngoài thì sao") is about it."""

from __future__ import annotations

from bot.catalog.model import Procedure
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.turn import Outcome, Turn
from bot.search.fold import fold
from bot.search.model import Decision, Verdict
from handlers import card
from handlers.asked import asked_sentence
from handlers.bodies import levels_by_agency
from handlers.closing import closing
from handlers.filing import kind_of_place, where_to_file, which_place_counts, who_decides
from handlers.level_text import level_sentence, needs_account
from handlers.naming import heading
from handlers.offering import closed, current

_SAYS_NOTHING = frozenset({None, "vague", "confirm", "explain_level"})
_LONGEST = 12
"""Words: a longer message tells of something new."""
_LONGEST_ASIDE = 7


def follow_up(turn: Turn, wish: Decision) -> Outcome | None:
    """The answer about the procedure spoken of last; None where the message is about something else."""
    code = turn.conversation.procedure
    known = None if code is None else current(turn, (code,))
    words = fold(turn.text).split()
    if not known or wish.written is not None or not 1 <= len(words) <= _LONGEST:
        return None
    procedure = turn.catalogue.procedures[known[0]]
    if _names_nothing(wish) and wish.asks:
        return _told(turn, procedure, wish.asks)
    relative = _relative(turn, procedure, wish)
    if relative is not None:
        return card.show(turn, relative, asks=wish.asks, near=(procedure.code,))
    if wish.verdict is Verdict.NOT_FOUND and wish.asks and len(words) <= _LONGEST_ASIDE:
        return _told(turn, procedure, wish.asks)
    return None


def _names_nothing(wish: Decision) -> bool:
    return not wish.candidates and wish.intent in _SAYS_NOTHING


def _relative(turn: Turn, procedure: Procedure, wish: Decision) -> str | None:
    """The member of the family that the message switches to, read together with the name of what was spoken of."""
    if wish.verdict is Verdict.ANSWERED or (wish.intent not in _SAYS_NOTHING and wish.intent != "deny"):
        return None
    if not (wish.verdict is Verdict.NOT_FOUND or _is_aside(turn)):
        return None
    name = procedure.label or procedure.short_name or procedure.title
    together = turn.engine.search(f"{name.replace(':', ' ')} {turn.text}").first
    kin = turn.guide.kin.get(procedure.code, ())
    likeliest = current(turn, [candidate.code for candidate in together.candidates[:2]])
    return next((code for code in likeliest if code in kin), None)


def _is_aside(turn: Turn) -> bool:
    """Whether the message goes on from what was said: "còn … thì sao", "thế …", "nếu …"."""
    said = fold(turn.text)
    openings = turn.texts.words("follow.openings")
    return any(said == fold(word) or said.startswith(f"{fold(word)} ") for word in openings)


def _told(turn: Turn, procedure: Procedure, asks: tuple[str, ...]) -> Outcome:
    """The one thing that was asked, where it stands if we do not know it, and the page."""
    texts, catalogue, agency = turn.texts, turn.catalogue, turn.conversation.agency
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
            end.question,
            card.small_line(catalogue, texts, procedure, published=bool(agencies)),
        )
        if line
    )
    whole = Choice(str(CardChoice(procedure.code, turn.conversation.agency)), texts.get("follow.whole_card"))
    waiting = turn.conversation.waiting
    pending = tuple(Choice(choice.id, texts.get("card.waiting", label=choice.label)) for choice in waiting)
    with_account = needs_account(procedure, [levels[a] for a in agencies])
    reply = Reply(
        Status.ANSWERED,
        text,
        closed(turn, (*pending, whole, *end.choices)),
        card.links(catalogue, texts, procedure, with_account=with_account and bool(set(asks) & {"online", "how"})),
        (procedure.code,),
    )
    others = turn.conversation.others
    return Outcome(reply, waiting, asks, procedure.code, turn.conversation.agency, others)


def _answers(turn: Turn, procedure: Procedure, agencies: tuple[str, ...], asks: tuple[str, ...]) -> list[str | None]:
    texts, catalogue = turn.texts, turn.catalogue
    lines: list[str | None] = [asked_sentence(texts, asks)]
    if "place" in asks:
        lines += [
            where_to_file(catalogue, texts, procedure, turn.commune),
            who_decides(catalogue, texts, procedure, agencies),
            which_place_counts(catalogue, texts, procedure, agencies) if kind_of_place(catalogue, procedure) else None,
        ]
    if "online" in asks:
        levels = levels_by_agency(catalogue, procedure.code)
        first = levels[agencies[0]] if agencies else frozenset()
        lines.append(level_sentence(catalogue, texts, procedure, first))
    if not any(lines):
        lines.append(texts.get("follow.not_known"))
    return lines
