"""How a service went: whether it was used, how it was filed, how satisfied the person is; and what they may add."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.catalog.lookup import agencies_of, successor
from bot.dialogue.choice_ids import parse
from bot.dialogue.choices import CardChoice
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Rated
from bot.dialogue.rating_choices import (
    NOT_FILED,
    Filed,
    FollowUpsChoice,
    NoteChoice,
    NoteStep,
    RateChoice,
    ReasonChoice,
    TellChoice,
)
from bot.dialogue.survey import Asked, Awaits, Said
from bot.dialogue.turn import Outcome, Turn, unchanged
from bot.ratings.model import MAX_COMMENT_CHARS, Filing, Origin, Reason, Subject
from bot.ratings.subjects import subject_at
from handlers import choice_expired
from handlers.naming import heading
from handlers.offering import home
from handlers.outside import is_urgent, outside

_NO = "deny"
_FEW_WORDS = 3
QUESTIONS: Mapping[Filed, str] = {
    Filing.ONLINE: "rating.question",
    Filing.COUNTER: "rating.question_counter",
    Filing.HELPER: "rating.question_helper",
    NOT_FILED: "rating.why_not",
}
"""What is asked after how it was filed."""


def rate(turn: Turn) -> Outcome:
    """One step of the question, as far as the choice says; an answer to a question that was not put asks it first."""
    target = turn.target
    if not isinstance(target, RateChoice):
        return choice_expired.expired(turn)
    code, agency = (target.code, target.agency) if target.code is not None else _spoken_of(turn)
    if code is None:
        return unchanged(turn, Reply(Status.ASKED_BACK, turn.texts.get("rating.which"), (home(turn),)))
    subject = _subject(turn, code, agency)
    if subject is None:
        return choice_expired.expired(turn)
    asked = turn.conversation.asked
    is_open = asked is not None and asked.subject == subject and asked.period == turn.period
    if target.filing is None or asked is None or not is_open:
        return _ask_filing(turn, Asked(subject, turn.period))
    if target.filing == NOT_FILED:
        return _ask_reason(turn, replace(asked, filing=None, level=None, awaits=Awaits.NOTHING))
    if target.level is None:
        return _ask_level(turn, replace(asked, filing=target.filing, level=None, awaits=Awaits.NOTHING))
    if not turn.scale.has(target.level) or asked.filing is not target.filing:
        return choice_expired.expired(turn)
    return _rated(turn, replace(asked, level=target.level, is_helped=target.is_helped, awaits=Awaits.NOTHING))


def asked_later(turn: Turn, subject: Subject) -> Outcome:
    """The question that the assistant puts by itself, some hours after a page of the portal was opened."""
    found = _subject(turn, subject.code, subject.agency or None)
    if found is None or not turn.conversation.profile.follow_ups or _is_gone(turn, found):
        # Meanwhile they may have said that they are not to be asked, or the procedure left the list.
        return choice_expired.expired(turn)
    stop = Choice(str(FollowUpsChoice()), turn.texts.get("rating.stop"))
    return _ask_filing(turn, Asked(found, turn.period, Origin.FOLLOW_UP), (stop,))


def _is_gone(turn: Turn, subject: Subject) -> bool:
    return turn.catalogue.procedures[subject.code].is_gone


def reason(turn: Turn) -> Outcome:
    """What kept them from filing; those who want to say it in their own words are asked if staff may read them."""
    asked = turn.conversation.asked
    if not isinstance(turn.target, ReasonChoice) or asked is None or asked.filing is not None:
        return choice_expired.expired(turn)
    chosen = turn.target.reason
    asked = replace(asked, reason=chosen)
    said = Said(asked, is_answered=True, reason=chosen)
    if chosen is Reason.OTHER:
        return _ask_consent(turn, said)
    text = turn.texts.find(f"rating.reason_thanks.{chosen}", centre=turn.catalogue.province.service_centre) or ""
    back = Choice(str(CardChoice(asked.subject.code)), turn.texts.get("rating.to_card"))
    return _said(turn, Status.NOT_FILED, text, (back, home(turn)), said)


def note(turn: Turn) -> Outcome:
    """A remark in one's own words: asked whether staff may read it, then written, or not wanted."""
    asked = turn.conversation.asked
    if not isinstance(turn.target, NoteChoice) or asked is None:
        return choice_expired.expired(turn)
    step = turn.target.step
    if asked.level is None and asked.reason is not Reason.OTHER:
        # There is nothing yet that a remark could be about.
        return choice_expired.expired(turn)
    if step is NoteStep.ASKED:
        return _ask_consent(turn, Said(asked))
    if step is NoteStep.SKIP:
        reply = Reply(Status.HELPED, turn.texts.get("rating.no_note"), (home(turn),))
        return replace(unchanged(turn, reply), asked=replace(asked, awaits=Awaits.NOTHING))
    awaits = Awaits.OBSTACLE if asked.level is None else Awaits.COMMENT
    text = turn.texts.get("rating.write", most=MAX_COMMENT_CHARS)
    reply = Reply(Status.ASKED_BACK, text, (skip_choice(turn),))
    return replace(unchanged(turn, reply), asked=replace(asked, awaits=awaits))


def written(turn: Turn) -> Outcome:
    """The remark itself; private numbers in it are masked already."""
    asked = turn.conversation.asked
    if asked is None or asked.awaits is Awaits.NOTHING:
        return choice_expired.expired(turn)
    if len(turn.text) > MAX_COMMENT_CHARS:
        text = turn.texts.get("rating.too_long", most=MAX_COMMENT_CHARS)
        return replace(unchanged(turn, Reply(Status.TOO_LONG, text, (skip_choice(turn),))), asked=asked)
    wish = turn.search(turn.text).first
    if wish.intent == _NO and len(turn.text.split()) <= _FEW_WORDS:
        return note(replace(turn, target=NoteChoice(NoteStep.SKIP)))
    done = replace(asked, awaits=Awaits.NOTHING)
    if asked.awaits is Awaits.COMMENT:
        said = Said(done, is_answered=True, comment=turn.text)
    else:
        said = Said(done, is_answered=True, reason=Reason.OTHER, words=turn.text)
    text = turn.texts.get("rating.noted")
    urgent = wish.intent if is_urgent(wish.intent) else None
    if urgent is not None:
        # Kept as well; but whoever is in danger needs the number to call.
        text = f"{outside(turn, urgent).reply.text}\n\n{text}"
    outcome = _said(turn, Status.COMMENTED, text, (*_told_choice(turn, done), home(turn)), said)
    return replace(outcome, urgent=urgent)


def tell(turn: Turn) -> Outcome:
    """They want to hear what becomes of it."""
    asked = turn.conversation.asked
    if asked is None or not _may_be_told(turn, asked):
        return choice_expired.expired(turn)
    said = Said(asked, is_answered=True, may_be_told=True)
    return _said(turn, Status.COMMENTED, turn.texts.get("rating.will_tell"), (home(turn),), said)


def follow_ups(turn: Turn) -> Outcome:
    """The assistant asks by itself no more, or again."""
    if not isinstance(turn.target, FollowUpsChoice):
        return choice_expired.expired(turn)
    are_wanted = turn.target.are_wanted
    text = turn.texts.get("rating.started" if are_wanted else "rating.stopped")
    other = Choice(
        str(FollowUpsChoice(not are_wanted)), turn.texts.get("rating.stop" if are_wanted else "rating.start")
    )
    outcome = unchanged(turn, Reply(Status.REMEMBERED, text, (other, home(turn))))
    return replace(outcome, profile=replace(turn.conversation.profile, follow_ups=are_wanted))


def not_kept(turn: Turn) -> Outcome:
    """Nobody is thanked for a rating that is lost."""
    return unchanged(turn, Reply(Status.FAILED, turn.texts.get("rating.not_kept"), (home(turn),)))


def rate_choice(turn: Turn, code: str, agency: str | None) -> Choice:
    """What stands below a card."""
    return Choice(str(RateChoice(code, agency)), turn.texts.get("rating.open"))


def skip_choice(turn: Turn) -> Choice:
    """The way out for who was asked to write a remark."""
    return Choice(str(NoteChoice(NoteStep.SKIP)), turn.texts.get("rating.note_skip"))


def _spoken_of(turn: Turn) -> tuple[str | None, str | None]:
    """Code and agency: of the rating or the card on the screen, of the procedure spoken of, or of what was rated."""
    conversation = turn.conversation
    for choice in conversation.choices:
        target = parse(choice.id)
        if isinstance(target, RateChoice) and target.code is not None:
            return target.code, target.agency
    if conversation.procedure is not None or conversation.asked is None:
        return conversation.procedure, conversation.agency
    return conversation.asked.subject.code, conversation.asked.subject.agency or None


def _subject(turn: Turn, code: str, agency: str | None) -> Subject | None:
    """The service that is meant; None for a procedure or an agency that does not offer it.

    Without an agency it is the only one there is, or the person's own commune where that decides.
    """
    current = successor(turn.catalogue, code)
    if current is None:
        return None
    bodies = tuple(body.code for body in agencies_of(turn.catalogue, current))
    procedure = turn.catalogue.procedures[current]
    if agency is not None and procedure.is_gone and not bodies and agency in turn.catalogue.agencies:
        # Who offered it is not published any more; whoever filed it there did.
        bodies = (agency,)
    if current != code and agency not in bodies:
        # What took its place is another body's.
        agency = None
    own = None if turn.commune is None else turn.commune.agency_code
    if agency is None:
        agency = bodies[0] if len(bodies) == 1 else own if own in bodies else None
    elif agency not in bodies:
        return None
    # Who asks about another commune's service means that one.
    return subject_at(turn.catalogue, current, agency or "", "" if agency in turn.catalogue.communes else own or "")


def _ask_filing(turn: Turn, asked: Asked, more: tuple[Choice, ...] = ()) -> Outcome:
    subject = asked.subject
    name = heading(turn.catalogue.procedures[subject.code], turn.language)
    lines = [turn.texts.get("rating.opened", name=name) if asked.origin is Origin.FOLLOW_UP else name]
    before = turn.conversation.profile.rated_in(subject.code, asked.period)
    if before is not None and before.scale == turn.scale.id:
        level = turn.texts.get(f"rating.level.{before.scale}.{before.level}")
        lines.append(turn.texts.get("rating.before", level=level))
    lines.append(turn.texts.get("rating.used"))
    body = subject.agency or None
    choices = tuple(
        Choice(str(RateChoice(subject.code, body, filing)), turn.texts.get(f"rating.filing.{filing}"))
        for filing in (*Filing, NOT_FILED)
    )
    return _said(turn, Status.ASKED_TO_RATE, "\n".join(lines), (*choices, *more), Said(asked))


def _ask_level(turn: Turn, asked: Asked) -> Outcome:
    filing, subject = asked.filing or Filing.ONLINE, asked.subject
    choices = tuple(
        Choice(
            str(RateChoice(subject.code, subject.agency or None, filing, level)),
            turn.texts.get(f"rating.level.{turn.scale.id}.{level}"),
        )
        for level in range(turn.scale.levels, 0, -1)
    )
    return _said(turn, Status.ASKED_TO_RATE, turn.texts.get(QUESTIONS[filing]), choices, Said(asked))


def _rated(turn: Turn, asked: Asked) -> Outcome:
    """Shown back as it is kept, with the ways to change it and to add to it."""
    subject, scale, level = asked.subject, turn.scale, asked.level or 0
    texts, body = turn.texts, subject.agency or None
    word = texts.get(f"rating.level.{scale.id}.{level}")
    lines = [texts.get("rating.kept_helped" if asked.is_helped else "rating.kept", level=word)]
    if not scale.is_satisfied(level):
        lines.append(texts.get("rating.sorry"))
    helped = RateChoice(subject.code, body, asked.filing, level, is_helped=True)
    choices = (
        Choice(str(NoteChoice(NoteStep.ASKED)), texts.get("rating.note")),
        *(() if asked.is_helped else (Choice(str(helped), texts.get("rating.helped")),)),
        Choice(str(RateChoice(subject.code, body)), texts.get("rating.change")),
        *_told_choice(turn, asked),
        home(turn),
    )
    outcome = _said(turn, Status.RATED, "\n".join(lines), choices, Said(asked, is_answered=True, is_rated=True))
    rated = Rated(subject.code, asked.period, scale.id, level)
    return replace(outcome, profile=turn.conversation.profile.with_rating(rated))


def _told_choice(turn: Turn, asked: Asked) -> tuple[Choice, ...]:
    """Only who is dissatisfied, and can be written to, is offered an answer."""
    if not _may_be_told(turn, asked):
        return ()
    return (Choice(str(TellChoice()), turn.texts.get("rating.tell")),)


def _may_be_told(turn: Turn, asked: Asked) -> bool:
    return turn.is_reachable and asked.level is not None and not turn.scale.is_satisfied(asked.level)


def _ask_reason(turn: Turn, asked: Asked) -> Outcome:
    choices = tuple(Choice(str(ReasonChoice(why)), turn.texts.get(f"rating.reason.{why}")) for why in Reason)
    said = Said(asked, is_answered=True)
    return _said(turn, Status.NOT_FILED, turn.texts.get(QUESTIONS[NOT_FILED]), choices, said)


def _ask_consent(turn: Turn, said: Said) -> Outcome:
    choices = (
        Choice(str(NoteChoice(NoteStep.WRITE)), turn.texts.get("rating.note_write")),
        skip_choice(turn),
    )
    return _said(turn, Status.ASKED_BACK, turn.texts.get("rating.consent"), choices, said)


def _said(turn: Turn, status: Status, text: str, choices: tuple[Choice, ...], said: Said) -> Outcome:
    reply = Reply(status, text, choices, codes=(said.asked.subject.code,))
    return replace(unchanged(turn, reply), asked=said.asked, said=said)
