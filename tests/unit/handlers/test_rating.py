"""How a service went: asked, answered, changed and added to, and what is said to answers that were not asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.choices import CardChoice, StartChoice, Target
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Choice, Reply, Status
from bot.dialogue.profile import Profile, Rated
from bot.dialogue.rating_choices import (
    NOT_FILED,
    FollowUpsChoice,
    NoteChoice,
    NoteStep,
    RateChoice,
    ReasonChoice,
    TellChoice,
)
from bot.dialogue.survey import Asked, Awaits, Said
from bot.dialogue.turn import Handler, Outcome, Turn
from bot.ratings.model import MAX_COMMENT_CHARS, Filing, Origin, Reason, Subject
from bot.ratings.scales import FIVE, THREE, Scale
from bot.search.model import SearchResult
from handlers import choice_expired, rating
from tests.unit.handlers.example import outside, turn

AGAIN = Choice("start", "Việc khác")
PERIOD = "2026-12"
BIRTH = "1.000001"
ABOUT = Subject(BIRTH)
LAND = Subject("1.000003", "1.000003.01", "H99.102", "H99.102")
ASKED = Asked(ABOUT, PERIOD)
ONLINE = replace(ASKED, filing=Filing.ONLINE)
RATED = replace(ONLINE, level=3)
BAD = replace(ONLINE, level=1)
OTHER = replace(ASKED, reason=Reason.OTHER)
AT_HOME = Profile(commune="H99.101", commune_asked=True)
FILINGS = (
    Choice("rate:1.000001:online", "Rồi, tôi tự nộp trên mạng"),
    Choice("rate:1.000001:counter", "Rồi, tôi nộp tại quầy"),
    Choice("rate:1.000001:helper", "Rồi, có người nộp giúp tôi"),
    Choice("rate:1.000001:none", "Chưa nộp"),
)
QUESTION = "Anh/chị có hài lòng khi sử dụng dịch vụ công trực tuyến này không?"
SKIP = Choice("note:skip", "Thôi, không viết")
NOTE = Choice("note:ask", "Viết góp ý")
HELPED = Choice("rate:1.000001:online:3+", "Có người giúp tôi trả lời")
CHANGE = Choice("rate:1.000001", "Đổi đánh giá")
TELL = Choice("tell:yes", "Báo lại cho tôi kết quả")
CONSENT = """Cán bộ sẽ đọc góp ý của anh/chị, không biết ai viết. Xin đừng ghi tên, số điện thoại, số căn cước.
Anh/chị có đồng ý không?"""
NOTED = "Tôi đã ghi góp ý và che các số riêng tư nếu có. Cảm ơn anh/chị."


def given(
    target: Target | None = None,
    asked: Asked | None = None,
    *,
    profile: Profile | None = None,
    procedure: str | None = BIRTH,
    scale: Scale = THREE,
    reachable: bool = False,
    text: str = "",
    language: str = "vi",
    table: dict[str, SearchResult] | None = None,
) -> Turn:
    """The turn in which `target` is tapped, or `text` written, after the question has come as far as `asked`."""
    conversation = Conversation(profile=profile or Profile(), procedure=procedure, asked=asked)
    made = turn(text, target, conversation, table, language=language)
    return replace(made, period=PERIOD, scale=scale, is_reachable=reachable)


def said(
    status: Status, text: str, choices: tuple[Choice, ...], saying: Said, *, procedure: str | None = BIRTH
) -> Outcome:
    """What is remembered and kept beside the reply."""
    reply = Reply(status, text, choices, codes=(saying.asked.subject.code,))
    return Outcome(reply, procedure=procedure, asked=saying.asked, said=saying)


def rate(
    code: str | None = BIRTH, agency: str | None = None, filing: str | None = None, level: int | None = None
) -> RateChoice:
    kind = None if filing is None else NOT_FILED if filing == NOT_FILED else Filing(filing)
    return RateChoice(code, agency, kind, level)


def test_first_it_is_asked_whether_it_was_used() -> None:
    text = "Đăng ký khai sinh\nAnh/chị đã dùng dịch vụ này chưa?"
    assert rating.rate(given(rate())) == said(Status.ASKED_TO_RATE, text, FILINGS, Said(ASKED))


@pytest.mark.parametrize(
    ("filing", "question"),
    [
        (Filing.ONLINE, QUESTION),
        (Filing.COUNTER, "Anh/chị có hài lòng với lần nộp hồ sơ tại quầy đó không?"),
        (Filing.HELPER, "Anh/chị có hài lòng với lần nhờ người nộp hồ sơ đó không?"),
    ],
)
def test_then_how_satisfied_they_are_with_just_that(filing: Filing, question: str) -> None:
    levels = (
        Choice(f"rate:1.000001:{filing}:3", "Rất hài lòng"),
        Choice(f"rate:1.000001:{filing}:2", "Hài lòng"),
        Choice(f"rate:1.000001:{filing}:1", "Chưa hài lòng"),
    )
    asked = replace(ASKED, filing=filing)
    outcome = rating.rate(given(rate(filing=filing), ASKED))
    assert outcome == said(Status.ASKED_TO_RATE, question, levels, Said(asked))


def test_five_levels_in_words() -> None:
    reply = rating.rate(given(rate(filing="online"), ASKED, scale=FIVE)).reply
    assert reply.choices == (
        Choice("rate:1.000001:online:5", "Rất hài lòng"),
        Choice("rate:1.000001:online:4", "Hài lòng"),
        Choice("rate:1.000001:online:3", "Bình thường"),
        Choice("rate:1.000001:online:2", "Không hài lòng"),
        Choice("rate:1.000001:online:1", "Rất không hài lòng"),
    )


def test_what_is_kept_is_shown_back_and_can_be_changed_and_added_to() -> None:
    kept = said(
        Status.RATED,
        "Tôi đã ghi: Rất hài lòng. Cảm ơn anh/chị.",
        (NOTE, HELPED, CHANGE, AGAIN),
        Said(RATED, is_answered=True, is_rated=True),
    )
    profile = Profile(rated=(Rated(BIRTH, PERIOD, "three", 3),))
    assert rating.rate(given(rate(filing="online", level=3), ONLINE)) == replace(kept, profile=profile)


def test_who_is_dissatisfied_is_told_that_somebody_looks_at_it() -> None:
    outcome = rating.rate(given(rate(filing="online", level=1), ONLINE))
    assert outcome.reply.text.splitlines() == [
        "Tôi đã ghi: Chưa hài lòng. Cảm ơn anh/chị.",
        "Xin lỗi vì anh/chị chưa được hài lòng. Cán bộ sẽ xem đánh giá này.",
    ]
    assert TELL not in outcome.reply.choices


@pytest.mark.parametrize(
    ("scale", "level", "is_sorry"),
    [(THREE, 2, False), (THREE, 1, True), (FIVE, 4, False), (FIVE, 3, True), (FIVE, 1, True)],
)
def test_an_answer_is_promised_only_to_the_dissatisfied_who_can_be_reached(
    scale: Scale, level: int, *, is_sorry: bool
) -> None:
    asked = replace(ONLINE, level=level)
    choice = rate(filing="online", level=level)
    offered = [
        TELL in rating.rate(given(choice, ONLINE, scale=scale, reachable=reachable)).reply.choices
        for reachable in (True, False)
    ]
    assert offered == [is_sorry, False]
    told = [
        rating.tell(given(TellChoice(), asked, scale=scale, reachable=reachable)).reply.status
        for reachable in (True, False)
    ]
    assert told == [Status.COMMENTED if is_sorry else Status.EXPIRED_CHOICE, Status.EXPIRED_CHOICE]


def test_the_promise_says_how_long_it_holds() -> None:
    text = "Có kết quả, cán bộ nhắn anh/chị ở đây. Tôi chỉ nhắn được trong 48 giờ sau lần cuối anh/chị viết."
    saying = Said(BAD, is_answered=True, may_be_told=True)
    assert rating.tell(given(TellChoice(), BAD, reachable=True)) == said(Status.COMMENTED, text, (AGAIN,), saying)


def test_with_somebodys_help_it_is_rated_again_with_the_flag() -> None:
    target = RateChoice(BIRTH, None, Filing.ONLINE, 3, is_helped=True)
    outcome = rating.rate(given(target, RATED))
    assert (outcome.reply.text, outcome.reply.choices, outcome.said) == (
        "Tôi đã ghi: Rất hài lòng, có người giúp trả lời. Cảm ơn anh/chị.",
        (NOTE, CHANGE, AGAIN),
        Said(replace(RATED, is_helped=True), is_answered=True, is_rated=True),
    )


def test_asked_again_in_the_same_period_the_answer_before_is_shown() -> None:
    before = Profile(rated=(Rated(BIRTH, PERIOD, "three", 1),))
    text = rating.rate(given(rate(), RATED, profile=before)).reply.text
    assert text.splitlines()[1:] == [
        "Lần trước anh/chị đã đánh giá: Chưa hài lòng. Trả lời lại thì tôi tính lần mới.",
        "Anh/chị đã dùng dịch vụ này chưa?",
    ]


@pytest.mark.parametrize(
    "before",
    [Rated(BIRTH, "2026-11", "three", 1), Rated(BIRTH, PERIOD, "five", 1), Rated("1.000006", PERIOD, "three", 1)],
)
def test_what_was_said_of_another_period_scale_or_procedure_is_not(before: Rated) -> None:
    text = "Đăng ký khai sinh\nAnh/chị đã dùng dịch vụ này chưa?"
    assert rating.rate(given(rate(), profile=Profile(rated=(before,)))).reply.text == text


def test_a_changed_rating_takes_the_place_of_the_one_before_in_what_is_remembered() -> None:
    before = Profile(rated=(Rated(BIRTH, PERIOD, "three", 1), Rated("1.000006", PERIOD, "three", 2)))
    outcome = rating.rate(given(rate(filing="online", level=3), ONLINE, profile=before))
    assert outcome.profile == replace(before, rated=(before.rated[1], Rated(BIRTH, PERIOD, "three", 3)))


ASKED_FIRST = Status.ASKED_TO_RATE
GONE = Status.EXPIRED_CHOICE


@pytest.mark.parametrize(
    ("target", "asked", "status"),
    [
        (rate(filing="online", level=3), None, ASKED_FIRST),
        (rate(filing="online"), None, ASKED_FIRST),
        (rate(filing=NOT_FILED), None, ASKED_FIRST),
        (rate(filing="online", level=3), replace(ONLINE, period="2026-11"), ASKED_FIRST),
        (rate(filing="online", level=3), replace(ONLINE, subject=Subject("1.000006")), ASKED_FIRST),
        (rate("1.000003", "H99.100", "online", 3), replace(ONLINE, subject=LAND), ASKED_FIRST),
        (rate(filing="online", level=4), ONLINE, GONE),
        (rate(filing="online", level=5), ONLINE, GONE),
        (rate(filing="counter", level=3), ONLINE, GONE),
        (rate(filing="online", level=3), ASKED, GONE),
        (rate("1.000003", "H99.05"), ONLINE, GONE),
        (rate("1.000001", "H27.118"), None, GONE),
        (rate("9.999999"), None, GONE),
        (StartChoice(), None, GONE),
    ],
)
def test_an_old_or_forged_answer_rates_nothing(target: Target, asked: Asked | None, status: Status) -> None:
    outcome = rating.rate(given(target, asked))
    assert outcome.reply.status is status
    assert outcome.said is None or not (outcome.said.is_rated or outcome.said.is_answered)
    assert outcome.profile is None


@pytest.mark.parametrize("handler", [rating.rate, rating.reason, rating.note, rating.follow_ups])
def test_no_other_choice_is_answered(handler: Handler) -> None:
    wrong = given(CardChoice(BIRTH), RATED)
    assert handler(wrong) == choice_expired.expired(wrong)


@pytest.mark.parametrize(
    ("code", "agency", "profile", "subject"),
    [
        # One body alone offers it.
        ("1.000002", None, Profile(), Subject("1.000002", "1.000002.01", "H99.05", "")),
        # Many do, and nobody said which.
        (BIRTH, None, Profile(), ABOUT),
        # Their own commune is one of them.
        (BIRTH, None, AT_HOME, Subject(BIRTH, "1.000001.01", "H99.101", "H99.101")),
        # The card was of one body.
        ("1.000003", "H99.102", AT_HOME, LAND),
        # A body that is no commune, rated by somebody who told theirs.
        ("1.000008", "H99.05", AT_HOME, Subject("1.000008", "1.000008.01", "H99.05", "H99.101")),
        # It may be done in two ways there: not known which.
        ("1.000006", "H99.100", Profile(), Subject("1.000006", "", "H99.100", "H99.100")),
        # Nobody publishes it.
        ("1.000004", None, AT_HOME, Subject("1.000004", "", "", "H99.101")),
        # It was replaced.
        ("1.000005", None, Profile(), ABOUT),
    ],
)
def test_what_is_rated_is_as_exact_as_is_known(
    code: str, agency: str | None, profile: Profile, subject: Subject
) -> None:
    outcome = rating.rate(given(rate(code, agency), profile=profile))
    assert outcome.asked == Asked(subject, PERIOD)
    body = f"@{subject.agency}" if subject.agency else ""
    assert outcome.reply.choices[0].id == f"rate:{subject.code}{body}:online"


def test_the_command_is_about_what_is_on_the_screen() -> None:
    command = RateChoice()
    card = replace(Conversation(procedure="1.000003", agency="H99.102"), choices=(Choice("rate:1.000003@H99.102", ""),))
    rated = Conversation(procedure="1.000006", asked=RATED, choices=(NOTE, HELPED, CHANGE, AGAIN))
    left = Conversation(procedure=None, asked=replace(RATED, subject=LAND), choices=(AGAIN,))
    spoken = Conversation(procedure="1.000006", asked=RATED, choices=(AGAIN,))
    made = [replace(turn(target=command, conversation=each), period=PERIOD) for each in (card, rated, left, spoken)]
    subjects = [outcome.asked.subject for outcome in map(rating.rate, made) if outcome.asked is not None]
    assert subjects == [LAND, ABOUT, LAND, Subject("1.000006")]


def test_without_a_procedure_it_is_asked_which() -> None:
    text = "Anh/chị muốn đánh giá việc nào? Viết tên việc đó, rồi chọn “Đánh giá dịch vụ này”."
    assert rating.rate(given(RateChoice(), procedure=None)) == Outcome(Reply(Status.ASKED_BACK, text, (AGAIN,)))


def test_who_has_not_filed_is_asked_why() -> None:
    choices = (
        Choice("why:no_need", "Tôi chỉ xem, chưa cần nộp"),
        Choice("why:account", "Không vào được tài khoản VNeID"),
        Choice("why:papers", "Chưa đủ giấy tờ"),
        Choice("why:payment", "Không nộp được lệ phí"),
        Choice("why:hard", "Khó làm, không biết làm tiếp"),
        Choice("why:fault", "Trang bị lỗi"),
        Choice("why:counter", "Tôi thích đến quầy hơn"),
        Choice("why:other", "Lý do khác"),
    )
    expected = said(
        Status.NOT_FILED,
        "Vâng. Điều gì khiến anh/chị chưa nộp trên mạng?",
        choices,
        Said(ASKED, is_answered=True),
    )
    assert rating.rate(given(rate(filing=NOT_FILED), ASKED)) == expected
    # They changed their mind: what was said of satisfaction before is not about this any more.
    assert rating.rate(given(rate(filing=NOT_FILED), RATED)) == expected


@pytest.mark.parametrize("why", [why for why in Reason if why is not Reason.OTHER])
def test_every_reason_gets_a_next_step_and_the_way_back(why: Reason) -> None:
    text = {
        Reason.NO_NEED: "Vâng, cảm ơn anh/chị. Khi nào cần nộp, anh/chị cứ hỏi tôi.",
        Reason.ACCOUNT: "Cảm ơn anh/chị. Anh/chị nhắn “tài khoản VNeID” để tôi chỉ cách, "
        "hoặc đến Trung tâm Phục vụ hành chính công gần nhất.",
        Reason.PAPERS: "Cảm ơn anh/chị. Trang của thủ tục có ghi cần giấy tờ gì.",
        Reason.PAYMENT: "Cảm ơn anh/chị. Tôi đã ghi để cán bộ biết. "
        "Anh/chị có thể đến Trung tâm Phục vụ hành chính công gần nhất.",
        Reason.HARD: "Cảm ơn anh/chị. Cán bộ ở Trung tâm Phục vụ hành chính công gần nhất sẽ chỉ từng bước.",
        Reason.FAULT: "Cảm ơn anh/chị. Tôi đã ghi để cán bộ biết. Anh/chị thử lại sau, "
        "hoặc đến Trung tâm Phục vụ hành chính công gần nhất.",
        Reason.COUNTER: "Cảm ơn anh/chị. Anh/chị nộp tại Trung tâm Phục vụ hành chính công gần nhất cũng được.",
    }[why]
    saying = Said(replace(ASKED, reason=why), is_answered=True, reason=why)
    outcome = rating.reason(given(ReasonChoice(why), ASKED))
    assert outcome == said(Status.NOT_FILED, text, (Choice("tt:1.000001", "Về thủ tục này"), AGAIN), saying)


CONSENTING = (Choice("note:write", "Đồng ý, tôi viết góp ý"), SKIP)


def test_another_reason_in_ones_own_words_needs_consent() -> None:
    saying = Said(OTHER, is_answered=True, reason=Reason.OTHER)
    outcome = rating.reason(given(ReasonChoice(Reason.OTHER), ASKED))
    assert outcome == said(Status.ASKED_BACK, CONSENT, CONSENTING, saying)
    write = rating.note(given(NoteChoice(NoteStep.WRITE), OTHER))
    awaiting = replace(OTHER, awaits=Awaits.OBSTACLE)
    assert (write.asked, write.said) == (awaiting, None)
    written = rating.written(given(None, awaiting, text="máy cũ quá"))
    words = Said(OTHER, is_answered=True, reason=Reason.OTHER, words="máy cũ quá")
    assert written == said(Status.COMMENTED, NOTED, (AGAIN,), words)


@pytest.mark.parametrize("asked", [None, ONLINE, RATED])
def test_a_reason_of_who_has_filed_is_none(asked: Asked | None) -> None:
    late = given(ReasonChoice(Reason.PAPERS), asked)
    assert rating.reason(late) == choice_expired.expired(late)


def test_a_comment_is_asked_for_after_its_own_consent() -> None:
    ask = rating.note(given(NoteChoice(NoteStep.ASKED), RATED))
    assert ask == said(Status.ASKED_BACK, CONSENT, CONSENTING, Said(RATED))
    write = rating.note(given(NoteChoice(NoteStep.WRITE), RATED))
    awaiting = replace(RATED, awaits=Awaits.COMMENT)
    reply = Reply(Status.ASKED_BACK, "Mời anh/chị viết góp ý, tối đa 1000 ký tự.", (SKIP,))
    assert write == Outcome(reply, procedure=BIRTH, asked=awaiting)
    written = rating.written(given(None, awaiting, text="nhanh gọn"))
    assert written == said(Status.COMMENTED, NOTED, (AGAIN,), Said(RATED, is_answered=True, comment="nhanh gọn"))


def test_a_comment_of_who_is_dissatisfied_may_be_answered() -> None:
    awaiting = replace(BAD, awaits=Awaits.COMMENT)
    assert rating.written(given(None, awaiting, text="chậm", reachable=True)).reply.choices == (TELL, AGAIN)


def test_no_comment_is_as_well() -> None:
    awaiting = replace(RATED, awaits=Awaits.COMMENT)
    reply = Reply(Status.HELPED, "Vâng. Cần việc gì nữa, anh/chị cứ viết.", (AGAIN,))
    expected = Outcome(reply, procedure=BIRTH, asked=RATED)
    assert rating.note(given(NoteChoice(NoteStep.SKIP), awaiting)) == expected
    refusing = {"thôi": SearchResult((outside("deny"),))}
    assert rating.written(given(None, awaiting, text="thôi", table=refusing)) == expected


def test_a_long_comment_that_begins_with_no_is_one() -> None:
    text = "không vừa ý ở chỗ chờ lâu"
    awaiting = replace(RATED, awaits=Awaits.COMMENT)
    table = {text: SearchResult((outside("deny"),))}
    assert rating.written(given(None, awaiting, text=text, table=table)).said == Said(
        RATED, is_answered=True, comment=text
    )


def test_too_long_a_comment_is_asked_for_again() -> None:
    awaiting = replace(RATED, awaits=Awaits.COMMENT)
    outcome = rating.written(given(None, awaiting, text="a" * (MAX_COMMENT_CHARS + 1)))
    reply = Reply(Status.TOO_LONG, "Góp ý dài quá 1000 ký tự. Anh/chị viết ngắn lại giúp tôi.", (SKIP,))
    assert outcome == Outcome(reply, procedure=BIRTH, asked=awaiting)
    just = "a" * MAX_COMMENT_CHARS
    assert rating.written(given(None, awaiting, text=just)).said == Said(RATED, is_answered=True, comment=just)


def test_danger_in_a_comment_gets_the_number_to_call() -> None:
    awaiting = replace(RATED, awaits=Awaits.COMMENT)
    table = {"cháy nhà": SearchResult((outside("emergency_fire"),))}
    outcome = rating.written(given(None, awaiting, text="cháy nhà", table=table))
    lines = outcome.reply.text.splitlines()
    assert (lines[0], lines[-1], outcome.urgent) == ("Gọi 114 ngay: chữa cháy, cứu nạn.", NOTED, "emergency_fire")
    assert outcome.said == Said(RATED, is_answered=True, comment="cháy nhà")


@pytest.mark.parametrize("step", NoteStep)
@pytest.mark.parametrize("asked", [None, ASKED, ONLINE, replace(ASKED, reason=Reason.PAPERS)])
def test_there_is_no_comment_on_nothing(step: NoteStep, asked: Asked | None) -> None:
    early = given(NoteChoice(step), asked)
    assert rating.note(early) == choice_expired.expired(early)


@pytest.mark.parametrize("asked", [None, RATED])
def test_words_that_nobody_asked_for_are_no_comment(asked: Asked | None) -> None:
    unasked = given(None, asked, text="chào")
    assert rating.written(unasked) == choice_expired.expired(unasked)


def test_asked_by_the_assistant_itself_one_can_say_never_again() -> None:
    about = Subject(BIRTH, "", "H99.100")
    outcome = rating.asked_later(given(), about)
    asked = Asked(Subject(BIRTH, "1.000001.01", "H99.100", "H99.100"), PERIOD, Origin.FOLLOW_UP)
    choices = tuple(Choice(each.id.replace(BIRTH, f"{BIRTH}@H99.100"), each.label) for each in FILINGS)
    text = "Anh/chị đã mở trang của việc này: Đăng ký khai sinh\nAnh/chị đã dùng dịch vụ này chưa?"
    stop = Choice("stop", "Đừng hỏi nữa")
    assert outcome == said(Status.ASKED_TO_RATE, text, (*choices, stop), Said(asked))
    answered = rating.rate(given(rate(BIRTH, "H99.100", "online"), asked)).asked
    assert answered == replace(asked, filing=Filing.ONLINE)


def test_who_said_meanwhile_that_they_are_not_to_be_asked_is_not() -> None:
    later = given()
    unwilling = replace(later.conversation, profile=replace(later.conversation.profile, follow_ups=False))
    later = replace(later, conversation=unwilling)
    assert rating.asked_later(later, ABOUT) == choice_expired.expired(later)


def test_asked_by_the_assistant_itself_in_english() -> None:
    reply = rating.asked_later(given(language="en"), ABOUT).reply
    assert (reply.text, reply.choices) == (
        "You opened the page of this procedure: Registration of birth\nHave you used this service yet?",
        (
            Choice("rate:1.000001:online", "Yes, I filed online myself"),
            Choice("rate:1.000001:counter", "Yes, I filed at the counter"),
            Choice("rate:1.000001:helper", "Yes, somebody filed for me"),
            Choice("rate:1.000001:none", "Not yet"),
            Choice("stop", "Do not ask again"),
        ),
    )


@pytest.mark.parametrize("gone", [Subject("9.999999"), Subject(BIRTH, "", "H99.05")])
def test_what_is_offered_no_more_is_not_asked_about(gone: Subject) -> None:
    later = given()
    assert rating.asked_later(later, gone) == choice_expired.expired(later)


def test_no_questions_any_more_and_questions_again() -> None:
    start, stop = Choice("stop:no", "Cho phép hỏi lại"), Choice("stop", "Đừng hỏi nữa")
    silent = Profile(commune="H99.101", follow_ups=False)
    stopped = "Vâng, tôi không tự nhắn hỏi nữa. Anh/chị viết thì tôi vẫn trả lời."
    started = "Vâng. Sau khi anh/chị mở trang nộp hồ sơ, tôi có thể nhắn hỏi một lần."
    assert [
        rating.follow_ups(given(FollowUpsChoice(), profile=Profile(commune="H99.101"))),
        rating.follow_ups(given(FollowUpsChoice(are_wanted=True), profile=silent)),
    ] == [
        Outcome(Reply(Status.REMEMBERED, stopped, (start, AGAIN)), procedure=BIRTH, profile=silent),
        Outcome(Reply(Status.REMEMBERED, started, (stop, AGAIN)), procedure=BIRTH, profile=Profile(commune="H99.101")),
    ]


def test_nobody_is_thanked_for_what_is_lost() -> None:
    text = "Xin lỗi, tôi chưa ghi được câu trả lời của anh/chị. Anh/chị chọn lại giúp tôi sau ít phút."
    expected = Outcome(Reply(Status.FAILED, text, (AGAIN,)), procedure=BIRTH)
    assert rating.not_kept(given(asked=RATED)) == expected
