"""The Official Account from end to end: the fake platform, the real process, real HTTP between them."""

from __future__ import annotations

from itertools import count

import pytest

from tests.fakes import zalo_oa_failures as failures
from tests.fakes.failures import Cut
from tests.fakes.zalo_oa_messages import Sent
from tests.integration.channels.town import Town

pytestmark = pytest.mark.asyncio(loop_scope="module")
_PEOPLE = (str(number) for number in count(246845883529197922))


def to(town: Town, user: str) -> list[Sent]:
    return [sent for sent in town.zalo_oa.sent if sent.user_id == user]


def lines(sent: Sent) -> list[str]:
    return (sent.text or "").splitlines()


def introduced(sent: Sent) -> bool:
    """Whether it says who answers here."""
    return any(line.startswith("Tôi là Một Cửa Hà Tĩnh") for line in lines(sent))


async def says(town: Town, user: str, text: str) -> Sent:
    """The answer to a message."""
    before = len(to(town, user))
    assert await town.zalo_oa.push(town.zalo_oa.text(user, text)) == 200
    await town.zalo_oa.until(lambda: len(to(town, user)) > before)
    return to(town, user)[-1]


async def test_words_are_answered_with_numbered_lines(town: Town) -> None:
    said = lines(await says(town, next(_PEOPLE), "mần giấy khai sinh cho con"))
    assert said[0] == "Đăng ký khai sinh"
    assert sum(line.endswith("Xin đừng gửi số căn cước, số điện thoại hay mã OTP.") for line in said) == 1
    assert said[-1].endswith(". Việc khác")


async def test_who_writes_is_told_once_who_answers(town: Town) -> None:
    user = next(_PEOPLE)
    told = [introduced(await says(town, user, text)) for text in ("khai sinh", "khai tử")]
    assert told == [True, False]


async def test_a_number_means_the_line(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "#linhvuc")
    assert lines(await says(town, user, "1"))[0] != lines(to(town, user)[0])[0]


async def test_who_follows_is_greeted(town: Town) -> None:
    user = next(_PEOPLE)
    assert await town.zalo_oa.push(town.zalo_oa.follow(user)) == 200
    await town.zalo_oa.until(lambda: len(to(town, user)) == 1)
    assert lines(to(town, user)[0])[0].startswith("Xin chào. Tôi là Một Cửa Hà Tĩnh")


async def test_its_own_echoes_and_receipts_are_no_messages(town: Town) -> None:
    user = next(_PEOPLE)
    town.zalo_oa.receipts = True
    await says(town, user, "đăng ký khai sinh")
    await says(town, user, "đăng ký khai tử")
    town.zalo_oa.receipts = False
    assert [lines(sent)[0] for sent in to(town, user)] == ["Đăng ký khai sinh", "Đăng ký khai tử"]


@pytest.mark.parametrize(("sign", "status"), [("wrong", 403), (False, 200)])
async def test_what_is_not_signed_is_not_answered(town: Town, sign: bool | str, status: int) -> None:
    user = next(_PEOPLE)
    assert await town.zalo_oa.push(town.zalo_oa.text(user, "đăng ký khai sinh"), sign=sign) == status
    assert lines(await says(town, user, "đăng ký khai tử"))[0] == "Đăng ký khai tử"
    assert len(to(town, user)) == 1


async def test_an_event_that_comes_again_is_answered_once(town: Town) -> None:
    user = next(_PEOPLE)
    event = town.zalo_oa.text(user, "đăng ký khai sinh")
    assert [await town.zalo_oa.push(event, retry=retry) for retry in range(3)] == [200, 200, 200]
    await town.zalo_oa.until(lambda: len(to(town, user)) == 1)
    await says(town, user, "đăng ký khai tử")
    assert len(to(town, user)) == 2


async def test_while_a_clerk_writes_the_assistant_is_silent_and_can_be_called_back(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "đăng ký khai sinh")
    await town.zalo_oa.push(town.zalo_oa.clerk_message(user, "Chào anh, tôi là cán bộ."))
    await town.zalo_oa.until(lambda: len(to(town, user)) == 2)
    assert lines(to(town, user)[1])[0].startswith("Từ bây giờ cán bộ trả lời anh/chị tại đây.")
    await town.zalo_oa.push(town.zalo_oa.text(user, "vâng, tôi hỏi khai tử"))
    assert lines(await says(town, user, "trợ lý"))[0].startswith("Anh/chị cần làm việc gì?")
    assert len(to(town, user)) == 3


async def test_a_picture_is_answered_kindly(town: Town) -> None:
    user = next(_PEOPLE)
    await town.zalo_oa.push(town.zalo_oa.image(user))
    await town.zalo_oa.until(lambda: len(to(town, user)) == 1)
    assert lines(to(town, user)[0])[2].startswith("Tôi chưa xem được ảnh.")


async def test_who_withdraws_is_forgotten(town: Town) -> None:
    user = next(_PEOPLE)
    await says(town, user, "xã Thạch Lạc")
    await town.zalo_oa.push(town.zalo_oa.withdraw(user))
    assert introduced(await says(town, user, "khai tử"))


async def test_a_token_that_is_refused_is_renewed_at_once(town: Town) -> None:
    before = town.zalo_oa.tokens.access
    town.zalo_oa.fail_next("message/cs", failures.error(-216, "Access token is invalid"))
    assert lines(await says(town, next(_PEOPLE), "đăng ký khai tử"))[0] == "Đăng ký khai tử"
    assert town.zalo_oa.tokens.access != before


async def test_what_may_have_been_sent_is_not_sent_again(town: Town) -> None:
    user = next(_PEOPLE)
    town.zalo_oa.fail_next("message/cs", Cut.DROP_RECORDED)
    await says(town, user, "đăng ký khai sinh")
    await says(town, user, "đăng ký khai tử")
    assert [lines(sent)[0] for sent in to(town, user)] == ["Đăng ký khai sinh", "Đăng ký khai tử"]


async def test_every_event_is_acknowledged_in_time(town: Town) -> None:
    assert town.zalo_oa.late == []
